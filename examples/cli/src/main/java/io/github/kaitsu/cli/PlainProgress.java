package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import java.util.EnumMap;
import java.util.Map;

/** One line for each change: for files, pipes and terminals that cannot draw again. */
final class PlainProgress implements Progress {
    private final Invocation call;
    private final Rows rows;
    private final Map<CloudService, String> shown = new EnumMap<>(CloudService.class);

    PlainProgress(Invocation call, Rows rows) {
        this.call = call;
        this.rows = rows;
    }

    @Override
    public void show(ActivationView view) {
        String time = rows.time(view);
        for (Rows.Row row : rows.of(view)) {
            if (!row.key().equals(shown.put(row.service(), row.key()))) {
                call.say(time + "  " + Columns.pad(row.name(), Rows.NAME) + " "
                        + Columns.pad(row.status().name(), Rows.STATUS) + " " + row.doing());
            }
        }
    }

    @Override
    public void pause() {
        // Every line is finished.
    }
}
