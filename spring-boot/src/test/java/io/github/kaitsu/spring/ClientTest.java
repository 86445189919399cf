package io.github.kaitsu.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationListener;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.RecordKeeper;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.Order;

/** One client, made of whatever is there. */
@ExtendWith(OutputCaptureExtension.class)
class ClientTest {
    private static final ApplicationContextRunner NOTHING_SET = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    KaitsuProvidersAutoConfiguration.class,
                    KaitsuConsentAutoConfiguration.class,
                    KaitsuAutoConfiguration.class));
    private static final ApplicationContextRunner CONTEXT =
            NOTHING_SET.withPropertyValues("kaitsu.store.memory=true", "kaitsu.start=false");

    /** Teams Chat is activated by nobody. */
    private static final Set<CloudService> ALL = EnumSet.complementOf(EnumSet.of(CloudService.TEAMS_CHAT));

    private static ActivationRequest of(CloudService... services) {
        return ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                .services(services)
                .build();
    }

    // ---- store

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {}

    /** What a person reads who has forgotten it, from Boot's own report of a failed start. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kaitsu.start=false | Nothing says where activations are kept. | Set kaitsu.store.folder",
                "kaitsu.store.memory=true --kaitsu.store.folder=x | both in a folder and in memory | Set kaitsu.store.folder",
                "kaitsu.store.memory=true --kaitsu.consent.box.client-id=x | client-secret is missing | Set it",
                "kaitsu.store.memory=true --kaitsu.consent.dropbox.client-id=x | nowhere to keep | Set kaitsu.consent.folder",
                "kaitsu.store.memory=true --kaitsu.consent.dropbox.client-id=x --kaitsu.consent.folder=x | nowhere to keep |"
                        + " Set kaitsu.consent.folder",
            })
    void whatIsMissing_isSaidWithTheNextStep(String arguments, String missing, String nextStep, CapturedOutput output) {
        SpringApplication host = new SpringApplicationBuilder(Host.class)
                .web(WebApplicationType.NONE)
                .build();

        assertThatThrownBy(() -> host.run(("--" + arguments).split(" ")).close())
                .isNotNull();
        assertThat(output.getOut())
                .contains("APPLICATION FAILED TO START", missing)
                .containsPattern("Action:\\s+" + nextStep)
                .doesNotContain("at io.github.kaitsu");
    }

    @Test
    void store_isInTheFolder(@TempDir Path folder) {
        NOTHING_SET
                .withPropertyValues("kaitsu.start=false", "kaitsu.store.folder=" + folder.resolve("activations"))
                .run(context -> {
                    assertThat(context).hasSingleBean(FileActivationStore.class);
                    context.getBean(ActivationClient.class).begin(ActivationId.of("one"), of(CloudService.BOX));
                    assertThat(folder.resolve("activations")).isNotEmptyDirectory();
                });
    }

    @Test
    void store_ofTheHost_wins() {
        MemoryActivationStore own = new MemoryActivationStore();
        NOTHING_SET
                .withBean(ActivationStore.class, () -> own)
                .withPropertyValues("kaitsu.start=false", "kaitsu.store.folder=never-made")
                .run(context -> {
                    context.getBean(ActivationClient.class).begin(ActivationId.of("one"), of(CloudService.BOX));
                    assertThat(own.all()).containsExactly(ActivationId.of("one"));
                });
        assertThat(Path.of("never-made")).doesNotExist();
    }

    // ---- provisioners

    @Test
    void everyServicesModule_thatIsThere_isOffered() {
        CONTEXT.run(context ->
                assertThat(offered(context.getBean(ActivationClient.class))).isEqualTo(ALL));
    }

    static Stream<Arguments> modules() {
        return Stream.of(
                Arguments.of(BoxProvisioner.class, CloudService.Provider.BOX),
                Arguments.of(DropboxProvisioner.class, CloudService.Provider.DROPBOX),
                Arguments.of(GoogleProvisioners.class, CloudService.Provider.GOOGLE),
                Arguments.of(Microsoft365Provisioners.class, CloudService.Provider.MICROSOFT365));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleThatIsNotThere_isNotMissed(Class<?> module, CloudService.Provider provider) {
        CONTEXT.withClassLoader(new FilteredClassLoader(module.getPackageName()))
                .run(context -> {
                    Set<CloudService> others = EnumSet.copyOf(ALL);
                    others.removeIf(s -> s.provider() == provider);
                    assertThat(offered(context.getBean(ActivationClient.class))).isEqualTo(others);
                });
    }

    private static Set<CloudService> offered(ActivationClient client) {
        Set<CloudService> offered = EnumSet.noneOf(CloudService.class);
        for (CloudService service : ALL) {
            CustomerId customer = CustomerId.of(ConsoleSite.JP, "CAS-" + service.id());
            try {
                client.beginRemoval(ActivationId.of("of-" + service.id()), customer, Set.of(service));
                offered.add(service);
            } catch (KaitsuException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_NOT_CONFIGURED);
            }
        }
        return offered;
    }

    /** Both as a bean and in a list that is one; for its service alone. */
    @Test
    void provisioners_ofTheHost_areTakenInstead() {
        List<CloudService> asked = new CopyOnWriteArrayList<>();
        Connections<BoxConnection> box = customer -> {
            asked.add(CloudService.BOX);
            return Optional.empty();
        };
        CONTEXT.withBean(BoxProvisioner.class, () -> BoxProvisioner.create(box))
                .withUserConfiguration(AList.class)
                .run(context -> {
                    ActivationClient client = context.getBean(ActivationClient.class);
                    assertThat(offered(client)).isEqualTo(ALL);
                    client.begin(ActivationId.of("one"), of(CloudService.BOX));
                    client.advance(ActivationId.of("one"));
                    assertThat(asked).isNotEmpty();
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class AList {
        @Bean
        List<ServiceAccountProvisioner> google() {
            return GoogleProvisioners.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConnections {
        final List<CustomerId> asked = new CopyOnWriteArrayList<>();

        @Bean
        Connections<BoxConnection> box() {
            return customer -> {
                asked.add(customer);
                return Optional.empty();
            };
        }
    }

    @Test
    void connections_ofTheHost_areLookedThrough() {
        CONTEXT.withUserConfiguration(OwnConnections.class).run(context -> {
            ActivationClient client = context.getBean(ActivationClient.class);
            client.begin(ActivationId.of("one"), of(CloudService.BOX));
            client.advance(ActivationId.of("one"));
            assertThat(context.getBean(OwnConnections.class).asked).isNotEmpty();
        });
    }

    // ---- consent

    @Test
    void consent_isThereWithAnApp_andGivesTheAccessBack(@TempDir Path folder) {
        EncryptionKeys.createFile(folder.resolve("key")).close();
        CONTEXT.run(context ->
                assertThat(context).doesNotHaveBean(ConsentClient.class).doesNotHaveBean(CredentialStore.class));
        CONTEXT.withPropertyValues(
                        "kaitsu.consent.folder=" + folder.resolve("grants"),
                        "kaitsu.consent.key-file=" + folder.resolve("key"),
                        "kaitsu.consent.box.client-id=b",
                        "kaitsu.consent.box.client-secret=s",
                        "kaitsu.consent.dropbox.client-id=d",
                        "kaitsu.consent.google.client-id=g",
                        "kaitsu.consent.google.client-secret=s",
                        "kaitsu.consent.microsoft365.client-id=m")
                .run(context -> assertThat(context.getBean(ConsentClient.class).providers())
                        .containsExactlyInAnyOrder(CloudService.Provider.values()));
    }

    @Test
    void consent_inAHostsOwnStore_needsNoFolder() {
        CONTEXT.withBean(CredentialStore.class, MemoryCredentialStore::new)
                .withPropertyValues("kaitsu.consent.dropbox.client-id=d")
                .run(context -> assertThat(context.getBean(ConsentClient.class).providers())
                        .containsExactly(CloudService.Provider.DROPBOX));
    }

    // ---- operators and listeners

    @Configuration(proxyBeanMethods = false)
    static class Ordered {
        final List<String> told = new ArrayList<>();

        @Bean
        @Order(3)
        Operator third() {
            return operator("third");
        }

        @Bean
        @Order(1)
        Operator first() {
            return operator("first");
        }

        @Bean
        @Order(2)
        Operator second() {
            return operator("second");
        }

        @Bean
        @Order(2)
        ActivationListener listensSecond() {
            return (id, entry) -> begun("listens second", entry.event());
        }

        @Bean
        @Order(1)
        ActivationListener listensFirst() {
            return (id, entry) -> begun("listens first", entry.event());
        }

        private void begun(String name, Event event) {
            if (event instanceof Event.Begun) {
                told.add(name);
            }
        }

        /** Asks for nothing but to be asked. */
        private Operator operator(String name) {
            return new Operator() {
                @Override
                public boolean accepts(OperatorAction action) {
                    told.add(name);
                    return name.equals("third");
                }

                @Override
                public void offer(OperatorAction action) {
                    told.add("offered to " + name);
                }
            };
        }
    }

    @Test
    void operatorsAndListeners_areTold_inTheirOrder() {
        CONTEXT.withUserConfiguration(Ordered.class).run(context -> {
            ActivationClient client = context.getBean(ActivationClient.class);
            client.begin(ActivationId.of("one"), of(CloudService.BOX));
            client.advance(ActivationId.of("one"));
            assertThat(context.getBean(Ordered.class).told)
                    .startsWith("listens first", "listens second")
                    .endsWith("first", "second", "third", "offered to third");
        });
    }

    @Test
    void customizers_haveTheLastWord() {
        MemoryActivationStore last = new MemoryActivationStore();
        CONTEXT.withBean(ActivationClientCustomizer.class, () -> builder -> builder.store(last))
                .run(context -> {
                    context.getBean(ActivationClient.class).begin(ActivationId.of("one"), of(CloudService.BOX));
                    assertThat(last.all()).hasSize(1);
                });
    }

    @Test
    void recordKeepers_forgetWithTheClient() {
        List<String> forgotten = new ArrayList<>();
        CONTEXT.withBean(RecordKeeper.class, () -> (id, customer) -> forgotten.add(id.value()))
                .run(context -> {
                    ActivationClient client = context.getBean(ActivationClient.class);
                    ActivationId id = ActivationId.of("one");
                    client.begin(id, of(CloudService.BOX));
                    client.cancel(id, "sato");
                    client.advance(id);
                    client.forget(id);
                    assertThat(forgotten).containsExactly("one");
                });
    }

    /** That it arrives at the builder is seen by what the builder refuses. */
    @Test
    void retention_isTheClients() {
        CONTEXT.withPropertyValues("kaitsu.retention=30d")
                .run(context -> assertThat(context).hasNotFailed());
        CONTEXT.withPropertyValues("kaitsu.retention=-1s")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessage("nothing is kept for a negative time"));
    }

    @Test
    void client_ofTheHost_wins() {
        try (ActivationClient own =
                ActivationClient.builder().store(new MemoryActivationStore()).build()) {
            CONTEXT.withBean(ActivationClient.class, () -> own)
                    .run(context ->
                            assertThat(context.getBean(ActivationClient.class)).isSameAs(own));
        }
    }

    // ---- life

    @Test
    void client_startsAndStopsWithTheContext() throws InterruptedException {
        CountDownLatch offered = new CountDownLatch(1);
        SpringApplication host = new SpringApplicationBuilder(Host.class)
                .web(WebApplicationType.NONE)
                .initializers(c -> ((GenericApplicationContext) c)
                        .registerBean(Operator.class, () -> action -> offered.countDown()))
                .build();
        ActivationClient client;
        try (ConfigurableApplicationContext context = host.run("--kaitsu.store.memory=true")) {
            client = context.getBean(ActivationClient.class);
            assertThat(client.isAdvancing()).isTrue();
            client.begin(ActivationId.of("one"), of(CloudService.BOX));
            assertThat(offered.await(2, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(client.isAdvancing()).isFalse();
    }

    /** Whatever is under way when the application is told to stop. */
    @ParameterizedTest
    @EnumSource(Ending.class)
    void shutdown_letsWhatIsUnderWayComeToItsEnd(Ending ending) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<String> seen = new CopyOnWriteArrayList<>();
        Operator slow = action -> {
            if (asked.getCount() == 0) {
                return; // another action
            }
            asked.countDown();
            try {
                mayGoOn.await();
                seen.add("came to its end");
            } catch (InterruptedException e) {
                seen.add("interrupted");
            }
        };
        SpringApplication host = new SpringApplicationBuilder(Host.class)
                .web(WebApplicationType.NONE)
                .initializers(c -> ((GenericApplicationContext) c).registerBean(Operator.class, () -> slow))
                .build();
        ConfigurableApplicationContext context =
                host.run("--kaitsu.store.memory=true", "--kaitsu.shutdown-patience=" + ending.patience);
        ActivationClient client = context.getBean(ActivationClient.class);
        client.begin(ActivationId.of("one"), of(CloudService.BOX));
        assertThat(asked.await(2, TimeUnit.MINUTES)).isTrue();

        Thread closing = new Thread(context::close);
        closing.start();
        while (client.isAdvancing()) {
            Thread.onSpinWait();
        }
        if (ending == Ending.IN_TIME) {
            mayGoOn.countDown();
        }
        closing.join();

        assertThat(seen).containsExactly(ending.seen);
    }

    enum Ending {
        IN_TIME("2m", "came to its end"),
        TOO_LATE("1ms", "interrupted");

        final String patience;
        final String seen;

        Ending(String patience, String seen) {
            this.patience = patience;
            this.seen = seen;
        }
    }
}
