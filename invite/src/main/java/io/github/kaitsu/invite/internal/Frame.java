package io.github.kaitsu.invite.internal;

import static io.github.kaitsu.invite.internal.Html.all;
import static io.github.kaitsu.invite.internal.Html.el;
import static io.github.kaitsu.invite.internal.Html.is;
import static io.github.kaitsu.invite.internal.Html.nothing;
import static io.github.kaitsu.invite.internal.Html.text;

import io.github.kaitsu.invite.internal.Html.Node;
import io.github.kaitsu.invite.internal.Html.Part;
import java.util.List;
import java.util.stream.Stream;

/** What every page has in common: whose it is on top, and the way elsewhere at the bottom. */
public final class Frame {
    private static final Asset STYLE = Asset.of("page.css");
    private static final Asset SCRIPT = Asset.of("page.js");

    /** Allows the one style sheet, the one script, and forms to this server; nothing is loaded from anywhere. */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src " + STYLE.source()
            + "; script-src " + SCRIPT.source()
            + "; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Frame() {}

    /** The style sheet of every page. */
    public static String styleSheet() {
        return STYLE.text();
    }

    /** What every page does more with script: copying, and marking what was read as it is pasted. */
    public static String pageScript() {
        return SCRIPT.text();
    }

    /** A page of a link that leads somewhere. */
    static String page(Visit visit, String title, Node... main) {
        Words words = visit.words();
        Node header = el(
                "header",
                el("p", "soft", words.get("product")),
                el(
                        "p",
                        is("class", "customer"),
                        text(visit.company()),
                        visit.run().company().isPresent()
                                ? all(
                                        text(" "),
                                        el(
                                                "small",
                                                words.get(
                                                        "account",
                                                        visit.run().customer().account())))
                                : nothing()));
        String other = words.locale().getLanguage().equals("ja") ? "en" : "ja";
        Node footer = el(
                "footer",
                el("p", words.get("never")),
                el(
                        "p",
                        el("a", is("href", visit.to("")), text(words.get("again"))),
                        text(" ・ "),
                        el("a", is("href", visit.to("/device")), text(words.get("device"))),
                        text(" ・ "),
                        el(
                                "a",
                                is("href", visit.path() + "?lang=" + other),
                                is("lang", other),
                                text(words.get("language")))));
        return document(words, title, all(header, el("main", parts(title, main)), footer, Html.script(SCRIPT)));
    }

    /** A page that tells nothing of anybody. */
    public static String notice(Words words, String title, String next) {
        return document(words, title, el("main", el("h1", title), el("p", next)));
    }

    /** Why a form was not taken, and the way back. */
    static String refusal(Visit visit, String key) {
        Words words = visit.words();
        return document(
                words,
                words.get(key),
                el(
                        "main",
                        el("h1", words.get(key)),
                        el("p", words.get(key + ".next")),
                        el(
                                "p",
                                el(
                                        "a",
                                        is("class", "button"),
                                        is("href", visit.to("")),
                                        text(words.get("stale.link"))))));
    }

    private static Part[] parts(String title, Node... main) {
        return Stream.concat(Stream.of(el("h1", title)), Stream.of(main)).toArray(Part[]::new);
    }

    private static String document(Words words, String title, Node body) {
        return Html.document(el(
                "html",
                is("lang", words.locale().getLanguage()),
                el(
                        "head",
                        el("meta", is("charset", "utf-8")),
                        el("meta", is("name", "viewport"), is("content", "width=device-width, initial-scale=1")),
                        el("meta", is("name", "color-scheme"), is("content", "light dark")),
                        el("meta", is("name", "robots"), is("content", "noindex")),
                        el("title", title),
                        Html.style(STYLE)),
                el("body", body)));
    }

    // ---- pieces of several pages

    static Node heading(String text) {
        return el("h2", text);
    }

    static Node list(List<String> lines) {
        return list("ul", lines);
    }

    static Node list(String kind, List<String> lines) {
        return el(kind, all(lines.stream().map(line -> el("li", line))));
    }

    /** A form that does something, and what it sends along. */
    static Node form(Visit visit, String what, Part... parts) {
        return el(
                "form",
                Stream.concat(
                                Stream.of(
                                        is("method", "post"),
                                        is("action", visit.to("")),
                                        hidden("csrf", visit.csrf()),
                                        hidden("do", what)),
                                Stream.of(parts))
                        .toArray(Part[]::new));
    }

    static Node hidden(String name, String value) {
        return el("input", is("type", "hidden"), is("name", name), is("value", value));
    }

    static Node submit(boolean isFirst, String label) {
        return el("button", is("type", "submit"), is("class", isFirst ? "first" : "other"), text(label));
    }

    static Node submit(boolean isFirst, String label, String name, String value) {
        return el(
                "button",
                is("type", "submit"),
                is("class", isFirst ? "first" : "other"),
                is("name", name),
                is("value", value),
                text(label));
    }

    /** A text that can be selected whole where there is no script, and copied by a button where there is. */
    static Node toCopy(Words words, String id, String label, String value) {
        boolean isLong = value.contains("\n") || value.length() > 60;
        Node field = isLong
                ? el(
                        "textarea",
                        is("id", id),
                        is("readonly"),
                        is(
                                "rows",
                                Long.toString(Math.min(
                                        12,
                                        1 + value.length() / 40 + value.lines().count()))),
                        text(value))
                : el("input", is("id", id), is("readonly"), is("value", value));
        return el(
                "div",
                is("class", "value"),
                el("label", is("for", id), text(label)),
                el(
                        "div",
                        field,
                        el(
                                "button",
                                is("type", "button"),
                                is("hidden"),
                                is("data-copy", id),
                                is("data-done", words.get("work.copied")),
                                is("aria-label", words.get("work.copy") + " " + label),
                                text(words.get("work.copy")))));
    }

    static Node folded(String summary, Part... parts) {
        return el(
                "details",
                Stream.concat(Stream.of(el("summary", summary)), Stream.of(parts))
                        .toArray(Part[]::new));
    }

    static Node alert(String text) {
        return el("p", is("class", "note alert"), is("role", "alert"), text(text));
    }
}
