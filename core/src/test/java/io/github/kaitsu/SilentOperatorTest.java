package io.github.kaitsu;

import io.github.kaitsu.contract.OperatorContract;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import java.util.HashMap;
import java.util.Map;

/** The contract fits the simplest operator there is: a list that somebody may look at. */
class SilentOperatorTest extends OperatorContract {
    @Override
    protected Operator newOperator() {
        return new ListOnAWall();
    }

    private static final class ListOnAWall implements Operator {
        final Map<ActionId, OperatorAction> open = new HashMap<>();

        @Override
        public void offer(OperatorAction action) {
            open.put(action.id(), action);
        }

        @Override
        public void withdraw(ActivationId activation, ActionId action) {
            open.remove(action);
        }
    }
}
