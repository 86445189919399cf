package io.github.kaitsu.invite.internal;

import static io.github.kaitsu.invite.internal.Frame.folded;
import static io.github.kaitsu.invite.internal.Frame.heading;
import static io.github.kaitsu.invite.internal.Frame.hidden;
import static io.github.kaitsu.invite.internal.Frame.list;
import static io.github.kaitsu.invite.internal.Frame.submit;
import static io.github.kaitsu.invite.internal.Frame.toCopy;
import static io.github.kaitsu.invite.internal.Html.all;
import static io.github.kaitsu.invite.internal.Html.el;
import static io.github.kaitsu.invite.internal.Html.is;
import static io.github.kaitsu.invite.internal.Html.maybe;
import static io.github.kaitsu.invite.internal.Html.nothing;
import static io.github.kaitsu.invite.internal.Html.text;

import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.invite.internal.Html.Node;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/** One action a page: what to reach, how, what to copy, and the answer in a click or two. */
public final class Work {
    /** Only where the action says that they are good answers: nobody else would understand them. */
    private static final Set<BlockReason> OF_SHAREPOINT =
            Set.of(BlockReason.PAGE_REFUSES, BlockReason.NO_LONGER_GRANTABLE);

    private final Visit visit;
    private final OperatorAction action;
    private final Words words;
    private final Locale locale;

    private Work(Visit visit, OperatorAction action) {
        this.visit = visit;
        this.action = action;
        this.words = visit.words();
        this.locale = words.locale();
    }

    /**
     * The page of one action.
     *
     * @param notice a key below {@code stand.notice}; empty if there is nothing to say
     * @param problem why the last answer was not taken; empty if it was
     * @param filled what it said, so that nobody writes it again
     * @param states how far it could be read, for a reading of the console
     */
    public static String page(
            Visit visit,
            OperatorAction action,
            String notice,
            String problem,
            Fields filled,
            Map<Part, PartState> states) {
        Work work = new Work(visit, action);
        int others = visit.actions().size() - 1;
        return Frame.page(
                visit,
                action.title(work.locale),
                Standing.notice(work.words, notice),
                work.content(problem, filled, states),
                others > 0 ? el("p", "soft", work.words.get("work.more", others)) : nothing());
    }

    /** The same without a page around it and without its title, for a page of the host's own. */
    public static String piece(
            Visit visit, OperatorAction action, String problem, Fields filled, Map<Part, PartState> states) {
        return Html.piece(new Work(visit, action).content(problem, filled, states));
    }

    private Node content(String problem, Fields filled, Map<Part, PartState> states) {
        boolean isReading = action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT;
        return all(
                problem.isEmpty() ? nothing() : Frame.alert(problem),
                maybe(action.handedBack()
                        .map(back -> el(
                                "div", is("class", "note"), el("p", words.get("work.machine")), el("p", back.text())))),
                el("p", action.goal(locale)),
                el("dl", el("dt", words.get("work.who")), el("dd", action.who(locale))),
                desktop(isReading),
                maybe(action.link().flatMap(visit.links()).filter(Work::isWeb).map(this::link)),
                isReading ? remarks() : steps(),
                values(),
                heading(words.get("work.answer")),
                el("p", "soft", words.get("work.by", visit.invited())),
                isReading ? Reading.form(visit, action, filled, states) : answer(filled),
                later(),
                notDone(filled),
                declined(),
                folded(
                        words.get("work.why"),
                        el("p", action.why(locale)),
                        el("p", el("strong", words.get("work.verify"))),
                        el("p", action.verification(locale))),
                folded(words.get("stand.services"), Standing.services(visit)));
    }

    // ---- what to do

    private Node desktop(boolean isReading) {
        boolean isOnPages =
                action.kind() == ActionTemplate.Kind.DO || action.link().isPresent() || isReading;
        if (!isOnPages || !visit.isPhone()) {
            return nothing();
        }
        return el(
                "div",
                is("class", "note"),
                el("p", words.get(isReading ? "work.desktop.read" : "work.desktop")),
                el("p", el("a", is("href", visit.to("/device")), text(words.get("work.desktop.link")))));
    }

