package io.github.kaitsu.tests;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.OperatorAction;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.time.Instant;
import java.util.Optional;

/** Does at once and once what is asked. */
record CarefulPerson(ScriptedPerson person) implements Person {
    @Override
    public Attention attention() {
        return person.attention();
    }

    @Override
    public boolean accepts(OperatorAction action) {
        return person.accepts(action);
    }

    @Override
    public void offer(OperatorAction action) {
        person.offer(action);
    }

    @Override
    public void withdraw(ActivationId activation, ActionId action) {
        person.withdraw(activation, action);
    }

    @Override
    public boolean hasWork() {
        return person.hasWork();
    }

    @Override
    public void performOne(ActivationClient client) {
        person.performOne(client);
    }

    @Override
    public Optional<Instant> comesBackAt() {
        return Optional.empty();
    }
}
