package io.github.kaitsu.report.internal;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.Contradiction;
import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Phase;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.report.Handover;
import io.github.kaitsu.report.Handover.Announcement;
import io.github.kaitsu.report.Handover.Claim;
import io.github.kaitsu.report.Handover.Note;
import io.github.kaitsu.report.Handover.Outcome;
import io.github.kaitsu.report.Handover.Remaining;
import io.github.kaitsu.report.Handover.ServiceLine;
import io.github.kaitsu.report.Handover.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges a view: what may truly be said of it, and what of it is left to the customer. */
final class Handovers {
    private static final int LONGEST_DETAIL = 500;
    /** From the grant on; what was looked at before it says nothing about the link. */
    private static final Set<Phase> BASIS = Set.copyOf(EnumSet.complementOf(EnumSet.of(Phase.PREFLIGHT)));

    private final ActivationView view;
    private final Locale locale;
    private final ReportTexts words;
    private final List<ServiceLine> services;
    private final Set<CloudService> done = EnumSet.noneOf(CloudService.class);

    private Handovers(ActivationView view, Locale locale) {
        this.view = view;
        this.locale = locale;
        this.words = ReportTexts.in(locale);
        this.services = view.services().stream().map(this::service).toList();
        services.stream().filter(s -> s.state().isDone()).forEach(s -> done.add(s.service()));
    }

    static Handover of(ActivationView view, Locale locale) {
        return new Handovers(view, locale).build();
    }

    private Handover build() {
        Outcome outcome = outcome();
        List<Announcement> announcements = announcements();
        List<Remaining> remaining = remaining(announcements);
        return new Handover(
                words.get("handover.title." + run() + "." + outcome),
                view.removal(),
                outcome,
                words.get("handover.outcome." + run() + "." + outcome),
                view.customer(),
                view.company(),
                view.reference(),
                view.changedAt(),
                words.date(view.changedAt()),
                verdict(remaining),
                services,
                remaining,
                announcements,
                notes(),
                Stream.concat(
                                view.steps().stream().map(s -> claim(Optional.empty(), s)),
                                view.services().stream()
                                        .flatMap(v -> v.steps().stream().map(s -> claim(Optional.of(v.service()), s))))
                        .toList());
    }

    private String run() {
        return view.removal() ? "removal" : "activation";
    }

    private Outcome outcome() {
        if (!view.ended()) {
            return Outcome.UNDER_WAY;
        } else if (view.steps().stream().anyMatch(Handovers::isDoubted)
                || services.stream().anyMatch(s -> s.state() == State.DOUBTED)) {
            return Outcome.DOUBTED;
        } else if (done.size() == services.size()) {
            return Outcome.COMPLETE;
        }
        return done.isEmpty() ? Outcome.NOT_COMPLETE : Outcome.PARTIAL;
    }

    // ---- one service

    private ServiceLine service(ServiceView service) {
        State state = state(service);
        return new ServiceLine(
                service.service(),
                service.service().label(locale),
                state,
                state == State.UNDER_WAY ? words.status(service) : words.get("handover.state." + run() + "." + state),
                count(service, BASIS, Evidence.Level.VERIFIED),
                count(service, BASIS, Evidence.Level.ATTESTED),
                about(service, state));
    }

    private static State state(ServiceView service) {
        return switch (service.status()) {
            case PROTECTED, REMOVED -> {
                if (service.steps().stream().anyMatch(Handovers::isDoubted)) {
                    yield State.DOUBTED;
                }
                // what was read before success was seen does not tell that it lasts to the end
                Set<Phase> afterwards = EnumSet.of(Phase.SYNCHRONIZE, Phase.POST_SETUP, Phase.REMOVAL);
                yield count(service, afterwards, Evidence.Level.VERIFIED) > 0 ? State.VERIFIED : State.ATTESTED;
            }
            case FAILED ->
                service.failure().equals(Optional.of(FailureReason.GRANTED_BUT_UNPROVED))
                        ? State.UNPROVED
                        : State.FAILED;
            case CANCELLED -> State.CANCELLED;
            default -> State.UNDER_WAY;
        };
    }

    private static int count(ServiceView service, Set<Phase> phases, Evidence.Level level) {
        return (int) service.steps().stream()
                .filter(s -> s.required() && !s.skipped() && phases.contains(s.phase()))
                .filter(s -> s.evidence().level() == level)
                .count();
    }