    private static boolean isWeb(URI address) {
        return ("https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()))
                && address.getHost() != null;
    }

    private Node link(URI address) {
        return el(
                "p",
                el(
                        "a",
                        is("class", "button first"),
                        is("href", address.toASCIIString()),
                        is("target", "_blank"),
                        is("rel", "noopener noreferrer"),
                        text(words.get("work.link"))),
                text(" "),
                el("small", address.getHost()));
    }

    private Node steps() {
        List<String> all =
                action.instructions(locale).stream().map(this::inWords).toList();
        int steps = all.size() - action.template().lines().size();
        List<String> moment = all.subList(steps, all.size()); // what depends on the moment is no step
        return all(
                heading(words.get("work.steps")),
                list("ol", all.subList(0, steps)),
                moment.isEmpty() ? nothing() : list(moment));
    }

    private Node remarks() {
        List<String> remarks = Reading.remarks(action, locale);
        return remarks.isEmpty() ? nothing() : all(heading(words.get("read.notes")), list(remarks));
    }

    /** The texts name answers, reasons and choices by their codes, for those who answer in a terminal. */
    private String inWords(String line) {
        String said = line;
        for (BlockReason reason : BlockReason.values()) {
            said = said.replaceAll("\\b" + reason.name() + "\\b", Matcher.quoteReplacement(reason.label(locale)));
        }
        for (String word : action.form().choices()) {
            said = quoted(said, word, action.choice(word, locale));
        }
        for (String word : action.form().answers()) {
            said = quoted(said, word.replace('-', ' '), label(word));
        }
        return said;
    }

    private static String quoted(String line, String code, String label) {
        return line.replace("「" + code + "」", "「" + label + "」").replace("“" + code + "”", "“" + label + "”");
    }

    private Node values() {
        List<Node> fields = new ArrayList<>();
        action.values(locale)
                .forEach((label, value) -> fields.add(toCopy(words, "value-" + fields.size(), label, value)));
        return fields.isEmpty() ? nothing() : all(heading(words.get("work.values")), all(fields));
    }

    // ---- the answer

    private Node answer(Fields filled) {
        Node id = hidden("action", action.id().value());
        return switch (action.form().kind()) {
            case DONE -> Frame.form(visit, "answer", id, submit(true, label("done"), "answer", "done"));
            case CHOICE ->
                Frame.form(
                        visit,
                        "answer",
                        id,
                        hidden("answer", "saw"),
                        el("p", words.get("work.choice")),
                        all(action.form().choices().stream()
                                .map(word -> submit(false, action.choice(word, locale), "text", word))));
            case ADDRESS, CONSOLE_TEXT ->
                Frame.form(
                        visit,
                        "answer",
                        id,
                        hidden("answer", "saw"),
                        el("label", is("for", "text"), text(words.get("work.address"))),
                        el(
                                "input",
                                is("id", "text"),
                                is("name", "text"),
                                is("inputmode", "url"),
                                is("autocomplete", "off"),
                                is("value", filled.one("text"))),
                        submit(true, label("saw")));
        };
    }

    private Node later() {
        return Frame.form(
                visit,
                "answer",
                hidden("action", action.id().value()),
                submit(false, label("not-yet"), "answer", "not-yet"));
    }

    private Node notDone(Fields filled) {
        Set<BlockReason> accepted = action.template().acceptedBlocks();
        List<Node> reasons = Arrays.stream(BlockReason.values())
                .filter(r -> accepted.contains(r) || !OF_SHAREPOINT.contains(r))
                .sorted(Comparator.comparing((BlockReason r) -> !accepted.contains(r)))
                .map(r -> el("option", is("value", r.name()), text(r.label(locale))))
                .toList();
        return folded(
                label("blocked"),
                Frame.form(
                        visit,
                        "answer",
                        hidden("action", action.id().value()),
                        hidden("answer", "blocked"),
                        el("label", is("for", "reason"), text(words.get("work.blocked.reason"))),
                        el("select", is("id", "reason"), is("name", "reason"), all(reasons)),
                        el("label", is("for", "words"), text(words.get("work.blocked.text"))),
                        el(
                                "textarea",
                                is("id", "words"),
                                is("name", "words"),
                                is("rows", "2"),
                                is("maxlength", "1000"),
                                text(filled.one("words"))),
                        el("p", "soft", words.get("work.blocked.secret")),
                        submit(false, words.get("work.blocked.send"))));
    }

    private Node declined() {
        return folded(
                label("declined"),
                el("p", words.get("work.declined.about")),
                Frame.form(
                        visit,
                        "answer",
                        hidden("action", action.id().value()),
                        hidden("answer", "declined"),
                        submit(false, words.get("work.declined.send"))));
    }

    private String label(String answer) {
        return AnswerForm.label(answer, locale);
    }

    /** The action that is shown: the oldest one that was not put off just now. */
    public static Optional<OperatorAction> next(Visit visit, String later) {
        List<OperatorAction> open = visit.actions();
        return open.stream().filter(a -> !a.id().value().equals(later)).findFirst();
    }
}
