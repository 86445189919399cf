package io.github.kaitsu.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.RunRequest;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened in a run. The journal of events is the truth; state is a fold over it. Never holds a secret.
 *
 * <p>The names are part of the journal format: they may be added to, never renamed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = Event.Inherited.class, name = "inherited"),
    @JsonSubTypes.Type(value = Event.Looked.class, name = "looked"),
    @JsonSubTypes.Type(value = Event.Offered.class, name = "offered"),
    @JsonSubTypes.Type(value = Event.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = Event.LateAnswer.class, name = "late-answer"),
    @JsonSubTypes.Type(value = Event.HandedIn.class, name = "handed-in"),
    @JsonSubTypes.Type(value = Event.Corrected.class, name = "corrected"),
    @JsonSubTypes.Type(value = Event.FurnitureKnown.class, name = "furniture-known"),
    @JsonSubTypes.Type(value = Event.CallsPlanned.class, name = "calls-planned"),
    @JsonSubTypes.Type(value = Event.Called.class, name = "called"),
    @JsonSubTypes.Type(value = Event.TextClaimed.class, name = "text-claimed"),
    @JsonSubTypes.Type(value = Event.SlotAwaited.class, name = "slot-awaited"),
    @JsonSubTypes.Type(value = Event.Withdrawn.class, name = "withdrawn"),
    @JsonSubTypes.Type(value = Event.Overdue.class, name = "overdue"),
    @JsonSubTypes.Type(value = Event.Concluded.class, name = "concluded"),
    @JsonSubTypes.Type(value = Event.Skipped.class, name = "skipped"),
    @JsonSubTypes.Type(value = Event.TenantPinned.class, name = "tenant-pinned"),
    @JsonSubTypes.Type(value = Event.SlotTaken.class, name = "slot-taken"),
    @JsonSubTypes.Type(value = Event.SlotReleased.class, name = "slot-released"),
    @JsonSubTypes.Type(value = Event.SlotBlocked.class, name = "slot-blocked"),
    @JsonSubTypes.Type(value = Event.SlotCleared.class, name = "slot-cleared"),
    @JsonSubTypes.Type(value = Event.RoundStarted.class, name = "round-started"),
    @JsonSubTypes.Type(value = Event.Linked.class, name = "linked"),
    @JsonSubTypes.Type(value = Event.Adopted.class, name = "adopted"),
    @JsonSubTypes.Type(value = Event.Stalled.class, name = "stalled"),
    @JsonSubTypes.Type(value = Event.ServiceEnded.class, name = "service-ended"),
    @JsonSubTypes.Type(value = Event.AccessReturned.class, name = "access-returned"),
    @JsonSubTypes.Type(value = Event.CancelRequested.class, name = "cancel-requested"),
    @JsonSubTypes.Type(value = Event.Waited.class, name = "waited"),
    @JsonSubTypes.Type(value = Event.Gap.class, name = "gap"),
    @JsonSubTypes.Type(value = Event.Disturbed.class, name = "disturbed"),
    @JsonSubTypes.Type(value = Event.Ended.class, name = "ended")
})
public sealed interface Event {

    /** What kind of run it is. */
    enum Run {
        /** Services are activated. */
        ACTIVATION,
        /** Services are taken back. */
        REMOVAL;

        /** The kind of run that a request begins. */
        public static Run of(RunRequest request) {
            return request instanceof RemovalRequest ? REMOVAL : ACTIVATION;
        }
    }

    /** Why an action was taken back. */
    enum WithdrawReason {
        /** What it asks for is known by now. */
        EVIDENCE,
        /** Its service or its run has ended. */
        ENDED,
        /** Something else is asked instead. */
        REPLACED
    }

    /** Why a link round began. */
    enum RoundReason {
        /** It is the first one of the service. */
        FIRST,
        /** The round before linked nothing (COMMON-10). */
        LINK_FAILED,
        /** 保留 stayed (COMMON-14). */
        STALLED,
        /** A machine gave the grant back; that costs no round of the budget. */
        HANDED_BACK,
        /** Somebody took back what the round before rested on (COMMON-20). */
        CORRECTED
    }

    /** Why somebody is called to work once more than was planned, or less often. */
    enum CallReason {
        /** As planned when the run began. */
        PLAN,
        /** Something turned out to be linked already. */
        ADOPTED,
        /** The console had not reported success at the expected time. */
        NOT_YET,
        /** A link has to be tried again. */
        ANOTHER_ROUND,
        /** Something else turned up. */
        OTHER
    }

    /** What was disturbed. */
    enum Place {
        /** An operator was told of an action, or asked whether it takes it. */
        OPERATOR,
        /** A listener was told of an event. */
        LISTENER,
        /** The run itself was advanced. */
        RUN
    }

    /** The first event of every run. */
    @JsonPropertyOrder({"run", "request"})
    record Begun(RunRequest request) implements Event {
        /** What kind of run the request begins; written beside it, for readers of the journal. */
        @JsonProperty
        public Run run() {
            return Run.of(request);
        }
    }

    /**
     * What earlier runs learnt of the customer, so that a removal is proved in the tenant, and of the app, that were activated.
     */
    record Inherited(Facts facts) implements Event {}

    /** A look that found something new. */
    record Looked(StepId step, Evidence.Source source, ProbeResult look) implements Event {}

    /**
     * Somebody is asked.
     *
     * @param question whether the step's question is asked, not its action
     * @param asks what has to be read of the console, if that is asked for
     */
    record Offered(
            ActionId action, StepId step, boolean question, Optional<Instant> overdueAt, Optional<ReadingAsk> asks)
            implements Event {}

