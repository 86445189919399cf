package io.github.kaitsu.report.internal;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a report says, block by block, without any markup: nothing in it is escaped, every writer escapes it its own way.
 *
 * @param title over the page
 * @param name of the document among others
 */
record Page(Locale locale, String title, String name, List<Block> blocks) {
    Page {
        blocks = List.copyOf(blocks);
    }

    /** The same page with every text of it changed; places within the page and states stay. */
    Page mapped(UnaryOperator<String> text) {
        return new Page(locale, text.apply(title), text.apply(name), mapped(blocks, text));
    }

    private static List<Block> mapped(List<Block> blocks, UnaryOperator<String> text) {
        return blocks.stream().map(b -> b.mapped(text)).toList();
    }

    private static List<String> all(List<String> texts, UnaryOperator<String> text) {
        return texts.stream().map(text).toList();
    }

    private static List<Line> lines(List<Line> lines, UnaryOperator<String> text) {
        return lines.stream().map(l -> l.mapped(text)).toList();
    }

    private static List<Fact> named(List<Fact> facts, UnaryOperator<String> text) {
        return facts.stream()
                .map(f -> new Fact(text.apply(f.name()), text.apply(f.text())))
                .toList();
    }

    /** How a piece of a line is shown. */
    enum Style {
        TEXT,
        STRONG,
        /** To be copied as it is. */
        CODE,
        LINK,
        /** A state, in its colour. */
        STATE,
        /** Beside the point, but there. */
        SMALL,
        /** What follows stands on a line of its own. */
        BREAK
    }

    /** @param target where a link leads, or a state's tone; else empty */
    record Span(Style style, String text, String target) {
        private Span mapped(UnaryOperator<String> mapping) {
            return new Span(style, mapping.apply(text), style == Style.LINK ? mapping.apply(target) : target);
        }
    }

    /** How a state looks. */
    enum Tone {
        GOOD,
        STATED,
        OPEN,
        BAD;

        String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One line of spans. */
    record Line(List<Span> spans) {
        Line {
            spans = List.copyOf(spans);
        }

        private Line mapped(UnaryOperator<String> text) {
            return new Line(spans.stream().map(s -> s.mapped(text)).toList());
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

        static Line state(Tone tone, String text) {
            return new Line(List.of(new Span(Style.STATE, text, tone.css())));
        }

        /** Another line under this one, in the same place; nothing if there is nothing to say. */
        Line under(Line other) {
            if (other.isBlank()) {
                return this;
            }
            List<Span> more = new ArrayList<>(spans);
            if (!isBlank()) {
                more.add(new Span(Style.BREAK, "", ""));
            }
            more.addAll(other.spans);
            return new Line(more);
        }

        boolean isBlank() {
            return spans.stream().allMatch(s -> s.text().isBlank());
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
    }

    sealed interface Block {
        Block mapped(UnaryOperator<String> text);
    }

    /** @param level 2 or more; the page's title is 1 */
    record Heading(int level, String text) implements Block {
        @Override
        public Block mapped(UnaryOperator<String> mapping) {
            return new Heading(level, mapping.apply(text));
        }
    }

    record Paragraph(Line line) implements Block {
        @Override
        public Block mapped(UnaryOperator<String> text) {
            return new Paragraph(line.mapped(text));
        }
    }

    record Items(boolean numbered, List<Line> lines) implements Block {
        public Items {
            lines = List.copyOf(lines);
        }

        @Override
        public Block mapped(UnaryOperator<String> text) {
            return new Items(numbered, Page.lines(lines, text));
        }
    }

    record Table(List<String> head, List<List<Line>> rows) implements Block {
        public Table {
            head = List.copyOf(head);
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public Block mapped(UnaryOperator<String> text) {
            return new Table(
                    all(head, text), rows.stream().map(r -> lines(r, text)).toList());
        }
    }

    /** Names and what they stand for. */
    record Facts(List<Fact> facts) implements Block {
        public Facts {
            facts = List.copyOf(facts);
        }

        @Override
        public Block mapped(UnaryOperator<String> text) {
            return new Facts(named(facts, text));
        }
    }

    record Fact(String name, String text) {}

    /** For whom the page is, what it is about, and what tells it from others. */
    record Letterhead(String to, String about, List<Fact> facts) implements Block {
        public Letterhead {
            facts = List.copyOf(facts);
        }

        @Override
        public Block mapped(UnaryOperator<String> text) {
            return new Letterhead(text.apply(to), text.apply(about), named(facts, text));
        }
    }

    /** What it comes to: a word, the sentence, and more sentences. */
    record Verdict(Tone tone, String word, List<String> sentences) implements Block {
        public Verdict {
            sentences = List.copyOf(sentences);
        }

        @Override
        public Block mapped(UnaryOperator<String> text) {
            return new Verdict(tone, text.apply(word), all(sentences, text));
        }
    }

    /** Texts to be copied as they stand, with their line breaks. */
    record Copies(List<Copy> copies) implements Block {
        public Copies {
            copies = List.copyOf(copies);
        }

        @Override
        public Block mapped(UnaryOperator<String> text) {
            return new Copies(copies.stream()
                    .map(c -> new Copy(text.apply(c.name()), text.apply(c.text())))
                    .toList());
        }
    }

    record Copy(String name, String text) {}

    /** What was done, with how it looked. */
    record Shots(List<Shot> shots) implements Block {
        public Shots {
            shots = List.copyOf(shots);
        }

        @Override
        public Block mapped(UnaryOperator<String> text) {
            return new Shots(shots.stream()
                    .map(s -> new Shot(s.about().mapped(text), s.pictures()))
                    .toList());
        }
    }

    record Shot(Line about, List<Picture> pictures) {
        public Shot {
            pictures = List.copyOf(pictures);
        }
    }

    record Picture(String name, Path file) {}

    /** A part of the page that can be pointed at. */
    record Section(String id, List<Block> blocks) implements Block {
        public Section {
            blocks = List.copyOf(blocks);
        }

        @Override
        public Block mapped(UnaryOperator<String> text) {
            return new Section(id, Page.mapped(blocks, text));
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
            return add(new Table(head, rows));
        }

        Builder add(Block block) {
            blocks.add(block);
            return this;
        }

        Builder section(String id, Consumer<Builder> content) {
            Builder inner = new Builder();
            content.accept(inner);
            return inner.blocks.isEmpty() ? this : add(new Section(id, inner.blocks));
        }

        Page build(Locale locale, String title) {
            return build(locale, title, title);
        }

        Page build(Locale locale, String title, String name) {
            return new Page(locale, title, name, blocks);
        }
    }

    static List<Line> row(String... cells) {
        return Arrays.stream(cells).map(Line::of).toList();
    }
}
