package io.github.kaitsu.spring;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Up while the store reads and writes and, unless {@code kaitsu.start} is false, due activations are looked for. */
@AutoConfiguration(after = KaitsuAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean({ActivationClient.class, ActivationStore.class})
public final class KaitsuHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "kaitsuHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("kaitsu")
    HealthIndicator kaitsuHealthIndicator(ActivationClient client, ActivationStore store, KaitsuProperties properties) {
        return new ClientHealth(client, store, properties.start());
    }

    private static final class ClientHealth extends AbstractHealthIndicator {
        /** The same for all processes: whatever a crash left of it is taken and released again. */
        private static final ClaimKey KEY = new ClaimKey("health", "kaitsu");

        private final ActivationClient client;
        private final ActivationStore store;
        private final boolean advances;

        ClientHealth(ActivationClient client, ActivationStore store, boolean advances) {
            super("the store of activations failed");
            this.client = client;
            this.store = store;
            this.advances = advances;
        }

        @Override
        protected void doHealthCheck(Health.Builder builder) {
            int activations = store.all().size();
            store.claim(KEY, KEY.kind());
            store.release(KEY, KEY.kind());
            boolean advancing = client.isAdvancing();
            builder.withDetail("activations", activations).withDetail("advancing", advancing);
            if (advances && !advancing) {
                builder.down();
            } else {
                builder.up();
            }
        }
    }
}
