package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final boolean IS_NIGHT = Boolean.getBoolean("kaitsu.nightly");

    @Test
    void activation_whenNothingGoesWrong_protectsAllEightWithOneGrantEach() throws InterruptedException {
        Simulation simulation = new Simulation(1, 0).run();

        simulation.assertInvariants();
        assertThat(simulation.statuses()).hasSize(8).containsValue(ActivationStatus.PROTECTED);
        assertThat(simulation.statuses().values()).containsOnly(ActivationStatus.PROTECTED);
        assertThat(simulation.world.grants).hasSize(8);
        assertThat(simulation.world.grants.values()).containsOnly(1);
    }

    @Test
    void activation_whateverGoesWrongOnTheWay_protectsAllEightWithOneGrantEach() throws InterruptedException {
        for (long seed = 0; seed < (IS_NIGHT ? 400 : 40); seed++) {
            Simulation simulation = new Simulation(seed, 0.15);
            try {
                simulation.run();
                simulation.assertInvariants();
                assertThat(simulation.statuses().values()).containsOnly(ActivationStatus.PROTECTED);
                assertThat(simulation.world.grants.values()).containsOnly(1);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + simulation.failures() + " " + e.getMessage(), e);
            }
        }
    }

    @Test
    void activation_whateverHasHappenedBefore_protectsAllEightAndLinksNothingTwice() throws InterruptedException {
        for (long seed = 0; seed < (IS_NIGHT ? 300 : 30); seed++) {
            Simulation simulation = new Simulation(seed, 0.1);
            Random past = new Random(seed);
            for (CloudService service : CloudService.standard()) {
                if (past.nextInt(3) == 0) { // linked long ago, or, the last one, a moment ago
                    simulation.world.grant(service, false);
                    boolean isLast = past.nextInt(3) == 0;
                    simulation.clock.advanceTo(
                            simulation.clock.instant().plus(isLast ? Duration.ofSeconds(1) : Duration.ofHours(1)));
                    if (isLast) {
                        break;
                    }
                }
            }
            try {
                simulation.run();
                simulation.assertInvariants();
                assertThat(simulation.statuses().values()).containsOnly(ActivationStatus.PROTECTED);
                assertThat(simulation.world.grants.values()).containsOnly(1);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + simulation.failures() + e.getMessage(), e);
            }
        }
    }

    @Test
    void common16_whenTheProcessDiesAtAnyWrite_theActivationGoesOnAndLinksNothingTwice() throws InterruptedException {
        List<CloudService> some = List.of(CloudService.BOX, CloudService.GMAIL, CloudService.MICROSOFT_TEAMS);
        Simulation whole = new Simulation(7, 0);
        whole.services = some;
        int writes = whole.run().store.writes();
        for (int write = 1; write <= writes; write++) {
            for (boolean before : new boolean[] {true, false}) {
                Simulation simulation = new Simulation(7, 0);
                simulation.services = some;
                simulation.store.crashAt(write, before);
                simulation.run();
                simulation.assertInvariants();
                assertThat(simulation.crashes)
                        .as("write %d before=%s", write, before)
                        .isEqualTo(1);
                assertThat(simulation.statuses().values()).containsOnly(ActivationStatus.PROTECTED);
                assertThat(simulation.world.grants.values()).containsOnly(1);
            }
        }
    }

    @Test
    void common10_whenTwoLinksFail_theThirdRoundProtects() throws InterruptedException {
        Simulation simulation = new Simulation(2, 0);
        simulation.services = List.of(CloudService.BOX);
        simulation.world.failingLinks = 2;
        simulation.run().assertInvariants();

        assertThat(simulation.statuses()).isEqualTo(Map.of(CloudService.BOX, ActivationStatus.PROTECTED));
        assertThat(grantsOffered(simulation)).isEqualTo(3);
        assertThat(simulation.world.grants).containsEntry(CloudService.BOX, 1);
    }

    @Test
    void common10_whenTheLinkBudgetIsSpent_theServiceFailsAndTheNextIsLinked() throws InterruptedException {
        Simulation simulation = new Simulation(2, 0);
        simulation.services = List.of(CloudService.BOX, CloudService.DROPBOX);
        simulation.world.failingLinks = 3;
        simulation.run().assertInvariants();

        assertThat(simulation.statuses().values()).containsOnly(ActivationStatus.FAILED);
        assertThat(grantsOffered(simulation)).isEqualTo(6);
        assertThat(simulation.world.grants).isEmpty();
    }

    @Test
    void common14_whenPendingStaysForEver_theSecondBudgetEndsItAndTheOthersWaitUntilItIsCleared()
            throws InterruptedException {
        Simulation simulation = new Simulation(3, 0);
        simulation.services = List.of(CloudService.BOX, CloudService.DROPBOX);
        simulation.world.stuck = CloudService.BOX;
        simulation.run().assertInvariants();

        assertThat(simulation.statuses())
                .containsEntry(CloudService.BOX, ActivationStatus.FAILED)
                .containsEntry(CloudService.DROPBOX, ActivationStatus.PROTECTED);
        assertThat(simulation.journal()).anyMatch(e -> e.event() instanceof Event.SlotCleared);
        assertThat(simulation.world.grants).containsEntry(CloudService.BOX, 3);
    }

    @Test
    void common13_whenSomethingForeignIsPending_nothingIsLinkedUntilItIsGone() throws InterruptedException {
        Simulation simulation = new Simulation(4, 0);
        simulation.services = List.of(CloudService.BOX);
        simulation.world.foreignPending = true;
        simulation.world.foreignPendingUntil = simulation.clock.instant().plus(Duration.ofMinutes(90));
        simulation.run().assertInvariants();

        assertThat(simulation.statuses()).containsEntry(CloudService.BOX, ActivationStatus.PROTECTED);
    }

    @Test
    void common12_whenTheServiceWasLinkedAndProvedBefore_itIsAdoptedWithoutAGrant() throws InterruptedException {
        Simulation simulation = new Simulation(5, 0);
        simulation.services = List.of(CloudService.BOX);
        simulation.world.grant(CloudService.BOX, false);
        simulation.clock.advanceTo(simulation.clock.instant().plus(Duration.ofDays(1)));
        simulation.run().assertInvariants();

        assertThat(simulation.statuses()).containsEntry(CloudService.BOX, ActivationStatus.PROTECTED);
        assertThat(simulation.journal()).anyMatch(e -> e.event() instanceof Event.Adopted);
        assertThat(simulation.world.grants).containsEntry(CloudService.BOX, 1);
    }

    @Test
    void m365_2_whileOneMicrosoftServiceIsLinkingOrSynchronising_noOtherIsGranted() throws InterruptedException {
        Simulation simulation = new Simulation(9, 0);
        simulation.services = List.of(CloudService.EXCHANGE_ONLINE, CloudService.ONEDRIVE);
        simulation.world.synchronisation = Duration.ofHours(4);
        simulation.run().assertInvariants();

        List<String> order = simulation.journal().stream()
                .map(JournalEntry::event)
                .filter(e -> e instanceof Event.SlotReleased
                        || (e instanceof Event.Offered o && o.step().value().endsWith(".grant")))
                .map(e -> e instanceof Event.SlotReleased r ? "released " + r.service() : "grant offered")
                .toList();
        assertThat(order)
                .containsExactly("grant offered", "released EXCHANGE_ONLINE", "grant offered", "released ONEDRIVE");
    }

    @Test
    void box1_whenTheRoleIsWrong_theServiceFailsBeforeAnyLink() throws InterruptedException {
        Simulation simulation = new Simulation(6, 0);
        simulation.services = List.of(CloudService.BOX);
        simulation.provisioners.get(CloudService.BOX).wrongRole = true;
        simulation.run().assertInvariants();

        assertThat(simulation.statuses()).containsEntry(CloudService.BOX, ActivationStatus.FAILED);
        assertThat(simulation.world.grants).isEmpty();
    }

    @Test
    void common12_whenTheConsoleSaysSuccessAndTheProviderTheOpposite_itIsNeverProtected() throws InterruptedException {
        Simulation simulation = new Simulation(6, 0);
        simulation.services = List.of(CloudService.BOX);
        simulation.provisioners.get(CloudService.BOX).foldersMissing = true;
        simulation.run().assertInvariants();

        assertThat(simulation.statuses()).containsEntry(CloudService.BOX, ActivationStatus.FAILED);
    }

    @Test
    void grant_whenThePersonDeclines_theServiceEndsAndTheNextIsLinked() throws InterruptedException {
        Simulation simulation = new Simulation(8, 0);
        simulation.services = List.of(CloudService.BOX, CloudService.DROPBOX);
        simulation.person.declines = CloudService.BOX;
        simulation.run().assertInvariants();

        assertThat(simulation.statuses())
                .containsEntry(CloudService.BOX, ActivationStatus.FAILED)
                .containsEntry(CloudService.DROPBOX, ActivationStatus.PROTECTED);
        assertThat(simulation.world.grants).doesNotContainKey(CloudService.BOX);
    }

    private static long grantsOffered(Simulation simulation) {
        return simulation.journal().stream()
                .filter(e ->
                        e.event() instanceof Event.Offered o && o.step().value().endsWith(".grant"))
                .count();
    }
}
