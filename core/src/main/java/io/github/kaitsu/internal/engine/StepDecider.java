package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Evidence.Source;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.WithdrawReason;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides one step: look first; if it does not hold, offer the action; look again.
 *
 * <p>Unclear is never a reason to act again. After an action a settle window runs in which "fails" may still be lag.
 */
final class StepDecider {
    /** Reasons that no second try mends. */
    private static final Set<BlockReason> FINAL = Set.of(BlockReason.WRONG_ROLE, BlockReason.BLOCKED_BY_POLICY);

    /** A vendor's brief outage is no reason to ask a person. */
    private static final Duration OUTAGE = Duration.ofMinutes(15);

    /** What is seen of a step that comes after one which will never hold. */
    static final String PREREQUISITE = "prerequisite-failed";

    /** A person said no. */
    static final String DECLINED = "declined";

    private final DecisionBuilder turn;
    private final AccessDecider access;

    StepDecider(DecisionBuilder turn) {
        this.turn = turn;
        this.access = new AccessDecider(turn);
    }

    /** Whether a step holds, or was skipped. */
    boolean isClosed(ActivationStep step) {
        return turn.state.step(step.id()).isClosed();
    }

    /** Moves a step on as far as it goes now. */
    void moveOn(ActivationStep step) {
        StepState state = turn.state.step(step.id());
        if (state.isClosed()) {
            turn.withdraw(step.id(), WithdrawReason.EVIDENCE);
            return;
        }
        if (state.isContradicted() || refutedBefore(step) || !prerequisitesClosed(step)) {
            return;
        }
        if (step.required() && hasNothingOfItsOwn(step)) {
            lean(step);
        } else if (step.check().probe().isPresent() && !(state.look instanceof ProbeResult.NoAccess)) {
            probed(step, state);
        } else {
            asked(step, state, step.action().isEmpty());
        }
    }

    private boolean prerequisitesClosed(ActivationStep step) {
        return step.after().stream().allMatch(id -> turn.state.step(id).isClosed());
    }

    /** What it comes after will never hold, perhaps in another service: waiting for it would last until the run gives up. */
    private boolean refutedBefore(ActivationStep step) {
        for (StepId before : step.after()) {
            Evidence evidence = turn.state.step(before).evidence;
            if (evidence != null && evidence.level() == Level.CONTRADICTED) {
                turn.conclude(step.id(), Level.CONTRADICTED, Source.steps(before.value()), evidence.seen());
                return true;
            }
            Optional<CloudService> other = turn.plan
                    .serviceOf(before)
                    .filter(s -> !turn.subject().equals(Optional.of(s)))
                    .filter(s -> turn.state.service(s).isEnded());
            if (other.isPresent() && !turn.state.step(before).isClosed()) {
                if (step.required()) {
                    turn.conclude(
                            step.id(),
                            Level.CONTRADICTED,
                            Source.steps(before.value()),
                            Statement.of(PREREQUISITE, before));
                } else {
                    turn.emit(new Event.Skipped(step.id(), SkipReason.NO_ACCESS));
                }
                return true;
            }
        }
        return false;
    }

    private static boolean hasNothingOfItsOwn(ActivationStep step) {
        return step.check().probe().isEmpty()
                && step.check().question().isEmpty()
                && step.action().isEmpty();
    }

    /** A step without check and action holds as what it comes after holds: with the weakest of that evidence. */
    private void lean(ActivationStep step) {
        Level weakest = Level.VERIFIED;
        for (StepId before : step.after()) {
            StepState state = turn.state.step(before);
            if (state.skipped != null) {
                turn.emit(new Event.Skipped(step.id(), state.skipped));
                return;
            }
            if (state.evidence != null && state.evidence.level() == Level.ATTESTED) {
                weakest = Level.ATTESTED;
            }
        }
        String source = step.after().stream().map(StepId::value).sorted().collect(Collectors.joining(", "));
        turn.conclude(step.id(), weakest, Source.steps(source), Statement.of("follows"));
    }

