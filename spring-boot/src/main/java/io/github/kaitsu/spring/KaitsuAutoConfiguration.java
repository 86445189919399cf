package io.github.kaitsu.spring;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationListener;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.EngineObserver;
import io.github.kaitsu.RecordKeeper;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.operator.AnswerAdmission;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.AlarmClock;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;

/** One client for the application, made of its properties and of whatever beans the host has; it starts with the context. */
@AutoConfiguration(after = KaitsuConsentAutoConfiguration.class)
public final class KaitsuAutoConfiguration {
    private static final ResolvableType LIST =
            ResolvableType.forClassWithGenerics(List.class, ServiceAccountProvisioner.class);

    /** Closed by the client. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    ActivationStore kaitsuActivationStore(KaitsuProperties properties) {
        Path folder = properties.store().folder();
        boolean memory = properties.store().memory();
        if (properties.store().jdbc()) {
            throw new IncompleteConfigurationException(
                    "kaitsu.store.jdbc is set, but kaitsu-cluster is not on the class path.",
                    "Add the dependency io.github.kaitsu:kaitsu-cluster.");
        }
        if (memory == (folder != null)) {
            throw new IncompleteConfigurationException(
                    memory
                            ? "Activations cannot be kept both in a folder and in memory."
                            : "Nothing says where activations are kept.",
                    "Set kaitsu.store.folder to a folder of this machine, kaitsu.store.jdbc=true for your database, or"
                            + " kaitsu.store.memory=true for a test, or define a bean of type ActivationStore.");
        }
        return folder == null ? new MemoryActivationStore() : FileActivationStore.at(folder);
    }

    @Bean
    @ConditionalOnMissingBean
    ActivationRetryPolicy kaitsuRetryPolicy(KaitsuProperties properties) {
        KaitsuProperties.Policy policy = properties.policy();
        ActivationRetryPolicy.Builder builder = ActivationRetryPolicy.builder();
        PropertyMapper map = PropertyMapper.get();
        map.from(policy::linkRounds).to(builder::linkRounds);
        map.from(policy::stallRounds).to(builder::stallRounds);
        map.from(policy::stallFactor).to(builder::stallFactor);
        map.from(policy::longestExpected).to(builder::longestExpected);
        map.from(policy::shortestExpected).to(builder::shortestExpected);
        map.from(policy::settle).to(builder::settle);
        map.from(policy::baselineAge).to(builder::baselineAge);
        map.from(policy::firstLook).to(builder::firstLook);
        map.from(policy::lookFraction).to(builder::lookFraction);
        map.from(policy::overdueAfter).to(builder::overdueAfter);
        map.from(policy::askings).to(builder::askings);
        return builder.build();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ActivationClient kaitsuActivationClient(
            KaitsuProperties properties,
            ActivationStore store,
            ActivationRetryPolicy policy,
            BeanFactory beans,
            ObjectProvider<ServiceAccountProvisioner> provisioners,
            ObjectProvider<ProviderModule> modules,
            ObjectProvider<Operator> operators,
            ObjectProvider<ActivationListener> listeners,
            @Qualifier("kaitsuExecutor") ObjectProvider<Executor> executor,
            ObjectProvider<ActivationClientCustomizer> customizers) {
        ActivationClient.Builder builder = ActivationClient.builder()
                .store(store)
                .policy(policy)
                .looksAtOnce(
                        properties.looksAtOnce().perProvider(),
                        properties.looksAtOnce().perCustomer());
        List<ServiceAccountProvisioner> own =
                new ArrayList<>(provisioners.orderedStream().toList());
        beans.<List<ServiceAccountProvisioner>>getBeanProvider(LIST).stream().forEach(own::addAll);
        Set<CloudService> taken =
                own.stream().map(ServiceAccountProvisioner::service).collect(Collectors.toSet());
        builder.provisioners(own);
        modules.stream()
                .flatMap(module -> module.provisioners().stream())
                .filter(p -> !taken.contains(p.service()))
                .forEach(builder::provisioner);
        operators.orderedStream().forEach(builder::operator);
        listeners.orderedStream().forEach(builder::listener);
        beans.getBeanProvider(AnswerAdmission.class).ifUnique(builder::answersOnlyBy);
        beans.getBeanProvider(OwnAccess.class).ifUnique(builder::ownAccess);
        beans.getBeanProvider(Clock.class).ifUnique(builder::clock);
        beans.getBeanProvider(AlarmClock.class).ifUnique(builder::alarmClock);
        beans.getBeanProvider(EngineObserver.class).ifUnique(builder::observer);
        beans.getBeanProvider(RecordKeeper.class).orderedStream().forEach(builder::recordKeeper);
        executor.ifAvailable(builder::executor);
        PropertyMapper.get().from(properties::retention).to(builder::retention);
        customizers.orderedStream().forEach(c -> c.customize(builder));
        return builder.build();
    }

    @Bean
    SmartLifecycle kaitsuLifecycle(ActivationClient client, KaitsuProperties properties) {
        return new ClientLifecycle(client, properties);
    }

    /** In the last phase: everything else of the host is there when it starts, and still there when it stops. */
    private static final class ClientLifecycle implements SmartLifecycle {
        private final ActivationClient client;
        private final KaitsuProperties properties;
        private volatile boolean running;

        ClientLifecycle(ActivationClient client, KaitsuProperties properties) {
            this.client = client;
            this.properties = properties;
        }

        @Override
        public boolean isAutoStartup() {
            return properties.start();
        }

        @Override
        public void start() {
            client.start();
            running = true;
        }

        @Override
        public void stop() {
            client.stop(properties.shutdownPatience());
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
