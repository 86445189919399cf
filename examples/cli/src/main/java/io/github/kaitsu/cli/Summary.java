package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.NotProved;
import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.report.Handover;
import io.github.kaitsu.report.Handover.Announcement;
import io.github.kaitsu.report.Handover.Note;
import io.github.kaitsu.report.Handover.Remaining;
import io.github.kaitsu.report.Handover.ServiceLine;
import io.github.kaitsu.sandbox.SandboxSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run as a person reads it in a terminal: what to do next, how it stands, and what is good to know, in that order and apart. What is
 * said of it is what the report says. Rules, API calls and the evidence of every step come with {@code --verbose}.
 */
final class Summary {
    private static final int RULE = 10;
    private static final int EVIDENCE = 12;
    private static final String INDENT = "  ";

    private final Invocation call;
    private final Locale locale;
    private final Run run;
    private final ActivationView view;
    private final Handover handover;
    private final List<String> lines = new ArrayList<>();

    private Summary(Invocation call, Run run) {
        this.call = call;
        this.locale = call.locale();
        this.run = run;
        this.view = run.view();
        this.handover = ActivationReport.of(view).handover(locale);
    }

    /**
     * What is shown.
     *
     * @param journal the run's
     * @param sandbox what its sandbox counted, if it happens in one
     * @param folder where the run is kept; empty: nowhere
     * @param asked whether the person at this terminal was shown the open actions just now
     */
    record Run(
            ActivationView view,
            Supplier<List<JournalEntry>> journal,
            Optional<SandboxSummary> sandbox,
            Optional<Path> folder,
            boolean asked) {}

    static String of(Invocation call, Run run) {
        Summary summary = new Summary(call, run);
        summary.head();
        if (summary.view.ended()) {
            summary.verdict();
            summary.toDo();
        } else {
            summary.next();
        }
        summary.standing();
        summary.toKnow();
        if (call.verbose()) {
            summary.evidence();
        }
        summary.sandbox();
        return String.join("\n", summary.lines);
    }

    private void head() {
        lines.add(call.text(
                view.removal() ? "summary.removal" : "summary.activation",
                view.id(),
                CommandWords.customer(
                        view.company().map(Safe::line),
                        Safe.line(view.customer().organisation())),
                view.customer().site(),
                view.customer().account()));
        view.reference().ifPresent(r -> lines.add(INDENT + call.text("summary.reference", Safe.line(r))));
        if (!view.labels().isEmpty()) {
            lines.add(INDENT + call.text("summary.labels", String.join(", ", view.labels())));
        }
    }

    private void verdict() {
        lines.add("");
        handover.verdict().forEach(sentence -> lines.add(Safe.line(sentence)));
    }

    private void heading(String key) {
        lines.add("");
        lines.add("== " + call.text(key));
    }

    // ---- what to do

    /** Of a run that has ended: what is left to the customer. */
    private void toDo() {
        List<String> left = new ArrayList<>();
        handover.remaining().forEach(r -> left.add(remaining(r)));
        heading("summary.next");
        if (left.isEmpty()) {
            lines.add(call.text("summary.nothing"));
        }
        numbered(left);
        run.folder()
                .ifPresent(where -> command(view.isContradicted() ? "summary.verify-again" : "summary.report", where));
    }

    private String remaining(Remaining remaining) {
        if (remaining.kind() != Remaining.Kind.ANNOUNCE) {
            return remaining.text();
        }
        String names = handover.announcements().stream()
                .map(Announcement::name)
                .collect(Collectors.joining(call.text("reading.and")));
        return call.text("summary.announce", names);
    }

    /** Of one that goes on: the first open action, whole; else until when nothing is to be done. */
    private void next() {
        heading("summary.next");
        if (run.folder().isEmpty()) {
            lines.add(call.text("summary.not-kept", view.openActions().size()));
            return;
        }
        Path where = run.folder().get();
        List<OperatorAction> open = view.openActions();
        if (open.isEmpty()) {
            boolean waits = view.services().stream().anyMatch(s -> s.waiting() instanceof Waiting.Until);
            view.wakeAt()
                    .filter(t -> waits)
                    .ifPresentOrElse(
                            t -> command("summary.time", where, new Times(call).japan(t)),
                            () -> command("summary.resume", where));
            return;
        }
        OperatorAction first = open.get(0);
        if (run.asked()) {
            command("summary.asked", where, ActionText.subject(call, first));
        } else {
            Pages pages = Pages.ofStanding(run.sandbox().isPresent());
            lines.add(ActionText.of(call, first, pages).strip());
            command("summary.answer", where, first.id(), ActionText.answers(first.form()));
        }
        others(open.subList(1, open.size()));
    }

    private void others(List<OperatorAction> open) {
        List<String> left = new ArrayList<>();
        open.forEach(a -> left.add(call.text("summary.open-action", ActionText.subject(call, a), a.id())));
        handover.remaining().stream()
                .filter(r -> r.kind() != Remaining.Kind.ACTION)
                .forEach(r -> left.add(remaining(r)));
        settings().filter(s -> !left.contains(s)).forEach(left::add);
        if (!left.isEmpty()) {
            heading("summary.others");
            numbered(left);
        }
    }

