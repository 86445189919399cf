package io.github.kaitsu.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one line of comma-separated values (RFC 4180). */
final class CsvLine {
    private static final char QUOTE = '"';

    private final String line;
    private int at;

    private CsvLine(String line) {
        this.line = line;
    }

    /** Empty if its quotes do not fit: one that is not closed, or with text behind or before it. */
    static Optional<List<String>> cells(String line) {
        CsvLine reader = new CsvLine(line);
        List<String> cells = new ArrayList<>();
        do {
            Optional<String> cell = reader.cell();
            if (cell.isEmpty()) {
                return Optional.empty();
            }
            cells.add(cell.get());
        } while (reader.at++ < line.length()); // over the comma
        return Optional.of(cells);
    }

    private Optional<String> cell() {
        if (at >= line.length() || line.charAt(at) != QUOTE) {
            int comma = line.indexOf(',', at);
            int end = comma < 0 ? line.length() : comma;
            String plain = line.substring(at, end);
            at = end;
            return plain.indexOf(QUOTE) < 0 ? Optional.of(plain.strip()) : Optional.empty();
        }
        StringBuilder quoted = new StringBuilder();
        for (at++; at < line.length(); at++) {
            if (line.charAt(at) != QUOTE) {
                quoted.append(line.charAt(at));
            } else if (at + 1 < line.length() && line.charAt(at + 1) == QUOTE) {
                quoted.append(QUOTE);
                at++;
            } else {
                at++;
                boolean isClosed = at == line.length() || line.charAt(at) == ',';
                return isClosed ? Optional.of(quoted.toString().strip()) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
