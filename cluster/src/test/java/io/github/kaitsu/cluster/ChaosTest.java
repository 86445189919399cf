package io.github.kaitsu.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** {@link Chaos} in small, and in large where there is a night for it. */
class ChaosTest {
    @Test
    void nodes_toWhichEverythingHappensOnce_endEveryRunAndLoseNone() throws Exception {
        Chaos.Result result = Chaos.run(40, 7, Duration.ofSeconds(1), Duration.ofSeconds(4), 1);

        assertThat(result.wrong()).as("%s", result).isEmpty();
        assertThat(result.ended()).isEqualTo(40);
        assertThat(result.faults()).hasSize(6);
    }

    @Test
    @EnabledIfSystemProperty(named = "kaitsu.nightly", matches = "true")
    void nodes_toWhichEverythingHappensAllTheTime_endEveryRunAndLoseNone() throws Exception {
        Chaos.Result result = Chaos.run(10_000, 182, Duration.ofSeconds(30), Duration.ofSeconds(45), 2);

        assertThat(result.wrong()).as("%s", result).isEmpty();
        assertThat(result.ended()).isEqualTo(10_000);
        assertThat(result.faults().get("kill -9")).isGreaterThanOrEqualTo(50);
    }
}
