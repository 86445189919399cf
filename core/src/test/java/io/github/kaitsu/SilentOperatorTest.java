package io.github.kaitsu;

import io.github.kaitsu.contract.OperatorContract;
import io.github.kaitsu.spi.Operator;
import java.util.HashSet;
import java.util.Set;

/** The contract fits the simplest operator there is: a list that somebody may look at. */
class SilentOperatorTest extends OperatorContract {
    @Override
    protected Operator newOperator() {
        Set<ActionId> open = new HashSet<>();
        return new Operator() {
            @Override
            public Attention attention() {
                return Attention.PERSON;
            }

            @Override
            public boolean accepts(OperatorAction action) {
                return true;
            }

            @Override
            public void offer(OperatorAction action) {
                open.add(action.id());
            }

            @Override
            public void withdraw(ActivationId activation, ActionId action) {
                open.remove(action);
            }
        };
    }
}
