package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line a service, drawn again in place. */
final class LiveProgress implements Progress {
    private static final String ESCAPE = "\u001b[";
    private static final String ERASE_LINE = "\r" + ESCAPE + "2K";
    /** A mark, which some terminals draw in two columns, and a space. */
    private static final int MARK = 3;
    /** Less of what is being done says nothing. */
    private static final int SHORTEST = 8;

    private static final String PLAIN = ESCAPE + "0m";

    private final Invocation call;
    private final PrintStream out;
    private final Io.Terminal terminal;
    private final Rows rows;
    private List<String> drawn = List.of();

    LiveProgress(Invocation call, Io.Terminal terminal, Rows rows) {
        this.call = call;
        this.out = call.progress();
        this.terminal = terminal;
        this.rows = rows;
    }

    @Override
    public void show(ActivationView view) {
        List<String> lines = new ArrayList<>();
        lines.add(Columns.cut(Safe.line(rows.header(view)), terminal.columns()));
        rows.of(view).forEach(row -> lines.add(line(row)));
        if (lines.equals(drawn)) {
            return;
        }
        StringBuilder frame = new StringBuilder();
        if (!drawn.isEmpty()) {
            frame.append(ESCAPE).append(drawn.size()).append('A');
        }
        lines.forEach(line -> frame.append(ERASE_LINE).append(line).append('\n'));
        out.print(frame);
        out.flush();
        drawn = lines;
    }

    @Override
    public void tell(String line) {
        pause();
        call.say(line);
    }

    @Override
    public void pause() {
        drawn = List.of();
    }

    private String line(Rows.Row row) {
        int forName = Math.max(0, Math.min(Rows.NAME, terminal.columns() - MARK - Rows.STATUS - 2));
        String name = mark(row.status()) + " " + Columns.pad(Safe.line(row.name()), forName);
        String status =
                Columns.pad(row.statusText(), Math.min(Rows.STATUS, terminal.columns() - Columns.most(name) - 1));
        int rest = terminal.columns() - Columns.most(name) - Columns.most(status) - 2;
        String doing = rest < SHORTEST ? "" : " " + Columns.cut(Safe.line(row.doing()), rest);
        return name + " " + coloured(status, row.status()) + doing;
    }

    private static String mark(Optional<ActivationStatus> status) {
        if (status.isEmpty()) {
            return " ";
        }
        return switch (status.get()) {
            case PROTECTED, REMOVED -> "✓";
            case FAILED, CANCELLED -> "✗";
            case PLANNED -> "·";
            default -> "▸";
        };
    }

    private String coloured(String text, Optional<ActivationStatus> status) {
        boolean colour = terminal.colour() && status.isPresent();
        return colour ? ESCAPE + colour(status.get()) + "m" + text + PLAIN : text;
    }

    private static String colour(ActivationStatus status) {
        return switch (status) {
            case PROTECTED, REMOVED -> "32";
            case FAILED -> "31";
            case STALLED, CANCELLED -> "33";
            case PLANNED -> "2";
            default -> "36";
        };
    }
}
