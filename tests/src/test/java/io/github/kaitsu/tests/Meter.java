package io.github.kaitsu.tests;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.OperatorAction;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A careful person whose every action is measured. */
final class Meter implements Person {
    private final Sandbox sandbox;
    private final ScriptedPerson hands;
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
        this.sandbox = sandbox;
        this.hands = new ScriptedPerson(sandbox, "sato@example.co.jp");
    }

    List<Cost> costs() {
        return List.copyOf(costs);
    }

    /** One line an action, in their order. */
    String table() {
        return costs.stream().map(Cost::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public boolean hasWork() {
        return hands.hasWork();
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

    @Override
    public Optional<Instant> comesBackAt() {
        return Optional.empty();
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
}
