package io.github.kaitsu.invite.internal;

import static io.github.kaitsu.invite.internal.Html.all;
import static io.github.kaitsu.invite.internal.Html.el;
import static io.github.kaitsu.invite.internal.Html.is;
import static io.github.kaitsu.invite.internal.Html.text;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Statement;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.invite.internal.Html.Node;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A reading of the console, box by box: whole pages to be pasted or the short forms (rule COMMON-19), which are typed here by
 * ticking and counting. What comes of them is one text, as if somebody had written it into a single field.
 */
public final class Reading {
    private static final String NONE = "none";
    private static final String SHORT = "short.";
    private static final String PASTE = "paste.";
    /** What introduces a part's page or its short form among the instructions. */
    private static final String PAGE = "read-";

    private static final String SHORT_PAGE = "read-short-";

    private final Visit visit;
    private final OperatorAction action;
    private final Fields fields;
    private final Map<Part, PartState> states;

    private Reading(Visit visit, OperatorAction action, Fields fields, Map<Part, PartState> states) {
        this.visit = visit;
        this.action = action;
        this.fields = fields;
        this.states = states;
    }

    // ---- what came in

    /** One text of all boxes, the parts that are asked for first in their order; empty if nothing was filled in. */
    public static String filledIn(AnswerForm form, Fields fields) {
        List<String> texts = new ArrayList<>();
        for (Part part : form.parts()) {
            texts.add(shortForm(part, fields));
            texts.add(fields.one(PASTE + part).strip());
        }
        return texts.stream().filter(t -> !t.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    private static String shortForm(Part part, Fields fields) {
        List<String> given = fields.all(SHORT + part);
        String first = fields.one(SHORT + part).strip();
        return switch (part) {
            case ACCOUNTS -> {
                String services = given.stream()
                        .flatMap(id -> CloudService.parse(id).stream())
                        .map(s -> s.label(Locale.JAPANESE))
                        .collect(Collectors.joining("、"));
                yield !services.isEmpty() ? "サービスアカウント: " + services : given.contains(NONE) ? "サービスアカウント: なし" : "";
            }
            case SUCCESS -> !first.isEmpty() ? first : fields.has(SHORT + part + "." + NONE) ? "成功: なし" : "";
            case PENDING -> first.isEmpty() ? "" : "保留: " + first;
            case WIZARD -> first.isEmpty() ? "" : "アプリID: " + first;
            case ORGANISATIONS, CLOCK -> "";
        };
    }

    /** How far each part that is asked for can be read in it. */
    public static Map<Part, PartState> states(AnswerForm form, String text) {
        ConsoleReading reading = ConsoleReading.parse(text);
        Map<Part, PartState> states = new EnumMap<>(Part.class);
        form.parts().forEach(part -> states.put(part, reading.state(part)));
        return states;
    }

    /** For the script, which asks as something is pasted: {@code {"PENDING":"MISSING"}}. */
    public static String json(Map<Part, PartState> states) {
        return states.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    // ---- the form

    /**
     * The boxes, with what was filled in before.
     *
     * @param states of what was filled in; empty if nothing was yet
     */
    static Node form(Visit visit, OperatorAction action, Fields filled, Map<Part, PartState> states) {
        return new Reading(visit, action, filled, states).form();
    }

    private Node form() {
        Words words = visit.words();
        boolean isAgain = !states.isEmpty();
        List<Html.Part> parts = new ArrayList<>(List.of(
                is("data-check", "parts"),
                Frame.hidden("action", action.id().value()),
                Frame.hidden("answer", "saw"),
                el("p", words.get("read.about"))));
        action.form().parts().forEach(part -> parts.add(box(part)));
        parts.add(Frame.submit(true, words.get("read.send")));
        if (isAgain) {
            parts.add(Frame.submit(false, words.get("read.anyway"), "anyway", "yes"));
        }
        return Frame.form(visit, "answer", parts.toArray(Html.Part[]::new));
    }

    private Node box(Part part) {
        Words words = visit.words();
        Node paste = paste(part);
        Optional<Node> typed = shortForm(part);
        PartState state = states.getOrDefault(part, PartState.MISSING);
        List<Node> content =
                new ArrayList<>(List.of(el("legend", text(AnswerForm.label(part, words.locale())), mark(part, state))));
        sentences(pageCodes(part)).forEach(line -> content.add(el("p", line)));
        if (typed.isEmpty()) {
            content.add(paste);
        } else if (visit.isPhone()) {
            content.add(el("p", "soft", words.get("read.short.first")));
            content.add(typed.get());
            content.add(folded(isFilled(PASTE + part), words.get("read.paste"), paste));
        } else {
            content.add(paste);
            boolean isTyped = isFilled(SHORT + part) || isFilled(SHORT + part + "." + NONE);
            content.add(folded(isTyped, words.get("read.short"), typed.get()));
        }
        return el("fieldset", all(content));
    }

    private Node mark(Part part, PartState state) {
        Words words = visit.words();
        return el(
                "output",
                is("id", "state-" + part),
                is("data-state", state.name()),
                is("data-complete", words.get("read.COMPLETE")),
                is("data-missing", words.get("read.MISSING")),
                is("data-unreadable", words.get("read.UNREADABLE")),
                text(words.get("read." + state)));
    }

    private boolean isFilled(String field) {
        return !fields.one(field).isBlank();
    }

    private static Node folded(boolean isOpen, String summary, Node content) {
        return isOpen
                ? el("details", is("open"), el("summary", summary), content)
                : el("details", el("summary", summary), content);
    }

    private Node paste(Part part) {
        String id = PASTE + part;
        return el(
                "textarea",
                is("id", id),
                is("name", id),
                is("rows", part == Part.CLOCK ? "1" : "5"),
                is("autocomplete", "off"),
                is("spellcheck", "false"),
                is(
                        "aria-label",
                        AnswerForm.label(part, visit.words().locale()) + ": "
                                + visit.words().get("read.paste")),
                text(fields.one(id)));
    }

    /** What the action says of a part's page. */
    private static List<String> pageCodes(Part part) {
        String code = PAGE + part.name().toLowerCase(Locale.ROOT);
        return part == Part.SUCCESS ? List.of(code, code + "-google") : List.of(code);
    }

    /** The action's own sentences under these codes. */
    private Stream<String> sentences(List<String> codes) {
        return lines(action, visit.words().locale()).entrySet().stream()
                .filter(e -> codes.contains(e.getKey().code()))
                .map(Map.Entry::getValue);
    }

    /** What is to be known before anything is read: what was missing last time and why it did not do. */
    static List<String> remarks(OperatorAction action, Locale locale) {
        List<String> ofBoxes = Stream.concat(
                        Arrays.stream(Part.values()).flatMap(p -> pageCodes(p).stream()), Stream.of("read-short"))
                .toList();
        return lines(action, locale).entrySet().stream()
                .filter(e -> !ofBoxes.contains(e.getKey().code())
                        && !e.getKey().code().startsWith(SHORT_PAGE))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The lines that depend on the moment come last among the instructions. */
    private static Map<Statement, String> lines(OperatorAction action, Locale locale) {
        List<Statement> said = action.template().lines();
        List<String> all = action.instructions(locale);
        Map<Statement, String> lines = new LinkedHashMap<>();
        for (int i = 0; i < said.size(); i++) {
            lines.put(said.get(i), all.get(all.size() - said.size() + i));
        }
        return lines;
    }

    private Optional<Node> shortForm(Part part) {
        Words words = visit.words();
        String id = SHORT + part;
        String label = part == Part.CLOCK || part == Part.ORGANISATIONS ? "" : words.get("read." + part);
        return switch (part) {
            case ACCOUNTS ->
                Optional.of(el(
                        "fieldset",
                        el("legend", label),
                        el(
                                "div",
                                is("class", "checks"),
                                all(Arrays.stream(CloudService.values())
                                        .map(s -> check(id, s.id(), s.label(words.locale())))),
                                check(id, NONE, words.get("read.ACCOUNTS.none")))));
            case SUCCESS ->
                Optional.of(all(
                        field(id, label, "text"),
                        el("p", check(id + "." + NONE, NONE, words.get("read.SUCCESS.none")))));
            case PENDING -> Optional.of(field(id, label, "numeric"));
            case WIZARD -> Optional.of(field(id, label, "text"));
            case ORGANISATIONS, CLOCK -> Optional.empty();
        };
    }

    private Node field(String id, String label, String mode) {
        return all(
                el("label", is("for", id), text(label)),
                el(
                        "input",
                        is("id", id),
                        is("name", id),
                        mode.equals("numeric") ? is("class", "short") : is("class", "wide"),
                        is("inputmode", mode),
                        is("autocomplete", "off"),
                        is("value", fields.one(id))));
    }

    private Node check(String name, String value, String label) {
        boolean isOn = fields.all(name).contains(value);
        return el(
                "label",
                is("class", "plain"),
                el(
                        "input",
                        is("type", "checkbox"),
                        is("name", name),
                        is("value", value),
                        isOn ? is("checked") : is("data-off")),
                text(label));
    }
}
