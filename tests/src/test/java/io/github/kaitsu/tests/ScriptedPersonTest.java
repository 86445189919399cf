package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.contract.OperatorContract;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxAddresses;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedPersonTest extends OperatorContract {
    private Sandbox sandbox;
    private ScriptedPerson person;

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Override
    protected Operator newOperator() {
        sandbox = Sandbox.builder().start();
        person = new ScriptedPerson(sandbox, "sato@example.co.jp");
        return person;
    }

    @Test
    void perform_ofAnActionNeverTaught_namesStepAndKey() {
        assertThatThrownBy(() -> person.perform(acceptedAction(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("box.contract")
                .hasMessageContaining("key contract");
    }

    @Test
    void queue_keepsTheOrder_forgetsWhatIsWithdrawn_andTakesAnActionOnce() {
        person.offer(acceptedAction(1));
        person.offer(acceptedAction(2));
        person.offer(acceptedAction(2));
        person.withdraw(acceptedAction(1).activation(), acceptedAction(1).id());
        assertThat(person.next()).contains(acceptedAction(2));
        person.withdraw(acceptedAction(2).activation(), acceptedAction(2).id());
        assertThat(person.hasWork()).isFalse();
    }

    @Test
    void addresses_keepPathAndQuery_andKnowNoForeignHost() {
        SandboxAddresses addresses = SandboxAddresses.of(sandbox);
        assertThat(addresses.inSandbox(URI.create("https://app.box.com/folder/7?a=%20b")))
                .contains(URI.create(sandbox.box() + "/folder/7?a=%20b"));
        assertThat(addresses.inSandbox(URI.create("https://example-admin.sharepoint.com/_layouts/15/AppInv.aspx")))
                .contains(URI.create(sandbox.sharePointAdmin() + "/_layouts/15/AppInv.aspx"));
        assertThat(addresses.inSandbox(URI.create(sandbox.google() + "/x")))
                .contains(URI.create(sandbox.google() + "/x"));
        assertThat(addresses.inSandbox(URI.create("https://app.box.com.example/")))
                .isEmpty();
        assertThat(addresses.inSandbox(URI.create("mailto:a@example.com"))).isEmpty();
    }

    /** Asked twice, a careful person looks and finds the goal reached: nothing is granted, set or pressed again. */
    @Test
    void everyAction_askedAgain_isAnsweredWithoutActing() throws InterruptedException {
        Customer customer = Customer.of(sandbox);
        List<OperatorAction> asked = new ArrayList<>();
        Twice twice = new Twice(person, sandbox, asked);
        try (ActivationClient client =
                customer.client(new MemoryActivationStore(), twice).build()) {
            client.begin(Run.ID, customer.request(CloudService.standard()));
            Run.assertProtected(Run.toItsEnd(client, Run.ID, twice, customer));
        }
        assertThat(asked).hasSizeGreaterThan(30);
        assertThat(sandbox.summary().grants().values()).hasSize(8).containsOnly(1);
        assertThat(sandbox.summary().violations()).isEmpty();
    }

    /** Performs everything twice before answering, the second time an hour and a sign-in later. */
    private static final class Twice extends CarefulPerson {
        private final Sandbox sandbox;
        private final List<OperatorAction> asked;

        Twice(ScriptedPerson hands, Sandbox sandbox, List<OperatorAction> asked) {
            super(hands);
            this.sandbox = sandbox;
            this.asked = asked;
        }

        @Override
        public void performOne(ActivationClient client) {
            OperatorAction action = hands.next().orElseThrow();
            asked.add(action);
            hands.perform(action);
            sandbox.clock().advance(Duration.ofMinutes(61));
            int fields = fieldsFilled();
            Answer again = hands.perform(action);
            int signIn = 2; // account and password of the console, whose session has ended (COMMON-16)
            assertThat(fieldsFilled() - fields)
                    .as("fields filled for %s", action.id())
                    .isLessThanOrEqualTo(signIn);
            assertThat(again).as("%s asked again", action.id()).isNotInstanceOf(Answer.Blocked.class);
            client.answer(action.activation(), action.id(), again);
            hands.withdraw(action.activation(), action.id());
        }

        private int fieldsFilled() {
            return sandbox.summary().handsOn(HandsOn.Actor.PERSON).fields();
        }
    }

    @Test
    void common2_whenTheMailHasExpired_thePersonSaysSo() throws InterruptedException {
        try (Sandbox late = Sandbox.builder().passwordNotSet().start()) {
            late.clock().advance(Duration.ofDays(8));
            Customer customer = Customer.of(late);
            ScriptedPerson reader = new ScriptedPerson(late, "sato@example.co.jp");
            try (ActivationClient client =
                    customer.client(new MemoryActivationStore(), reader).build()) {
                client.begin(Run.ID, customer.request(List.of(CloudService.BOX)));
                client.advance(Run.ID);
                reader.performOne(client);
                assertThat(Run.events(client, Run.ID))
                        .anySatisfy(e -> assertThat(e)
                                .isInstanceOfSatisfying(
                                        Event.Answered.class,
                                        a -> assertThat(a.answer())
                                                .isInstanceOfSatisfying(
                                                        Answer.Blocked.class,
                                                        b -> assertThat(b.reason())
                                                                .isEqualTo(BlockReason.EXPIRED))));
            }
        }
    }
}
