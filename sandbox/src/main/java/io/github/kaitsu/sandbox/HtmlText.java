package io.github.kaitsu.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an administrator gets who selects a page and copies it: one line per block or table row, cells joined by tabs.
 *
 * <p>Empty cells and empty lines are left out; styles, scripts, the page's head and what is marked hidden do not show.
 */
public final class HtmlText {
    private static final Pattern TOKEN =
            Pattern.compile("<!--.*?-->|<[!?][^>]*>|<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>|[^<]+|<", Pattern.DOTALL);
    private static final Pattern ENTITY = Pattern.compile("&(#x?[0-9a-fA-F]+|[a-zA-Z]+);");
    private static final Set<String> HIDDEN = Set.of("head", "style", "script", "option", "textarea");
    private static final Pattern HIDDEN_MARK = Pattern.compile("\\shidden(?:=|\\s|$)");
    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "body",
            "br",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "header",
            "hr",
            "html",
            "legend",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "section",
            "table",
            "tbody",
            "thead",
            "title",
            "tr",
            "ul");

    private final List<String> lines = new ArrayList<>();
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private HtmlText() {}

    /** The page's text, lines separated by {@code \n}, without a trailing one. */
    public static String of(String html) {
        HtmlText out = new HtmlText();
        String hiddenBy = null;
        int depth = 0;
        Matcher m = TOKEN.matcher(html);
        while (m.find()) {
            String tag = m.group(2) == null ? null : m.group(2).toLowerCase(Locale.ROOT);
            boolean closing = "/".equals(m.group(1));
            boolean empty = tag != null && m.group(3).endsWith("/");
            if (hiddenBy != null) {
                depth += !hiddenBy.equals(tag) || empty ? 0 : closing ? -1 : 1;
                hiddenBy = depth == 0 ? null : hiddenBy;
            } else if (tag == null) {
                if (!m.group().startsWith("<!") && !m.group().startsWith("<?")) {
                    out.text.append(m.group());
                }
            } else if (HIDDEN.contains(tag) || HIDDEN_MARK.matcher(m.group(3)).find()) {
                hiddenBy = closing || empty ? null : tag;
                depth = 1;
            } else {
                out.tag(tag);
            }
        }
        out.endLine();
        return String.join("\n", out.lines);
    }

    private void tag(String tag) {
        if (tag.equals("td") || tag.equals("th")) {
            endCell();
        } else if (BLOCKS.contains(tag)) {
            endLine();
        } else if (!tag.equals("span") && !tag.equals("b") && !tag.equals("em")) {
            text.append(' ');
        }
    }

    private void endCell() {
        String cell = unescape(text.toString()).replaceAll("[\\s\\u00a0]+", " ").strip();
        text.setLength(0);
        if (!cell.isEmpty()) {
            cells.add(cell);
        }
    }

    private void endLine() {
        endCell();
        if (!cells.isEmpty()) {
            lines.add(String.join("\t", cells));
        }
        cells.clear();
    }

    private static String unescape(String text) {
        return ENTITY.matcher(text).replaceAll(m -> Matcher.quoteReplacement(character(m.group(1))));
    }

    private static String character(String entity) {
        if (entity.startsWith("#x") || entity.startsWith("#X")) {
            return Character.toString(Integer.parseInt(entity.substring(2), 16));
        }
        if (entity.startsWith("#")) {
            return Character.toString(Integer.parseInt(entity.substring(1)));
        }
        return switch (entity) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            case "nbsp" -> " ";
            default -> "&" + entity + ";";
        };
    }
}
