package io.github.kaitsu.report.internal;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.Handover;
import io.github.kaitsu.report.Handover.Claim;
import io.github.kaitsu.report.Handover.Outcome;
import io.github.kaitsu.report.Handover.ServiceLine;
import io.github.kaitsu.report.internal.Page.Copies;
import io.github.kaitsu.report.internal.Page.Copy;
import io.github.kaitsu.report.internal.Page.Fact;
import io.github.kaitsu.report.internal.Page.Facts;
import io.github.kaitsu.report.internal.Page.Letterhead;
import io.github.kaitsu.report.internal.Page.Line;
import io.github.kaitsu.report.internal.Page.Picture;
import io.github.kaitsu.report.internal.Page.Shot;
import io.github.kaitsu.report.internal.Page.Shots;
import io.github.kaitsu.report.internal.Page.Style;
import io.github.kaitsu.report.internal.Page.Tone;
import io.github.kaitsu.report.internal.Page.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The report as a page: first what the customer needs, then every claim with what it rests on, then what is good to know. */
final class HandoverPage {
    private final ActivationView view;
    private final Handover handover;
    private final List<RecordedChange> record;
    private final Locale locale;
    private final ReportTexts words;
    private final Page.Builder page = new Page.Builder();

    private HandoverPage(ActivationView view, List<RecordedChange> record, Locale locale) {
        this.view = view;
        this.handover = Handovers.of(view, locale);
        this.record = record;
        this.locale = locale;
        this.words = ReportTexts.in(locale);
    }

    static Page of(ActivationView view, List<RecordedChange> record, Locale locale) {
        return new HandoverPage(view, record, locale).build();
    }

    private Page build() {
        letterhead();
        page.add(new Verdict(tone(handover.outcome()), handover.outcomeText(), handover.verdict()));
        services();
        remaining();
        announcements();
        page.section("evidence", this::evidence);
        page.section("notes", this::notes);
        String who = handover.company().orElse(handover.customer().account());
        return page.build(locale, handover.title(), words.get("handover.subject", handover.title(), who));
    }

    // ---- the first page

    private void letterhead() {
        List<Fact> facts = facts(handover, words).entrySet().stream()
                .map(e -> new Fact(e.getKey(), e.getValue()))
                .toList();
        String to = handover.company()
                .map(c -> words.get("handover.to.company", c))
                .orElseGet(() ->
                        words.get("handover.to.account", handover.customer().account()));
        page.add(new Letterhead(
                to, words.get(handover.removal() ? "handover.about.removal" : "handover.about.activation"), facts));
    }

    /** What tells this report from others, by name. */
    static Map<String, String> facts(Handover handover, ReportTexts words) {
        Map<String, String> facts = new LinkedHashMap<>();
        handover.company().ifPresent(c -> facts.put(words.get("report.company"), c));
        handover.reference().ifPresent(r -> facts.put(words.get("report.reference"), r));
        facts.put(words.get("report.account"), handover.customer().account());
        facts.put(words.get("report.organisation"), handover.customer().organisation());
        facts.put(
                words.get("report.date."
                        + switch (handover.outcome()) {
                            case COMPLETE -> "complete";
                            case UNDER_WAY -> "running";
                            case PARTIAL, NOT_COMPLETE, DOUBTED -> "ended";
                        }),
                handover.date());
        return facts;
    }

    private void services() {
        page.heading(2, words.get("report.section.services"));
        page.table(
                head("service", "result", "basis"),
                handover.services().stream()
                        .map(s -> List.of(
                                Line.of(s.name()), Line.state(tone(s), s.stateText()), Line.of(orDash(s.about()))))
                        .toList());
        if (handover.services().stream().anyMatch(s -> s.state().isDone())) {
            page.paragraph(Line.of("").and(Style.SMALL, words.get("handover.legend")));
        }
    }

    private void remaining() {
        page.heading(2, words.get("report.section.remaining"));
        if (handover.remaining().isEmpty()) {
            page.paragraph(
                    words.get(handover.outcome() == Outcome.UNDER_WAY ? "handover.nothing.now" : "handover.nothing"));
        }
        page.numbered(handover.remaining().stream()
                .map(r -> Line.of(r.text()).under(Line.of("").and(Style.SMALL, r.who())))
                .toList());
    }

