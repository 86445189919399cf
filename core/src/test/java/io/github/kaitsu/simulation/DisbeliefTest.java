package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Persons who copy badly, answer wrongly and lie, in a console where others act, too: what a text can show never ends PROTECTED
 * where the world is not, and where somebody says something untrue, it is in that name (COMMON-12, -13, -19, -20).
 *
 * <p>{@code -Dkaitsu.seeds=N} runs N seeds, {@code -Dkaitsu.firstSeed=N} begins with that one.
 */
class DisbeliefTest {
    private static final boolean IS_NIGHT = Boolean.getBoolean("kaitsu.nightly");
    private static final int SEEDS = Integer.getInteger("kaitsu.seeds", IS_NIGHT ? 400 : 40);
    private static final int FIRST = Integer.getInteger("kaitsu.firstSeed", 0);

    @Test
    void common12_13_19_20_whateverIsPastedOrAnswered_nothingIsBelievedThatIsNotShown() throws InterruptedException {
        int untrue = 0;
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            untrue += judged(SimDoubt.of(seed)).falselyProtected();
        }
        if (SEEDS >= 40) {
            assertThat(untrue)
                    .as("proofs that rest on a falsehood, so that their name was judged")
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void common12_13_19_20_whateverOneTraitAloneDoes_nothingIsBelievedThatIsNotShown(SimTrait trait)
            throws InterruptedException {
        for (int seed = 0; seed < 2; seed++) {
            judged(new SimDoubt(seed, EnumSet.of(trait)));
        }
    }

    /** Nothing that these do keeps a service from being protected: they only cost further readings. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "PARTIAL",
                "CELLS",
                "TYPES",
                "COUNTS",
                "NOISE",
                "LATE",
                "TWICE",
                "UNASKED",
                "SLOW",
                "NOT_YET",
                "ANSWERS_GET_LOST",
                "SIGNED_OUT",
                "MACHINE",
                "CONNECTED",
                "CRASHES",
                "BEFORE",
                "OLD_LINES",
                "LAG"
            })
    void common19_whereOnlyTheCopyingIsBad_everythingIsProtectedInTheEnd(SimTrait trait) throws InterruptedException {
        for (int seed = 0; seed < 2; seed++) {
            SimDoubt.Run run =
                    judged(new SimDoubt(seed, EnumSet.of(trait))).runs.get(0);

            assertThat(run.statuses().values()).as("seed %d", seed).containsOnly(ActivationStatus.PROTECTED);
            assertThat(run.world.grants.values()).containsOnly(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void common19_whenEverythingIsToldAtOnce_personsAreCalledAsPlannedAndReadOncePerServiceAndOnceMore(
            boolean connected) throws InterruptedException {
        for (int services = 1; services <= 8; services++) {
            Set<SimTrait> traits =
                    connected ? EnumSet.of(SimTrait.PROMPT, SimTrait.CONNECTED) : EnumSet.of(SimTrait.PROMPT);
            List<CloudService> some = CloudService.standard().subList(0, services);
            SimDoubt.Run run = judged(new SimDoubt(services, traits, Optional.of(some)))
                    .runs
                    .get(0);

            assertThat(run.statuses().values()).hasSize(services).containsOnly(ActivationStatus.PROTECTED);
            assertThat(run.judge.calls().made).as("calls for %d", services).isEqualTo(run.judge.calls().planned);
            int teams = some.contains(CloudService.MICROSOFT_TEAMS) ? 1 : 0; // its アプリID, before 完了 (M365-4)
            assertThat(run.judge.readings).as("readings for %d", services).isLessThanOrEqualTo(services + 1 + teams);
        }
    }

    private static SimDoubt judged(SimDoubt doubt) throws InterruptedException {
        List<String> violations = new ArrayList<>();
        try {
            doubt.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n" + doubt.story(), e);
        }
        doubt.runs.forEach(run -> violations.addAll(run.judge.violations()));
        assertThat(violations).as(doubt.story()).isEmpty();
        return doubt;
    }
}
