package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Evidence.Source;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.Phase;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleEntry.Kind;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.text.PastedText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks again at everything an activation claimed (BOX-7 and its like). Writes nothing. */
public final class DriftCheck {
    private static final Duration RECENT = Duration.ofDays(90);

    private final Journals journals;
    private final Provisioners provisioners;
    private final ProbeRunner probes;
    private final Clock clock;

    public DriftCheck(Journals journals, Provisioners provisioners, ProbeRunner probes, Clock clock) {
        this.journals = journals;
        this.provisioners = provisioners;
        this.probes = probes;
        this.clock = clock;
    }

    /**
     * Each service as the newest run that protected or removed it left it.
     *
     * @param console the console's pages as somebody has just read them
     * @throws KaitsuException ACTIVATION_NOT_FOUND; ANSWER_FORM if nothing of the console can be recognised in the text
     */
    public DriftReport verify(CustomerId customer, Optional<Answer.Saw> console) throws InterruptedException {
        return verify(customer, EnumSet.allOf(CloudService.class), console);
    }

    /**
     * The same of some services alone.
     *
     * @param services whose claims are looked at
     */
    public DriftReport verify(CustomerId customer, Set<CloudService> services, Optional<Answer.Saw> console)
            throws InterruptedException {
        console.ifPresent(new Answers(journals)::checkConsole);
        List<RunState> ofConsole = journals.of(customer.console());
        Set<String> furniture = ofConsole.stream()
                .flatMap(run -> run.furnitureToInherit().stream())
                .flatMap(known -> known.lines().stream())
                .map(PastedText::key)
                .collect(Collectors.toSet());
        List<RunState> runs =
                ofConsole.stream().filter(run -> run.isEndedOf(customer)).toList();
        RunState newest = runs.stream()
                .filter(s -> s.run() == Event.Run.ACTIVATION)
                .findFirst()
                .orElseThrow(() -> nothingToVerify(customer));
        List<Finding> findings = new ArrayList<>();
        Set<CloudService> settled = EnumSet.allOf(CloudService.class);
        settled.removeAll(services);
        for (RunState run : runs) {
            Set<CloudService> left = run.settledServices();
            left.removeAll(settled);
            if (run.run() == Event.Run.ACTIVATION) {
                findings.addAll(check(run, left, console, furniture));
            }
            settled.addAll(left);
        }
        boolean isWhole = services.size() == CloudService.values().length;
        if (isWhole
                && findings
                        .isEmpty()) { // nothing was ever protected, or all of it was removed: no answer would be honest
            throw nothingToVerify(customer);
        }
        return new DriftReport(newest.id(), customer, clock.instant(), findings, reading(newest, findings));
    }

    private static KaitsuException nothingToVerify(CustomerId customer) {
        return KaitsuException.of(ErrorCode.ACTIVATION_NOT_FOUND, "customer", customer);
    }

    /**
     * What has become of the claims of some services.
     *
     * @param furniture what persons called furniture of the console, in whichever of its runs
     */
    private List<Finding> check(
            RunState state, Set<CloudService> services, Optional<Answer.Saw> console, Set<String> furniture)
            throws InterruptedException {
        StepPlan plan = StepPlan.of(state, provisioners);
        Optional<ConsoleReading> reading = console.map(saw -> journals.reading(saw.text(), furniture));
        List<Finding> findings = new ArrayList<>();
        for (CloudService service : services) {
            for (ActivationStep step : plan.of(service).all()) {
                StepState stepState = state.step(step.id());
                if (stepState.evidence != null && stepState.evidence.holds()) {
                    Finding finding = finding(service, step, stepState, state, plan, console, reading);
                    if (concernsProtection(step, finding)) {
                        findings.add(finding);
                    }
                }
            }
        }
        return findings;
    }

    /** What somebody would have to read for the steps that no API tells about; empty if all of them were read just now. */
    private static Optional<OperatorAction> reading(RunState state, List<Finding> findings) {
        List<CloudService> services = findings.stream()
                .filter(f -> !f.lookedAt() && isOfConsole(f.step(), f.service()))
                .map(Finding::service)
                .distinct()
                .toList();
        return services.isEmpty()
                ? Optional.empty()
                : Optional.of(Actions.readAgain(state, List.of(Part.ACCOUNTS, Part.SUCCESS), services));
    }

    private static boolean isOfConsole(StepId step, CloudService service) {
        return step.equals(CoreSteps.id(service, CoreSteps.LINKED))
                || step.equals(CoreSteps.id(service, CoreSteps.PROTECTED));
    }

    /** What had to hold before the link, such as a role that is active for hours (PIM), protects nothing afterwards. */
    private static boolean concernsProtection(ActivationStep step, Finding finding) {
        return step.phase() != Phase.PREFLIGHT
                || finding.verdict() != Verdict.LOST
                || finding.now().seen().code().equals(ProbeResult.WRONG_TENANT);
    }