    private void announcements() {
        if (!handover.announcements().isEmpty()) {
            page.heading(2, words.get("report.section.announcements"));
            page.add(new Copies(handover.announcements().stream()
                    .map(a -> new Copy(a.name(), a.text()))
                    .toList()));
        }
    }

    private static Tone tone(Outcome outcome) {
        return switch (outcome) {
            case COMPLETE -> Tone.GOOD;
            case UNDER_WAY -> Tone.OPEN;
            case PARTIAL, NOT_COMPLETE, DOUBTED -> Tone.BAD;
        };
    }

    private static Tone tone(ServiceLine service) {
        return switch (service.state()) {
            case VERIFIED -> Tone.GOOD;
            case ATTESTED -> Tone.STATED;
            case UNDER_WAY -> Tone.OPEN;
            case DOUBTED, UNPROVED, FAILED, CANCELLED -> Tone.BAD;
        };
    }

    private static Tone tone(Evidence.Level level) {
        return switch (level) {
            case VERIFIED -> Tone.GOOD;
            case ATTESTED -> Tone.STATED;
            case CONTRADICTED -> Tone.BAD;
            case UNKNOWN -> Tone.OPEN;
        };
    }

    // ---- the evidence

    private void evidence(Page.Builder part) {
        part.heading(2, words.get("report.section.evidence"))
                .items(legend())
                .paragraph(words.get("report.times"))
                .add(new Facts(run()));
        claims(part, Optional.empty(), words.get("report.section.console"), List.of());
        view.services()
                .forEach(s -> claims(part, Optional.of(s.service()), s.service().label(locale), remarks(s)));
        actions(part);
        record(part);
    }

