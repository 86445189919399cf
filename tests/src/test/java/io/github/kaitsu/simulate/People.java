package io.github.kaitsu.simulate;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import java.util.HashSet;
import java.util.Set;

/** Who is asked: a process's way to the persons, and to a browser. What they know and have done is theirs, not the process's. */
final class People {
    private final Simulation sim;

    People(Simulation sim) {
        this.sim = sim;
    }

    Operator persons(Node node) {
        return new Operator() {
            @Override
            public void offer(OperatorAction action) {
                sim.meanwhile(node);
                if (sim.chaos.happens(Fault.ERROR_IN_OPERATOR, 0.08)) {
                    throw new OutOfMemoryError("Cookie: " + Secrets.CANARY);
                }
                sim.run(action.activation()).person.offered(action);
            }

            @Override
            public void withdraw(ActivationId activation, ActionId action) {
                sim.run(activation).person.withdrawn(action);
            }
        };
    }

    /** A browser that reads the console and, in some seeds, gives grants back. */
    Operator machine(Node node) {
        return new Operator() {
            private final Set<String> taken = new HashSet<>();

            @Override
            public Attention attention() {
                return Attention.MACHINE;
            }

            @Override
            public boolean accepts(OperatorAction action) {
                boolean isReading = action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT;
                boolean isGrant = action.step().value().endsWith(".grant");
                return isReading
                        ? sim.chaos.has(Fault.MACHINE_READS)
                        : isGrant && sim.chaos.has(Fault.MACHINE_HANDS_BACK) && !sim.chaos.isOver;
            }

            @Override
            public void offer(OperatorAction action) {
                if (taken.add(action.activation() + " " + action.id())) {
                    sim.run(action.activation()).person.machine(node, this, action);
                }
            }
        };
    }
}
