package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.ActivationView.Calls;
import io.github.kaitsu.ActivationView.Contradiction;
import io.github.kaitsu.ActivationView.Expectation;
import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.ActivationView.NotProved;
import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.ActivationView.OpenItem.Kind;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Evidence.Source;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.RoundReason;
import io.github.kaitsu.journal.Event.Run;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Sentences;
import io.github.kaitsu.text.Texts;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the view of a run from its state, its plan and what it waits for. */
public final class Views {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Views() {}

    public static ActivationView of(RunState state, Decision waiting, Provisioners provisioners) {
        StepPlan plan = StepPlan.of(state, provisioners);
        List<OperatorAction> open = Actions.open(state, plan);
        List<ServiceView> services = plan.services().keySet().stream()
                .map(s -> service(state, plan, s, open, waiting, provisioners))
                .toList();
        return new ActivationView(
                state.id(),
                state.request().customer(),
                state.request().company(),
                state.request().reference(),
                state.request().labels(),
                state.run() == Run.REMOVAL,
                state.edition(),
                state.begunAt(),
                state.lastEventAt(),
                state.isEnded(),
                plan.console().stream().map(s -> step(state, plan, s)).toList(),
                services,
                open,
                openItems(state, plan, provisioners),
                state.isEnded() ? Optional.empty() : waiting.wakeAt(),
                new Calls(state.callsPlanned(), state.callsMade()));
    }

    private static ServiceView service(
            RunState state,
            StepPlan plan,
            CloudService service,
            List<OperatorAction> open,
            Decision decision,
            Provisioners provisioners) {
        ServiceState serviceState = state.service(service);
        return new ServiceView(
                service,
                status(state, plan, service),
                waiting(serviceState, service, open, decision),
                Optional.ofNullable(serviceState.failure),
                explanation(state, plan, service, provisioners),
                detail(state, plan, serviceState),
                serviceState.linkAttempts,
                serviceState.round,
                plan.of(service).all().stream().map(s -> step(state, plan, s)).toList(),
                state.console().lines(service, state.request().customer().organisation()),
                serviceState.ended == ActivationStatus.PROTECTED ? List.of() : notProved(state, service),
                expectation(state, service));
    }

    private static List<NotProved> notProved(RunState state, CloudService service) {
        return new ConsoleQuestions(state)
                .notProof(service).stream()
                        .map(why -> new NotProved(why, Sentences.say(Texts.class, why.statement(), state.edition())))
                        .toList();
    }

    private static Expectation expectation(RunState state, CloudService service) {
        Expected expected = Expected.of(state, service, ActivationRetryPolicy.ofDefaults());
        Bilingual time = Sentences.say(Texts.class, expected.inWords(), state.edition());
        Bilingual basis = Sentences.say(Texts.class, expected.basis(), state.edition());
        ServiceState serviceState = state.service(service);
        return new Expectation(
                Optional.ofNullable(serviceState.linked && !serviceState.adopted ? serviceState.linkedAt : null)
                        .map(at -> at.plus(expected.time())),
                new Bilingual(time.ja() + basis.ja(), time.en() + " " + basis.en()));
    }

    /** What was seen at the end, in the words of the step at which it ended. */
    private static Bilingual detail(RunState state, StepPlan plan, ServiceState serviceState) {
        Class<?> texts = Optional.ofNullable(serviceState.endedAt)
                .flatMap(plan::find)
                .<Class<?>>map(ActivationStep::texts)
                .orElse(Texts.class);
        return say(plan, texts, serviceState.detail, state.edition());
    }

    /** What the first step that a source contradicts has found; else what the provider makes of the answer to the grant. */
    private static Optional<Explanation> explanation(
            RunState state, StepPlan plan, CloudService service, Provisioners provisioners) {
        if (state.service(service).failure == null) {
            return Optional.empty();
        }
        return plan.of(service).all().stream()
                .filter(s -> state.step(s.id()).isContradicted())
                .flatMap(s ->
                        Findings.explain(
                                s, evidence(state, state.step(s.id())).seen().code(), state.edition())
                                .stream())
                .findFirst()
                .or(() -> refusedGrant(state, plan, service, provisioners.get(service)));
    }

