package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event.WithdrawReason;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Instant;

/**
 * A provider does not let the own app look any more. Who can mend that is asked to, once for all steps of that provider: the app's
 * owner once for all customers, this customer's administrator, or whoever connects again. Nobody else is asked, and nothing is
 * pressed when it works again: looks go on meanwhile.
 */
final class AccessDecider {
    private final DecisionBuilder turn;

    AccessDecider(DecisionBuilder turn) {
        this.turn = turn;
    }

    /** What a refusal asks for. */
    enum Way {
        /** What it asks for was asked for, and is waited for. */
        WAIT,
        /** Nobody will mend it: the person is asked instead, as without a connection. */
        GIVEN_UP,
        /** Nobody knows more yet, or it passes: as any look that is unclear. */
        UNCLEAR,
        /** Whom to ask is only known after a look. */
        LOOK
    }

    Way of(ActivationStep step, ProbeResult.Refused refused) {
        return switch (refused.mender()) {
            case PERSON -> way(isGivenUp(step));
            case CUSTOMER -> way(isGivenUp(step, CoreSteps.allow(provider())));
            case APP_OWNER -> ofApp(step, refused, isFresh(step) ? Way.WAIT : Way.LOOK);
            case UNKNOWN -> ofApp(step, refused, Way.UNCLEAR);
            case VENDOR -> Way.UNCLEAR;
        };
    }

    private static Way way(boolean givenUp) {
        return givenUp ? Way.GIVEN_UP : Way.WAIT;
    }

    private Way ofApp(ActivationStep step, ProbeResult.Refused refused, Way whereNobodyTells) {
        return switch (turn.in.apps().apply(provider(), refused)) {
            case NONE -> whereNobodyTells;
            case GIVEN_UP -> Way.GIVEN_UP;
            case OTHERS -> Way.WAIT;
            case OURS -> {
                StepState telling = turn.state.step(CoreSteps.app(provider()));
                if (!(telling.answer instanceof Answer.Done) || isLookedSince(step, telling)) {
                    turn.offer(CoreSteps.app(provider()));
                }
                yield Way.WAIT;
            }
        };
    }

    /** Who tells is settled after a look; a look that settled nothing is not repeated at once. */
    private boolean isFresh(ActivationStep step) {
        Instant looked = turn.in.lookedAt().get(step.id());
        return looked != null && turn.now().isBefore(looked.plus(turn.policy.firstLook()));
    }

    private CloudService.Provider provider() {
        return turn.subject().orElseThrow().provider();
    }

    /** Asks for the access that a step lost. @return whether it was refused, or did not help however often it was given */
    boolean isGivenUp(ActivationStep step) {
        return isGivenUp(step, CoreSteps.connect(provider()));
    }

    private boolean isGivenUp(ActivationStep step, StepId mending) {
        StepState mended = turn.state.step(mending);
        if (mended.answer instanceof Answer.Declined || mended.answer instanceof Answer.Blocked) {
            return true;
        }
        if (mended.answer instanceof Answer.Done) {
            if (!isLookedSince(step, mended)) {
                return false;
            }
            if (mended.askedThisRound >= turn.policy.askings()) {
                return true;
            }
        }
        turn.offer(mending);
        return false;
    }

    private boolean isLookedSince(ActivationStep step, StepState mended) {
        Instant looked = turn.in.lookedAt().get(step.id());
        return looked != null
                && mended.answer != null
                && !looked.isBefore(turn.state.time().of(mended.answerNumber));
    }

    /** Takes back what no step needs any more: its access is back, or its service has ended. */
    void withdrawNeedless() {
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            CoreSteps.ofAccess(provider)
                    .filter(step -> turn.state.step(step).open != null && !isNeeded(provider, step))
                    .forEach(step -> turn.withdraw(step, WithdrawReason.EVIDENCE));
        }
    }

    private boolean isNeeded(CloudService.Provider provider, StepId mending) {
        return turn.state.looksInVain(provider).anyMatch(look -> isMendedBy(mending, look, provider));
    }

    private boolean isMendedBy(StepId mending, ProbeResult look, CloudService.Provider provider) {
        if (look instanceof ProbeResult.Refused refused) {
            return switch (refused.mender()) {
                case PERSON -> mending.equals(CoreSteps.connect(provider));
                case CUSTOMER -> mending.equals(CoreSteps.allow(provider));
                case APP_OWNER, UNKNOWN ->
                    mending.equals(CoreSteps.app(provider)) && turn.in.apps().apply(provider, refused) == AppHold.OURS;
                case VENDOR -> false;
            };
        }
        return look instanceof ProbeResult.AccessLost && mending.equals(CoreSteps.connect(provider));
    }
}
