package io.github.kaitsu.report.internal;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.internal.Page.Line;
import io.github.kaitsu.report.internal.Page.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The activation report as a page: every claim with what it rests on, and what is left to do. */
final class ActivationPage {
    private static final int LONGEST_DETAIL = 500;

    private final ActivationView view;
    private final List<RecordedChange> record;
    private final Locale locale;
    private final ReportTexts words;
    private final Page.Builder page = new Page.Builder();

    private ActivationPage(ActivationView view, List<RecordedChange> record, Locale locale) {
        this.view = view;
        this.record = record;
        this.locale = locale;
        this.words = ReportTexts.in(locale);
    }

    static Page of(ActivationView view, List<RecordedChange> record, Locale locale) {
        return new ActivationPage(view, record, locale).build();
    }

    private Page build() {
        summary();
        page.heading(2, words.get("report.section.services"));
        page.table(head("service", "status", "waiting", "basis", "attempts", "console"), services());
        if (!view.steps().isEmpty()) {
            page.heading(2, words.get("report.section.console"));
            steps(view.steps());
        }
        view.services().forEach(this::service);
        actions();
        record();
        openItems(); // COMMON-15
        page.heading(2, words.get("report.section.evidence")).items(legend());
        page.heading(2, words.get("report.section.trademarks"))
                .items(words.trademarks().stream().map(Line::of).toList());
        String title = view.removal() ? "report.title.removal" : "report.title.activation";
        return page.build(locale, words.get(title, words.customer(view.customer(), view.company())));
    }

    private void summary() {
        long complete =
                view.services().stream().filter(ActivationPage::isComplete).count();
        String state = view.ended() ? "report.state.ended" : "report.state.running";
        List<Line> lines = new ArrayList<>();
        lines.add(labelled("report.customer", words.customer(view.customer(), view.company())));
        lines.addAll(words.books(view.reference(), view.labels()));
        lines.add(labelled("report.activation", view.id().value()));
        lines.add(labelled(
                "report.state", words.get(state, complete, view.services().size())));
        if (!view.removal() || view.edition() != Edition.AUTO) { // a removal does not ask
            lines.add(labelled("report.edition", words.edition(view.edition())));
        }
        lines.add(labelled("report.begun", words.time(view.begunAt())));
        lines.add(labelled("report.changed", words.time(view.changedAt())));
        page.items(lines).paragraph(words.get("report.times"));
    }

    private static boolean isComplete(ServiceView service) {
        return service.status() == ActivationStatus.PROTECTED || service.status() == ActivationStatus.REMOVED;
    }

    private List<List<Line>> services() {
        return view.services().stream()
                .map(s -> Page.row(
                        s.service().label(locale),
                        words.status(s.status()),
                        view.ended() || s.status().isFinal() ? dash() : words.waiting(s.waiting()),
                        orDash(basis(s.steps())),
                        Integer.toString(s.linkAttempts()),
                        orDash(shortened(s.consoleText()))))
                .toList();
    }

    /** How many of the steps rest on what. Skipped ones rest on nothing. */
    private String basis(List<StepView> steps) {
        Map<Evidence.Level, Long> count = steps.stream()
                .filter(s -> !s.skipped())
                .collect(Collectors.groupingBy(s -> s.evidence().level(), Collectors.counting()));
        return Arrays.stream(Evidence.Level.values())
                .filter(count::containsKey)
                .map(l -> words.level(l) + " " + count.get(l))
                .collect(Collectors.joining(", "));
    }

    private void service(ServiceView service) {
        page.heading(2, service.service().label(locale) + " – " + words.status(service.status()));
        List<Line> lines = new ArrayList<>();
        words.failure(service).ifPresent(text -> lines.add(labelled("report.failure", text)));
        words.nextStep(service).ifPresent(text -> lines.add(labelled("report.next", text)));
        if (!service.detail().isEmpty()) {
            lines.add(labelled("report.detail", shortened(service.detail().in(locale))));
        }
        service.notProved().forEach(r -> lines.add(Line.of(shortened(r.text().in(locale)))));
        if (!view.ended()
                && !service.status().isFinal()
                && !service.expectation().text().isEmpty()) {
            lines.add(labelled("report.expected", service.expectation().text().in(locale)));
        }
        service.steps()
                .forEach(s -> s.contradiction()
                        .ifPresent(c -> lines.add(labelled(
                                "report.contradiction",
                                s.title().in(locale) + ": " + c.said().in(locale) + " (" + c.by() + ", "
                                        + words.time(c.at()) + ")"))));
        page.items(lines);
        steps(service.steps());
    }

