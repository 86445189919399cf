package io.github.kaitsu.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.internal.engine.Proof.Verdict;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to a paste on its way, a service that the console does not show as protected is not proved, unless whole lines
 * are gone from a list that prints no count. Those no reader can notice: they are counted here, and rest on a person's word.
 */
class ProofPropertyTest {
    private static final long GRANT = 10;

    @Property(
            tries = 3000,
            seed = "20261129") // the same at each build: what it once finds is mended, not met by chance
    void common12_whenAPasteIsDamaged_nothingIsProvedThatIsNotProtected(
            @ForAll long seed, @ForAll @IntRange(max = 3) int damages) {
        MutatedConsole console = new MutatedConsole(seed);
        for (int i = 0; i < damages; i++) {
            console.damage();
        }
        boolean isProved = isProved(console);
        boolean isWrong = isProved && !console.isProtected();

        assertThat(isWrong && !console.hasLostLine()).as(console.toString()).isFalse();
        Statistics.label("what was proved")
                .collect(
                        isWrong
                                ? "wrong: a line is gone from a list without a count"
                                : isProved
                                        ? "right"
                                        : console.isProtected() ? "not proved, though protected" : "not protected");
    }

    /** A failure that ran into its heading and was cut, where nothing but the service's name and the word is left. */
    @Test
    void common12_whenAFailureRanIntoItsHeading_nothingIsProved() {
        MutatedConsole console = new MutatedConsole(60245);
        console.damage();
        console.damage();

        assertThat(console.after())
                .contains("Severity: Failed OneDrive users and groups could not be updated. 2026/11");
        assertThat(isProved(console)).isFalse();
    }

    /** The rule has to be able to fail: undamaged, what is protected is proved, and nothing else, whatever happened there. */
    @Test
    void common12_whenAPasteIsWhole_exactlyWhatIsProtectedIsProved() {
        Map<MutatedConsole.Story, Integer> stories = new EnumMap<>(MutatedConsole.Story.class);
        for (long seed = 0; seed < 2000; seed++) {
            MutatedConsole console = new MutatedConsole(seed);

            assertThat(isProved(console)).as(console.toString()).isEqualTo(console.isProtected());
            stories.merge(console.story(), 1, Integer::sum);
        }
        assertThat(stories)
                .hasSize(MutatedConsole.Story.values().length)
                .allSatisfy((story, times) -> assertThat(times).isGreaterThan(50));
    }

    /** As the engine goes about it: where a count is greater than its lines, a person is asked and says how it is. */
    private static boolean isProved(MutatedConsole paste) {
        ConsoleKnowledge console = new ConsoleKnowledge(ConsoleReading::parse);
        for (long entry = 1; entry <= GRANT + 10; entry++) {
            console.entry(entry <= GRANT ? MutatedConsole.BEFORE : MutatedConsole.AFTER);
        }
        console.add(2, MutatedConsole.BEFORE, "sato", false, paste.before());
        askAboutCounts(console, 3);
        console.add(GRANT + 2, MutatedConsole.AFTER, "sato", false, paste.after());
        askAboutCounts(console, GRANT + 3);
        Proof proof = new Proof(
                paste.service(),
                CustomerId.DEFAULT_ORGANISATION,
                Edition.CONSOLE_2024_04,
                console,
                GRANT,
                false,
                GRANT,
                false,
                false,
                read -> false);
        return proof.judge() instanceof Verdict.Proved;
    }

    private static void askAboutCounts(ConsoleKnowledge console, long entry) {
        if (console.hasOpenCount()) {
            console.learnCounts(entry, "sato", false); // this console's counts are never totals
        }
    }
}
