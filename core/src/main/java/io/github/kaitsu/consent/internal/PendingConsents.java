package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.CredentialStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consents that are asked for and not answered, in the store: any process may complete what another one began. */
final class PendingConsents {
    private static final Logger LOG = LoggerFactory.getLogger(PendingConsents.class);
    /** Whoever answers a little late is told so, and not that his answer is forged. */
    private static final Duration KEPT_WHEN_EXPIRED = Duration.ofDays(1);

    private static final Duration BETWEEN_PURGES = Duration.ofHours(1);

    private final CredentialStore store;
    private final Clock clock;
    private volatile Instant purgedAt = Instant.EPOCH;

    PendingConsents(CredentialStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** One entry as it was found. */
    record Found(CredentialStore.Key key, long version, PendingRecord pending) {}

    /** Keeps one under an id that none had before. */
    void add(CredentialStore.Key key, PendingRecord pending) {
        if (store.put(key, store.version(key), pending.bytes()).isEmpty()) {
            throw KaitsuException.of(ErrorCode.STORE_CONFLICT, "consent", key.id());
        }
    }

    Optional<Found> find(String id) {
        return store.pending(id).flatMap(this::load);
    }

    /** Whether it is this caller who may use the answer: true once. */
    boolean take(Found found) {
        return store.delete(found.key(), found.version());
    }

    boolean expired(PendingRecord pending) {
        return !clock.instant().isBefore(pending.expiresAt());
    }

    /** Those that still wait, after the long dead ones are deleted. */
    List<Found> waiting(Predicate<CredentialStore.Key> which) {
        return keys(which).stream()
                .flatMap(key -> readable(key).stream())
                .filter(found -> !purged(found))
                .filter(found -> !expired(found.pending()))
                .toList();
    }

    /**
     * Deletes what is long dead, whosever it is, now and then: all entries are looked at. What cannot be read stays for whoever needs
     * it to say so.
     */
    void purge() {
        Instant now = clock.instant();
        if (now.isBefore(purgedAt.plus(BETWEEN_PURGES))) {
            return;
        }
        purgedAt = now;
        for (CredentialStore.Key key : keys(any -> true)) {
            readable(key).ifPresent(this::purged);
        }
    }

    private Optional<Found> readable(CredentialStore.Key key) {
        try {
            return load(key);
        } catch (KaitsuException e) {
            LOG.warn("the pending consent {} cannot be read: {}", key.id(), e.code());
            return Optional.empty();
        }
    }

    private boolean purged(Found found) {
        boolean longDead = !clock.instant().isBefore(found.pending().expiresAt().plus(KEPT_WHEN_EXPIRED));
        if (longDead) {
            store.delete(found.key(), found.version());
        }
        return longDead;
    }

    private List<CredentialStore.Key> keys(Predicate<CredentialStore.Key> which) {
        return store.keys().stream()
                .filter(key -> key.kind() == CredentialStore.Kind.PENDING)
                .filter(which)
                .toList();
    }

    private Optional<Found> load(CredentialStore.Key key) {
        return store.load(key).map(entry -> new Found(key, entry.version(), PendingRecord.parse(entry.secret())));
    }
}