    private Finding finding(
            CloudService service,
            ActivationStep step,
            StepState stepState,
            RunState state,
            StepPlan plan,
            Optional<Answer.Saw> console,
            Optional<ConsoleReading> reading)
            throws InterruptedException {
        Evidence before = Objects.requireNonNull(stepState.evidence);
        Instant now = clock.instant();
        Optional<Evidence> again = Optional.empty();
        boolean isUnseen = false;
        if (step.check().probe().isPresent()) {
            ProbeContext context = new ProbeContext(state.request().customer(), state.facts(), clock, state.begunAt());
            ProbeRunner.Sight sight = probes.look(List.of(step), context).get(0);
            isUnseen = sight.look() instanceof ProbeResult.NoAccess;
            if (!isUnseen || before.level() == Level.VERIFIED) { // without access a person's word is all there is
                again = Optional.of(evidence(sight, state, now));
            }
        } else if (reading.isPresent() && isOfConsole(step.id(), service)) {
            again = inConsole(service, state, console.orElseThrow().by(), reading.get(), now);
        }
        if (stepState.contradiction != null
                && again.filter(e -> e.level() == Level.VERIFIED).isEmpty()) {
            again = Optional.of(
                    new Evidence( // somebody's word against it counts until a machine has looked
                            Level.CONTRADICTED,
                            stepState.contradiction.said(),
                            Source.person(stepState.contradiction.by()),
                            stepState.contradiction.at()));
        }
        Evidence evidence = again.orElse(before);
        boolean recent = before.time().plus(RECENT).isAfter(now);
        Verdict verdict = again.map(DriftCheck::verdict).orElse(recent ? Verdict.ATTESTED : Verdict.ASK_AGAIN);
        return new Finding(
                service,
                step.id(),
                step.rule(),
                Views.title(step),
                verdict,
                Optional.of(before),
                evidence,
                Views.say(plan, step.texts(), evidence.seen(), state.edition()),
                Views.source(plan, evidence.source()),
                again.isPresent() && !isUnseen);
    }

    private static Verdict verdict(Evidence evidence) {
        return switch (evidence.level()) {
            case VERIFIED, ATTESTED -> Verdict.HOLDS;
            case CONTRADICTED -> Verdict.LOST;
            case UNKNOWN -> Verdict.UNKNOWN;
        };
    }

    /** What the console lists still holds; what it does not list is lost, and so is what it says the opposite of. */
    private static Optional<Evidence> inConsole(
            CloudService service, RunState state, String by, ConsoleReading reading, Instant now) {
        String organisation = state.request().customer().organisation();
        Optional<ConsoleEntry> opposite = reading.entries().stream()
                .filter(e -> e.isOpposite(service) && e.mayBeOf(organisation))
                .filter(e -> reading.success().stream()
                        .noneMatch(s -> s.service() == service
                                && s.event() == Kind.PROTECTED
                                && s.isOf(organisation)
                                && s.time() != null
                                && e.time() != null
                                && s.time().isAfter(e.time())))
                .findFirst();
        if (opposite.isPresent()) {
            Statement said = Statement.of("console-says").quoting(opposite.get().text());
            return Optional.of(new Evidence(Level.CONTRADICTED, said, Source.console(by), now));
        }
        return switch (reading.listed(service)) {
            case LISTED -> Optional.of(new Evidence(Level.ATTESTED, Statement.of("listed"), Source.console(by), now));
            case ABSENT ->
                Optional.of(new Evidence(Level.CONTRADICTED, Statement.of("not-listed"), Source.console(by), now));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Evidence evidence(ProbeRunner.Sight sight, RunState state, Instant now) {
        ProbeResult look = sight.look();
        if (look instanceof ProbeResult.Holds holds && isOtherTenant(holds, state)) {
            return new Evidence(Level.CONTRADICTED, otherTenant(holds, state), sight.source(), now);
        } else if (look instanceof ProbeResult.Holds holds) {
            return new Evidence(Level.VERIFIED, holds.seen(), sight.source(), now);
        } else if (look instanceof ProbeResult.Fails fails) {
            return new Evidence(Level.CONTRADICTED, fails.seen(), sight.source(), now);
        }
        return new Evidence(Level.UNKNOWN, look.seen(), sight.source(), now);
    }

    /** What holds in another tenant proves nothing about this one. */
    private static boolean isOtherTenant(ProbeResult.Holds holds, RunState state) {
        return !otherTenant(holds, state).saysNothing();
    }

    private static Statement otherTenant(ProbeResult.Holds holds, RunState state) {
        return state.tenants().entrySet().stream()
                .flatMap(pinned -> Optional.ofNullable(holds.facts().get(Facts.tenantOf(pinned.getKey())))
                        .filter(seen -> !seen.equals(pinned.getValue()))
                        .map(seen -> Statement.of(ProbeResult.WRONG_TENANT, seen, pinned.getValue()))
                        .stream())
                .findFirst()
                .orElse(Statement.NOTHING);
    }
}
