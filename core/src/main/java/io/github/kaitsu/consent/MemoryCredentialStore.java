package io.github.kaitsu.consent;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps credentials in memory: for tests, and for runs that need not outlive their process. Nothing is encrypted, since nothing
 * leaves the process. Share one instance among all who work on the same customers. Thread-safe; closing it loses nothing and
 * does nothing.
 */
public final class MemoryCredentialStore implements CredentialStore {
    /** What became of an entry; without a secret it is deleted. */
    private static final class State {
        private final long version;
        private final byte @Nullable [] secret;

        State(long version, byte @Nullable [] secret) {
            this.version = version;
            this.secret = secret;
        }
    }

    private final Map<Key, State> states = new HashMap<>();
    private final Map<Key, Semaphore> holds = new ConcurrentHashMap<>();

    /** An empty store. */
    public MemoryCredentialStore() {
        // Nothing to prepare.
    }

    @Override
    public synchronized Optional<Entry> load(Key key) {
        State state = states.get(key);
        return state == null || state.secret == null
                ? Optional.empty()
                : Optional.of(new Entry(state.version, state.secret.clone()));
    }

    @Override
    public synchronized Optional<Long> put(Key key, long expected, byte[] secret) {
        if (version(key) != expected) {
            return Optional.empty();
        }
        states.put(key, new State(expected + 1, secret.clone()));
        return Optional.of(expected + 1);
    }

    @Override
    public synchronized boolean delete(Key key, long expected) {
        State state = states.get(key);
        if (state == null || state.secret == null || state.version != expected) {
            return false;
        }
        states.put(key, new State(expected + 1, null));
        return true;
    }

    @Override
    public synchronized long version(Key key) {
        State state = states.get(key);
        return state == null ? 0 : state.version;
    }

    @Override
    public synchronized Set<Key> keys() {
        Set<Key> keys = new HashSet<>();
        states.forEach((key, state) -> {
            if (state.secret != null) {
                keys.add(key);
            }
        });
        return keys;
    }

    @Override
    public Hold hold(Key key) throws InterruptedException {
        Semaphore free = holds.computeIfAbsent(key, k -> new Semaphore(1, true));
        if (!free.tryAcquire(FileCredentialStore.LONGEST_HOLD.toNanos(), TimeUnit.NANOSECONDS)) {
            throw KaitsuException.of(ErrorCode.STORE_BUSY, "", key.provider() + " " + key.customer());
        }
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (!closed.getAndSet(true)) {
                free.release();
            }
        };
    }
}
