package io.github.kaitsu.invite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private Instant now = Instant.parse("2026-11-30T00:00:00Z");

    private final RateLimit limit = new RateLimit(3, Duration.ofSeconds(10), new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    private long taken(String key, int times) {
        return IntStream.range(0, times).filter(i -> limit.takes(key)).count();
    }

    @Test
    void soMany_mayComeAtOnce_andThenOneInAWhile() {
        assertThat(taken("a", 3)).isEqualTo(3);
        assertThat(limit.takes("a")).isFalse();
        assertThat(limit.takes("b")).as("whom it does not concern").isTrue();

        now = now.plusSeconds(10);
        assertThat(limit.takes("a")).isTrue();
        assertThat(limit.takes("a")).isFalse();

        now = now.plusSeconds(3600);
        assertThat(taken("a", 3)).isEqualTo(3);
        assertThat(limit.takes("a")).as("nothing is saved up").isFalse();
    }

    @Test
    void whoeverElseComes_itStaysSmall() {
        assertThat(taken("first", 4)).isEqualTo(3);
        for (int i = 0; i < 10_000; i++) {
            limit.takes("flood-" + i);
        }
        assertThat(limit.takes("first")).as("forgotten, and so begun anew").isTrue();
    }
}
