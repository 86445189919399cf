package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.RecordKeeper;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases ended runs: first what is kept beside the store, then the journal, in one step. So a run that is still listed can be forgotten
 * again, and one that is not has left nothing. Thread-safe.
 */
public final class Forgetting {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);

    private final ActivationStore store;
    private final Journals journals;
    private final Claims claims;
    private final OwnAccess access;
    private final List<RecordKeeper> keepers;
    private final Clock clock;

    public Forgetting(
            ActivationStore store, Journals journals, OwnAccess access, List<RecordKeeper> keepers, Clock clock) {
        this.store = store;
        this.journals = journals;
        this.claims = new Claims(store, journals);
        this.access = access;
        this.keepers = List.copyOf(keepers);
        this.clock = clock;
    }

    /**
     * Erases a run; one that was erased before is no mistake.
     *
     * @throws KaitsuException ACTIVATION_NEEDED, ACTIVATION_NOT_FOUND, STORE_BUSY
     */
    public void forget(ActivationId id) throws InterruptedException {
        if (store.forgottenAt(id).isPresent()) {
            return;
        }
        journals.load(id);
        Optional<Lease> free = store.tryLease(id);
        if (free.isEmpty()) {
            throw KaitsuException.of(ErrorCode.STORE_BUSY, "", id);
        }
        try (Lease lease = free.get()) {
            RunState run = journals.state(id);
            check(run);
            CustomerId customer = run.request().customer();
            giveBackAccess(run);
            keepers.forEach(keeper -> keeper.forget(id, customer));
            Instant now = clock.instant();
            store.forget(id, run.size(), lease, now);
            LOG.info("activation {} was forgotten", id);
            journals.tellForgotten(id, now);
        }
    }

    /** Erases, oldest first, the runs in which nothing was written for some time, as far as nothing speaks against it. */
    public List<ActivationId> forgetOlderThan(Duration age) throws InterruptedException {
        return forgetOlderThan(age, busy -> {});
    }

    /** The same. @return false if one was in somebody's hands just now, so that it is worth to come again soon */
    public boolean keepOnlyYoungerThan(Duration age) throws InterruptedException {
        List<ActivationId> busy = new ArrayList<>();
        forgetOlderThan(age, busy::add);
        return busy.isEmpty();
    }

    private List<ActivationId> forgetOlderThan(Duration age, Consumer<ActivationId> busy) throws InterruptedException {
        Instant last = clock.instant().minus(age);
        List<ActivationId> forgotten = new ArrayList<>();
        for (ActivationId id : oldestFirst(last)) {
            try {
                forget(id);
                forgotten.add(id);
            } catch (RuntimeException e) { // a keeper's or a disk's trouble with one run is none of the others'
                LOG.info("activation {} is not forgotten yet: {}", id, reason(e));
                if (reason(e) == ErrorCode.STORE_BUSY) {
                    busy.accept(id);
                }
            }
        }
        return List.copyOf(forgotten);
    }

    private static Object reason(RuntimeException e) {
        return e instanceof KaitsuException refusal
                ? refusal.code()
                : e.getClass().getName();
    }

    /** A damaged journal is somebody's to look at, not ours to erase: it has no head. */
    private List<ActivationId> oldestFirst(Instant last) {
        return journals.heads(RunQuery.all().ended(true).silentSince(last)).stream()
                .sorted(Comparator.comparing(RunHead::begunAt))
                .map(RunHead::id)
                .toList();
    }

    // ---- what speaks against it

    private void check(RunState run) {
        if (!run.isEnded()) {
            throw needed("running", run);
        }
        claims.settle(run); // its process may have died between the end and this
        claims.slotOf(run).ifPresent(service -> {
            throw needed("slot", run, service.name());
        });
        Set<String> texts = texts(run);
        for (RunState other : others(run)) {
            if (!other.isEnded()) {
                checkHeir(run, texts, other);
            } else if (restsOnRemoval(run, other)) {
                throw needed("removal", run, other.id());
            }
        }
    }

    /** What was said in a run, and can be taken back there, counts in a later one that goes on. */
    private void checkHeir(RunState run, Set<String> texts, RunState heir) {
        for (JournalEntry entry : journals.load(heir.id()).entries()) {
            if (entry.event() instanceof Event.FurnitureKnown known
                    && known.inherited().filter(w -> w.run().equals(run.id())).isPresent()) {
                throw needed("furniture", run, heir.id());
            }
            if (entry.event() instanceof Event.TextClaimed text && texts.contains(text.fingerprint())) {
                throw needed("text", run, heir.id());
            }
        }
    }

    private Set<String> texts(RunState run) {
        return journals.load(run.id()).entries().stream()
                .flatMap(e ->
                        e.event() instanceof Event.TextClaimed text ? Stream.of(text.fingerprint()) : Stream.empty())
                .collect(Collectors.toSet());
    }

    /** Whether an activation would be believed again if this removal, which came after it, were gone. */
    private static boolean restsOnRemoval(RunState run, RunState other) {
        return run.run() == Event.Run.REMOVAL
                && other.run() == Event.Run.ACTIVATION
                && other.isEndedOf(run.request().customer())
                && !other.begunAt().isAfter(run.begunAt())
                && other.settledServices().stream().anyMatch(run.settledServices()::contains);
    }

    private List<RunState> others(RunState run) {
        return journals.of(run.request().customer().console()).stream()
                .filter(other -> !other.id().equals(run.id()))
                .toList();
    }

    private static KaitsuException needed(String why, RunState run, Object... more) {
        return KaitsuException.of(
                ErrorCode.ACTIVATION_NEEDED,
                why,
                Stream.concat(Stream.of(run.id()), Stream.of(more)).toArray());
    }

    // ---- the own app's access

    /** What was kept for drift checks has no use once there is nothing left to check. */
    private void giveBackAccess(RunState run) throws InterruptedException {
        CustomerId customer = run.request().customer();
        boolean isKept = run.request() instanceof ActivationRequest asked && asked.keepForDrift();
        boolean isLast =
                others(run).stream().noneMatch(o -> o.request().customer().equals(customer));
        if (!isKept || !isLast) {
            return;
        }
        Collection<CloudService.Provider> held = access.held(customer);
        for (CloudService.Provider provider : held) {
            OwnAccess.Returned what = access.giveBack(customer, provider);
            if (what == OwnAccess.Returned.NOT_REVOKED || what == OwnAccess.Returned.STORE_FAILED) {
                throw needed("access", run, provider.label());
            }
        }
    }
}
