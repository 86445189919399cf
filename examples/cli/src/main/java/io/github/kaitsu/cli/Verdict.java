package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.operator.OperatorAction;
import java.nio.file.Path;
import java.util.Optional;

/** How a run stands, in one sentence. */
final class Verdict {
    private Verdict() {}

    /** @param folder where the run is kept; empty: nowhere */
    static String of(Invocation call, ActivationView view, Optional<Path> folder) {
        long done = view.services().stream()
                .filter(s -> s.status() == ActivationStatus.PROTECTED || s.status() == ActivationStatus.REMOVED)
                .count();
        int all = view.services().size();
        if (view.ended()) {
            if (view.isContradicted()) {
                return call.text("verdict.contradicted", done, all);
            }
            String kind = view.removal() ? "removed" : "protected";
            return call.text("verdict." + (view.isSuccess() ? kind : "failed"), done, all);
        }
        if (folder.isEmpty()) {
            return call.text("verdict.not-kept", view.openActions().size());
        }
        Path where = folder.get();
        if (!view.openActions().isEmpty()) {
            OperatorAction first = view.openActions().get(0);
            return call.text("verdict.person", view.openActions().size(), first.id(), where);
        }
        return view.wakeAt()
                .filter(t -> view.services().stream().anyMatch(s -> s.waiting() instanceof Waiting.Until))
                .map(t -> call.text("verdict.time", new Times(call).local(t), where))
                .orElseGet(() -> call.text("verdict.resume", where));
    }
}
