package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationView;
import java.util.Optional;

/** Prints a run that this process does not bring forward, and what is open in it. */
final class StandingRun {
    private StandingRun() {}

    static void print(Invocation call, Desk desk, ActivationView view) {
        print(call, desk, view, Optional.empty());
    }

    /** @param reading what was just handed in of the console */
    static void print(Invocation call, Desk desk, ActivationView view, Optional<Reading> reading) {
        if (call.json()) {
            ObjectNode document = RunDocument.of(view, desk.summary(), call.locale());
            reading.ifPresent(r -> document.set("reading", r.json(call.locale())));
            call.result(document);
            return;
        }
        Summary.Run run = new Summary.Run(
                view, () -> desk.client().events(view.id()), desk.summary(), Optional.of(desk.folder()), false);
        String read = reading.map(r -> r.lines(call) + "\n\n").orElse("");
        call.result(read + Summary.of(call, run));
    }
}
