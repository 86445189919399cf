package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One HTTP answer. */
record Response(int status, List<Map.Entry<String, String>> headers, String body) {
    static final String LANGUAGE_COOKIE = "sandbox-lang";

    static Response html(int status, String html) {
        return new Response(status, List.of(), html)
                .with("Content-Type", "text/html; charset=utf-8")
                .with("Cache-Control", "no-store");
    }

    static Response html(String html) {
        return html(200, html);
    }

    static Response redirect(String location) {
        return new Response(303, List.of(), "").with("Location", location);
    }

    static Response redirect(URI location) {
        return redirect(location.toString());
    }

    static Response json(int status, JsonNode json) {
        return new Response(status, List.of(), json.toString()).with("Content-Type", "application/json");
    }

    static Response text(int status, String text) {
        return new Response(status, List.of(), text).with("Content-Type", "text/plain; charset=utf-8");
    }

    static Response empty(int status) {
        return new Response(status, List.of(), "");
    }

    Response with(String name, String value) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.add(Map.entry(name, value));
        return new Response(status, List.copyOf(all), body);
    }

    Response withCookie(String name, String value) {
        return with("Set-Cookie", name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax");
    }

    /** The address a redirection leads to; empty for any other answer. */
    String location() {
        return headers.stream()
                .filter(h -> h.getKey().equals("Location"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
