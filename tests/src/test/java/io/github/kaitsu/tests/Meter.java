package io.github.kaitsu.tests;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A careful person whose every action is measured. */
final class Meter extends CarefulPerson {
    private final Sandbox sandbox;
    private final List<Cost> costs = new ArrayList<>();

    /** What one action took, looks left out. */
    record Cost(OperatorAction action, int clicks, int fields, int copies, int pastes, int answers) {
        int all() {
            return clicks + fields + copies + pastes + answers;
        }

        @Override
        public String toString() {
            return String.format(
                    "%3d  clicks %2d  fields %2d  copies %d  pastes %d  answers %d  %s",
                    all(), clicks, fields, copies, pastes, answers, action.id());
        }
    }

    Meter(Sandbox sandbox) {
        super(new ScriptedPerson(sandbox, "sato@example.co.jp"));
        this.sandbox = sandbox;
    }

    List<Cost> costs() {
        return List.copyOf(costs);
    }

    /** One line an action, in their order. */
    String table() {
        return costs.stream().map(Cost::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public void performOne(ActivationClient client) {
        OperatorAction action = hands.next().orElseThrow();
        HandsOn before = did();
        hands.performOne(client);
        HandsOn now = did();
        costs.add(new Cost(
                action,
                now.clicks() - before.clicks(),
                now.fields() - before.fields(),
                now.copies() - before.copies(),
                now.pastes() - before.pastes(),
                now.answers() - before.answers()));
    }

    private HandsOn did() {
        return sandbox.summary().handsOn(HandsOn.Actor.PERSON);
    }
}