    private void steps(List<StepView> steps) {
        if (steps.isEmpty()) {
            return;
        }
        page.table(
                head("step", "rule", "performer", "evidence", "source", "time", "detail"),
                steps.stream().map(this::step).toList());
    }

    private List<Line> step(StepView step) {
        Evidence evidence = step.evidence();
        String title = step.title().in(locale);
        return Page.row(
                step.required() ? title : title + " (" + words.get("report.optional") + ")",
                step.rule(),
                words.performer(step.performer()),
                words.level(evidence.level()),
                orDash(step.source().in(locale)),
                ReportTexts.hasTime(evidence) ? words.time(evidence.time()) : dash(),
                orDash(shortened(step.seen().in(locale))));
    }

    private void actions() {
        page.heading(2, words.get("report.section.actions"));
        if (view.openActions().isEmpty()) {
            page.paragraph(words.get("report.none"));
        }
        view.openActions().forEach(this::action);
    }

    private void action(OperatorAction action) {
        page.heading(3, action.title(locale));
        action.handedBack().ifPresent(this::handedBack);
        List<Line> lines = new ArrayList<>(List.of(
                labelled("report.action.goal", action.goal(locale)),
                labelled("report.action.who", action.who(locale)),
                labelled("report.action.why", action.why(locale))));
        action.link()
                .ifPresent(
                        address -> lines.add(labelled("report.action.link", "").andLink(address)));
        action.values(locale)
                .forEach((label, value) -> lines.add(labelled("report.action.values", "")
                        .and(Style.TEXT, label + " = ")
                        .and(Style.CODE, value)));
        page.items(lines);
        page.numbered(action.instructions(locale).stream().map(Line::of).toList());
        page.items(List.of(
                labelled("report.action.answer", words.answer(action.form())),
                labelled("report.action.verify", action.verification(locale)),
                labelled("report.action.kind", words.kind(action.kind())),
                labelled("report.column.rule", action.rule()),
                labelled("report.action.asked", words.time(action.offeredAt())),
                labelled("report.action.id", "").and(Style.CODE, action.id().value())));
    }

    private void handedBack(Answer.HandedBack back) {
        Line line = Line.strong(words.get("report.action.handed-back")).and(Style.TEXT, " " + shortened(back.text()));
        for (String picture : back.screenshots()) {
            line = line.and(Style.TEXT, " ").and(Style.CODE, picture);
        }
        page.paragraph(line);
    }

    /** What was done in a browser's window: by whom, where, and how the page looked. */
    private void record() {
        if (record.isEmpty()) {
            return;
        }
        page.heading(2, words.get("report.section.record"));
        page.paragraph(words.get("report.record.about"));
        page.table(
                head("time", "action", "performer", "done", "address", "pictures"),
                record.stream().map(this::change).toList());
    }

    private List<Line> change(RecordedChange change) {
        Line pictures = Line.of("");
        if (change.before().isPresent()) {
            pictures = pictures.andFile(
                    words.get("report.record.before"), change.before().get());
        }
        if (change.after().isPresent()) {
            pictures = pictures.and(Style.TEXT, " ")
                    .andFile(words.get("report.record.after"), change.after().get());
        }
        List<Line> row = new ArrayList<>(Page.row(
                words.time(change.time()),
                change.action().value(),
                words.get("report.record.by." + change.by().name()),
                shortened(change.what()),
                shortened(change.address())));
        row.add(pictures);
        return row;
    }

    private void openItems() {
        page.heading(2, words.get("report.section.items"));
        if (view.openItems().isEmpty()) {
            page.paragraph(words.get("report.none"));
        }
        page.items(view.openItems().stream().map(this::openItem).toList());
    }

    private Line openItem(OpenItem item) {
        String subject = Stream.concat(item.service().map(s -> s.label(locale)).stream(), Stream.of(item.rule()))
                .collect(Collectors.joining(", "));
        return Line.labelled(subject, item.text().in(locale));
    }

    private List<Line> legend() {
        return Arrays.stream(Evidence.Level.values())
                .map(l -> Line.labelled(words.level(l), words.get("evidence." + l.name() + ".about")))
                .toList();
    }

    private Line labelled(String key, String text) {
        return Line.labelled(words.get(key), text);
    }

    private List<String> head(String... columns) {
        return Arrays.stream(columns).map(c -> words.get("report.column." + c)).toList();
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_DETAIL
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_DETAIL)) + "…";
    }

    private static String orDash(String text) {
        return text.isBlank() ? dash() : text;
    }

    private static String dash() {
        return "–";
    }
}
