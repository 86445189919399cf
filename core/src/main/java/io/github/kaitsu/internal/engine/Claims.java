package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.SlotOwner;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleId;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.RunHead;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs claim in the store: their customer, their console's link slot, and the texts that proved something. Takes it, gives it
 * back, and says who holds it and whether that run still lives.
 *
 * <p>What is taken is claimed before its event is written; what is given back, after it. Thread-safe.
 */
final class Claims {
    private final ActivationStore store;
    private final Journals journals;

    Claims(ActivationStore store, Journals journals) {
        this.store = store;
        this.journals = journals;
    }

    private static ClaimKey customer(CustomerId customer) {
        return new ClaimKey("customer", customer.toString());
    }

    private static ClaimKey slot(CustomerId customer) {
        return new ClaimKey("console", customer.console().toString());
    }

    private static ClaimKey text(String fingerprint) {
        return new ClaimKey("text", fingerprint);
    }

    private static ClaimKey furniture(ConsoleId console) {
        return new ClaimKey("furniture", console.toString());
    }

    /** One run's service as the holder of a link slot. */
    static SlotOwner owner(RunState state, CloudService service) {
        return new SlotOwner(state.id(), service);
    }

    // ---- the customer: one run at a time

    /** @throws KaitsuException CUSTOMER_BUSY while another run of the customer is not over */
    void takeCustomer(CustomerId customer, ActivationId id) {
        ClaimKey key = customer(customer);
        while (!store.claim(key, id.value())) {
            Optional<String> holder = store.claimant(key);
            if (holder.isPresent() && !isOver(ActivationId.of(holder.get()))) {
                throw KaitsuException.of(ErrorCode.CUSTOMER_BUSY, "", holder.get());
            }
            holder.ifPresent(h -> store.release(key, h)); // its process died between the end and the release
        }
    }

    private boolean isOver(ActivationId id) {
        Optional<RunState> run = journals.find(id);
        if (run.isPresent()) {
            return run.get().isEnded();
        }
        Optional<Lease> lease = store.tryLease(id);
        boolean isAbandoned = lease.isPresent() && store.size(id) == 0; // its process died after the claim
        lease.ifPresent(Lease::close);
        return isAbandoned;
    }

    // ---- the slot: one service at a time per console between link and 成功しました (COMMON-13)

    Optional<String> slotHolder(RunState state) {
        ClaimKey slot = slot(state.request().customer());
        Optional<String> holder = store.claimant(slot);
        boolean isLeft = holder.flatMap(SlotOwner::parse)
                .filter(owner -> !owner.activation().equals(state.id()))
                .filter(owner -> head(owner.activation()).map(RunHead::isEnded).orElse(true))
                .filter(owner -> journals.find(owner.activation())
                        .filter(other -> other.isEnded() && gaveBack(other, owner.service()))
                        .isPresent())
                .isPresent();
        if (isLeft) { // its process died between the end and this; whoever has not ended gives it back himself
            store.release(slot, holder.get());
            return Optional.empty();
        }
        return holder;
    }

    /** What lists show of a run, if that is all that its journal says: for that, no journal has to be read. */
    private Optional<RunHead> head(ActivationId id) {
        return store.head(id).filter(head -> head.size() == store.size(id));
    }

    /** Whether a run's journal says that it gave the slot back. */
    private static boolean gaveBack(RunState run, CloudService service) {
        ServiceState state = run.service(service);
        return !state.slot && (state.slotReleased || run.isEnded());
    }

    /** The service for which a run holds its console's slot. */
    Optional<CloudService> slotOf(RunState state) {
        return slotHolder(state)
                .flatMap(SlotOwner::parse)
                .filter(owner -> owner.activation().equals(state.id()))
                .map(SlotOwner::service);
    }

    /** Whether the run behind a slot may still give it back by itself. */
    boolean isLive(String owner, RunState asking) {
        Optional<SlotOwner> holder = SlotOwner.parse(owner);
        if (holder.isEmpty()) {
            return true;
        }
        CloudService service = holder.get().service();
        if (holder.get().activation().equals(asking.id())) {
            return !asking.service(service).isEnded();
        }
        Optional<RunHead> head = head(holder.get().activation());
        if (head.isPresent()) {
            ActivationStatus status = head.get().services().get(service);
            return !head.get().isEnded() && (status == null || !status.isFinal());
        }
        return journals.find(holder.get().activation())
                .map(other -> !other.isEnded() && !other.service(service).isEnded())
                .orElse(true); // its journal may be about to be written
    }

