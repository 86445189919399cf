package io.github.kaitsu.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.CloudService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads reports as their readers do: a browser, GitHub, a spreadsheet, a program. */
final class ReportReading {
    private static final Pattern TAG = Pattern.compile("<(/?[a-zA-Z!][^>]*)>");
    private static final Pattern FENCE = Pattern.compile("(?ms)^(`{3,})text\n(.*?)\n\\1$");

    private ReportReading() {}

    /** What a document says, without its markup. */
    record Document(String format, String text) {}

    static List<Document> all(ActivationReport report, Locale locale) {
        return List.of(
                new Document("html", document("html", report.html(locale))),
                new Document("markdown", document("markdown", report.markdown(locale))),
                new Document("csv", document("csv", report.csv(locale))),
                new Document("json", document("json", report.json(locale))));
    }

    static String document(String format, String document) {
        return switch (format) {
            case "html" -> text(document.substring(document.indexOf("</style>")));
            case "markdown" -> markdown(document);
            case "csv" -> csv(document).stream().map(r -> String.join("\n", r)).collect(Collectors.joining("\n"));
            default -> String.join("\n", strings(json(document)));
        };
    }

    /** What stands before the evidence. */
    static String firstPage(String html) {
        return text(html.substring(html.indexOf("</style>"), html.indexOf("<section id=\"evidence\"")));
    }

    static String firstSection(String markdown, Locale locale) {
        return markdown(markdown.split(locale.equals(Locale.ENGLISH) ? "\n## Evidence\n" : "\n## 証拠\n")[0]);
    }

    private static String text(String html) {
        return TAG.matcher(html)
                .replaceAll(m -> m.group(1).startsWith("/pre") || !m.group(1).startsWith("/") ? "" : "\n")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    static List<String> tags(String html) {
        return TAG.matcher(html)
                .results()
                .map(m -> m.group(1).replaceAll("\\s.*", "").replace("\n", ""))
                .toList();
    }

    private static String markdown(String markdown) {
        StringBuilder out = new StringBuilder();
        Matcher fence = FENCE.matcher(markdown);
        int from = 0;
        while (fence.find()) {
            out.append(unescaped(markdown.substring(from, fence.start()))).append(fence.group(2));
            from = fence.end();
        }
        return out.append(unescaped(markdown.substring(from))).toString();
    }

    static String outsideFences(String markdown) {
        return FENCE.matcher(markdown).replaceAll("");
    }

    private static String unescaped(String markdown) {
        return markdown.replaceAll("\\\\([\\\\`*_\\[\\]<>|~&#+\\-=:.)])", "$1").replace("<br>", "\n");
    }

    /** RFC 4180, after the byte order mark. */
    static List<List<String>> csv(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        int i = 1;
        while (i < csv.length()) {
            if (csv.charAt(i) != '"') {
                throw new AssertionError("an unquoted cell: " + csv.substring(i, Math.min(i + 20, csv.length())));
            }
            StringBuilder cell = new StringBuilder();
            for (i++; !(csv.charAt(i) == '"' && csv.charAt(i + 1) != '"'); i++) {
                cell.append(csv.charAt(i));
                i += csv.charAt(i) == '"' ? 1 : 0;
            }
            row.add(cell.toString());
            boolean ends = csv.charAt(i + 1) == '\r' && csv.charAt(i + 2) == '\n';
            i += ends ? 3 : 2;
            if (ends) {
                rows.add(row);
                row = new ArrayList<>();
            }
        }
        return rows;
    }

    static JsonNode json(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> strings(JsonNode node) {
        List<String> strings = new ArrayList<>();
        if (node.isValueNode()) {
            strings.add(node.asText());
        }
        node.forEach(child -> strings.addAll(strings(child)));
        return strings;
    }

    /** Names of products, companies, accounts and folders are the same in every language. */
    static String withoutNames(String page) {
        String rest = page.replace("CAS0001", "").replace("K-1001", "").replace("Google Chrome", "");
        for (CloudService service : CloudService.values()) {
            rest = rest.replace(service.label(Locale.JAPANESE), "");
        }
        return rest.replace("Trend Micro Cloud App Security", "").replace("Kaitsu", "");
    }
}
