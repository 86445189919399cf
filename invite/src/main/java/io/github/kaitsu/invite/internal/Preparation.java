package io.github.kaitsu.invite.internal;

import static io.github.kaitsu.invite.internal.Frame.heading;
import static io.github.kaitsu.invite.internal.Frame.list;
import static io.github.kaitsu.invite.internal.Frame.submit;
import static io.github.kaitsu.invite.internal.Html.all;
import static io.github.kaitsu.invite.internal.Html.el;
import static io.github.kaitsu.invite.internal.Html.is;
import static io.github.kaitsu.invite.internal.Html.maybe;
import static io.github.kaitsu.invite.internal.Html.nothing;
import static io.github.kaitsu.invite.internal.Html.text;

import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Performer;
import io.github.kaitsu.invite.internal.Html.Node;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Before anything is done: who is needed, what will be asked, what to have at hand, what never; and the permission to look. */
public final class Preparation {
    /** What a step takes a person who does it for the first time, in minutes. */
    private static final int MINUTES = 5;

    /** What a reading of the console tells of each service; the readings are listed as such. */
    private static final Pattern READ_OFF =
            Pattern.compile(".*\\.(?:console|linked|protected)|console\\.read(?:-again)?");

    private Preparation() {}

    /**
     * What to know and to have at hand.
     *
     * @param asksForCode whether the one-time code is to be entered
     * @param problem a key below {@code prepare.code}; empty if there is none
     */
    public static String page(Visit visit, Instant expires, boolean asksForCode, String problem) {
        Words words = visit.words();
        Locale locale = words.locale();
        String account = visit.run().customer().account();
        List<String> steps = steps(visit);
        boolean isConsole = visit.role() == Role.CONSOLE;
        List<String> atHand = new ArrayList<>(words.lines("prepare.hand"));
        if (isConsole) {
            atHand.add(words.get("prepare.hand.console", account));
        }
        return Frame.page(
                visit,
                words.get("prepare.title"),
                problem.isEmpty() ? nothing() : Frame.alert(words.get("prepare.code." + problem)),
                el("p", words.get(visit.run().removal() ? "prepare.about.removal" : "prepare.about")),
                el(
                        "dl",
                        el("dt", words.get("prepare.role")),
                        el("dd", visit.role().label(locale)),
                        el("dt", words.get("prepare.check")),
                        el("dd", words.get("check." + visit.role().id(), account))),
                el("p", words.get("prepare.wrong")),
                heading(words.get("prepare.ask")),
                steps.isEmpty() ? el("p", words.get("prepare.ask.nothing")) : list(steps),
                steps.isEmpty() ? nothing() : el("p", minutes(visit, steps.size())),
                el("p", words.get("prepare.until", words.date(expires))),
                heading(words.get("prepare.hand")),
                list(atHand),
                heading(words.get("prepare.never")),
                list(words.lines("prepare.never")),
                Frame.form(
                        visit, "ready", asksForCode ? code(words) : nothing(), submit(true, words.get("prepare.go"))));
    }

    private static Node code(Words words) {
        return el(
                "div",
                el("label", is("for", "code"), text(words.get("prepare.code"))),
                el("p", is("id", "code-about"), is("class", "soft"), text(words.get("prepare.code.about"))),
                el(
                        "input",
                        is("id", "code"),
                        is("name", "code"),
                        is("class", "short"),
                        is("inputmode", "numeric"),
                        is("autocomplete", "off"),
                        is("maxlength", "10"),
                        is("required"),
                        is("aria-describedby", "code-about")));
    }

    private static String minutes(Visit visit, int steps) {
        boolean isLong = steps > 1 && !visit.run().removal();
        return visit.words().get(isLong ? "prepare.minutes" : "prepare.minutes.short", MINUTES * steps);
    }

