package io.github.kaitsu;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.OwnAccess;
import java.time.Instant;
import java.util.Map;
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
    @JsonSubTypes.Type(value = Event.Ended.class, name = "ended")
})
public sealed interface Event {

    /** What kind of run it is. */
    enum Run {
        ACTIVATION,
        REMOVAL
    }

    /** Why a link round began. */
    enum RoundReason {
        FIRST,
        /** The round before linked nothing (COMMON-10). */
        LINK_FAILED,
        /** 保留 stayed (COMMON-14). */
        STALLED,
        /** A machine gave the grant back; that costs no round of the budget. */
        HANDED_BACK
    }

    record Begun(Run run, ActivationRequest request) implements Event {}

    /**
     * What earlier runs learnt of the customer, so that a removal is proved in the tenant, and of the app, that were activated.
     *
     * @param facts by name, as of {@link Look.Holds#facts}
     */
    record Inherited(Map<String, String> facts) implements Event {
        public Inherited {
            facts = Map.copyOf(facts);
        }
    }

    /** A look that found something new. */
    record Looked(StepId step, String source, Look look) implements Event {}

    /**
     * Somebody is asked.
     *
     * @param question whether the step's question is asked, not its action
     */
    record Offered(ActionId action, StepId step, boolean question, Optional<Instant> overdueAt) implements Event {}

    record Answered(ActionId action, StepId step, Answer answer) implements Event {}

    /** An answer to an action that was gone; kept, and it triggers a look. */
    record LateAnswer(ActionId action, Answer answer) implements Event {}

    record Withdrawn(ActionId action, StepId step, String reason) implements Event {}

    record Overdue(ActionId action, StepId step) implements Event {}

    record Concluded(StepId step, Evidence evidence) implements Event {}

    /** A step that will not be done, for an accepted reason; it becomes an open item. */
    record Skipped(StepId step, String reason) implements Event {}

    record TenantPinned(CloudService.Provider provider, String tenant) implements Event {}

    record SlotTaken(CloudService service) implements Event {}

    /** Released only by evidence that nothing is 保留 any more. */
    record SlotReleased(CloudService service, String evidence) implements Event {}

    /** Whoever holds the slot is gone: a reading that comes after this may free it. */
    record SlotBlocked(CloudService service, String owner) implements Event {}

    /** Somebody else's slot, freed by evidence that nothing is 保留 any more. */
    record SlotCleared(String owner, String evidence) implements Event {}

    record RoundStarted(CloudService service, int round, RoundReason reason) implements Event {}

    record Linked(CloudService service, String detail) implements Event {}

    /** Linked and proved before this run began. */
    record Adopted(CloudService service, String detail) implements Event {}

    record Stalled(CloudService service, int stalls) implements Event {}

    /**
     * A service will see nothing more in this run.
     *
     * @param reason only with FAILED
     */
    record ServiceEnded(CloudService service, ActivationStatus status, Optional<FailureReason> reason, String detail)
            implements Event {}

    /** What became of the own app's access when the run ended. */
    record AccessReturned(CloudService.Provider provider, OwnAccess.Returned what) implements Event {}

    record CancelRequested(String by) implements Event {}

    record Ended() implements Event {}
}
