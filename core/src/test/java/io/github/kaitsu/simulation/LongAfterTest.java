package io.github.kaitsu.simulation;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.util.List;
import java.util.Locale;
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
                        known -> assertThat(known.facts().asMap())
                                .containsEntry("tenant.BOX", "T1")
                                .containsEntry("users.BOX", "50")
                                .noneSatisfy((name, value) -> assertThat(name).startsWith("answer."))
                                .doesNotContainKey("console.listed"));
    }

    @Test
    void removal_whenTheConnectionLeadsToAnotherTenant_provesNothing() throws InterruptedException {
        box.removalProbe = probe(ProbeResult.holds("not-listed").with(Map.of("tenant.BOX", "T2")));
        assertThat(removed()).isEqualTo(ActivationStatus.FAILED);
        assertThat(client.find(REMOVAL).orElseThrow().view().services().get(0).failure())
                .contains(FailureReason.WRONG_TENANT);
    }

    @Test
    void removal_inTheTenantThatWasActivated_isProved() throws InterruptedException {
        box.removalProbe = probe(ProbeResult.holds("not-listed").with(Map.of("tenant.BOX", "T1")));
        assertThat(removed()).isEqualTo(ActivationStatus.REMOVED);
    }

    @Test
    void removal_statesNoEditionThatNobodySaw_andWhoseItIs() throws InterruptedException {
        RemovalRequest request = RemovalRequest.builder(sim.customer)
                .services(CloudService.BOX)
                .company("株式会社サンプル")
                .reference("K-1001")
                .labels("west", "east")
                .build();
        ActivationPlan plan = client.planRemoval(request);
        assertThat(plan.edition()).isEqualTo(Edition.AUTO);
        assertThat(plan.company()).contains("株式会社サンプル");
        assertThat(plan.reference()).contains("K-1001");
        assertThat(plan.labels()).containsExactly("east", "west");

        client.beginRemoval(REMOVAL, request);
        client.beginRemoval(REMOVAL, request); // the same again is the same removal
        client.advance(REMOVAL);

        ActivationView view = client.find(REMOVAL).orElseThrow().view();
        assertThat(view.removal()).isTrue();
        assertThat(view.edition()).isEqualTo(Edition.AUTO);
        assertThat(view.company()).contains("株式会社サンプル");
        assertThat(view.reference()).contains("K-1001");
        assertThat(view.labels()).containsExactly("east", "west");
        assertThat(view.openActions()).isNotEmpty().allSatisfy(action -> {
            assertThat(action.company()).contains("株式会社サンプル");
            assertThat(action.reference()).contains("K-1001");
            assertThat(action.edition()).isEqualTo(Edition.AUTO);
            assertThat(action.instructions(Locale.JAPANESE)).isNotEmpty();
        });
    }

    @Test
    void removal_underTheIdOfAnotherRun_isRefused() {
        client.beginRemoval(REMOVAL, sim.customer, Set.of(CloudService.BOX));

        assertRefused(
                ErrorCode.INVALID_REQUEST,
                () -> client.beginRemoval(
                        REMOVAL,
                        RemovalRequest.builder(sim.customer)
                                .services(CloudService.BOX)
                                .company("別会社")
                                .build()));
        assertRefused(ErrorCode.INVALID_REQUEST, () -> client.begin(REMOVAL, sim.request()));
    }

    private ActivationStatus removed() throws InterruptedException {
        sim.world.services.remove(CloudService.BOX); // somebody did it in the console
        client.beginRemoval(REMOVAL, sim.customer, Set.of(CloudService.BOX));
        client.advance(REMOVAL);
        answer("console.sign-in", Answer.done("sato"));
        answer("console.read", Answer.saw("sato", sim.world.consoleText()));
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

    private static Probe probe(ProbeResult found) {
        return new Probe() {
            @Override
            public ProbeResult look(ProbeContext context) {
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
