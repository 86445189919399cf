package io.github.kaitsu.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where one call of the command reads and writes.
 *
 * @param environment only {@code LC_ALL}, {@code LC_MESSAGES}, {@code LANG}, {@code NO_COLOR}, {@code TERM} and
 *     {@code KAITSU_DEBUG} are looked at
 */
record Io(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Terminal outTerminal,
        Terminal errTerminal,
        Map<String, String> environment) {

    /** The next line that is typed, and not a byte more; empty at the end of the input. */
    String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                line.write(c);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /**
     * What stands behind a stream.
     *
     * @param window whether it is a window, in which long lines are to be folded
     * @param live whether lines can be drawn again
     */
    record Terminal(boolean window, boolean live, boolean colour, int columns) {
        private static final int NARROWEST = 20;
        private static final int WIDEST = 120;

        static final Terminal NONE = new Terminal(false, false, false, WIDEST);

        Terminal {
            columns = Math.max(NARROWEST, Math.min(WIDEST, columns));
        }

        /** The lines as they fit. */
        String fold(String lines) {
            return window ? Folded.lines(lines, columns) : lines;
        }

        /** A stream of a real terminal; {@code dumb} ones cannot draw again. */
        static Terminal real(Map<String, String> environment, int columns) {
            boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
            boolean colour = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
            return new Terminal(true, !dumb, colour, columns);
        }
    }
}
