package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationListener;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleId;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journals of a store: reads and folds them, makes them longer, and tells the listeners. Thread-safe. */
public final class Journals {
    private static final Logger LOG = LoggerFactory.getLogger(Journals.class);

    private final ActivationStore store;
    private final Clock clock;
    private final List<ActivationListener> listeners;
    private final RunStates states = new RunStates();
    private final Disturbances disturbances = new Disturbances();

    public Journals(ActivationStore store, Clock clock, List<ActivationListener> listeners) {
        this.store = store;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
    }

    /** A run's journal. @throws KaitsuException ACTIVATION_NOT_FOUND, ACTIVATION_FORGOTTEN */
    public Journal load(ActivationId id) {
        return store.load(id).orElseThrow(() -> {
            boolean isForgotten = store.forgottenAt(id).isPresent();
            return KaitsuException.of(
                    isForgotten ? ErrorCode.ACTIVATION_FORGOTTEN : ErrorCode.ACTIVATION_NOT_FOUND, "", id);
        });
    }

    /** What a run's journal says. @throws KaitsuException ACTIVATION_NOT_FOUND */
    public RunState state(ActivationId id) {
        return states.of(load(id));
    }

    Optional<RunState> find(ActivationId id) {
        return store.load(id).map(states::of);
    }

    RunState fold(Journal journal) {
        return states.of(journal);
    }

    /** A pasted text, parsed once for whoever asks: what was checked on its way in is not parsed again when it is folded. */
    ConsoleReading reading(String text, Set<String> furniture) {
        return states.reading(text, furniture);
    }

    /** The runs of a console, newest first. */
    List<RunState> of(ConsoleId console) {
        return store.all().stream()
                .flatMap(id -> readable(id, console).stream())
                .sorted(Comparator.comparing(RunState::begunAt).reversed())
                .toList();
    }

    /** A run of this console. One run's damaged journal says nothing about another customer. */
    private Optional<RunState> readable(ActivationId id, ConsoleId console) {
        try {
            return store.load(id).filter(journal -> isOf(console, journal)).map(states::of);
        } catch (KaitsuException e) {
            LOG.warn("the journal of {} cannot be read: {}", id, e.code());
            return Optional.empty();
        }
    }

    private static boolean isOf(ConsoleId console, Journal journal) {
        return journal.entries().stream()
                .limit(1)
                .anyMatch(e -> e.event() instanceof Event.Begun begun
                        && begun.request().customer().console().equals(console));
    }

    /** Appends, or returns false after a conflict: somebody has written meanwhile, decide anew */
    boolean append(RunState state, Optional<Lease> lease, List<Event> events) {
        return appended(state.id(), state.size(), lease, events);
    }

    /** The same for whoever has read the journal alone. */
    boolean appended(ActivationId id, long after, Optional<Lease> lease, List<Event> events) {
        try {
            append(id, after, lease, events);
            return true;
        } catch (KaitsuException e) {
            if (e.code() == ErrorCode.STORE_CONFLICT && (lease.isEmpty() || store.size(id) > after)) {
                return false;
            }
            throw e;
        }
    }

    /** @throws KaitsuException STORE_CONFLICT if the journal has another length, or the lease is no longer held */
    void append(ActivationId id, long after, Optional<Lease> lease, List<Event> events) {
        Instant now = clock.instant();
        List<JournalEntry> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(new JournalEntry(after + entries.size() + 1, now, event));
        }
        store.append(id, after, lease, entries);
        entries.forEach(entry -> tell(id, entry));
    }

    /** Tells the listeners that a run was erased: there is no journal left to hold what one of them makes of it. */
    void tellForgotten(ActivationId id, Instant at) {
        tell(listener -> listener.forgotten(id, at), e -> LOG.warn("a listener failed", e));
    }

    private void tell(ActivationId id, JournalEntry entry) {
        tell(
                listener -> listener.happened(id, entry),
                e -> disturbances.add(id, Event.Place.LISTENER, Optional.empty(), e));
        if (entry.event() instanceof Event.Ended) {
            disturbances.forget(id);
        }
    }

    private void tell(Consumer<ActivationListener> news, Consumer<Throwable> failed) {
        for (ActivationListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (Throwable e) { // it is durable, whatever a listener makes of it
                failed.accept(e);
            }
        }
    }

    Disturbances disturbances() {
        return disturbances;
    }
}