    /** What this role has to do and nobody has done yet, by the titles of the steps, and what is asked right now. */
    private static List<String> steps(Visit visit) {
        Locale locale = visit.words().locale();
        Set<String> titles = new LinkedHashSet<>();
        Stream.concat(
                        visit.run().steps().stream(),
                        visit.run().services().stream().flatMap(s -> s.steps().stream()))
                .filter(s -> s.performer() == Performer.PERSON
                        && Role.of(s.step()) == visit.role()
                        && isLeft(s)
                        && !READ_OFF.matcher(s.step().value()).matches())
                .forEach(s -> titles.add(title(visit, s)));
        visit.actions().stream()
                .filter(a -> !isAmong(visit, a))
                .map(a -> a.title(locale))
                .forEach(titles::add);
        if (visit.role() == Role.CONSOLE && !visit.run().removal()) {
            titles.add(visit.words().get("prepare.ask.read"));
        }
        return List.copyOf(titles);
    }

    /** Whether the step of an open action is among those that are listed anyway; a reading of the console is listed as such. */
    private static boolean isAmong(Visit visit, OperatorAction action) {
        return READ_OFF.matcher(action.step().value()).matches()
                || Stream.concat(
                                visit.run().steps().stream(),
                                visit.run().services().stream().flatMap(s -> s.steps().stream()))
                        .anyMatch(s -> s.step().equals(action.step()) && s.performer() == Performer.PERSON);
    }

    private static boolean isLeft(StepView step) {
        return !step.skipped()
                && step.evidence().level() != Evidence.Level.VERIFIED
                && step.evidence().level() != Evidence.Level.ATTESTED;
    }

    private static String title(Visit visit, StepView step) {
        Locale locale = visit.words().locale();
        return visit.run().services().stream()
                .filter(s -> s.steps().contains(step))
                .findFirst()
                .map(s -> visit.words()
                        .get(
                                "stand.service",
                                s.service().label(locale),
                                step.title().in(locale)))
                .orElseGet(() -> step.title().in(locale));
    }

    // ---- the permission to look

    public static String consent(Visit visit, CloudService.Provider provider) {
        Words words = visit.words();
        String name = provider.label();
        return Frame.page(
                visit,
                words.get("consent.title", name),
                el("p", words.get("consent.about", name)),
                el(
                        "dl",
                        all(Stream.of("reads", "why", "long")
                                .flatMap(k -> Stream.of(
                                        el("dt", words.get("consent." + k)),
                                        el("dd", words.get("consent." + k + ".text")))))),
                Frame.form(visit, "consent", submit(true, words.get("consent.go", name))),
                Frame.form(visit, "without-consent", submit(false, words.get("consent.without"))));
    }

    /** The vendor's page is a link, so that no form of ours may ever lead elsewhere. */
    public static String consentReady(Visit visit, CloudService.Provider provider, URI address) {
        Words words = visit.words();
        return Frame.page(
                visit,
                words.get("consent.title", provider.label()),
                el(
                        "p",
                        words.get(
                                "consent.ready.about",
                                provider.label(),
                                visit.role().label(words.locale()))),
                el(
                        "p",
                        el(
                                "a",
                                is("class", "button first"),
                                is("href", address.toString()),
                                is("rel", "noreferrer"),
                                text(words.get("consent.ready", provider.label())))));
    }

    /** What came of it, where it is not simply granted. */
    public static String consentEnded(Visit visit, String message, String next) {
        Words words = visit.words();
        return Frame.page(
                visit,
                words.get("consent.done"),
                el("p", is("class", "note"), text(message)),
                el("p", next),
                el("p", el("a", is("class", "button"), is("href", visit.to("")), text(words.get("consent.back")))));
    }

    // ---- another device

    public static String otherDevice(Visit visit) {
        Words words = visit.words();
        String link = visit.link().toString();
        Node code = maybe(QrCode.of(link)
                .map(qr -> all(el("p", words.get("device.qr")), qr.svg(words.get("device.qr.label")))));
        String mail =
                "mailto:?subject=" + Fields.encoded(words.get("device.mail.subject")) + "&body=" + Fields.encoded(link);
        Node send = el("p", el("a", is("class", "button"), is("href", mail), text(words.get("device.mail"))));
        Node copy = Frame.toCopy(words, "link", words.get("device.link"), link);
        return Frame.page(
                visit,
                words.get("device.title"),
                visit.isPhone() ? all(send, copy, code) : all(code, send, copy),
                el("p", is("class", "note"), text(words.get("device.warn"))),
                el("p", el("a", is("href", visit.to("")), text(words.get("device.back")))));
    }
}
