package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import java.util.Optional;

/** How a run stands, in one sentence. */
final class Verdict {
    private Verdict() {}

    static String of(Invocation call, ActivationView view) {
        long done = view.services().stream()
                .filter(s -> s.status() == ActivationStatus.PROTECTED || s.status() == ActivationStatus.REMOVED)
                .count();
        int all = view.services().size();
        if (view.ended()) {
            String kind = view.removal() ? "removed" : "protected";
            return call.text("verdict." + (view.isSuccess() ? kind : "failed"), done, all);
        }
        if (!view.openActions().isEmpty()) {
            return call.text(
                    "verdict.person",
                    view.openActions().size(),
                    view.openActions().get(0).id());
        }
        Optional<String> until = view.wakeAt().map(new Times(call)::local);
        return until.map(t -> call.text("verdict.time", t)).orElseGet(() -> call.text("verdict.resume"));
    }
}
