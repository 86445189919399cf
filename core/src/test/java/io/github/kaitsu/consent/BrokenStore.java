package io.github.kaitsu.consent;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Fails as long as it is told to. */
final class BrokenStore implements CredentialStore {
    private final CredentialStore real = new MemoryCredentialStore();
    /** No grant can be written. */
    volatile boolean full;
    /** Nothing can be deleted. */
    volatile boolean broken;
    /** Which entries somebody holds. */
    final Set<Key> held = ConcurrentHashMap.newKeySet();
    /** What happens between looking and deleting. */
    volatile Runnable beforeDeletion = () -> {};

    @Override
    public Optional<Entry> load(Key key) {
        return real.load(key);
    }

    @Override
    public Optional<Long> put(Key key, long expected, byte[] secret) {
        if (full && key.kind() == Kind.GRANT) {
            throw KaitsuException.of(ErrorCode.IO_ERROR, "", "the disk");
        }
        return real.put(key, expected, secret);
    }

    @Override
    public boolean delete(Key key, long expected) {
        beforeDeletion.run();
        if (broken) {
            throw KaitsuException.of(ErrorCode.IO_ERROR, "", "the disk");
        }
        return real.delete(key, expected);
    }

    @Override
    public long version(Key key) {
        return real.version(key);
    }

    @Override
    public Set<Key> keys() {
        return real.keys();
    }

    @Override
    public Hold hold(Key key) throws InterruptedException {
        Hold hold = real.hold(key);
        held.add(key);
        return () -> {
            held.remove(key);
            hold.close();
        };
    }
}