    private static boolean isDoubted(StepView step) {
        return step.required() && step.contradiction().isPresent();
    }

    private String about(ServiceView service, State state) {
        return switch (state) {
            case VERIFIED, ATTESTED -> {
                int verified = count(service, BASIS, Evidence.Level.VERIFIED);
                int attested = count(service, BASIS, Evidence.Level.ATTESTED);
                String basis = Stream.of(Evidence.Level.VERIFIED, Evidence.Level.ATTESTED)
                        .filter(l -> (l == Evidence.Level.VERIFIED ? verified : attested) > 0)
                        .map(l -> words.get("handover.basis." + l, l == Evidence.Level.VERIFIED ? verified : attested))
                        .collect(Collectors.joining(words.comma()));
                yield isAdopted(service) ? words.get("handover.adopted", basis) : basis;
            }
            case DOUBTED -> words.get("handover.about.DOUBTED", titles(service.steps(), Handovers::isDoubted));
            case FAILED, UNPROVED -> words.failure(service).orElse("");
            case CANCELLED -> words.get("handover.about.CANCELLED." + run());
            case UNDER_WAY -> {
                String waiting = words.get("handover.about.UNDER_WAY", words.waiting(service.waiting()));
                yield service.expectation()
                        .at()
                        .map(at -> waiting + words.comma() + words.get("handover.about.expected", words.date(at)))
                        .orElse(waiting);
            }
        };
    }

    /** It was linked and proved before the run began. */
    private static boolean isAdopted(ServiceView service) {
        return service.steps().stream().anyMatch(s -> s.evidence().seen().code().equals("listed-before-this-run"));
    }

    private String titles(List<StepView> steps, Predicate<StepView> which) {
        return steps.stream().filter(which).map(s -> s.title().in(locale)).collect(Collectors.joining(words.comma()));
    }

    // ---- the verdict

    private List<String> verdict(List<Remaining> remaining) {
        List<String> sentences = new ArrayList<>();
        long settings = remaining.stream()
                .filter(r -> r.kind() == Remaining.Kind.SETTING)
                .count();
        String how = words.get("handover.sentence", settings == 0 ? howFar() : settings(howFar(), settings));
        sentences.add(view.ended() ? how : words.get("handover.under-way", how));
        for (State state : List.of(State.UNDER_WAY, State.FAILED, State.UNPROVED, State.CANCELLED, State.DOUBTED)) {
            String names = services.stream()
                    .filter(s -> s.state() == state)
                    .map(ServiceLine::name)
                    .collect(Collectors.joining(words.comma()));
            if (!names.isEmpty()) {
                sentences.add(words.get("handover.verdict." + run() + "." + state, names));
            }
        }
        if (view.steps().stream().anyMatch(Handovers::isDoubted)) {
            sentences.add(words.get("handover.verdict.console"));
        }
        return sentences;
    }

    /** How many are linked (removed), and whether a machine has read it. */
    private String howFar() {
        int attested =
                (int) services.stream().filter(s -> s.state() == State.ATTESTED).count();
        int verified = done.size() - attested;
        if (done.isEmpty()) {
            return words.get("handover.none." + run() + "." + number(services.size()), services.size());
        }
        String kind = attested == 0 ? "VERIFIED" : verified == 0 ? "ATTESTED" : "MIXED";
        String count = words.get("handover.count." + number(services.size()), done.size(), services.size());
        return words.get("handover.are." + run() + "." + kind + "." + number(done.size()), count, verified, attested);
    }

    private String settings(String howFar, long settings) {
        return words.get("handover.settings." + number(settings) + "." + number(done.size()), howFar, settings);
    }

    private static String number(long count) {
        return count == 1 ? "one" : "many";
    }

    // ---- what is left, to be told and to be known

