package io.github.kaitsu.spring;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationListener;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Counts what this process writes into journals. No tag names a customer or an activation, so that the series stay few. */
@AutoConfiguration(
        before = KaitsuAutoConfiguration.class,
        afterName = {
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
