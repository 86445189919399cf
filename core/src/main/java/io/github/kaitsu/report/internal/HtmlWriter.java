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
import io.github.kaitsu.report.internal.Page.Picture;
import io.github.kaitsu.report.internal.Page.Section;
import io.github.kaitsu.report.internal.Page.Shot;
import io.github.kaitsu.report.internal.Page.Shots;
import io.github.kaitsu.report.internal.Page.Span;
import io.github.kaitsu.report.internal.Page.Table;
import io.github.kaitsu.report.internal.Page.Verdict;
import io.github.kaitsu.text.CleanText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a page as one HTML file that loads nothing, runs nothing, prints on A4 and can be read on a phone and in the dark. */
final class HtmlWriter {
    private static final String STYLE = style();

    private final Pictures pictures = new Pictures();

    private HtmlWriter() {}

    static String write(Page page) {
        String language = page.locale().getLanguage().equals("ja") ? "ja" : "en";
        return "<!DOCTYPE html>\n<html lang=\"" + language + "\">\n<head>\n"
                + "<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\""
                + " content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
                + "<meta name=\"referrer\" content=\"no-referrer\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                + element("title", CleanText.html(page.name())) + "\n<style>\n" + STYLE
                + "</style>\n</head>\n<body>\n<main>\n"
                + element("h1", CleanText.html(page.title())) + "\n"
                + new HtmlWriter().blocks(page.blocks())
                + "</main>\n</body>\n</html>\n";
    }

    private static String style() {
        try (InputStream in = HtmlWriter.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String blocks(List<Block> blocks) {
        return each(blocks, this::block);
    }

    private String block(Block block) {
        if (block instanceof Heading heading) {
            return element("h" + heading.level(), CleanText.html(heading.text())) + "\n";
        } else if (block instanceof Paragraph paragraph) {
            return element("p", line(paragraph.line())) + "\n";
        } else if (block instanceof Items items) {
            String lines = each(items.lines(), l -> element("li", line(l)) + "\n");
            return element(items.numbered() ? "ol" : "ul", "\n" + lines) + "\n";
        } else if (block instanceof Facts facts) {
            return facts(facts.facts());
        } else if (block instanceof Letterhead head) {
            return element(
                            "div",
                            "head",
                            element(
                                            "div",
                                            element("p", "to", CleanText.html(head.to()))
                                                    + element("p", CleanText.html(head.about())))
                                    + facts(head.facts()))
                    + "\n";
        } else if (block instanceof Verdict verdict) {
            return element(
                            "div",
                            "verdict " + verdict.tone().css(),
                            element("p", "word", CleanText.html(verdict.word()))
                                    + element("div", each(verdict.sentences(), s -> element("p", CleanText.html(s)))))
                    + "\n";
        } else if (block instanceof Copies copies) {
            return element("div", "copies", each(copies.copies(), HtmlWriter::copy)) + "\n";
        } else if (block instanceof Shots shots) {
            return each(shots.shots(), this::shot);
        } else if (block instanceof Section section) {
            return "<section id=\"" + CleanText.html(section.id()) + "\">\n" + blocks(section.blocks())
                    + "</section>\n";
        }
        return table((Table) block);
    }

    private static String facts(List<Fact> facts) {
        return element(
                        "dl",
                        each(
                                facts,
                                f -> element("dt", CleanText.html(f.name())) + element("dd", CleanText.html(f.text()))))
                + "\n";
    }

    private static String copy(Copy copy) {
        return element(
                "figure",
                element("figcaption", CleanText.html(copy.name())) + element("pre", CleanText.htmlLines(copy.text())));
    }

    private String shot(Shot shot) {
        List<String> shown = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (Picture picture : shot.pictures()) {
            String name = CleanText.html(picture.name());
            pictures.inside(picture.file())
                    .ifPresentOrElse(
                            address -> shown.add(element(
                                    "span",
                                    "<img alt=\"" + name + "\" src=\"" + address + "\">" + element("small", name))),
                            () -> named.add(element(
                                    "small",
                                    name + " "
                                            + CleanText.html(
                                                    picture.file().getFileName().toString()))));
        }
        String about =
                element("figcaption", line(shot.about()) + (named.isEmpty() ? "" : " " + String.join(" ", named)));
        return element("figure", "shot", about + (shown.isEmpty() ? "" : element("div", String.join("", shown))))
                + "\n";
    }

    /** Every cell knows its column's name, for a screen too narrow for columns; the roles stay when its style is changed there. */
    private static String table(Table table) {
        String head = each(table.head(), h -> "<th scope=\"col\" role=\"columnheader\">" + CleanText.html(h) + "</th>");
        String rows = each(table.rows(), row -> "<tr role=\"row\">" + cells(table.head(), row) + "</tr>\n");
        return "<table role=\"table\" class=\"columns-" + table.head().size()
                + "\">\n<thead role=\"rowgroup\"><tr role=\"row\">" + head
                + "</tr></thead>\n<tbody role=\"rowgroup\">\n" + rows + "</tbody>\n</table>\n";
    }

    private static String cells(List<String> head, List<Line> row) {
        StringBuilder out = new StringBuilder("<th scope=\"row\" role=\"rowheader\">" + line(row.get(0)) + "</th>");
        for (int i = 1; i < row.size(); i++) {
            out.append("<td role=\"cell\" data-column=\"")
                    .append(CleanText.html(head.get(i)))
                    .append("\"><div>")
                    .append(line(row.get(i)))
                    .append("</div></td>");
        }
        return out.toString();
    }

    private static String line(Line line) {
        return each(line.spans(), HtmlWriter::span);
    }

    private static String span(Span span) {
        String text = CleanText.html(span.text());
        return switch (span.style()) {
            case TEXT -> keepingSpaces(span.text(), text);
            case STRONG -> element("strong", text);
            case CODE -> element("code", text);
            case LINK -> "<a href=\"" + CleanText.html(span.target()) + "\">" + text + "</a>";
            case STATE -> element("span", "state " + span.target(), text);
            case SMALL -> keepingSpaces(span.text(), element("small", text));
            case BREAK -> "<br>";
        };
    }

    private static String keepingSpaces(String raw, String clean) {
        return raw.equals(" ") ? " " : (raw.startsWith(" ") ? " " : "") + clean + (raw.endsWith(" ") ? " " : "");
    }

    private static <T> String each(List<T> items, Function<T, String> written) {
        return items.stream().map(written).collect(Collectors.joining());
    }

    private static String element(String tag, String content) {
        return "<" + tag + ">" + content + "</" + tag + ">";
    }

    private static String element(String tag, String classes, String content) {
        return "<" + tag + " class=\"" + classes + "\">" + content + "</" + tag + ">";
    }
}
