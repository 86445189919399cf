package io.github.kaitsu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationRetryPolicyTest {
    private static final ActivationRetryPolicy OTHER = ActivationRetryPolicy.builder()
            .linkRounds(4)
            .stallRounds(0)
            .stallFactor(5)
            .longestExpected(Duration.ofHours(6))
            .shortestExpected(Duration.ofMinutes(7))
            .settle(Duration.ZERO)
            .baselineAge(Duration.ofMinutes(8))
            .firstLook(Duration.ofSeconds(9))
            .lookFraction(0.1)
            .overdueAfter(Duration.ofHours(10))
            .askings(1)
            .build();

    @Test
    void policy_whoseEverySettingIsGiven_hasThem() {
        assertThat(OTHER.linkRounds()).isEqualTo(4);
        assertThat(OTHER.stallRounds()).isZero();
        assertThat(OTHER.stallFactor()).isEqualTo(5);
        assertThat(OTHER.longestExpected()).isEqualTo(Duration.ofHours(6));
        assertThat(OTHER.shortestExpected()).isEqualTo(Duration.ofMinutes(7));
        assertThat(OTHER.settle()).isZero();
        assertThat(OTHER.baselineAge()).isEqualTo(Duration.ofMinutes(8));
        assertThat(OTHER.firstLook()).isEqualTo(Duration.ofSeconds(9));
        assertThat(OTHER.lookFraction()).isEqualTo(0.1);
        assertThat(OTHER.overdueAfter()).isEqualTo(Duration.ofHours(10));
        assertThat(OTHER.askings()).isEqualTo(1);
        assertThat(OTHER.stallAfter()).isEqualTo(Duration.ofHours(30));
    }

    @Test
    void policy_builtAnew_keepsWhatIsNotChanged() {
        assertThat(OTHER.toBuilder().build()).isEqualTo(OTHER).hasSameHashCodeAs(OTHER);
        assertThat(OTHER.toBuilder().linkRounds(2).build())
                .isNotEqualTo(OTHER)
                .isEqualTo(OTHER.toBuilder().linkRounds(2).build());
        assertThat(ActivationRetryPolicy.builder().build()).isEqualTo(ActivationRetryPolicy.ofDefaults());
        assertThat(OTHER.toString()).contains("linkRounds=4", "askings=1");
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void policy_thatCannotBe_isRefused(UnaryOperator<ActivationRetryPolicy.Builder> setting) {
        ActivationRetryPolicy.Builder builder = setting.apply(ActivationRetryPolicy.builder());

        assertThatIllegalArgumentException().isThrownBy(builder::build);
    }

    private static Stream<UnaryOperator<ActivationRetryPolicy.Builder>> impossible() {
        Duration negative = Duration.ofNanos(-1);
        return Stream.of(
                b -> b.linkRounds(0),
                b -> b.stallRounds(-1),
                b -> b.stallFactor(0),
                b -> b.askings(0),
                b -> b.lookFraction(-0.1),
                b -> b.lookFraction(Double.NaN),
                b -> b.lookFraction(Double.POSITIVE_INFINITY),
                b -> b.firstLook(Duration.ZERO),
                b -> b.firstLook(negative),
                b -> b.settle(negative),
                b -> b.baselineAge(negative),
                b -> b.overdueAfter(negative),
                b -> b.shortestExpected(negative),
                b -> b.longestExpected(Duration.ofMinutes(9)));
    }
}
