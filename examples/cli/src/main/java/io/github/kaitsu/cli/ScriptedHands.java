package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.util.List;
import java.util.function.Predicate;

/** The sandbox's scripted person. */
final class ScriptedHands implements Hands {
    private final ScriptedPerson person;

    /** @param connecting how a provider's access is asked for again, and whether that worked */
    ScriptedHands(Invocation call, Sandbox sandbox, Predicate<CloudService.Provider> connecting) {
        this.person = new ScriptedPerson(sandbox, name(call)).connectingBy(connecting);
    }

    /** The name that its answers bear, in the language of the run. */
    static String name(Invocation call) {
        return call.text("script.name");
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
