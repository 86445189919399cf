package io.github.kaitsu.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks calls against what a vendor published, so that the sandbox and an SDK cannot agree on the same mistake.
 *
 * <p>Each check returns what is wrong, one sentence each; an empty list means that the call keeps the contract. Immutable.
 */
public final class VendorContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SIMPLE = Pattern.compile("([a-z-]+)(?:\\(([^)]*)\\))?(?:<=([0-9]+))?");

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final JsonNode operations;
    private final JsonNode types;
    private final String ids;

    private VendorContract(JsonNode root) {
        this.operations = root.path("operations");
        this.types = root.path("types");
        this.ids = root.path("ids").asText("[0-9]+");
    }

    /** Box's reads and token endpoints that Kaitsu uses. */
    public static VendorContract box() {
        return load("box-contract.json");
    }

    /** Dropbox's reads and token endpoints that Kaitsu uses. */
    public static VendorContract dropbox() {
        return load("dropbox-contract.json");
    }

    /** The reads of Google's APIs that Kaitsu uses, and the token endpoint; all hosts in one, since no two share a path. */
    public static VendorContract google() {
        return load("google-contract.json");
    }

    /** The reads of Microsoft Graph that Kaitsu uses. */
    public static VendorContract graph() {
        return load("graph-contract.json");
    }

    /** The reads at a SharePoint admin site that Kaitsu uses. */
    public static VendorContract sharePoint() {
        return load("sharepoint-contract.json");
    }

    private static VendorContract load(String file) {
        try (InputStream in = VendorContract.class.getResourceAsStream(file)) {
            return new VendorContract(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths of the contract, with placeholders in braces. */
    public List<String> paths() {
        List<String> out = new ArrayList<>();
        operations.forEach(
                o -> out.add(o.path("method").asText() + " " + o.path("path").asText()));
        return out;
    }

    /**
     * What is wrong with a request.
     *
     * @param headers names in any case
     * @param body the form or JSON as sent; empty for a GET
     */
    public List<String> checkRequest(String method, URI uri, Map<String, String> headers, String body) {
        Optional<JsonNode> operation = find(method, uri.getPath());
        if (operation.isEmpty()) {
            return List.of("no operation " + method + " " + uri.getPath());
        }
        JsonNode o = operation.get();
        List<String> problems = new ArrayList<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        parameters(o.path("query"), pairs(query), true, "query", problems);
        if (o.has("body")) {
            json(o.path("body").asText(), body, problems);
        } else {
            parameters(o.path("form"), pairs(body), true, "form", problems);
        }
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((k, v) -> lower.put(k.toLowerCase(Locale.ROOT), v));
        parameters(o.path("headers"), lower, false, "header", problems);
        if (!o.path("open").asBoolean()
                && !lower.getOrDefault("authorization", "").startsWith("Bearer ")) {
            problems.add("no bearer token");
        }
        return problems;
    }

    /** What is wrong with an answer; a 401 may come without a body. */
    public List<String> checkAnswer(String method, URI uri, int status, String body) {
        Optional<JsonNode> operation = find(method, uri.getPath());
        if (operation.isEmpty()) {
            return List.of("no operation " + method + " " + uri.getPath());
        }
        JsonNode answers = operation.get().path("answers");
        String type = answers.path(String.valueOf(status))
                .asText(answers.path("default").asText());
        if (body.isEmpty()) {
            boolean mayBe = status == 401 || type.equals("Nothing");
            return mayBe ? List.of() : List.of("an empty body instead of " + type);
        }
        if (type.equals("text")) {
            return List.of();
        }
        if (type.endsWith("|text") && !body.startsWith("{")) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        json(type.replace("|text", ""), body, problems);
        return problems;
    }

    private void json(String type, String body, List<String> problems) {
        try {
            value(type, JSON.readTree(body), "$", problems);
        } catch (JsonProcessingException e) {
            problems.add("not JSON: " + e.getOriginalMessage());
        }
    }

    private Optional<JsonNode> find(String method, String path) {
        for (JsonNode o : operations) {
            String pattern = Arrays.stream(o.path("path").asText().split("\\{[A-Za-z_]+}", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(ids));
            if (o.path("method").asText().equals(method) && path.matches(pattern)) {
                return Optional.of(o);
            }
        }
        return Optional.empty();
    }

    private void parameters(
            JsonNode declared, Map<String, String> sent, boolean closed, String where, List<String> problems) {
        if (closed) {
            sent.keySet().stream()
                    .filter(n -> !declared.has(n))
                    .forEach(n -> problems.add("unknown " + where + " parameter " + n));
        }
        for (Map.Entry<String, JsonNode> p : declared.properties()) {
            String type = p.getValue().asText();
            String value = sent.get(p.getKey());
            if (value == null) {
                if (type.endsWith("!")) {
                    problems.add("missing " + where + " parameter " + p.getKey());
                }
            } else if (!fits(bare(type), value)) {
                problems.add(where + " parameter " + p.getKey() + " is no " + type + ": " + value);
            }
        }
    }

    private static boolean fits(String type, String value) {
        Matcher m = SIMPLE.matcher(type);
        if (!m.matches()) {
            throw new IllegalStateException("not a parameter's type: " + type);
        }
        return switch (m.group(1)) {
            case "integer" -> value.matches("-?[0-9]{1,18}") && atMost(m.group(3), Long.parseLong(value));
            case "boolean" -> value.equals("true") || value.equals("false");
            case "date-time" -> isDateTime(value);
            case "list" -> Arrays.stream(value.split(",")).allMatch(v -> isOneOf(m.group(2), v));
            default -> isOneOf(m.group(2), value);
        };
    }

    private void value(String typeText, JsonNode node, String at, List<String> problems) {
        String type = bare(typeText);
        if (node.isNull()) {
            if (!typeText.replace("!", "").endsWith("?")) {
                problems.add(at + " is null");
            }
            return;
        }
        if (type.startsWith("[")) {
            list(type.substring(1, type.length() - 1), node, at, problems);
            return;
        }
        if (type.contains("|")) {
            boolean fits = Arrays.stream(type.split("\\|")).anyMatch(t -> {
                List<String> inside = new ArrayList<>();
                value(t, node, at, inside);
                return inside.isEmpty();
            });
            if (!fits) {
                problems.add(at + " is none of " + type + ": " + node);
            }
            return;
        }
        if (types.has(type)) {
            object(types.get(type), node, at, problems);
        } else if (!simple(type, node)) {
            problems.add(at + " is no " + type + ": " + node);
        }
    }

    private void list(String element, JsonNode node, String at, List<String> problems) {
        if (!node.isArray()) {
            problems.add(at + " is no list");
            return;
        }
        int i = 0;
        for (JsonNode n : node) {
            value(element, n, at + "[" + i++ + "]", problems);
        }
    }

    private void object(JsonNode declared, JsonNode node, String at, List<String> problems) {
        if (!node.isObject()) {
            problems.add(at + " is no object");
            return;
        }
        for (Map.Entry<String, JsonNode> field : declared.properties()) {
            if (field.getValue().asText().endsWith("!") && !node.has(field.getKey())) {
                problems.add(at + "." + field.getKey() + " is missing");
            }
        }
        for (Iterator<String> i = node.fieldNames(); i.hasNext(); ) {
            String name = i.next();
            @Nullable JsonNode type = declared.get(name);
            if (type == null) {
                problems.add(at + "." + name + " is unknown");
            } else {
                value(type.asText(), node.get(name), at + "." + name, problems);
            }
        }
    }

    private static boolean simple(String type, JsonNode node) {
        Matcher m = SIMPLE.matcher(type);
        if (!m.matches()) {
            throw new IllegalStateException("unknown type " + type);
        }
        return switch (m.group(1)) {
            case "integer" -> node.isIntegralNumber() && atMost(m.group(3), node.asLong());
            case "number" -> node.isNumber();
            case "guid" -> node.isTextual() && GUID.matcher(node.asText()).matches();
            case "boolean" -> node.isBoolean();
            case "none" -> false; // null alone
            case "object" -> node.isObject();
            case "date-time" -> node.isTextual() && isDateTime(node.asText());
            default -> node.isTextual() && isOneOf(m.group(2), node.asText());
        };
    }

    private static boolean isDateTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isOneOf(@Nullable String words, String value) {
        return words == null || Arrays.asList(words.split(",")).contains(value);
    }

    private static boolean atMost(@Nullable String limit, long value) {
        return limit == null || value <= Long.parseLong(limit);
    }

    private static String bare(String type) {
        return type.replaceAll("[!?]+$", "");
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int eq = pair.indexOf('=');
            if (eq > 0) {
                out.put(decode(pair.substring(0, eq)), decode(pair.substring(eq + 1)));
            }
        }
        return out;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