    /**
     * What is asked for of the console.
     *
     * @param services which services wait for it
     * @param attempt how often in a row the same had to be asked for again, from 0
     * @param insufficient whether the last answer lacked something that had been asked for, or waiting cannot mend what it lacks
     * @param unread lines that stand in the way and could not be read, word for word
     */
    record ReadingAsk(
            List<ConsoleReading.Part> parts,
            List<CloudService> services,
            int attempt,
            boolean insufficient,
            List<String> unread) {
        /** Keeps unmodifiable copies. */
        public ReadingAsk {
            parts = List.copyOf(parts);
            services = List.copyOf(services);
            unread = List.copyOf(unread);
        }
    }

    /**
     * Somebody answered.
     *
     * @param readByMachine whether a machine that the client knows has read it off the page; no answer can claim that itself
     */
    record Answered(ActionId action, StepId step, Answer answer, boolean readByMachine) implements Event {}

    /** An answer to an action that was gone; kept, and it triggers a look. What says the opposite counts (COMMON-20). */
    record LateAnswer(ActionId action, Answer answer) implements Event {}

    /**
     * Pages of the console that nobody had asked for at that moment.
     *
     * @param readByMachine as of {@link Answered}
     * @param action the action that they answer, where it was gone by then
     */
    record HandedIn(Answer.Saw reading, boolean readByMachine, Optional<ActionId> action) implements Event {}

    /**
     * Somebody took back what was answered. Nothing is rewritten: what followed from it is looked at anew.
     *
     * @param entry the journal entry of what is taken back
     */
    record Corrected(long entry, String by) implements Event {}

    /**
     * Lines that a person called furniture of this console's pages (COMMON-19).
     *
     * @param inherited whose word it is, where another run of the console was told; absent where this one was
     */
    record FurnitureKnown(List<String> lines, Optional<Word> inherited) implements Event {
        /** Keeps an unmodifiable copy. */
        public FurnitureKnown {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What a person answered in some run.
     *
     * @param entry the answer's journal entry there
     */
    record Word(ActivationId run, long entry, String by) {}

    /** How often persons will be called to work in all, as far as is known now. */
    record CallsPlanned(int calls, CallReason reason) implements Event {}

    /** Somebody is called to work, after a time in which nobody had anything to do. */
    record Called(int number, CallReason reason) implements Event {}

    /** A reading that proves something is this console's from now on. */
    record TextClaimed(String fingerprint) implements Event {}

    /** Another run links at this console: what was read before says nothing about what comes after it. */
    record SlotAwaited(CloudService service, String owner) implements Event {}

    /** Nobody is asked any more. */
    record Withdrawn(ActionId action, StepId step, WithdrawReason reason) implements Event {}

    /** An action has been open for longer than was expected. Nothing ends by that. */
    record Overdue(ActionId action, StepId step) implements Event {}

    /**
     * What a step rests on.
     *
     * @param basis the journal entry of the answer or reading it rests on; absent where it rests on a look
     */
    record Concluded(StepId step, Evidence evidence, Optional<Long> basis) implements Event {}

    /** A step that will not be done, for an accepted reason; it becomes an open item. */
    record Skipped(StepId step, SkipReason reason) implements Event {}

    /** The first look has found whose tenant it is; another one later is a failure. */
    record TenantPinned(CloudService.Provider provider, String tenant) implements Event {}

    /** The console's link slot is this service's, before its grant is offered (COMMON-13). */
    record SlotTaken(CloudService service) implements Event {}

    /** Released only by evidence that nothing is 保留 any more. */
    record SlotReleased(CloudService service, Statement why) implements Event {}

    /** Whoever holds the slot is gone: a reading that comes after this may free it. */
    record SlotBlocked(CloudService service, String owner) implements Event {}

    /** Somebody else's slot, freed by evidence that nothing is 保留 any more. */
    record SlotCleared(String owner, Statement why) implements Event {}

    /**
     * A link round began: up to its end the grant is offered once.
     *
     * @param round counted from 1
     */
    record RoundStarted(CloudService service, int round, RoundReason reason) implements Event {}

    /** The console lists the service, read after the grant. */
    record Linked(CloudService service, Statement seen) implements Event {}

    /** Linked and proved before this run began. */
    record Adopted(CloudService service, Statement seen) implements Event {}

    /**
     * 保留 has stayed too long (COMMON-14).
     *
     * @param stalls how often by now
     */
    record Stalled(CloudService service, int stalls) implements Event {}

    /**
     * A service will see nothing more in this run.
     *
     * @param reason only with FAILED
     * @param step the step at which it ended, if it was one
     * @param detail what was seen or said at the end
     */
    record ServiceEnded(
            CloudService service,
            ActivationStatus status,
            Optional<FailureReason> reason,
            Optional<StepId> step,
            Statement detail)
            implements Event {}

    /** What became of the own app's access when the run ended. */
    record AccessReturned(CloudService.Provider provider, OwnAccess.Returned what) implements Event {}

    /** Somebody wants the run to end; it does at the next turn. */
    record CancelRequested(String by) implements Event {}

    /** The run was looked after, and for a while nothing else happened: the time before this counts for what is waited for. */
    record Waited() implements Event {}

    /**
     * Between two entries more time passed by our clock than a run sleeps, or less than none: nobody looked after it, or a clock was
     * set. What was waited for is waited for anew.
     *
     * @param by what had passed by the clock; negative if it was set back
     */
    record Gap(Duration by) implements Event {}

    /**
     * Something threw what nobody expects. It is tried again, ever more rarely; written once a run for each place, step and kind. What
     * a probe throws is a {@link Looked}.
     *
     * @param kind the name of the class that was thrown, or an error's code
     */
    record Disturbed(Place place, Optional<StepId> step, String kind) implements Event {}

    /** The last event of a run. */
    record Ended() implements Event {}
}