    private static Optional<Explanation> refusedGrant(
            RunState state, StepPlan plan, CloudService service, ServiceAccountProvisioner provisioner) {
        StepId grant = CoreSteps.id(service, CoreSteps.GRANT);
        return plan.find(grant)
                .flatMap(ActivationStep::action)
                .flatMap(action -> Optional.ofNullable(state.step(grant).answer)
                        .flatMap(provisioner::finding)
                        .flatMap(found -> Findings.explain(action.texts(), found, state.edition())));
    }

    static ActivationStatus status(RunState state, StepPlan plan, CloudService service) {
        ServiceState serviceState = state.service(service);
        if (serviceState.ended != null) {
            return serviceState.ended;
        }
        if (state.run() == Run.REMOVAL) {
            return ActivationStatus.REMOVING;
        }
        if (state.step(CoreSteps.id(service, CoreSteps.PROTECTED)).isClosed()) {
            return ActivationStatus.FINISHING;
        }
        if (serviceState.roundReason == RoundReason.STALLED && !serviceState.linked) {
            return ActivationStatus.STALLED;
        }
        if (serviceState.linked) {
            return ActivationStatus.SYNCHRONIZING;
        }
        if (serviceState.slot) {
            return ActivationStatus.LINKING;
        }
        List<ActivationStep> preflight = plan.of(service).preflight();
        boolean begun = preflight.stream().map(s -> state.step(s.id())).anyMatch(Views::isBegun);
        boolean checked = preflight.stream()
                .filter(ActivationStep::required)
                .allMatch(s -> state.step(s.id()).isClosed());
        return begun && !checked ? ActivationStatus.CHECKING : ActivationStatus.PLANNED;
    }

    private static boolean isBegun(StepState stepState) {
        return stepState.look != null || stepState.asked > 0 || stepState.evidence != null;
    }

    private static Waiting waiting(
            ServiceState serviceState, CloudService service, List<OperatorAction> open, Decision decision) {
        if (serviceState.isEnded()) {
            return new Waiting.Nothing();
        }
        List<ActionId> mine = open.stream()
                .filter(a -> concerns(a, service))
                .map(OperatorAction::id)
                .toList();
        boolean ownAction = open.stream().anyMatch(a -> concerns(a, service) && !isConsoles(a));
        Waiting other = decision.waiting().get(service);
        if (ownAction || (!mine.isEmpty() && other == null)) {
            return new Waiting.ForOperator(mine);
        }
        return other == null ? new Waiting.Nothing() : other;
    }

    private static boolean concerns(OperatorAction action, CloudService service) {
        return isConsoles(action)
                || action.service().equals(Optional.of(service))
                || CoreSteps.providerOf(action.step()).equals(Optional.of(service.provider()));
    }

    private static boolean isConsoles(OperatorAction action) {
        return action.service().isEmpty() && CoreSteps.providerOf(action.step()).isEmpty();
    }

    static StepView step(RunState state, StepPlan plan, ActivationStep step) {
        StepState stepState = state.step(step.id());
        Evidence evidence = evidence(state, stepState);
        return new StepView(
                step.id(),
                step.rule(),
                step.phase(),
                step.performer(),
                step.required(),
                title(step),
                evidence,
                say(plan, step.texts(), evidence.seen(), state.edition()),
                source(plan, evidence.source()),
                optional(step, "expected."),
                optional(step, "limit."),
                Optional.ofNullable(stepState.skipped),
                Optional.ofNullable(stepState.contradiction)
                        .map(c -> new Contradiction(
                                Sentences.say(Texts.class, c.said(), state.edition()), c.by(), c.at())));
    }

    /** A step that stands in a sentence does so by its title. */
    static Bilingual say(StepPlan plan, Class<?> texts, Statement said, Edition edition) {
        if (!said.code().equals(StepDecider.PREREQUISITE)) {
            return Sentences.say(texts, said, edition);
        }
        Bilingual step = titles(plan, said.arguments());
        return new Bilingual(
                Sentences.say(texts, Statement.of(said.code(), step.ja()), edition, Locale.JAPANESE),
                Sentences.say(texts, Statement.of(said.code(), step.en()), edition, Locale.ENGLISH));
    }

    /** Who or what said so; steps by their titles, as far as they are this run's. */
    static Bilingual source(StepPlan plan, Source source) {
        if (source.kind() != Evidence.Kind.STEPS) {
            return Sentences.source(source);
        }
        return titles(plan, List.of(source.name().split(", ")));
    }

