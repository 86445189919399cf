package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.operator.OperatorAction;
import java.util.Optional;

/** Prints a run that this process does not bring forward, and what is open in it. */
final class StandingRun {
    private StandingRun() {}

    static void print(Invocation call, Desk desk, ActivationView view) {
        print(call, desk, view, Optional.empty());
    }

    /** @param reading what was just handed in of the console */
    static void print(Invocation call, Desk desk, ActivationView view, Optional<Reading> reading) {
        ObjectNode document = RunDocument.of(view, desk.summary(), call.locale());
        if (call.json()) {
            reading.ifPresent(r -> document.set("reading", r.json(call.locale())));
            call.result(document);
            return;
        }
        StringBuilder text = new StringBuilder();
        reading.ifPresent(r -> text.append(r.lines(call)).append("\n\n"));
        text.append(Summary.of(call, document));
        for (OperatorAction action : view.openActions()) {
            text.append("\n").append(ActionText.of(call, action, Optional.empty()));
            String answers = ActionText.answers(action.form());
            text.append("\n").append(call.text("status.answer", action.id(), answers, desk.folder()));
        }
        call.result(text + "\n\n" + Verdict.of(call, view, Optional.of(desk.folder())));
    }
}