    private void probed(ActivationStep step, StepState state) {
        if (isDue(step, state)) {
            turn.look(step); // nothing is judged by an older look
            return;
        }
        awaitLook(step, state); // also while a person is asked: evidence may come before the answer
        ProbeResult look = state.look;
        if (look instanceof ProbeResult.Holds holds) {
            hold(step, state, holds);
        } else if (look instanceof ProbeResult.Fails fails) {
            failing(step, state, fails);
        } else if (look instanceof ProbeResult.Unclear) {
            unclear(step, state);
        } else if (look instanceof ProbeResult.AccessLost && access.isGivenUp(step)) {
            asked(step, state, step.action().isEmpty()); // as without a connection
        } else if (look instanceof ProbeResult.Refused refused) {
            switch (access.of(step, refused)) {
                case GIVEN_UP -> asked(step, state, step.action().isEmpty());
                case UNCLEAR -> unclear(step, state);
                case LOOK -> turn.look(step);
                case WAIT -> {} // looks go on
            }
        }
    }

    private void hold(ActivationStep step, StepState state, ProbeResult.Holds holds) {
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            String tenant = holds.facts().get(Facts.tenantOf(provider));
            if (tenant == null) {
                continue;
            }
            String pinned = turn.pinTenant(provider, tenant);
            if (!tenant.equals(pinned)) {
                // a consent in a test tenant proves nothing about production
                turn.conclude(
                        step.id(),
                        Level.CONTRADICTED,
                        source(state),
                        Statement.of(ProbeResult.WRONG_TENANT, tenant, pinned));
                return;
            }
        }
        turn.conclude(step.id(), Level.VERIFIED, source(state), holds.seen());
    }

    private void failing(ActivationStep step, StepState state, ProbeResult.Fails fails) {
        if (fails.seen().code().equals(ProbeResult.WRONG_TENANT)) {
            turn.conclude(step.id(), Level.CONTRADICTED, source(state), fails.seen());
            return;
        }
        if (step.action().isEmpty()) {
            if (turn.isOver(state.firstLook, patience(step, state))) {
                turn.conclude(step.id(), Level.CONTRADICTED, source(state), fails.seen());
            }
            return;
        }
        if (state.open != null) {
            turn.awaitOperator(step.id());
        } else if (state.answer == null) {
            turn.offer(step.id());
        } else if (!(state.answer instanceof Answer.Done)) {
            refused(step, state, step.action().get());
        } else if (!turn.isOver(state.answerNumber, step.patience().settle())) {
            return; // the provider may lag behind what was done
        } else if (state.askedThisRound < turn.policy.askings()) {
            turn.offer(step.id());
        } else {
            turn.conclude(step.id(), Level.CONTRADICTED, source(state), fails.seen());
        }
    }

    private void unclear(ActivationStep step, StepState state) {
        if (step.action().isPresent() && state.askedThisRound == 0) {
            turn.offer(step.id());
        } else if (state.open != null) {
            turn.awaitOperator(step.id());
        } else if (state.answer instanceof Answer.Declined || state.answer instanceof Answer.Blocked) {
            refused(step, state, step.action().or(() -> step.check().question()).orElseThrow());
        } else if (turn.isOver(since(state), patience(step, state))) {
            // required and still unknown when patience is over: the person is asked
            asked(step, state, step.check().question().isPresent());
        }
    }

    /** No API tells: somebody is asked to do it, or to look. */
    private void asked(ActivationStep step, StepState state, boolean question) {
        Optional<ActionTemplate> template = question ? step.check().question() : step.action();
        if (template.isEmpty()) {
            if (!step.required()) {
                turn.emit(new Event.Skipped(step.id(), SkipReason.NO_ACCESS));
            }
        } else if (state.open != null) {
            turn.awaitOperator(step.id());
        } else if (question && (!state.questionAsked || state.answer == null)) {
            turn.ask(step.id());
        } else if (state.answer == null) {
            turn.offer(step.id());
        } else if (state.answer instanceof Answer.Done) {
            answered(step, state, Level.ATTESTED, Statement.of(state.readByMachine ? "done-and-read" : "done"));
        } else if (state.answer instanceof Answer.Saw saw) {
            String said = saw.text().strip();
            answered(step, state, said.equalsIgnoreCase("no") ? Level.CONTRADICTED : Level.ATTESTED, answer(said));
        } else {
            refused(step, state, template.get());
        }
    }

    /** What was answered is the evidence: verified only if a machine that the client knows has read it. */
    private void answered(ActivationStep step, StepState state, Level level, Statement said) {
        String by = state.answer == null ? "" : state.answer.by();
        Level sure = level == Level.ATTESTED && state.readByMachine ? Level.VERIFIED : level;
        Source source = state.readByMachine ? Source.machine(by) : Source.person(by);
        turn.conclude(step.id(), sure, source, said, Optional.of(state.answerNumber));
    }

    private static Statement answer(String said) {
        String word = said.toLowerCase(Locale.ROOT);
        return word.equals("yes") || word.equals("no")
                ? Statement.of("answered-" + word)
                : Statement.of("answered").quoting(said);
    }

    /** Yes in either form. */
    static boolean isYes(Answer answer) {
        return answer instanceof Answer.Done
                || (answer instanceof Answer.Saw saw && saw.text().strip().equalsIgnoreCase("yes"));
    }

    /** What an answer says against what its step claims; empty if nothing. */
    static Optional<Statement> refusal(Answer answer) {
        if (answer instanceof Answer.Declined) {
            return Optional.of(Statement.of(DECLINED));
        } else if (answer instanceof Answer.Blocked blocked) {
            return Optional.of(blocked(blocked));
        }
        return answer instanceof Answer.Saw saw && saw.text().strip().equalsIgnoreCase("no")
                ? Optional.of(Statement.of("answered-no"))
                : Optional.empty();
    }

    static Statement blocked(Answer.Blocked blocked) {
        return Statement.of("blocked-"
                        + blocked.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .quoting(blocked.text().strip());
    }

    private void refused(ActivationStep step, StepState state, ActionTemplate template) {
        if (state.answer instanceof Answer.Blocked blocked
                && template.acceptedBlocks().contains(blocked.reason())) {
            turn.emit(new Event.Skipped(step.id(), SkipReason.of(blocked.reason()))); // M365-4
        } else if (state.answer instanceof Answer.HandedBack) {
            again(step, state);
        } else if (!step.required()) {
            turn.emit(new Event.Skipped(
                    step.id(), state.answer instanceof Answer.Declined ? SkipReason.DECLINED : SkipReason.BLOCKED));
        } else if (state.answer instanceof Answer.Blocked blocked
                && !FINAL.contains(blocked.reason())
                && state.askedThisRound < turn.policy.askings()) {
            again(step, state);
        } else if (state.answer instanceof Answer.Blocked blocked) {
            answered(step, state, Level.CONTRADICTED, blocked(blocked));
        } else if (state.answer instanceof Answer.Declined) {
            answered(step, state, Level.CONTRADICTED, Statement.of(DECLINED));
        }
    }

    private void again(ActivationStep step, StepState state) {
        if (state.openIsQuestion) {
            turn.ask(step.id());
        } else {
            turn.offer(step.id());
        }
    }

    private boolean isDue(ActivationStep step, StepState state) {
        return turn.in.lookedAt().get(step.id()) == null || !turn.now().isBefore(nextLook(step, state));
    }

    private Instant nextLook(ActivationStep step, StepState state) {
        Instant last = turn.in.lookedAt().get(step.id());
        if (last == null) {
            return turn.now();
        }
        if (state.lookNumber == 0) {
            return last.plus(turn.policy.firstLook()); // by another process, which has not told yet what it saw
        }
        return watch(step, state).next(last);
    }

    /** What follows from a refusal depends on other runs, too; everything else on what is seen alone. */
    private void awaitLook(ActivationStep step, StepState state) {
        boolean isOurs = state.lookNumber > 0
                && !(state.look instanceof ProbeResult.Refused)
                && !(state.look instanceof ProbeResult.AccessLost);
        Instant next = nextLook(step, state);
        if (isOurs) {
            turn.watch(watch(step, state), next);
        } else {
            turn.waitUntil(next);
        }
    }

    private Watch watch(ActivationStep step, StepState state) {
        RunTime time = turn.state.time();
        return new Watch(
                step,
                Objects.requireNonNull(state.look),
                time.of(state.lookNumber).plus(state.notBefore),
                time.of(since(state)),
                time.end(since(state), patience(step, state)),
                state.answer instanceof Answer.Done
                        ? Optional.of(
                                time.end(state.answerNumber, step.patience().settle()))
                        : Optional.empty(),
                turn.policy);
    }

    /** How long a look without effect is repeated: a brief outage is no reason to ask a person. */
    private static Duration patience(ActivationStep step, StepState state) {
        Duration total = step.patience().total();
        return state.look instanceof ProbeResult.Fails ? total : longer(total, OUTAGE);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** From when lag counts: from the first look, and anew from what a person did days after it. */
    private static long since(StepState state) {
        return state.answer instanceof Answer.Done ? Math.max(state.answerNumber, state.firstLook) : state.firstLook;
    }

    private static Source source(StepState state) {
        return state.lookSource == null ? Source.NOBODY : state.lookSource;
    }
}
