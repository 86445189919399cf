package io.github.kaitsu.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.EngineObserver;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** What a host's monitoring sees. */
class HealthAndMetricsTest {
    private static final Set<String> TAGS =
            Set.of("state", "service", "status", "type", "late", "result", "outcome", "turn", "error");

    private final AtomicReference<String> broken = new AtomicReference<>("");

    private ConfigurableApplicationContext run(String... arguments) {
        MemoryActivationStore memory = new MemoryActivationStore();
        ActivationStore store = (ActivationStore) Proxy.newProxyInstance(
                ActivationStore.class.getClassLoader(), new Class<?>[] {ActivationStore.class}, (p, method, args) -> {
                    if (method.getName().equals(broken.get())) {
                        throw KaitsuException.of(ErrorCode.IO_ERROR, "", "/secret/folder");
                    }
                    try {
                        return method.invoke(memory, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new SpringApplicationBuilder(ClientTest.Host.class)
                .web(WebApplicationType.NONE)
                .initializers(c -> ((GenericApplicationContext) c).registerBean(ActivationStore.class, () -> store))
                .run(arguments);
    }

    // ---- health

    @ParameterizedTest
    @CsvSource({
        "true,  '',    UP",
        "false, '',    UP", // it is not to advance, so that it does not is no fault
        "true,  all,   DOWN",
        "true,  claim, DOWN",
        "false, claim, DOWN",
        "false, all,   DOWN"
    })
    void health_isOfTheStore(String start, String failing, String expected) {
        try (ConfigurableApplicationContext context = run("--kaitsu.start=" + start)) {
            broken.set(failing);
            Health health = context.getBean("kaitsuHealthIndicator", HealthIndicator.class)
                    .health();
            broken.set("");

            assertThat(health.getStatus()).isEqualTo(new Status(expected));
        }
    }

    @Test
    void health_isDown_onceNothingIsAdvancedAnyMore() {
        try (ConfigurableApplicationContext context = run()) {
            HealthIndicator indicator = context.getBean("kaitsuHealthIndicator", HealthIndicator.class);
            assertThat(indicator.health().getDetails()).containsEntry("advancing", true);

            context.stop();
            assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);

            context.start();
            assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void health_leavesNothingInTheStore() {
        try (ConfigurableApplicationContext context = run()) {
            context.getBean("kaitsuHealthIndicator", HealthIndicator.class).health();
            ActivationStore store = context.getBean(ActivationStore.class);

            assertThat(store.claimant(new ActivationStore.ClaimKey("health", "kaitsu")))
                    .isEmpty();
            assertThat(store.all()).isEmpty();
        }
    }

    @Test
    void health_canBeSwitchedOff() {
        try (ConfigurableApplicationContext context = run("--management.health.kaitsu.enabled=false")) {
            assertThat(context.containsBean("kaitsuHealthIndicator")).isFalse();
        }
    }

    // ---- metrics

    @Test
    void metrics_countWhatHappens_andTheirSeriesDoNotGrowWithCustomers() {
        try (ConfigurableApplicationContext context = run("--kaitsu.start=false")) {
            ActivationClient client = context.getBean(ActivationClient.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            activate(client, 1);
            Set<Meter.Id> ofOne = series(registry);
            for (int customer = 2; customer <= 30; customer++) {
                activate(client, customer);
            }

            assertThat(series(registry)).isEqualTo(ofOne);
            assertThat(ofOne)
                    .flatMap(Meter.Id::getTags)
                    .allMatch(tag -> TAGS.contains(tag.getKey()))
                    .noneMatch(tag -> tag.getValue().contains("cas"));
            assertThat(count(registry, "activations", "state", "begun")).isEqualTo(30);
            assertThat(count(registry, "activations", "state", "ended")).isEqualTo(30);
            assertThat(count(registry, "services", "service", "box", "status", "cancelled"))
                    .isEqualTo(30);
            assertThat(count(registry, "answers", "type", "done", "late", "false"))
                    .isEqualTo(30);
            assertThat(count(registry, "answers", "type", "not-yet", "late", "false"))
                    .isEqualTo(30);
            assertThat(count(registry, "actions", "state", "offered")).isGreaterThanOrEqualTo(30);
            assertThat(registry.get("kaitsu.runs").tag("turn", "nobody").gauge().value())
                    .isEqualTo(30);
        }
    }

    @Test
    void metrics_tellHowTheEngineWorks_andTheirSeriesDoNotGrowWithLooks() {
        try (ConfigurableApplicationContext context = run("--kaitsu.start=false")) {
            EngineObserver observer = context.getBean(EngineObserver.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            look(observer, "admin");
            Set<Meter.Id> ofOne = series(registry);
            for (int i = 0; i < 100; i++) {
                look(observer, "step-" + i);
            }

            assertThat(series(registry)).isEqualTo(ofOne);
            assertThat(ofOne).flatMap(Meter.Id::getTags).allMatch(tag -> TAGS.contains(tag.getKey()));
            assertThat(registry.get("kaitsu.look")
                            .tags("service", "box", "result", "holds")
                            .timer()
                            .count())
                    .isEqualTo(101);
            assertThat(count(registry, "calls", "service", "box", "outcome", "throttled"))
                    .isEqualTo(101);
            assertThat(registry.get("kaitsu.lateness").timer().count()).isEqualTo(101);
            assertThat(count(registry, "retries")).isEqualTo(101);
        }
    }

    private static void look(EngineObserver observer, String step) {
        EngineObserver.Look look = observer.look(StepId.of(CloudService.BOX, step));
        look.called(EngineObserver.Call.THROTTLED);
        look.called(EngineObserver.Call.ANSWERED);
        look.over(Optional.of(ProbeResult.holds("done")));
        observer.woken(Duration.ofMillis(20));
        observer.retried();
    }

    private static void activate(ActivationClient client, int customer) {
        ActivationId id = ActivationId.of("contract-" + customer);
        try {
            client.begin(
                    id,
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS" + customer))
                            .services(CloudService.BOX)
                            .build());
            client.advance(id);
            List<OperatorAction> open = client.find(id).orElseThrow().openActions();
            client.answer(id, open.get(0).id(), Answer.notYet("sato"));
            client.answer(id, open.get(0).id(), Answer.done("sato"));
            client.advance(id);
            client.cancel(id, "sato");
            client.advance(id);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Meter.Id> series(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("kaitsu."))
                .collect(Collectors.toSet());
    }

    private static double count(MeterRegistry registry, String what, String... tags) {
        return registry.get("kaitsu." + what).tags(tags).counter().count();
    }

    // ---- both are optional

    @ParameterizedTest
    @CsvSource({"io.micrometer", "org.springframework.boot.health", "org.springframework.web", "jakarta.servlet"})
    void withoutALibrary_theClientIsThereAllTheSame(String missing) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        KaitsuProvidersAutoConfiguration.class,
                        KaitsuConsentAutoConfiguration.class,
                        KaitsuConsentWebAutoConfiguration.class,
                        KaitsuAutoConfiguration.class,
                        KaitsuHealthAutoConfiguration.class,
                        KaitsuMetricsAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(missing))
                .withPropertyValues("kaitsu.store.memory=true", "kaitsu.start=false")
                .run(context -> assertThat(context).hasSingleBean(ActivationClient.class));
    }
}
