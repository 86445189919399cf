package io.github.kaitsu.invite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A browser without script: keeps cookies, follows redirects, sends forms with what they hold. */
final class Tab {
    private static final int MOST_BYTES = 50_000;

    private final AdministratorPage page;
    private final Map<String, String> cookies = new HashMap<>();
    private final List<String> setCookies = new ArrayList<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String address = "192.0.2.1";
    PageReply last = new PageReply(0, Map.of(), new byte[0]);

    Tab(AdministratorPage page) {
        this.page = page;
    }

    Tab saying(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Cookies as somebody else's browser has them: none. */
    Tab another() {
        Tab other = new Tab(page);
        other.headers.putAll(headers);
        return other;
    }

    Document open(URI link) {
        return get(link.getRawPath() + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery()));
    }

    Document get(String address) {
        return follow(send("GET", address, "", Map.of()));
    }

    PageReply send(String method, String target, String body, Map<String, String> more) {
        String path = target.replaceFirst("\\?.*", "");
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.putAll(more);
        if (!cookies.isEmpty()) {
            all.putIfAbsent(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            last = page.answer(new PageRequest(
                    method,
                    path,
                    target.contains("?") ? target.substring(target.indexOf('?') + 1) : "",
                    name -> Optional.ofNullable(all.get(name)),
                    new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                    address));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        for (String set : last.headers().getOrDefault("Set-Cookie", List.of())) {
            setCookies.add(set);
            String[] pair = set.replaceFirst(";.*", "").split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        checkHeaders();
        return last;
    }

    /** Of every reply, whatever it is. */
    private void checkHeaders() {
        assertThat(last.headers().get("Cache-Control")).containsExactly("no-store");
        assertThat(last.headers().get("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(last.headers().get("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(last.headers().get("Content-Security-Policy").get(0))
                .startsWith("default-src 'none'; ")
                .contains("base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "*");
        if (!last.headers().get("Content-Security-Policy").get(0).contains("img-src data:")) { // the report's alone
            assertThat(last.headers().get("Content-Security-Policy").get(0)).doesNotContain("unsafe");
            assertThat(last.body().length).isLessThan(MOST_BYTES);
        }
    }

    String cookie(String name) {
        return cookies.get(name);
    }

    List<String> setCookies() {
        return setCookies;
    }

    private Document follow(PageReply reply) {
        return reply.status() == 303
                ? get(reply.headers().get("Location").get(0))
                : Jsoup.parse(new String(reply.body(), StandardCharsets.UTF_8));
    }

    Document document() {
        return Jsoup.parse(text());
    }

    String text() {
        return new String(last.body(), StandardCharsets.UTF_8);
    }

    /** What a form holds, with what somebody changes in it. */
    static Map<String, List<String>> filled(Element form, Map<String, String> changes) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (Element field : form.select("input[name], textarea[name], select[name]")) {
            boolean isOff = field.attr("type").equals("checkbox") && !field.hasAttr("checked");
            if (!isOff) {
                fields.computeIfAbsent(field.attr("name"), n -> new ArrayList<>())
                        .add(field.tagName().equals("textarea") ? field.wholeText() : field.val());
            }
        }
        changes.forEach((name, value) -> fields.put(name, new ArrayList<>(List.of(value))));
        return fields;
    }

    Document submit(Element form, Map<String, String> changes) {
        return follow(post(form, changes, Map.of()));
    }

    PageReply post(Element form, Map<String, String> changes, Map<String, String> more) {
        return post(form.attr("action"), filled(form, changes), more);
    }

    PageReply post(String action, Map<String, List<String>> fields, Map<String, String> more) {
        String body = fields.entrySet().stream()
                .flatMap(f -> f.getValue().stream().map(v -> encoded(f.getKey()) + "=" + encoded(v)))
                .collect(Collectors.joining("&"));
        Map<String, String> all = new HashMap<>(Map.of("Content-Type", "application/x-www-form-urlencoded"));
        all.putAll(more);
        return send("POST", action, body, all);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The form with this button. */
    static Element formWith(Document page, String button) {
        return page.select("form:has(button)").stream()
                .filter(f -> f.select("button").stream().anyMatch(b -> b.text().equals(button)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + button + " on " + page.text()));
    }

    /** Presses a button, with what somebody wrote into its form. */
    Document press(Document page, String button, Map<String, String> written) {
        Element form = formWith(page, button);
        Element pressed = form.select("button").stream()
                .filter(b -> b.text().equals(button))
                .findFirst()
                .orElseThrow();
        Map<String, String> changes = new HashMap<>(written);
        if (pressed.hasAttr("name")) {
            changes.put(pressed.attr("name"), pressed.val());
        }
        return submit(form, changes);
    }
}
