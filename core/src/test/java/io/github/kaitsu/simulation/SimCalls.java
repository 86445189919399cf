package io.github.kaitsu.simulation;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.CallReason;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts on its own how often somebody was called to work, and compares that with what the run says of it. */
final class SimCalls {
    private static final Duration STILL_THERE = Duration.ofMinutes(5);

    private final boolean isReadByMachine;
    private final List<String> violations = new ArrayList<>();
    private final Set<ActionId> open = new HashSet<>();
    private @Nullable Instant lastHere;
    private @Nullable Instant calledAt;
    private int counted;
    int planned;
    int made;

    SimCalls(boolean isReadByMachine) {
        this.isReadByMachine = isReadByMachine;
    }

    List<String> violations() {
        return violations;
    }

    void judge(JournalEntry entry) {
        Event event = entry.event();
        if (event instanceof Event.CallsPlanned plan) {
            planned = plan.calls();
        } else if (event instanceof Event.Called called) {
            made = called.number();
            if (made > planned && called.reason() == CallReason.PLAN) {
                violations.add(entry.number() + " called once more without a reason: " + called);
            }
        } else if (event instanceof Event.Offered offered) {
            boolean isMachines = isReadByMachine && offered.step().value().equals("console.read");
            if (isMachines) {
                return;
            }
            boolean isHere = !open.isEmpty()
                    || (lastHere != null && !entry.time().isAfter(lastHere.plus(STILL_THERE)))
                    || (calledAt != null && !entry.time().isAfter(calledAt.plus(STILL_THERE)));
            if (!isHere) {
                counted++;
                calledAt = entry.time();
                if (counted != made) {
                    violations.add(entry.number() + " call " + counted + " is told as " + made + ": " + offered);
                }
            }
            open.add(offered.action());
        } else if (event instanceof Event.Answered answered && !(answered.answer() instanceof Answer.NotYet)) {
            open.remove(answered.action());
            lastHere = answered.readByMachine() ? lastHere : entry.time();
        } else if (event instanceof Event.Withdrawn withdrawn) {
            open.remove(withdrawn.action());
        }
    }
}