    private List<Fact> run() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(words.get("report.activation"), view.id().value()));
        facts.add(new Fact(words.get("report.site"), view.customer().site().name()));
        if (!view.labels().isEmpty()) {
            facts.add(new Fact(words.get("report.labels"), String.join(", ", view.labels())));
        }
        if (!view.removal() || view.edition() != Edition.AUTO) { // a removal does not ask
            facts.add(new Fact(words.get("report.edition"), words.edition(view.edition())));
        }
        facts.add(new Fact(words.get("report.begun"), words.time(view.begunAt())));
        facts.add(new Fact(words.get("report.changed"), words.time(view.changedAt())));
        return facts;
    }

    /** What is to be said of a service beside its steps. */
    private List<Line> remarks(ServiceView service) {
        List<Line> lines = new ArrayList<>();
        lines.add(labelled("report.column.status", words.status(service)));
        words.failure(service).ifPresent(text -> lines.add(labelled("report.failure", text)));
        words.nextStep(service).ifPresent(text -> lines.add(labelled("report.next", text)));
        if (!service.detail().isEmpty()) {
            lines.add(labelled(
                    "report.detail", Handovers.shortened(service.detail().in(locale))));
        }
        service.notProved()
                .forEach(r -> lines.add(Line.of(Handovers.shortened(r.text().in(locale)))));
        if (!view.ended()
                && !service.status().isFinal()
                && !service.expectation().text().isEmpty()) {
            lines.add(labelled("report.expected", service.expectation().text().in(locale)));
        }
        if (service.linkAttempts() > 0) {
            lines.add(labelled("report.attempts", Integer.toString(service.linkAttempts())));
        }
        if (!service.consoleText().isBlank()) {
            lines.add(labelled("report.column.console", Handovers.shortened(service.consoleText())));
        }
        return lines;
    }

    private void claims(Page.Builder part, Optional<CloudService> service, String name, List<Line> remarks) {
        List<Claim> claims = handover.evidence().stream()
                .filter(c -> c.service().equals(service))
                .toList();
        if (claims.isEmpty() && remarks.isEmpty()) {
            return;
        }
        part.heading(3, name).items(remarks);
        if (!claims.isEmpty()) {
            part.table(
                    head("step", "evidence", "detail", "source"),
                    claims.stream().map(this::claim).toList());
        }
    }

    private List<Line> claim(Claim claim) {
        return List.of(
                Line.of(title(claim, words))
                        .under(Line.of("").and(Style.SMALL, claim.rule() + ", " + claim.performer())),
                Line.state(tone(claim.level()), claim.levelText())
                        .under(Line.of("").and(Style.SMALL, claim.timeText())),
                Line.of(orDash(claim.seen()))
                        .under(labelled("report.column.expected", claim.expected()))
                        .under(labelled("report.contradiction", claim.against())),
                Line.of(orDash(claim.source()))
                        .under(labelled("report.column.permission", claim.permission()))
                        .under(labelled("report.column.limitation", claim.limitation())));
    }

    static String title(Claim claim, ReportTexts words) {
        return claim.required() ? claim.title() : claim.title() + " (" + words.get("report.optional") + ")";
    }

    private void actions(Page.Builder part) {
        if (!view.openActions().isEmpty()) {
            part.heading(3, words.get("report.section.actions"));
            view.openActions().forEach(a -> action(part, a));
        }
    }

    private void action(Page.Builder part, OperatorAction action) {
        part.heading(4, action.title(locale));
        action.handedBack().ifPresent(back -> handedBack(part, back));
        List<Line> lines = new ArrayList<>(List.of(
                labelled("report.action.goal", action.goal(locale)),
                labelled("report.action.who", action.who(locale)),
                labelled("report.action.why", action.why(locale))));
        action.link().ifPresent(address -> lines.add(label("report.action.link").andLink(address)));
        action.values(locale)
                .forEach((label, value) -> lines.add(label("report.action.values")
                        .and(Style.TEXT, label + " = ")
                        .and(Style.CODE, value)));
        part.items(lines);
        part.numbered(action.instructions(locale).stream().map(Line::of).toList());
        part.items(List.of(
                labelled("report.action.answer", words.answer(action.form())),
                labelled("report.action.verify", action.verification(locale)),
                labelled("report.action.kind", words.kind(action.kind())),
                labelled("report.column.rule", action.rule()),
                labelled("report.action.asked", words.time(action.offeredAt())),
                label("report.action.id").and(Style.CODE, action.id().value())));
    }

    /** Its pictures by name alone: an answer may name any file of this machine, so none that it names is opened. */
    private void handedBack(Page.Builder part, Answer.HandedBack back) {
        Line line = Line.strong(words.get("report.action.handed-back"))
                .and(Style.TEXT, " " + Handovers.shortened(back.text()));
        for (String picture : back.screenshots()) {
            line = line.and(Style.TEXT, " ").and(Style.CODE, picture.replaceAll(".*[/\\\\]", ""));
        }
        part.paragraph(line);
    }

    /** What was done in a browser's window: by whom, where, and how the page looked. */
    private void record(Page.Builder part) {
        if (!record.isEmpty()) {
            part.heading(3, words.get("report.section.record"))
                    .paragraph(words.get("report.record.about"))
                    .add(new Shots(record.stream().map(this::shot).toList()));
        }
    }

    private Shot shot(RecordedChange change) {
        Line about = Line.strong(Handovers.shortened(change.what()))
                .and(
                        Style.SMALL,
                        " " + words.get("report.record.by." + change.by().name()) + ", " + words.time(change.time())
                                + ", " + change.action().value() + ", "
                                + Handovers.shortened(change.address()));
        return new Shot(
                about,
                Stream.concat(
                                picture("report.record.before", change.before()).stream(),
                                picture("report.record.after", change.after()).stream())
                        .toList());
    }

    private Optional<Picture> picture(String key, Optional<Path> file) {
        return file.map(f -> new Picture(words.get(key), f));
    }

    // ---- what is good to know

    private void notes(Page.Builder part) {
        if (!handover.notes().isEmpty()) {
            part.heading(2, words.get("report.section.notes"))
                    .items(handover.notes().stream()
                            .map(n -> n.name().isEmpty() ? Line.of(n.text()) : Line.labelled(n.name(), n.text()))
                            .toList());
        }
        part.heading(2, words.get("report.section.trademarks"))
                .items(words.trademarks().stream().map(Line::of).toList());
    }

    private List<Line> legend() {
        return Arrays.stream(Evidence.Level.values())
                .map(l -> Line.labelled(words.level(l), words.get("evidence." + l.name() + ".about")))
                .toList();
    }

    /** Blank if there is nothing to say. */
    private Line labelled(String key, String text) {
        return text.isBlank() ? Line.of("") : Line.labelled(words.get(key), text);
    }

    private Line label(String key) {
        return Line.labelled(words.get(key), "");
    }

    private List<String> head(String... columns) {
        return Arrays.stream(columns).map(c -> words.get("report.column." + c)).toList();
    }

    private static String orDash(String text) {
        return text.isBlank() ? "–" : text;
    }
}