    /** What protects nothing before it is set: to be done later, and nothing to be merely known. */
    private Stream<String> settings() {
        return view.openItems().stream()
                .filter(i -> i.kind() == OpenItem.Kind.SETTING)
                .map(i -> i.text().in(locale));
    }

    private void numbered(List<String> texts) {
        int n = 1;
        for (String text : texts) {
            lines.add(INDENT + n++ + ". " + firstLine(text));
        }
    }

    /** A sentence, and below it the command to be copied. */
    private void command(String key, Path folder, Object... arguments) {
        lines.add(call.text(key, arguments));
        call.text(
                        key + ".command",
                        Stream.concat(Stream.of(folder), Stream.of(arguments)).toArray())
                .lines()
                .forEach(line -> lines.add(Folded.AS_IT_STANDS + line));
    }

    // ---- how it stands

    private void standing() {
        heading("summary.standing");
        if (!view.ended()) {
            handover.verdict().forEach(sentence -> lines.add(INDENT + Safe.line(sentence)));
        }
        lines.add(INDENT + call.text("summary.console", evidence(view.steps())));
        view.steps().forEach(this::against);
        for (ServiceLine line : handover.services()) {
            service(line, view.service(line.service()).orElseThrow());
        }
    }

    private void service(ServiceLine line, ServiceView service) {
        String about = line.about().isEmpty() ? "" : call.text("summary.about", Safe.line(line.about()));
        lines.add(INDENT + call.text("summary.service", line.name(), line.stateText(), about));
        Rounds rounds = new Rounds(call);
        if (service.linkRound() > 1) {
            rounds.of(service.service(), run.journal().get()).forEach(this::below);
        }
        if (service.failure().isPresent() && !service.detail().isEmpty()) {
            below(call.text("summary.detail", service.detail().in(locale)));
        }
        if (!service.status().isFinal()) {
            service.expectation()
                    .at()
                    .ifPresent(at -> below(service.expectation().text().in(locale)));
        }
        for (NotProved why : service.notProved()) {
            below(call.text("summary.not-proof", why.text().in(locale)));
        }
        service.steps().forEach(this::against);
    }

    private void below(String text) {
        lines.add("   - " + Safe.line(text));
    }

    private void against(StepView step) {
        step.contradiction()
                .ifPresent(c -> lines.add(INDENT
                        + call.text(
                                "summary.contradiction",
                                Safe.line(c.by()),
                                new Times(call).japan(c.at()),
                                Safe.line(c.said().in(locale)))));
    }

    private String evidence(List<StepView> steps) {
        return call.text("progress.evidence", count(steps, Level.VERIFIED), count(steps, Level.ATTESTED));
    }

    private static long count(List<StepView> steps, Level level) {
        return steps.stream().filter(s -> s.evidence().level() == level).count();
    }

    // ---- what is good to know

    private void toKnow() {
        Set<String> settings = settings().collect(Collectors.toSet());
        List<Note> notes = handover.notes().stream()
                .filter(n -> !settings.contains(n.text()))
                .toList();
        if (notes.isEmpty()) {
            return;
        }
        heading("summary.to-know");
        notes.forEach(note -> {
            String whose = note.name().isEmpty() ? "" : note.name() + ": ";
            lines.add(INDENT + "- " + whose + firstLine(note.text()));
        });
    }

    /** An announcement to users is a page of its own. */
    private String firstLine(String text) {
        String first = text.strip().lines().findFirst().orElse("");
        return first.length() == text.strip().length()
                ? Safe.line(first)
                : Safe.line(first) + call.text("summary.more");
    }

    // ---- for those who want to see everything

    private void evidence() {
        heading("summary.evidence");
        lines.add(INDENT + call.text("progress.console"));
        view.steps().forEach(this::step);
        for (ServiceView service : view.services()) {
            lines.add(INDENT + service.service().label(locale));
            service.steps().forEach(this::step);
        }
        lines.add(
                call.text("summary.calls", view.calls().planned(), view.calls().made()));
    }

    private void step(StepView step) {
        Evidence evidence = step.evidence();
        String source = step.source().in(locale);
        lines.add("   " + Columns.pad(step.rule(), RULE) + " "
                + Columns.pad(call.text("evidence." + evidence.level()), EVIDENCE) + " "
                + Safe.line(step.title().in(locale))
                + (source.isEmpty() ? "" : call.text("summary.source", Safe.line(source))));
    }

    private void sandbox() {
        if (run.sandbox().isEmpty()) {
            return;
        }
        SandboxSummary sandbox = run.sandbox().get();
        String grants = sandbox.grants().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> call.text("summary.grant", e.getKey().label(locale), e.getValue()))
                .collect(Collectors.joining(call.text("reading.and")));
        lines.add("");
        lines.add(call.text(
                "summary.sandbox",
                grants.isEmpty() ? "-" : grants,
                sandbox.violations().size()));
        sandbox.violations()
                .forEach(v -> lines.add(INDENT
                        + call.text(
                                "summary.violation",
                                new Times(call).japan(v.at()),
                                v.kind(),
                                v.service().label(locale),
                                Safe.line(v.detail()))));
    }
}
