package io.github.kaitsu.spring;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationListener;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.EngineObserver;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.Turn;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Counts what this process writes into journals. No tag names a customer or an activation, so that the series stay few. */
@AutoConfiguration(
        before = KaitsuAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class KaitsuMetricsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "kaitsuMetrics")
    ActivationListener kaitsuMetrics(MeterRegistry registry) {
        return new Counts(registry);
    }

    @Bean
    @ConditionalOnMissingBean
    EngineObserver kaitsuObserver(MeterRegistry registry, ObjectProvider<ObservationRegistry> observations) {
        return new Observer(registry, observations.getIfUnique(() -> ObservationRegistry.NOOP));
    }

    @Bean
    @ConditionalOnMissingBean(name = "kaitsuTurns")
    MeterBinder kaitsuTurns(ObjectProvider<ActivationClient> client) {
        return registry -> {
            for (Turn turn : Turn.values()) {
                Gauge.builder("kaitsu.runs", client, c -> (double) c.getObject()
                                .find(RunQuery.all().withTurn(turn), Optional.empty(), 1)
                                .total())
                        .tag("turn", turn.name().toLowerCase(Locale.ROOT))
                        .description("activations and removals in the store, by whose turn it is")
                        .register(registry);
            }
        };
    }

    /** Looks as observations, which are a timer and a span each; the rest as meters. */
    private record Observer(MeterRegistry registry, ObservationRegistry observations) implements EngineObserver {
        @Override
        public Look look(StepId step) {
            String service = Arrays.stream(CloudService.values())
                    .map(CloudService::id)
                    .filter(id -> step.value().startsWith(id + "."))
                    .findFirst()
                    .orElse("console");
            Observation observation = Observation.createNotStarted("kaitsu.look", observations)
                    .contextualName("look for " + step)
                    .lowCardinalityKeyValue("service", service)
                    .lowCardinalityKeyValue("result", "interrupted") // until it is known
                    .highCardinalityKeyValue("step", step.value())
                    .start();
            Observation.Scope scope = observation.openScope();
            return new Look() {
                @Override
                public void called(Call outcome) {
                    registry.counter("kaitsu.calls", "service", service, "outcome", Counts.name(outcome))
                            .increment();
                }

                @Override
                public void over(Optional<ProbeResult> seen) {
                    seen.ifPresent(look -> observation.lowCardinalityKeyValue("result", Counts.name(look)));
                    scope.close();
                    observation.stop();
                }
            };
        }

        @Override
        public void woken(Duration late) {
            registry.timer("kaitsu.lateness").record(late);
        }

        @Override
        public void retried() {
            registry.counter("kaitsu.retries").increment();
        }
    }

    private record Counts(MeterRegistry registry) implements ActivationListener {
        @Override
        public void happened(ActivationId activation, JournalEntry entry) {
            Event event = entry.event();
            if (event instanceof Event.Begun) {
                count("activations", "state", "begun");
            } else if (event instanceof Event.Ended) {
                count("activations", "state", "ended");
            } else if (event instanceof Event.ServiceEnded ended) {
                count("services", "service", ended.service().id(), "status", name(ended.status()));
            } else if (event instanceof Event.Offered) {
                count("actions", "state", "offered");
            } else if (event instanceof Event.Overdue) {
                count("actions", "state", "overdue");
            } else if (event instanceof Event.Withdrawn) {
                count("actions", "state", "withdrawn");
            } else if (event instanceof Event.Answered answered) {
                answered(answered.answer(), false);
            } else if (event instanceof Event.LateAnswer late) {
                answered(late.answer(), true);
            } else if (event instanceof Event.Looked looked) {
                count("looks", "result", name(looked.look()));
            }
        }

        private void answered(Answer answer, boolean late) {
            count("answers", "type", name(answer), "late", String.valueOf(late));
        }

        private void count(String what, String... tags) {
            registry.counter("kaitsu." + what, tags).increment();
        }

        /** As in the journal: {@code not-yet}. */
        private static String name(Object value) {
            String name = value instanceof Enum<?> constant
                    ? constant.name()
                    : value.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
