package io.github.kaitsu.fleet;

import io.github.kaitsu.text.CleanText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Comma-separated values for a spreadsheet: UTF-8 with a byte order mark, every cell quoted, lines ended by CR LF (RFC 4180). What a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
final class CsvText {
    static final String BYTE_ORDER_MARK = "\uFEFF";

    private final StringBuilder out = new StringBuilder(BYTE_ORDER_MARK);

    CsvText(List<String> columns) {
        line(columns.stream());
    }

    void line(Stream<String> cells) {
        out.append(cells.map(CleanText::csv).collect(Collectors.joining(","))).append("\r\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
