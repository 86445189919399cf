package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.RunRequest;
import io.github.kaitsu.files.Pauses;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins runs: claims the customer and writes the first entry. Thread-safe. */
public final class Beginning {
    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);
    /** As long as a store's own locks are waited for. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final ActivationStore store;
    private final Journals journals;
    private final Claims claims;
    private final Provisioners provisioners;

    public Beginning(ActivationStore store, Journals journals, Provisioners provisioners) {
        this.store = store;
        this.journals = journals;
        this.claims = new Claims(store, journals);
        this.provisioners = provisioners;
    }

    /**
     * Begins a run, unless the same was begun already. Two that begin it at once both succeed: the second waits for the first.
     *
     * @throws KaitsuException INVALID_REQUEST, CUSTOMER_BUSY, SERVICE_NOT_CONFIGURED, ACTIVATION_FORGOTTEN; STORE_BUSY if somebody
     *     holds the run's lease for half a minute and begins nothing
     */
    public void begin(ActivationId id, RunRequest request) {
        provisioners.check(request);
        Optional<Journal> existing = store.load(id);
        if (existing.isEmpty()) {
            existing = write(id, request);
        }
        if (existing.isPresent() && !journals.fold(existing.get()).request().equals(request)) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "other-run", id);
        }
    }

    /**
     * Claims the customer and writes the first entry, under the run's lease: whoever finds a claim without a journal can tell by
     * the lease whether somebody is just beginning or died on the way.
     *
     * @return what somebody else began under this id meanwhile
     */
    private Optional<Journal> write(ActivationId id, RunRequest request) {
        Pauses pauses = new Pauses(LONGEST_WAIT);
        boolean interrupted = false;
        try {
            while (true) {
                Optional<Lease> free = store.tryLease(id);
                if (free.isPresent()) {
                    return write(id, request, free.get());
                }
                // Somebody begins it at this very moment, or looks whether the claim of its customer was abandoned.
                Optional<Journal> begun = store.load(id);
                if (begun.isPresent()) {
                    return begun;
                }
                try {
                    if (!pauses.pause()) {
                        throw KaitsuException.of(ErrorCode.STORE_BUSY, "", id);
                    }
                } catch (InterruptedException e) {
                    interrupted = true; // as a store's own calls: it stays set, and stops nothing half-way
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<Journal> write(ActivationId id, RunRequest request, Lease taken) {
        try (Lease lease = taken) {
            LOG.debug("beginning {} under lease {}", id, lease.fencingToken());
            Optional<Journal> meanwhile = store.load(id);
            if (meanwhile.isPresent()) {
                return meanwhile;
            }
            if (store.forgottenAt(id).isPresent()) {
                throw KaitsuException.of(ErrorCode.ACTIVATION_FORGOTTEN, "", id);
            }
            claims.takeCustomer(request.customer(), id);
            journals.write(new Journal(id, List.of()), Optional.empty(), events(new Event.Begun(request)));
            return Optional.empty();
        }
    }

    private List<Event> events(Event.Begun begun) {
        CustomerId customer = begun.request().customer();
        boolean isRemoval = begun.run() == Event.Run.REMOVAL;
        List<RunState> earlier = new ArrayList<>();
        if (isRemoval || claims.isFurnitureKnown(customer.console())) { // reads every run of the store
            earlier.addAll(journals.of(customer.console()));
            Collections.reverse(earlier); // what was learnt last counts
        }
        Facts known = isRemoval ? learnt(earlier, customer) : Facts.none();
        List<Event> events = new ArrayList<>(List.of(begun));
        if (!known.equals(Facts.none())) {
            events.add(new Event.Inherited(known));
        }
        earlier.forEach(run -> events.addAll(run.furnitureToInherit())); // COMMON-19
        return events;
    }

    /** A removal knows what the activations learnt: absence in some other tenant would prove nothing. */
    private static Facts learnt(List<RunState> earlier, CustomerId customer) {
        Facts known = Facts.none();
        for (RunState run : earlier) {
            if (run.isEndedOf(customer) && run.run() == Event.Run.ACTIVATION) {
                known = known.with(run.facts().lasting().asMap());
            }
        }
        return known;
    }
}