    /**
     * Whether the run behind a slot may have left a grant that waits for its 完了 (M365-4) where the one that asks cannot see it: such a
     * grant is no 保留 yet, and the page サービスアカウント shows one organisation's.
     */
    boolean isUnseen(String owner, RunState asking, Provisioners provisioners) {
        return SlotOwner.parse(owner)
                .flatMap(holder -> journals.find(holder.activation())
                        .filter(run -> !run.request()
                                .customer()
                                .equals(asking.request().customer()))
                        .filter(run -> run.service(holder.service()).linkAttempts > 0)
                        .filter(run -> hasWindow(run, holder.service(), provisioners)))
                .isPresent();
    }

    private static boolean hasWindow(RunState run, CloudService service, Provisioners provisioners) {
        try {
            StepPlan.ServiceSteps plan = StepPlan.of(run, provisioners).of(service);
            return plan.unfinished().isPresent() || plan.finish().isPresent();
        } catch (KaitsuException e) {
            return true; // what this process does not know, somebody has to see to
        }
    }

    // ---- a text that proved something in one console is no proof for another (COMMON-12)

    /** The whole of it, or one line: a part of a text is as little another's as the whole. */
    boolean isForeign(RunState state, ConsoleReading reading) {
        String own = state.request().customer().console().toString();
        return Stream.concat(
                        Stream.of(reading.fingerprint()),
                        reading.success().stream().filter(ConsoleEntry::isWhole).map(ConsoleEntry::fingerprint))
                .filter(fingerprint -> !fingerprint.isEmpty())
                .anyMatch(fingerprint -> store.claimant(text(fingerprint))
                        .filter(console -> !console.equals(own))
                        .isPresent());
    }

    // ---- a run's events

    /** Takes what these events are about to take. @return whether nobody else holds any of it */
    boolean take(RunState state, List<Event> events) {
        CustomerId customer = state.request().customer();
        return events.stream().allMatch(event -> {
            if (event instanceof Event.SlotTaken taken) {
                return store.claim(slot(customer), owner(state, taken.service()).toString());
            }
            if (event instanceof Event.FurnitureKnown) {
                return store.claim(
                        furniture(customer.console()), customer.console().toString());
            }
            return !(event instanceof Event.TextClaimed text)
                    || store.claim(text(text.fingerprint()), customer.console().toString());
        });
    }

    /** Whether a run of this console was told of its furniture (COMMON-19), so that it is worth reading all of them. */
    boolean isFurnitureKnown(ConsoleId console) {
        return store.claimant(furniture(console)).isPresent();
    }

    /** What persons called furniture of a run's console in its other runs. */
    List<Event.FurnitureKnown> furnitureBesides(RunState state) {
        ConsoleId console = state.request().customer().console();
        return !isFurnitureKnown(console)
                ? List.of()
                : journals.of(console).stream()
                        .filter(other -> !other.id().equals(state.id()))
                        .flatMap(other -> other.furnitureToInherit().stream())
                        .toList();
    }

    /** Frees a slot whose holder was found gone, once that is written. */
    void clear(RunState state, List<Event> events) {
        for (Event event : events) {
            if (event instanceof Event.SlotCleared cleared) {
                store.release(slot(state.request().customer()), cleared.owner());
            }
        }
    }

    /** Whether a run holds nothing that its journal says was given back; a crash may have come between the two. */
    boolean isSettled(RunState state, Optional<String> slotHolder) {
        boolean hasSlot = state.request().services().stream()
                .anyMatch(s -> gaveBack(state, s)
                        && slotHolder.equals(Optional.of(owner(state, s).toString())));
        return !hasSlot && !(state.isEnded() && hasCustomer(state));
    }

    private boolean hasCustomer(RunState state) {
        return store.claimant(customer(state.request().customer()))
                .filter(state.id().value()::equals)
                .isPresent();
    }

    /** Gives that back. Only under the run's lease: what is just being claimed is not in its journal yet. */
    void settle(RunState state) {
        for (CloudService service : state.request().services()) {
            if (gaveBack(state, service)) {
                store.release(
                        slot(state.request().customer()), owner(state, service).toString());
            }
        }
        if (state.isEnded()) {
            store.release(customer(state.request().customer()), state.id().value());
        }
    }
}
