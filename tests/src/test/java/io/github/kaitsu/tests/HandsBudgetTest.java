package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.store.MemoryActivationStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a whole activation of all eight services costs a person's hands, and how often it calls for them (COMMON-12, COMMON-19). */
class HandsBudgetTest {
    private static final int CONNECTED = 207;
    private static final int UNCONNECTED = 250;

    /** What came of a run, and what it took. */
    private record Ran(ActivationView view, HandsOn hands, Meter meter, List<Event> events) {}

    private static Ran run(Sandbox.Builder how, boolean connected) throws InterruptedException {
        try (Sandbox sandbox = how.start()) {
            Meter meter = new Meter(sandbox);
            Customer customer = Customer.of(sandbox);
            ActivationClient.Builder builder = connected
                    ? ActivationClient.builder()
                            .provisioners(new Connected(sandbox).provisioners())
                            .store(new MemoryActivationStore())
                            .operator(meter)
                            .clock(sandbox.clock())
                    : customer.client(new MemoryActivationStore(), meter, Connections.none());
            try (ActivationClient client = builder.build()) {
                client.begin(Run.ID, customer.request(CloudService.standard()));
                ActivationView view = Run.toItsEnd(client, Run.ID, meter, customer);
                Run.assertProtected(view);
                HandsOn hands = sandbox.summary().handsOn(HandsOn.Actor.PERSON);
                Ran ran = new Ran(view, hands, meter, Run.events(client, Run.ID));
                assertHonest(ran);
                return ran;
            }
        }
    }

    /** Nothing is left out of the count: each page handed in was copied and pasted, each answer is the journal's. */
    private static void assertHonest(Ran ran) {
        for (Meter.Cost cost : ran.meter.costs()) {
            AnswerForm form = cost.action().form();
            if (form.kind() == AnswerForm.Kind.CONSOLE_TEXT) {
                assertThat(cost.pastes())
                        .as("%s", cost)
                        .isGreaterThanOrEqualTo(form.parts().size());
            }
            assertThat(cost.copies()).as("%s", cost).isEqualTo(cost.pastes());
        }
        assertThat(ran.hands.answers()).isEqualTo((int)
                ran.events.stream().filter(e -> e instanceof Event.Answered).count());
    }

    @Test
    void common12_whenAllAreConnected_handsDoLittle_andNoMoreThanAQuarterMoreWhereUsersAreMany()
            throws InterruptedException {
        Ran few = run(Sandbox.builder(), true);
        assertThat(few.hands.acts()).as(few.meter.table()).isLessThanOrEqualTo(CONNECTED);
        Ran many = run(Sandbox.builder().users(20_000), true);
        assertThat(many.hands.acts()).as(many.meter.table()).isLessThanOrEqualTo(few.hands.acts() * 5 / 4);
    }

    @Test
    void common12_whenNothingIsConnected_handsDoLittleMore() throws InterruptedException {
        Ran few = run(Sandbox.builder(), false);
        assertThat(few.hands.acts()).as(few.meter.table()).isLessThanOrEqualTo(UNCONNECTED);
        Ran many = run(Sandbox.builder().users(20_000), false);
        assertThat(many.hands.acts()).as(many.meter.table()).isLessThanOrEqualTo(few.hands.acts() * 5 / 4);
    }

    @Test
    void common12_whereNothingGoesWrong_nobodyIsCalledMoreOftenThanWasSaid() throws InterruptedException {
        for (Scenario.Kind kind : List.of(Scenario.Kind.NONE, Scenario.Kind.ALREADY_LINKED)) {
            for (boolean connected : new boolean[] {true, false}) {
                Ran ran = run(Sandbox.builder().scenario(Scenario.of(kind)), connected);
                assertThat(ran.view.calls().made())
                        .as("%s, connected %s:\n%s", kind, connected, ran.meter.table())
                        .isPositive()
                        .isEqualTo(ran.view.calls().planned());
            }
        }
    }
}
