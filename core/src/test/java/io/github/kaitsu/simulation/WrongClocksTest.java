package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A clock leaps, a program stands still, two nodes disagree: at journal entries of a whole activation, nightly at each, after which the
 * world goes on truthfully. The console and the APIs show what was done a while later, as they do.
 */
class WrongClocksTest {
    private static final List<CloudService> SOME = List.of(CloudService.BOX, CloudService.MICROSOFT_TEAMS);

    private static final boolean IS_NIGHT = Boolean.getBoolean("kaitsu.nightly");
    /** By day another of four for another mishap. */
    private static final int STEP = IS_NIGHT ? 1 : 4;

    private static final int LONG_STEP = IS_NIGHT ? 23 : 59;

    /** What happens at an entry. */
    private interface Mishap {
        void happen(Simulation sim);
    }

    static Stream<Arguments> mishaps() {
        List<Arguments> all = new ArrayList<>();
        for (Duration leap :
                List.of(Duration.ofDays(30), Duration.ofDays(-30), Duration.ofHours(12), Duration.ofHours(-12))) {
            all.add(mishap("the clock leaps by " + leap, sim -> {
                sim.ours.leap(leap);
                sim.theirs.leap(leap);
            }));
        }
        for (Duration gap : List.of(Duration.ofDays(30), Duration.ofHours(12), Duration.ofHours(3))) {
            all.add(mishap("nothing runs for " + gap, sim -> sim.clock.pass(gap)));
        }
        for (Duration apart : List.of(Duration.ofDays(2), Duration.ofDays(-2))) {
            all.add(mishap("a second node joins that is apart by " + apart, sim -> {
                sim.isAlone = false;
                sim.theirs.leap(apart);
            }));
            all.add(mishap("another node takes over that is apart by " + apart, sim -> sim.ours.leap(apart)));
        }
        return all.stream();
    }

    private static Arguments mishap(String name, Mishap mishap) {
        return Arguments.of(name, mishap);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mishaps")
    void atEachEntry_theRunEndsAsItDoesWithout(String name, Mishap mishap) throws InterruptedException {
        int entries = simulation(SOME).run().journal().size();
        for (int entry = 1 + Math.floorMod(name.hashCode(), STEP); entry < entries; entry += STEP) {
            Simulation sim = simulation(SOME);
            happens(mishap, sim, entry);
            assertEndsWell(sim.run(), name + " at " + entry);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mishaps")
    void ofAllServices_theRunEndsAsItDoesWithout(String name, Mishap mishap) throws InterruptedException {
        int entries = simulation(CloudService.standard()).run().journal().size();
        for (int entry = 1; entry < entries; entry += LONG_STEP) {
            Simulation sim = simulation(CloudService.standard());
            happens(mishap, sim, entry);
            assertEndsWell(sim.run(), name + " at " + entry);
        }
    }

    @Test
    void aClockThatIsSetBackAndForthAllTheTime_harmsNothing() throws InterruptedException {
        Simulation sim = simulation(SOME);
        Duration wrong = Duration.ofDays(30);
        sim.afterEntry = entry -> sim.ours.leap(entry.number() % 2 == 0 ? wrong : wrong.negated());
        assertEndsWell(sim.run(), "back and forth");
    }

    /** Two nodes two days apart from the beginning, in any order. */
    @Test
    void twoNodesTwoDaysApart_protectEverythingOnce() throws InterruptedException {
        for (long seed = 0; seed < 20; seed++) {
            Simulation sim = simulation(seed, SOME);
            sim.isAlone = false;
            sim.theirs.leap(Duration.ofDays(seed % 2 == 0 ? 2 : -2));
            assertEndsWell(sim.run(), "seed " + seed);
            assertThat(sim.journal().stream().filter(e -> e.event() instanceof Event.Gap))
                    .as("told once, not at each turn")
                    .hasSizeBetween(1, 12);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mishaps")
    void aLeapOfHours_isTold(String name, Mishap mishap) throws InterruptedException {
        Simulation sim = simulation(SOME);
        happens(mishap, sim, 12);
        List<ActivationView> views = new ArrayList<>();
        sim.afterEntry = sim.afterEntry.andThen(entry -> {
            if (entry.event() instanceof Event.Gap) {
                views.add(sim.client().find(sim.id).orElseThrow().view());
            }
        });
        sim.run();

        if (name.contains("PT3H")) {
            assertThat(views).isEmpty(); // a person may be so slow
            return;
        }
        assertThat(views).isNotEmpty();
        assertThat(views.get(0).openItems()).anySatisfy(item -> {
            assertThat(item.text().ja()).contains("時計", "UTC");
            assertThat(item.text().en()).contains("clock", "UTC");
        });
    }

    private static Simulation simulation(List<CloudService> services) {
        return simulation(7, services);
    }

    private static Simulation simulation(long seed, List<CloudService> services) {
        Simulation sim = new Simulation(seed, 0);
        sim.isAlone = true;
        sim.services = services;
        sim.world.isClockCopied = true;
        sim.world.shownAfter = Duration.ofSeconds(90);
        sim.world.apiLag = Duration.ofMinutes(50);
        return sim;
    }

    private static void happens(Mishap mishap, Simulation sim, int entry) {
        sim.afterEntry = written -> {
            if (written.number() == entry) {
                mishap.happen(sim);
            }
        };
    }

    private static void assertEndsWell(Simulation sim, String what) {
        try {
            sim.assertInvariants();
            assertThat(sim.statuses()).hasSize(sim.services.size());
            assertThat(sim.statuses().values()).as("%s", sim.failures()).containsOnly(ActivationStatus.PROTECTED);
            assertThat(sim.world.grants.values()).containsOnly(1);
            assertThat(grantsOffered(sim)).as("a grant that is offered twice").isEqualTo(sim.services.size());
        } catch (AssertionError e) {
            throw new AssertionError(what + ": " + e.getMessage() + "\n" + story(sim), e);
        }
    }

    private static long grantsOffered(Simulation sim) {
        return sim.journal().stream()
                .filter(e ->
                        e.event() instanceof Event.Offered o && o.step().value().endsWith(".grant"))
                .count();
    }

    private static String story(Simulation sim) {
        StringBuilder story = new StringBuilder();
        for (JournalEntry entry : sim.journal()) {
            String event = entry.event().toString();
            story.append(entry.number()).append(' ').append(entry.time()).append(' ');
            story.append(event, 0, Math.min(150, event.length())).append('\n');
        }
        return story.toString();
    }
}
