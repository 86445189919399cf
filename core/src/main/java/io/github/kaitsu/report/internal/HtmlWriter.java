package io.github.kaitsu.report.internal;

import io.github.kaitsu.report.internal.Page.Block;
import io.github.kaitsu.report.internal.Page.Heading;
import io.github.kaitsu.report.internal.Page.Items;
import io.github.kaitsu.report.internal.Page.Line;
import io.github.kaitsu.report.internal.Page.Paragraph;
import io.github.kaitsu.report.internal.Page.Span;
import io.github.kaitsu.report.internal.Page.Table;
import io.github.kaitsu.text.CleanText;
import java.util.stream.Collectors;

/** Writes a page as one HTML file that loads nothing, runs nothing and prints well. */
final class HtmlWriter {
    private static final String STYLE = """
            body { font-family: "Hiragino Sans", "Yu Gothic UI", Meiryo, "Noto Sans CJK JP", sans-serif; color: #1b2530;
              line-height: 1.6; max-width: 72rem; margin: 2rem auto; padding: 0 1.5rem; }
            h1 { font-size: 1.5rem; border-bottom: 2px solid #1b2530; padding-bottom: .4rem; }
            h2 { font-size: 1.2rem; margin-top: 2rem; }
            h3 { font-size: 1rem; margin-top: 1.5rem; }
            table { border-collapse: collapse; width: 100%; font-size: .85rem; }
            th, td { border: 1px solid #b9c2cc; padding: .35rem .5rem; text-align: left; vertical-align: top;
              overflow-wrap: break-word; min-width: 4.5em; }
            th { background: #eef1f4; }
            code { background: #eef1f4; padding: .1rem .3rem; overflow-wrap: anywhere; }
            @media print { body { margin: 0; max-width: none; } tr, li { break-inside: avoid; }
              h2, h3 { break-after: avoid; } }
            """;

    private HtmlWriter() {}

    static String write(Page page) {
        String title = CleanText.html(page.title());
        String language = page.locale().getLanguage().equals("ja") ? "ja" : "en";
        return "<!DOCTYPE html>\n<html lang=\"" + language + "\">\n<head>\n"
                + "<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                + "<meta name=\"referrer\" content=\"no-referrer\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + title + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<h1>" + title
                + "</h1>\n"
                + page.blocks().stream().map(HtmlWriter::block).collect(Collectors.joining())
                + "</body>\n</html>\n";
    }

    private static String block(Block block) {
        if (block instanceof Heading heading) {
            String tag = "h" + heading.level();
            return element(tag, CleanText.html(heading.text())) + "\n";
        } else if (block instanceof Paragraph paragraph) {
            return element("p", line(paragraph.line())) + "\n";
        } else if (block instanceof Items items) {
            String lines = items.lines().stream()
                    .map(l -> element("li", line(l)) + "\n")
                    .collect(Collectors.joining());
            return element(items.numbered() ? "ol" : "ul", "\n" + lines) + "\n";
        }
        return table((Table) block);
    }

    private static String table(Table table) {
        String head =
                table.head().stream().map(h -> element("th", CleanText.html(h))).collect(Collectors.joining());
        String rows = table.rows().stream()
                .map(r -> element(
                                "tr",
                                r.stream().map(c -> element("td", line(c))).collect(Collectors.joining())) + "\n")
                .collect(Collectors.joining());
        return "<table>\n<thead>" + element("tr", head) + "</thead>\n<tbody>\n" + rows + "</tbody>\n</table>\n";
    }

    private static String line(Line line) {
        return line.spans().stream().map(HtmlWriter::span).collect(Collectors.joining());
    }

    private static String span(Span span) {
        String text = CleanText.html(span.text());
        return switch (span.style()) {
            case TEXT ->
                span.text().equals(" ")
                        ? " "
                        : (span.text().startsWith(" ") ? " " : "")
                                + text
                                + (span.text().endsWith(" ") ? " " : "");
            case STRONG -> element("strong", text);
            case CODE -> element("code", text);
            case LINK -> "<a href=\"" + CleanText.html(span.target()) + "\">" + text + "</a>";
        };
    }

    private static String element(String tag, String content) {
        return "<" + tag + ">" + content + "</" + tag + ">";
    }
}
