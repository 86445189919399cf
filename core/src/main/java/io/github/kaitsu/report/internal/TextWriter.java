package io.github.kaitsu.report.internal;

import io.github.kaitsu.report.internal.Page.Block;
import io.github.kaitsu.report.internal.Page.Copies;
import io.github.kaitsu.report.internal.Page.Copy;
import io.github.kaitsu.report.internal.Page.Fact;
import io.github.kaitsu.report.internal.Page.Facts;
import io.github.kaitsu.report.internal.Page.Heading;
import io.github.kaitsu.report.internal.Page.Items;
import io.github.kaitsu.report.internal.Page.Letterhead;
import io.github.kaitsu.report.internal.Page.Line;
import io.github.kaitsu.report.internal.Page.Paragraph;
import io.github.kaitsu.report.internal.Page.Section;
import io.github.kaitsu.report.internal.Page.Shots;
import io.github.kaitsu.report.internal.Page.Span;
import io.github.kaitsu.report.internal.Page.Table;
import io.github.kaitsu.report.internal.Page.Verdict;
import io.github.kaitsu.text.CleanText;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a page as Markdown, or as plain text that looks like it and is read as it stands. */
final class TextWriter {
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private final UnaryOperator<String> text;
    private final UnaryOperator<String> code;
    private final String strong;

    private TextWriter(UnaryOperator<String> text, UnaryOperator<String> code, String strong) {
        this.text = text;
        this.code = code;
        this.strong = strong;
    }

    /** GitHub's Markdown; everything that is content is escaped. */
    static String markdown(Page page) {
        return new TextWriter(CleanText::markdown, CleanText::markdownCode, "**").write(page);
    }

    /** For a terminal: harmless, but not escaped. */
    static String plain(Page page) {
        return new TextWriter(CleanText::plain, CleanText::plain, "").write(page);
    }

    private String write(Page page) {
        StringBuilder out = new StringBuilder("# " + text.apply(page.title()) + "\n");
        page.blocks().forEach(block -> out.append('\n').append(block(block)));
        return out.toString();
    }

    private String block(Block block) {
        if (block instanceof Heading heading) {
            return "#".repeat(heading.level()) + " " + text.apply(heading.text()) + "\n";
        } else if (block instanceof Paragraph paragraph) {
            return line(paragraph.line()) + "\n";
        } else if (block instanceof Items items) {
            return items(items);
        } else if (block instanceof Facts facts) {
            return facts(facts.facts());
        } else if (block instanceof Letterhead head) {
            return text.apply(head.to()) + "\n\n" + text.apply(head.about()) + "\n\n" + facts(head.facts());
        } else if (block instanceof Verdict verdict) {
            return strong + text.apply(verdict.word()) + strong + "\n\n" + strong
                    + text.apply(verdict.sentences().get(0)) + strong + "\n"
                    + verdict.sentences().stream()
                            .skip(1)
                            .map(s -> "\n" + text.apply(s) + "\n")
                            .collect(Collectors.joining());
        } else if (block instanceof Copies copies) {
            return copies.copies().stream().map(this::copy).collect(Collectors.joining("\n"));
        } else if (block instanceof Shots shots) {
            return shots.shots().stream()
                    .map(s -> "- " + line(s.about())
                            + s.pictures().stream()
                                    .map(p -> " " + text.apply(p.name()) + " "
                                            + code.apply(p.file().getFileName().toString()))
                                    .collect(Collectors.joining())
                            + "\n")
                    .collect(Collectors.joining());
        } else if (block instanceof Section section) {
            return section.blocks().stream().map(this::block).collect(Collectors.joining("\n"));
        }
        return table((Table) block);
    }

    private String facts(List<Fact> facts) {
        return facts.stream()
                .map(f -> "- " + line(Line.labelled(f.name(), f.text())) + "\n")
                .collect(Collectors.joining());
    }

    private String copy(Copy copy) {
        String head = strong + text.apply(copy.name()) + strong + "\n\n";
        String lines = CleanText.lines(copy.text());
        return head + (strong.isEmpty() ? lines + "\n" : fenced(lines));
    }

    /** Nothing in it ends the fence or is taken for anything but text. */
    private static String fenced(String lines) {
        int longest = BACKTICKS
                .matcher(lines)
                .results()
                .mapToInt(m -> m.group().length())
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(longest + 1, 3));
        return fence + "text\n" + lines + "\n" + fence + "\n";
    }

    private String items(Items items) {
        StringBuilder out = new StringBuilder();
        int n = 1;
        for (Line line : items.lines()) {
            out.append(items.numbered() ? n++ + ". " : "- ").append(line(line)).append('\n');
        }
        return out.toString();
    }

    private String table(Table table) {
        String head = row(table.head().stream().map(text).toList());
        String rule = row(table.head().stream().map(h -> "---").toList());
        return head
                + rule
                + table.rows().stream()
                        .map(r -> row(r.stream().map(this::line).toList()))
                        .collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private String line(Line line) {
        return line.spans().stream().map(this::span).collect(Collectors.joining());
    }

    private String span(Span span) {
        return switch (span.style()) {
            case TEXT -> keepingSpaces(span.text());
            case STRONG -> strong + text.apply(span.text()) + strong;
            case STATE -> text.apply(span.text());
            case SMALL -> keepingSpaces(span.text());
            case BREAK -> strong.isEmpty() ? "; " : "<br>";
            case CODE -> code.apply(span.text());
            case LINK -> link(span);
        };
    }

    private String link(Span span) {
        boolean isItsOwnName = span.text().equals(span.target());
        if (strong.isEmpty()) {
            return text.apply(span.text()) + (isItsOwnName ? "" : " " + text.apply(span.target()));
        }
        String target = "<" + linkTarget(span.target()) + ">";
        return isItsOwnName ? target : "[" + text.apply(span.text()) + "](" + target + ")";
    }

    /** Cleaning strips; a space between two spans stays. */
    private String keepingSpaces(String raw) {
        return raw.equals(" ")
                ? raw
                : (raw.startsWith(" ") ? " " : "") + text.apply(raw) + (raw.endsWith(" ") ? " " : "");
    }

    private static String linkTarget(String address) {
        return CleanText.plain(address)
                .replace("|", "%7C")
                .replace("<", "%3C")
                .replace(">", "%3E")
                .replace(" ", "%20");
    }
}
