package io.github.kaitsu.report.internal;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a report says, block by block, without any markup: nothing in it is escaped, every writer escapes it its own way. */
record Page(Locale locale, String title, List<Block> blocks) {
    Page {
        blocks = List.copyOf(blocks);
    }

    /** How a piece of a line is shown. */
    enum Style {
        TEXT,
        STRONG,
        /** To be copied as it is. */
        CODE,
        LINK
    }

    /** @param target where a link leads; else empty */
    record Span(Style style, String text, String target) {}

    /** One line of spans. */
    record Line(List<Span> spans) {
        Line {
            spans = List.copyOf(spans);
        }

        static Line of(String text) {
            return new Line(List.of(new Span(Style.TEXT, text, "")));
        }

        static Line strong(String text) {
            return new Line(List.of(new Span(Style.STRONG, text, "")));
        }

        /** A name and what it stands for. */
        static Line labelled(String label, String text) {
            return strong(label).and(Style.TEXT, ": " + text);
        }

        Line and(Style style, String text) {
            return and(new Span(style, text, ""));
        }

        private Line and(Span span) {
            List<Span> more = new ArrayList<>(spans);
            more.add(span);
            return new Line(more);
        }

        /** An address that a browser may open; any other kind of address is shown, not linked. */
        Line andLink(URI address) {
            boolean isWeb =
                    "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            return isWeb
                    ? and(new Span(Style.LINK, address.toString(), address.toString()))
                    : and(Style.CODE, address.toString());
        }

        /** A file of our own that the reader may open. */
        Line andFile(String name, Path file) {
            return and(new Span(Style.LINK, name, file.toAbsolutePath().toUri().toString()));
        }
    }

    sealed interface Block {}

    /** @param level 2 or more; the page's title is 1 */
    record Heading(int level, String text) implements Block {}

    record Paragraph(Line line) implements Block {}

    record Items(boolean numbered, List<Line> lines) implements Block {
        public Items {
            lines = List.copyOf(lines);
        }
    }

    record Table(List<String> head, List<List<Line>> rows) implements Block {
        public Table {
            head = List.copyOf(head);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Not thread-safe. */
    static final class Builder {
        private final List<Block> blocks = new ArrayList<>();

        Builder heading(int level, String text) {
            blocks.add(new Heading(level, text));
            return this;
        }

        Builder paragraph(String text) {
            return paragraph(Line.of(text));
        }

        Builder paragraph(Line line) {
            blocks.add(new Paragraph(line));
            return this;
        }

        Builder items(List<Line> lines) {
            return list(false, lines);
        }

        Builder numbered(List<Line> lines) {
            return list(true, lines);
        }

        private Builder list(boolean numbered, List<Line> lines) {
            if (!lines.isEmpty()) {
                blocks.add(new Items(numbered, lines));
            }
            return this;
        }

        Builder table(List<String> head, List<List<Line>> rows) {
            blocks.add(new Table(head, rows));
            return this;
        }

        Page build(Locale locale, String title) {
            return new Page(locale, title, blocks);
        }
    }

    static List<Line> row(String... cells) {
        return Arrays.stream(cells).map(Line::of).toList();
    }
}