    private static Bilingual titles(StepPlan plan, List<String> steps) {
        List<Bilingual> titles = steps.stream()
                .map(name -> plan.find(new StepId(name)).map(Views::title).orElseGet(() -> new Bilingual(name, name)))
                .toList();
        return new Bilingual(
                titles.stream().map(Bilingual::ja).collect(Collectors.joining("、")),
                titles.stream().map(Bilingual::en).collect(Collectors.joining(", ")));
    }

    static Bilingual title(ActivationStep step) {
        return bilingual(step.texts(), "step." + step.titleKey());
    }

    private static Bilingual bilingual(Class<?> texts, String key, String... arguments) {
        return new Bilingual(
                Texts.load(texts, "actions", Locale.JAPANESE).format(key, List.of(arguments)),
                Texts.load(texts, "actions", Locale.ENGLISH).format(key, List.of(arguments)));
    }

    private static Evidence evidence(RunState state, StepState stepState) {
        if (stepState.skipped != null) {
            return new Evidence(
                    Evidence.Level.UNKNOWN,
                    Statement.of("skipped-"
                            + stepState.skipped.name().toLowerCase(Locale.ROOT).replace('_', '-')),
                    Source.NOBODY,
                    state.lastEventAt());
        }
        if (stepState.contradiction != null
                && (stepState.evidence == null || stepState.evidence.level() == Evidence.Level.ATTESTED)) {
            boolean takenBack = stepState.contradiction.said().code().equals("taken-back");
            return new Evidence(
                    takenBack ? Evidence.Level.UNKNOWN : Evidence.Level.CONTRADICTED,
                    stepState.contradiction.said(),
                    Source.person(stepState.contradiction.by()),
                    stepState.contradiction.at());
        }
        if (stepState.evidence != null) {
            return stepState.evidence;
        }
        return new Evidence(
                Evidence.Level.UNKNOWN,
                stepState.look == null ? Statement.NOTHING : stepState.look.seen(),
                stepState.lookSource == null ? Source.NOBODY : stepState.lookSource,
                stepState.lookAt == null ? state.begunAt() : stepState.lookAt);
    }

    /** What the module says of a step's check, where it says anything. */
    private static Bilingual optional(ActivationStep step, String prefix) {
        String key = prefix + step.titleKey();
        return Texts.load(step.texts(), "actions", Locale.ENGLISH).find(key).isPresent()
                ? bilingual(step.texts(), key)
                : Bilingual.NOTHING;
    }

    /** Skipped steps, notices of the provisioners, and the policies that linking alone does not set (COMMON-15). */
    private static List<OpenItem> openItems(RunState state, StepPlan plan, Provisioners provisioners) {
        List<OpenItem> items = new ArrayList<>();
        StepContext context = new StepContext(state.request(), state.edition(), state.facts());
        for (CloudService service : plan.services().keySet()) {
            for (ActivationStep step : plan.of(service).all()) {
                thrownAt(state, step)
                        .map(why -> said("open.disturbed.LOOK", title(step), why))
                        .ifPresent(text ->
                                items.add(new OpenItem(step.rule(), Optional.of(service), Kind.OPERATION, text)));
                SkipReason reason = state.step(step.id()).skipped;
                if (reason != null && reason != SkipReason.ADOPTED && reason != SkipReason.NO_ACCESS) {
                    items.add(new OpenItem(
                            step.rule(), Optional.of(service), kind(reason), notDone(title(step), reason)));
                } else if (state.isEnded() && isLeft(state, step)) {
                    Bilingual text = said("open.optional", title(step), "");
                    items.add(new OpenItem(step.rule(), Optional.of(service), Kind.TO_DO, text));
                }
            }
            if (state.run() == Run.ACTIVATION) {
                boolean over = state.isEnded() || state.service(service).isEnded();
                provisioners.get(service).notices(context).stream()
                        .filter(n -> !over || n.kind() != Notice.Kind.BEFOREHAND)
                        .forEach(n -> items.add(new OpenItem(
                                n.rule(),
                                Optional.of(service),
                                n.kind() == Notice.Kind.ANNOUNCEMENT ? Kind.ANNOUNCEMENT : Kind.NOTE,
                                new Bilingual(n.text(Locale.JAPANESE), n.text(Locale.ENGLISH)))));
            }
        }
        state.returnedAccess().forEach((provider, what) -> {
            if (what != OwnAccess.Returned.NOTHING_HELD && what != OwnAccess.Returned.REVOKED) {
                String key = "open.access." + what;
                items.add(new OpenItem(
                        "COMMON-1", Optional.empty(), Kind.TO_DO, bilingual(Texts.class, key, provider.label())));
            }
        });
        state.disturbed().stream()
                .filter(d -> d.step().isEmpty() || state.step(d.step().get()).open != null)
                .forEach(d -> items.add(disturbed(plan, d)));
        state.time().leap().filter(leap -> leap.isBack() || !state.isEnded()).ifPresent(leap -> {
            String key = leap.isBack() ? "open.clock.back" : "open.clock.gap";
            String before = CLOCK.format(leap.at().minus(leap.by()));
            items.add(new OpenItem(
                    "COMMON-12",
                    Optional.empty(),
                    Kind.OPERATION,
                    bilingual(Texts.class, key, before, CLOCK.format(leap.at()))));
        });
        typed(state).ifPresent(items::add);
        if (state.run() == Run.ACTIVATION) {
            for (String key : List.of("open.policies.threats", "open.policies.leaks")) {
                items.add(new OpenItem("COMMON-15", Optional.empty(), Kind.SETTING, bilingual(Texts.class, key)));
            }
        }
        return items;
    }

