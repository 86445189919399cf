package io.github.kaitsu.internal.engine;

import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.CallReason;
import io.github.kaitsu.operator.Operator.Attention;
import java.time.Duration;

/**
 * How often persons are called to work: told before the first time, and once more only with its reason.
 *
 * <p>A call begins when something is asked after a time in which nobody had anything to do. Whatever is asked while somebody is at
 * it anyway belongs to the same call.
 */
final class Calls {
    /** So long after an answer a person is still there. */
    static final Duration SITTING = Duration.ofMinutes(5);

    private final DecisionBuilder turn;
    private int planned;
    private int made;
    private boolean isCalled;

    Calls(DecisionBuilder turn) {
        this.turn = turn;
        this.planned = turn.state.callsPlanned();
        this.made = turn.state.callsMade();
    }

    /**
     * How often persons are called where nothing goes wrong: at the beginning, and whenever a service has synchronised. Of a
     * removal nothing has to be waited for.
     */
    static int planned(Event.Run run, int services) {
        return run == Event.Run.REMOVAL ? 1 : services + 1;
    }

    /** Somebody is asked for this. */
    void call(StepId step) {
        if (isCalled || isSomebodyThere()) {
            return;
        }
        isCalled = true;
        if (made == 0) {
            planned = planned(turn.state.run(), turn.plan.services().size());
            turn.emit(new Event.CallsPlanned(planned, CallReason.PLAN));
        }
        made++;
        turn.emit(new Event.Called(made, made <= planned ? CallReason.PLAN : reason(step)));
    }

    private boolean isSomebodyThere() {
        boolean isAsked = turn.state.steps().entrySet().stream()
                .filter(e -> e.getValue().open != null && !CoreSteps.isAppOwners(e.getKey()))
                .anyMatch(e -> turn.in.attention(e.getKey()) == Attention.PERSON);
        return isAsked // or was a moment ago, for something else that was asked instead
                || (turn.state.lastPresence() > 0
                        && !turn.now()
                                .isAfter(turn.state
                                        .time()
                                        .of(turn.state.lastPresence())
                                        .plus(SITTING)));
    }

    private static CallReason reason(StepId step) {
        if (step.equals(CoreSteps.READ)) {
            return CallReason.NOT_YET;
        }
        return step.value().endsWith("." + CoreSteps.GRANT) ? CallReason.ANOTHER_ROUND : CallReason.OTHER;
    }

    /** A service need not be waited for after all. */
    void spare() {
        if (planned > made) {
            planned--;
            turn.emit(new Event.CallsPlanned(planned, CallReason.ADOPTED));
        }
    }
}
