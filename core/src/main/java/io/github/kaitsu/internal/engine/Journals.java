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
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunPage;
import io.github.kaitsu.store.RunQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journals of a store: reads and folds them, makes them longer, and tells the listeners. Thread-safe. */
public final class Journals {
    private static final Logger LOG = LoggerFactory.getLogger(Journals.class);

    /** How many heads are read at once. */
    private static final int PAGE = 500;

    private final ActivationStore store;
    private final Provisioners provisioners;
    private final Clock clock;
    private final List<ActivationListener> listeners;
    private final RunStates states = new RunStates();
    private final Disturbances disturbances = new Disturbances();

    public Journals(ActivationStore store, Provisioners provisioners, Clock clock, List<ActivationListener> listeners) {
        this.store = store;
        this.provisioners = provisioners;
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

    /** The same, lent: nothing of the state may be kept. @throws KaitsuException ACTIVATION_NOT_FOUND, ACTIVATION_FORGOTTEN */
    public <T> T lent(ActivationId id, Function<RunState, T> use) {
        return states.lent(load(id), use);
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

    /** The runs of a console, newest first. One run's damaged journal says nothing about another customer. */
    List<RunState> of(ConsoleId console) {
        return heads(RunQuery.all().ofConsole(console)).stream()
                .flatMap(head -> readable(head.id()).stream())
                .sorted(Comparator.comparing(RunState::begunAt).reversed())
                .toList();
    }

    private Optional<RunState> readable(ActivationId id) {
        try {
            return find(id);
        } catch (KaitsuException e) {
            LOG.warn("the journal of {} cannot be read: {}", id, e.code());
            return Optional.empty();
        }
    }

    // ---- heads

    /** All runs that are wanted, in the order of their ids. */
    public List<RunHead> heads(RunQuery query) {
        List<RunHead> all = new ArrayList<>();
        Optional<ActivationId> after = Optional.empty();
        restoreHeads();
        do {
            RunPage page = store.find(query, after, PAGE);
            all.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    /** A page of them. */
    public RunPage page(RunQuery query, Optional<ActivationId> after, int limit) {
        restoreHeads();
        return store.find(query, after, limit);
    }

    /** What a crash or another version left without a head. */
    private void restoreHeads() {
        for (ActivationId id : store.headless()) {
            readable(id).flatMap(this::head).ifPresent(store::restore);
        }
    }

    /** What is wrong with a head is no reason to refuse what is to be written. */
    private Optional<RunHead> head(RunState state) {
        try {
            return Optional.of(RunHeads.of(state, provisioners));
        } catch (RuntimeException e) {
            LOG.warn("what lists show of {} cannot be told", state.id(), e);
            return Optional.empty();
        }
    }

    // ---- writing

    /** Appends, or returns false after a conflict: somebody has written meanwhile, decide anew */
    boolean append(RunState state, Optional<Lease> lease, List<Event> events) {
        return append(state.journal(), lease, events);
    }

    /** The same for whoever has read the journal alone. */
    boolean append(Journal journal, Optional<Lease> lease, List<Event> events) {
        try {
            write(journal, lease, events);
            return true;
        } catch (KaitsuException e) {
            if (e.code() == ErrorCode.STORE_CONFLICT
                    && (lease.isEmpty() || store.size(journal.id()) > journal.size())) {
                return false;
            }
            throw e;
        }
    }

    /** @throws KaitsuException STORE_CONFLICT if the journal has another length, or the lease is no longer held */
    void write(Journal journal, Optional<Lease> lease, List<Event> events) {
        Instant now = clock.instant();
        List<JournalEntry> all = new ArrayList<>(journal.entries());
        for (Event event : events) {
            all.add(new JournalEntry(all.size() + 1, now, event));
        }
        Journal longer = new Journal(journal.id(), all);
        List<JournalEntry> entries = longer.entries().subList((int) journal.size(), all.size());
        boolean ignored = states.lent(longer, state -> {
            store.append(journal.id(), journal.size(), lease, entries, head(state));
            return true;
        });
        entries.forEach(entry -> tell(journal.id(), entry));
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