    /** That not all that is known of the console was copied off it (COMMON-19). */
    private static Optional<OpenItem> typed(RunState state) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        Set<String> persons = new LinkedHashSet<>();
        state.console().from(0).filter(r -> !r.reading().shortParts().isEmpty()).forEach(r -> {
            parts.addAll(r.reading().shortParts());
            persons.add(r.by());
        });
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new OpenItem(
                        "COMMON-19",
                        Optional.empty(),
                        Kind.NOTE,
                        new Bilingual(typed(parts, persons, Locale.JAPANESE), typed(parts, persons, Locale.ENGLISH))));
    }

    private static String typed(Set<Part> parts, Set<String> persons, Locale locale) {
        String comma = locale.equals(Locale.JAPANESE) ? "、" : ", ";
        return Texts.load(Texts.class, "actions", locale)
                .format(
                        "open.typed",
                        List.of(
                                parts.stream()
                                        .map(p -> AnswerForm.label(p, locale))
                                        .collect(Collectors.joining(comma)),
                                String.join(comma, persons)));
    }

    /** What the newest look at a step threw, also where a person was asked instead. */
    private static Optional<String> thrownAt(RunState state, ActivationStep step) {
        return Optional.ofNullable(state.step(step.id()).look)
                .filter(look -> !state.isEnded() && look.seen().code().equals(ProbeRunner.BROKEN))
                .map(look -> String.join("", look.seen().arguments()));
    }

    /** What was thrown at the run, for whoever embeds Kaitsu. */
    private static OpenItem disturbed(StepPlan plan, Event.Disturbed thrown) {
        Bilingual step = titles(plan, thrown.step().map(StepId::value).stream().toList());
        Bilingual text = said("open.disturbed." + thrown.place(), step, thrown.kind());
        return new OpenItem("COMMON-16", Optional.empty(), Kind.OPERATION, text);
    }

    private static Bilingual said(String key, Bilingual step, String why) {
        return new Bilingual(
                Texts.load(Texts.class, "actions", Locale.JAPANESE).format(key, List.of(step.ja(), why)),
                Texts.load(Texts.class, "actions", Locale.ENGLISH).format(key, List.of(step.en(), why)));
    }

    /** Only what could not be done for the moment can still be done: the rest is settled, or somebody's decision. */
    private static Kind kind(SkipReason reason) {
        return reason == SkipReason.BLOCKED || reason == SkipReason.OTHER ? Kind.TO_DO : Kind.NOTE;
    }

    private static Bilingual notDone(Bilingual title, SkipReason reason) {
        Bilingual why = bilingual(Texts.class, "skipped." + reason);
        return new Bilingual(title.ja() + "（" + why.ja() + "）", title.en() + " (" + why.en() + ")");
    }

    /** Something optional that a person might still do. */
    private static boolean isLeft(RunState state, ActivationStep step) {
        return !step.required()
                && step.action().isPresent()
                && !state.step(step.id()).isClosed();
    }
}
