package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.Answer;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.Event;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.JournalEntry;
import io.github.kaitsu.OperatorAction;
import io.github.kaitsu.StepId;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.Probe;
import io.github.kaitsu.spi.ProbeContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After an activation: what counts as drift, and what a removal knows. */
class LongAfterTest {
    private static final ActivationId REMOVAL = ActivationId.of("removal");

    private final Simulation sim = new Simulation(1, 0);
    private final SimProvisioner box = sim.provisioners.get(CloudService.BOX);
    private ActivationClient client;

    @BeforeEach
    void activate() throws InterruptedException {
        sim.services = List.of(CloudService.BOX);
        sim.run();
        assertThat(sim.statuses()).containsEntry(CloudService.BOX, ActivationStatus.PROTECTED);
        client = sim.client();
    }

    @Test
    void verify_whenARoleIsNotActiveAnyMore_isNoDrift_butALostFolderIs() throws InterruptedException {
        box.wrongRole = true;
        assertThat(client.verify(sim.customer).hasDrift()).isFalse();

        box.foldersMissing = true;
        DriftReport drift = client.verify(sim.customer);
        assertThat(drift.findings().stream().filter(f -> f.verdict() == DriftReport.Verdict.LOST))
                .singleElement()
                .satisfies(f -> assertThat(f.step()).isEqualTo(new StepId("box.folders")));
    }

    @Test
    void removal_knowsTheTenantThatWasActivated_andNothingThatWasAnsweredThen() throws InterruptedException {
        client.beginRemoval(REMOVAL, sim.customer, Set.of(CloudService.BOX));

        List<Event> events =
                client.events(REMOVAL).stream().map(JournalEntry::event).toList();
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        Event.Inherited.class,
                        known -> assertThat(known.facts())
                                .containsEntry("tenant.BOX", "T1")
                                .containsEntry("users.BOX", "50")
                                .noneSatisfy((name, value) -> assertThat(name).startsWith("answer."))
                                .doesNotContainKey("console.listed"));
    }

    @Test
    void removal_whenTheConnectionLeadsToAnotherTenant_provesNothing() throws InterruptedException {
        box.removalProbe = probe(new Look.Holds("gone", Map.of("tenant.BOX", "T2")));
        assertThat(removed()).isEqualTo(ActivationStatus.FAILED);
        assertThat(client.find(REMOVAL).orElseThrow().view().services().get(0).detail())
                .contains(FailureReason.WRONG_TENANT.name());
    }

    @Test
    void removal_inTheTenantThatWasActivated_isProved() throws InterruptedException {
        box.removalProbe = probe(new Look.Holds("gone", Map.of("tenant.BOX", "T1")));
        assertThat(removed()).isEqualTo(ActivationStatus.REMOVED);
    }

    private ActivationStatus removed() throws InterruptedException {
        sim.world.services.remove(CloudService.BOX); // somebody did it in the console
        client.beginRemoval(REMOVAL, sim.customer, Set.of(CloudService.BOX));
        client.advance(REMOVAL);
        answer("console.sign-in", Answer.done("sato"));
        answer("box.console", Answer.saw("sato", sim.world.consoleText()));
        return client.find(REMOVAL).orElseThrow().view().services().get(0).status();
    }

    private void answer(String step, Answer answer) throws InterruptedException {
        ActionId action = client.find(REMOVAL).orElseThrow().view().openActions().stream()
                .filter(a -> a.step().equals(new StepId(step)))
                .map(OperatorAction::id)
                .findFirst()
                .orElseThrow();
        client.answer(REMOVAL, action, answer);
        client.advance(REMOVAL);
    }

    private static Probe probe(Look found) {
        return new Probe() {
            @Override
            public Look look(ProbeContext context) {
                return found;
            }

            @Override
            public String calls() {
                return "sim";
            }

            @Override
            public String scope() {
                return "";
            }
        };
    }
}
