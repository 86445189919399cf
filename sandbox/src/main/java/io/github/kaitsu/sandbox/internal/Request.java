package io.github.kaitsu.sandbox.internal;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.kaitsu.sandbox.HandsOn;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One HTTP request, read whole. */
record Request(
        String method,
        URI uri,
        Map<String, List<String>> query,
        Map<String, List<String>> form,
        String body,
        Headers headers,
        Map<String, String> cookies) {
    private static final String ACTOR = "X-Sandbox-Actor";
    private static final String FIELDS = "X-Sandbox-%s-Fields";
    private static final String LOOKS = "X-Sandbox-Looks";
    private static final String PASTED = "X-Sandbox-Pasted";
    private static final String PRESSED = "_press";

    static Request read(HttpExchange exchange, URI base) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        URI uri = base.resolve(exchange.getRequestURI());
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("");
        String form = type.startsWith("application/x-www-form-urlencoded") ? body : "";
        return new Request(
                exchange.getRequestMethod(),
                uri,
                pairs(Optional.ofNullable(uri.getRawQuery()).orElse("")),
                pairs(form),
                body,
                exchange.getRequestHeaders(),
                cookies(exchange.getRequestHeaders()));
    }

    String path() {
        return uri.getPath();
    }

    boolean isGet() {
        return method.equals("GET");
    }

    boolean isPost(String path) {
        return method.equals("POST") && path().equals(path);
    }

    boolean isGet(String path) {
        return isGet() && path().equals(path);
    }

    /** The number between a prefix and a suffix of the path; -1 if the path is another. */
    int numberIn(String before, String after) {
        String path = path();
        if (path.startsWith(before) && path.endsWith(after) && path.length() > before.length() + after.length()) {
            String middle = path.substring(before.length(), path.length() - after.length());
            return middle.matches("[0-9]{1,9}") ? Integer.parseInt(middle) : -1;
        }
        return -1;
    }

    /** Whether a form was sent, by whichever method. */
    boolean isSent() {
        return method.equals("POST") || (isGet() && query.containsKey(PRESSED));
    }

    /** The fields of the form that was sent. */
    Map<String, List<String>> sent() {
        return isGet() ? query : form;
    }

    String query(String name) {
        return first(query, name);
    }

    /** A form field, stripped; empty if it is missing. */
    String field(String name) {
        return first(form, name);
    }

    /** A form field as it came. */
    String raw(String name) {
        return form.getOrDefault(name, List.of("")).get(0);
    }

    List<String> fields(String name) {
        return form.getOrDefault(name, List.of());
    }

    boolean has(String field) {
        return form.containsKey(field);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** Who pressed, and filled what {@link #filledBy} does not give to the other. */
    HandsOn.Actor actor() {
        return actor(ACTOR).orElse(HandsOn.Actor.PERSON);
    }

    /** Who reads the page that comes: where a person pressed in a browser's window, the browser goes on there. */
    HandsOn.Actor looker() {
        return actor(LOOKS).orElseGet(this::actor);
    }

    /** The fields of this form that an actor filled though the other pressed the button. */
    List<String> filledBy(HandsOn.Actor other) {
        return names(FIELDS.formatted(other == HandsOn.Actor.PERSON ? "Person" : "Browser"));
    }

    /** The fields of this form that were pasted into. */
    List<String> pasted() {
        return names(PASTED);
    }

    private List<String> names(String header) {
        return header(header).map(h -> h.split(",")).stream()
                .flatMap(Arrays::stream)
                .map(String::strip)
                .toList();
    }

    private Optional<HandsOn.Actor> actor(String header) {
        return header(header).map(h -> h.equalsIgnoreCase("browser") ? HandsOn.Actor.BROWSER : HandsOn.Actor.PERSON);
    }

    /** {@code ?lang=}, then what it said before (a cookie), then {@code Accept-Language}; Japanese otherwise. */
    Locale locale() {
        String wanted = query("lang");
        if (wanted.isEmpty()) {
            wanted = cookies.getOrDefault(Response.LANGUAGE_COOKIE, "");
        }
        if (wanted.isEmpty()) {
            wanted = header("Accept-Language").orElse("");
        }
        return wanted.toLowerCase(Locale.ROOT).startsWith("en") ? Locale.ENGLISH : Locale.JAPANESE;
    }

    private static String first(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of("")).get(0).strip();
    }

    static Map<String, List<String>> pairs(String text) {
        Map<String, List<String>> out = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int eq = pair.indexOf('=');
            String name = decode(eq < 0 ? pair : pair.substring(0, eq));
            if (!name.isEmpty()) {
                out.computeIfAbsent(name, n -> new ArrayList<>()).add(eq < 0 ? "" : decode(pair.substring(eq + 1)));
            }
        }
        return out;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> cookies(Headers headers) {
        Map<String, String> out = new HashMap<>();
        for (String line : headers.getOrDefault("Cookie", List.of())) {
            for (String pair : line.split(";")) {
                int eq = pair.indexOf('=');
                if (eq > 0) {
                    out.put(
                            pair.substring(0, eq).strip(),
                            pair.substring(eq + 1).strip().replace("\"", ""));
                }
            }
        }
        return out;
    }
}
