package io.github.kaitsu.invite.internal;

import io.github.kaitsu.invite.PageReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The one place where headers are set. */
public final class Replies {
    private static final int RETRY_AFTER = 60;
    private static final String HTML = "text/html; charset=utf-8";
    /** A report loads and runs nothing; its style sheet and pictures are inside. */
    private static final String REPORT_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Replies() {}

    public static PageReply page(int status, String html) {
        return reply(status, HTML, Frame.CONTENT_SECURITY_POLICY, html);
    }

    public static PageReply report(String html) {
        return reply(200, HTML, REPORT_POLICY, html);
    }

    public static PageReply json(String json) {
        return reply(200, "application/json", Frame.CONTENT_SECURITY_POLICY, json);
    }

    /** A page that tells nothing of anybody. */
    public static PageReply notice(int status, Words words, String key) {
        PageReply reply = page(status, Frame.notice(words, words.get(key), words.get(key + ".next")));
        return status == 429 ? with(reply, "Retry-After", Integer.toString(RETRY_AFTER)) : reply;
    }

    public static PageReply notAllowed(Words words) {
        return with(notice(405, words, "unknown"), "Allow", "GET, HEAD, POST");
    }

    /**
     * For a link that leads nowhere any more.
     *
     * @param state why
     */
    public static PageReply gone(Words words, String state) {
        return page(410, Frame.notice(words, words.get("gone." + state), words.get("gone.next")));
    }

    public static PageReply goodbye(Words words) {
        return page(200, Frame.notice(words, words.get("end.bye"), words.get("end.bye.about")));
    }

    /** Refuses a form and leads back to the page. */
    public static PageReply backTo(int status, Visit visit, String key) {
        return page(status, Frame.refusal(visit, key));
    }

    public static PageReply seeOther(String address) {
        return with(reply(303, HTML, Frame.CONTENT_SECURITY_POLICY, ""), "Location", address);
    }

    public static PageReply setting(PageReply reply, String cookie) {
        return with(reply, "Set-Cookie", cookie);
    }

    public static PageReply withoutBody(PageReply reply) {
        return new PageReply(reply.status(), reply.headers(), new byte[0]);
    }

    private static PageReply reply(int status, String type, String policy, String body) {
        return new PageReply(
                status,
                Map.of(
                        "Content-Type", List.of(type),
                        "Content-Security-Policy", List.of(policy),
                        "Cache-Control", List.of("no-store"),
                        "Referrer-Policy", List.of("no-referrer"),
                        "X-Content-Type-Options", List.of("nosniff"),
                        "X-Frame-Options", List.of("DENY"),
                        "X-Robots-Tag", List.of("noindex, nofollow"),
                        "Cross-Origin-Opener-Policy", List.of("same-origin"),
                        "Permissions-Policy", List.of("camera=(), microphone=(), geolocation=()")),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static PageReply with(PageReply reply, String name, String value) {
        Map<String, List<String>> headers = new TreeMap<>(reply.headers());
        List<String> values = new ArrayList<>(headers.getOrDefault(name, List.of()));
        values.add(value);
        headers.put(name, List.copyOf(values));
        return new PageReply(reply.status(), headers, reply.body());
    }
}
