package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The own app's access: asked for again when a vendor ends it, given back when the run ends. */
class OwnAccessTest {
    private final Simulation sim = new Simulation(1, 0);
    private final Kept access = new Kept();
    private ActivationClient client;

    /** What a host holds; remembers what was asked of it. */
    private static final class Kept implements OwnAccess {
        final Set<CloudService.Provider> held = EnumSet.of(CloudService.Provider.BOX, CloudService.Provider.DROPBOX);
        final List<CloudService.Provider> returned = new ArrayList<>();
        boolean broken;

        @Override
        public Set<CloudService.Provider> held(CustomerId customer) {
            return Set.copyOf(held);
        }

        @Override
        public Returned giveBack(CustomerId customer, CloudService.Provider provider) {
            if (broken) {
                throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", "credentials", "1");
            }
            returned.add(provider);
            return held.remove(provider) ? Returned.REVOKED : Returned.NOTHING_HELD;
        }
    }

    // ---- lost

    @Test
    void lostAccess_isAskedForOnceForAllStepsOfItsProvider_andTheRunGoesOnWithIt() throws Exception {
        sim.provisioners.get(CloudService.GMAIL).accessLost = true;
        sim.provisioners.get(CloudService.GOOGLE_DRIVE).accessLost = true;
        begin(CloudService.GMAIL, CloudService.GOOGLE_DRIVE, CloudService.BOX);

        OperatorAction connect = only("connect.google");
        assertThat(connect.kind()).isEqualTo(ActionTemplate.Kind.DO);
        assertThat(awaited(CloudService.GMAIL)).contains(connect.id());
        assertThat(awaited(CloudService.GOOGLE_DRIVE)).contains(connect.id());
        assertThat(awaited(CloudService.BOX)).doesNotContain(connect.id());

        sim.provisioners.get(CloudService.GMAIL).accessLost = false;
        sim.provisioners.get(CloudService.GOOGLE_DRIVE).accessLost = false;
        answer(connect, Answer.done("sato"));

        assertThat(evidence("gmail.admin")).isEqualTo(Evidence.Level.VERIFIED);
        assertThat(evidence("google-drive.admin")).isEqualTo(Evidence.Level.VERIFIED);
        assertThat(open("connect.google")).isEmpty();
    }

    @Test
    void lostAccess_whenItComesBackWithoutAnAnswer_theActionIsWithdrawn() throws Exception {
        sim.provisioners.get(CloudService.BOX).accessLost = true;
        begin(CloudService.BOX);
        assertThat(open("connect.box")).isPresent();

        sim.provisioners.get(CloudService.BOX).accessLost = false;
        sim.clock.advanceTo(sim.clock.instant().plus(Duration.ofHours(1)));
        client.advance(sim.id);

        assertThat(open("connect.box")).isEmpty();
        assertThat(evidence("box.admin")).isEqualTo(Evidence.Level.VERIFIED);
    }

    @Test
    void lostAccess_whenConnectingAgainIsDeclined_thePersonIsAskedInstead() throws Exception {
        sim.provisioners.get(CloudService.BOX).accessLost = true;
        begin(CloudService.BOX);

        answer(only("connect.box"), Answer.declined("sato"));

        assertThat(open("connect.box")).isEmpty();
        answer(only("box.admin"), Answer.saw("sato", "yes"));
        assertThat(evidence("box.admin")).isEqualTo(Evidence.Level.ATTESTED);
    }

    @Test
    void lostAccess_whenConnectingDoesNotHelp_isNotAskedForForEver() throws Exception {
        sim.provisioners.get(CloudService.BOX).accessLost = true;
        begin(CloudService.BOX);

        int asked = 0;
        while (open("connect.box").isPresent()) {
            answer(only("connect.box"), Answer.done("sato"));
            assertThat(++asked).isLessThan(10);
        }

        assertThat(open("box.admin")).isPresent();
    }

    @Test
    void lostAccess_whenTheRunIsCancelled_nothingStaysOpen() throws Exception {
        sim.provisioners.get(CloudService.BOX).accessLost = true;
        begin(CloudService.BOX);

        client.cancel(sim.id, "sato");
        client.advance(sim.id);

        assertThat(view().ended()).isTrue();
        assertThat(view().openActions()).isEmpty();
    }

    // ---- given back

    @Test
    void atTheEnd_theAccessToTheRunsProvidersIsGivenBack_beforeTheRunIsOver() throws Exception {
        begin(CloudService.BOX);
        client.cancel(sim.id, "sato");
        client.advance(sim.id);

        assertThat(access.returned).containsExactly(CloudService.Provider.BOX);
        assertThat(lastEvents(2))
                .containsExactly(
                        new Event.AccessReturned(CloudService.Provider.BOX, OwnAccess.Returned.REVOKED),
                        new Event.Ended());
    }

    @Test
    void atTheEnd_whenTheRequestKeepsIt_nothingIsGivenBack() throws Exception {
        client = fresh();
        client.begin(sim.id, request(CloudService.BOX).keepForDrift(true).build());
        client.cancel(sim.id, "sato");
        client.advance(sim.id);

        assertThat(view().ended()).isTrue();
        assertThat(access.returned).isEmpty();
    }

    @Test
    void atTheEnd_whenItCannotBeGivenBack_theRunEndsAndSaysSo() throws Exception {
        begin(CloudService.BOX);
        access.broken = true;
        client.cancel(sim.id, "sato");
        client.advance(sim.id);

        assertThat(view().ended()).isTrue();
        assertThat(view().openItems())
                .anyMatch(i -> i.text().en().contains("could not be ended")
                        && i.text().en().contains("store")
                        && !i.text().en().contains("could not be reached"));
    }

    private void begin(CloudService... services) throws Exception {
        client = fresh();
        client.begin(sim.id, request(services).build());
        client.advance(sim.id);
    }

    private ActivationRequest.Builder request(CloudService... services) {
        return ActivationRequest.builder(sim.customer).services(services);
    }

    private ActivationClient fresh() {
        return ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(sim.store)
                .ownAccess(access)
                .clock(sim.clock)
                .build();
    }

    private ActivationView view() {
        return client.find(sim.id).orElseThrow().view();
    }

    private Optional<OperatorAction> open(String step) {
        return view().openActions().stream()
                .filter(a -> a.step().equals(new StepId(step)))
                .findFirst();
    }

    private OperatorAction only(String step) {
        return open(step).orElseThrow(() -> new AssertionError("not open: " + step + " in " + view().openActions()));
    }

    private void answer(OperatorAction action, Answer answer) throws InterruptedException {
        client.answer(sim.id, action.id(), answer);
        client.advance(sim.id);
    }

    private List<ActionId> awaited(CloudService service) {
        return view().service(service).orElseThrow().waiting() instanceof Waiting.ForOperator operator
                ? operator.actions()
                : List.of();
    }

    private Evidence.Level evidence(String step) {
        return view().services().stream()
                .flatMap(s -> s.steps().stream())
                .filter(s -> s.step().equals(new StepId(step)))
                .findFirst()
                .orElseThrow()
                .evidence()
                .level();
    }

    private List<Event> lastEvents(int n) {
        List<JournalEntry> all = sim.journal();
        return all.subList(all.size() - n, all.size()).stream()
                .map(JournalEntry::event)
                .toList();
    }
}
