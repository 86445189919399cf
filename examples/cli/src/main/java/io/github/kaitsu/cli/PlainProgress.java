package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import java.util.HashMap;
import java.util.Map;

/** One line for each change: for files, pipes and terminals that cannot draw again. Who merely waits his turn gets none. */
final class PlainProgress implements Progress {
    private final Invocation call;
    private final Rows rows;
    private final Map<String, String> shown = new HashMap<>();

    PlainProgress(Invocation call, Rows rows) {
        this.call = call;
        this.rows = rows;
    }

    @Override
    public void show(ActivationView view) {
        String time = rows.time(view);
        for (Rows.Row row : rows.of(view)) {
            boolean isNews = !row.topic().equals(shown.put(row.name(), row.topic()));
            if (isNews && !row.topic().isEmpty()) {
                String name = row.statusText().isEmpty()
                        ? row.name()
                        : call.text("progress.service", row.name(), row.statusText());
                call.say(call.text("progress.line", time, name, row.doing()));
            }
        }
    }

    @Override
    public void tell(String line) {
        call.say(line);
    }

    @Override
    public void pause() {
        // Every line is finished.
    }
}
