package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.KaitsuException;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the secrets of own-app consents: grants, the registered apps, consents that are not answered yet. Thread-safe, and safe
 * for several processes where the implementation says so. What is written is never readable without the key: an
 * implementation that persists must encrypt. {@code CredentialStoreContract} tests one.
 *
 * <p>Every entry has a version that grows by one with each change, also beyond its deletion, so that nobody overwrites what he
 * has not seen.
 */
public interface CredentialStore extends AutoCloseable {
    /** What an entry holds. */
    enum Kind {
        /** The tokens of one customer at one provider. */
        GRANT,
        /** A consent that was begun and not answered yet. */
        PENDING,
        /** A registered app of the host's, with its secret. */
        APP
    }

    /**
     * Which entry.
     *
     * @param id tells several of one kind apart, of {@link Kind#PENDING} all customers'; empty where there is only one
     */
    record Key(Kind kind, CustomerId customer, CloudService.Provider provider, String id) {
        /** The grant of a customer at a provider; there is one. */
        public static Key grant(CustomerId customer, CloudService.Provider provider) {
            return new Key(Kind.GRANT, customer, provider, "");
        }
    }

    /** An entry's content; its text hides it. */
    @SuppressWarnings("ArrayRecordComponent") // a secret is not compared, and can be wiped
    record Entry(long version, byte[] secret) {
        @Override
        public String toString() {
            return "Entry[version=" + version + ", ***]";
        }
    }

    /**
     * The entry, if there is one.
     *
     * @throws KaitsuException CREDENTIAL_KEY if it was written with another key; CREDENTIAL_ROLLED_BACK if an older version was
     *     put in its place; STORE_CORRUPT, STORE_UNSAFE, STORE_NEWER, IO_ERROR
     */
    Optional<Entry> load(Key key);

    /**
     * Writes an entry if nobody changed it meanwhile; it is on the medium when this returns.
     *
     * @param expected the version that was loaded; {@link #version} of an absent one
     * @return its new version; empty if it has another version than expected, and nothing is changed
     * @throws KaitsuException as {@link #load}; after an IO_ERROR either the old or the new entry is there, whole
     */
    Optional<Long> put(Key key, long expected, byte[] secret);

    /** Deletes an entry if nobody changed it meanwhile. @return whether it did; false if there is none */
    boolean delete(Key key, long expected);

    /** The version of an entry; of an absent one that of its deletion, 0 if it never was. */
    long version(Key key);

    /**
     * The one of {@link #keys} that is of kind {@link Kind#PENDING} and has this id: an answer to a consent tells nothing else. An
     * implementation that keeps many entries finds it without looking at all of them, as this default does.
     */
    default Optional<Key> pending(String id) {
        return keys().stream()
                .filter(key -> key.kind() == Kind.PENDING && key.id().equals(id))
                .findFirst();
    }

    /** All entries there are, but for those that cannot be read: {@link #load} of such a one says why. */
    Set<Key> keys();

    /**
     * Keeps all other threads and processes from the same call for this key until it is closed; for a refresh, which must
     * happen once. Does not hinder {@link #load}, {@link #put} and {@link #delete}. A holder that dies lets go.
     *
     * @throws KaitsuException STORE_BUSY if the holder does not come to an end within the time that a vendor's call takes with
     *     all its retries
     */
    Hold hold(Key key) throws InterruptedException;

    /** Lets go; from any thread. Closing it again does nothing. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Closes files; what was written stays. */
    @Override
    default void close() {}
}
