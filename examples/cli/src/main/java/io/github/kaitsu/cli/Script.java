package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.spi.Operator;
import java.util.List;

/** The sandbox's scripted person. */
final class Script implements Hands {
    /** The name that its answers bear. */
    private static final String NAME = "scripted person";

    private final ScriptedPerson person;

    Script(Sandbox sandbox) {
        this.person = new ScriptedPerson(sandbox, NAME);
    }

    @Override
    public List<Operator> operators() {
        return List.of(person);
    }

    @Override
    public boolean work(ActivationClient client, ActivationView view) {
        return person.performOne(client);
    }

    @Override
    public boolean leavesActions() {
        return false;
    }
}