    private List<Remaining> remaining(List<Announcement> announcements) {
        List<Remaining> remaining = new ArrayList<>();
        view.services().stream()
                .filter(s -> s.status() == ActivationStatus.FAILED)
                .forEach(s -> words.nextStep(s)
                        .ifPresent(next -> remaining.add(new Remaining(
                                Remaining.Kind.FAILURE, Optional.of(s.service()), subject(s.service(), next), ""))));
        if (view.steps().stream().anyMatch(Handovers::isDoubted)) {
            remaining.add(check(Optional.empty(), titles(view.steps(), Handovers::isDoubted)));
        }
        services.stream()
                .filter(s -> s.state() == State.DOUBTED)
                .forEach(s -> remaining.add(check(
                        Optional.of(s.service()),
                        titles(view.service(s.service()).orElseThrow().steps(), Handovers::isDoubted))));
        if (!view.ended()) {
            view.openActions().forEach(a -> remaining.add(action(a)));
        }
        view.openItems().stream().filter(this::isToBeDone).forEach(i -> remaining.add(item(i)));
        if (!announcements.isEmpty()) {
            String names = announcements.stream().map(Announcement::name).collect(Collectors.joining(words.comma()));
            remaining.add(new Remaining(
                    Remaining.Kind.ANNOUNCE, Optional.empty(), words.get("handover.announce", names), ""));
        }
        remaining.sort(Comparator.comparing(Remaining::kind)); // stable
        return remaining;
    }

    private Remaining check(Optional<CloudService> service, String titles) {
        String text = words.get("handover.check", titles);
        return new Remaining(
                Remaining.Kind.CHECK,
                service,
                service.map(s -> subject(s, text)).orElse(text),
                "");
    }

    private Remaining action(OperatorAction action) {
        return new Remaining(
                Remaining.Kind.ACTION,
                action.service(),
                action.title(locale),
                words.get("handover.who", action.who(locale)));
    }

    private Remaining item(OpenItem item) {
        String text = item.text().in(locale);
        boolean setting = item.kind() == OpenItem.Kind.SETTING;
        return new Remaining(
                setting ? Remaining.Kind.SETTING : Remaining.Kind.OTHER,
                item.service(),
                item.service().map(s -> subject(s, text)).orElse(text),
                "");
    }

    private String subject(CloudService service, String text) {
        return words.get("handover.subject", service.label(locale), text);
    }

    /** What concerns a service that is not linked has no object. */
    private boolean isToBeDone(OpenItem item) {
        return switch (item.kind()) {
            case SETTING -> !done.isEmpty();
            case TO_DO -> item.service().map(done::contains).orElse(true);
            case ANNOUNCEMENT, NOTE, OPERATION -> false;
        };
    }

    /** Of services that are linked: users of others would be told what is not so. */
    private List<Announcement> announcements() {
        return view.openItems().stream()
                .filter(i -> i.kind() == OpenItem.Kind.ANNOUNCEMENT)
                .flatMap(i -> i.service().filter(done::contains).stream()
                        .map(s -> new Announcement(
                                s, s.label(locale), toSend(i.text().in(locale)))))
                .toList();
    }

    /** Without the sentence that asks the administrator to send it. */
    private static String toSend(String text) {
        return text.substring(Math.max(text.indexOf("\n\n"), 0)).strip();
    }

    private List<Note> notes() {
        return view.openItems().stream().flatMap(i -> note(i).stream()).toList();
    }

    private Optional<Note> note(OpenItem item) {
        String text = item.text().in(locale);
        String service = item.service().map(s -> s.label(locale)).orElse("");
        return switch (item.kind()) {
            case NOTE -> Optional.of(new Note(item.service(), service, text));
            case SETTING -> done.isEmpty() ? Optional.of(new Note(item.service(), service, text)) : Optional.empty();
            case OPERATION -> Optional.of(new Note(item.service(), words.get("handover.host"), text));
            case TO_DO, ANNOUNCEMENT -> Optional.empty();
        };
    }

    // ---- the evidence

    private Claim claim(Optional<CloudService> service, StepView step) {
        Evidence evidence = step.evidence();
        boolean looked = ReportTexts.hasTime(evidence);
        return new Claim(
                service,
                service.map(s -> s.label(locale)).orElse(words.get("report.section.console")),
                step.title().in(locale),
                step.required(),
                evidence.level(),
                words.level(evidence.level()),
                shortened(step.seen().in(locale)),
                step.expected().in(locale),
                step.source().in(locale),
                evidence.source().permission(),
                step.limitation().in(locale),
                words.performer(step.performer()),
                step.rule(),
                looked ? Optional.of(evidence.time()) : Optional.empty(),
                looked ? words.time(evidence.time()) : "",
                step.contradiction().map(this::against).orElse(""));
    }

    private String against(Contradiction contradiction) {
        return words.get(
                "report.against", contradiction.said().in(locale), contradiction.by(), words.time(contradiction.at()));
    }

    static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_DETAIL
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_DETAIL)) + "…";
    }
}
