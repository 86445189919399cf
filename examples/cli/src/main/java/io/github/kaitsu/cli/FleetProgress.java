package io.github.kaitsu.cli;

import io.github.kaitsu.fleet.FleetCounts;
import io.github.kaitsu.store.Turn;
import java.util.Optional;

/** One line that says how a fleet stands: drawn again in place, or in a file one more line every few seconds. */
final class FleetProgress {
    private static final String AGAIN = "\r\u001b[2K";
    private static final long BETWEEN_LINES_NANOS = 5_000_000_000L;

    private final Invocation call;
    private Optional<FleetCounts> shown = Optional.empty();
    private long last;

    FleetProgress(Invocation call) {
        this.call = call;
    }

    void show(FleetCounts counts) {
        if (shown.equals(Optional.of(counts))) {
            return;
        }
        if (call.progressTerminal().live()) {
            call.progress()
                    .print(AGAIN
                            + Columns.cut(
                                    line(call, counts), call.progressTerminal().columns()));
            call.progress().flush();
        } else if (shown.isEmpty() || counts.isQuiet() || System.nanoTime() - last > BETWEEN_LINES_NANOS) {
            call.say(line(call, counts));
            last = System.nanoTime();
        } else {
            return;
        }
        shown = Optional.of(counts);
    }

    /** Leaves the screen as other output expects it. */
    void end() {
        if (call.progressTerminal().live() && shown.isPresent()) {
            call.progress().print(AGAIN);
            call.progress().flush();
        }
    }

    static String line(Invocation call, FleetCounts counts) {
        return call.text(
                "fleet.counts",
                counts.runs(),
                counts.of(Turn.NOBODY),
                counts.succeeded(),
                counts.of(Turn.PERSON),
                counts.of(Turn.VENDOR),
                counts.of(Turn.KAITSU));
    }
}
