package io.github.kaitsu.tests;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.time.Instant;
import java.util.Optional;

/** Does at once and once what is asked. */
class CarefulPerson implements Person {
    final ScriptedPerson hands;

    CarefulPerson(ScriptedPerson hands) {
        this.hands = hands;
    }

    @Override
    public Attention attention() {
        return hands.attention();
    }

    @Override
    public boolean accepts(OperatorAction action) {
        return hands.accepts(action);
    }

    @Override
    public void offer(OperatorAction action) {
        hands.offer(action);
    }

    @Override
    public void withdraw(ActivationId activation, ActionId action) {
        hands.withdraw(activation, action);
    }

    @Override
    public boolean hasWork() {
        return hands.hasWork();
    }

    @Override
    public void performOne(ActivationClient client) {
        hands.performOne(client);
    }

    @Override
    public Optional<Instant> comesBackAt() {
        return Optional.empty();
    }
}
