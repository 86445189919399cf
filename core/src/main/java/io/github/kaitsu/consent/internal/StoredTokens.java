package io.github.kaitsu.consent.internal;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStore.Hold;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.consent.internal.GrantRecord.State;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bearer tokens of a stored grant. One refresh for all threads and processes: whoever holds the entry reloads it, refreshes,
 * and stores the new grant before anybody sees its token, since a refresh token may work only once (Box).
 *
 * <p>What the vendor has answered is never lost while the process lives. The exchange runs on a thread that nobody interrupts and
 * that a JVM at its natural end waits for; if
 * the store fails, the new grant is kept together with the hold, so that nobody uses the old one, and each further call stores
 * it first. If the process dies in between, the old grant is refused and the access is lost, which the engine tells a person.
 *
 * <p>Besides {@link VendorCallException} every call may throw what the store throws. Thread-safe.
 */
public final class StoredTokens implements AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(StoredTokens.class);
    /** As {@link AccessTokens#singleFlight}: what is about to end is not given out. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** The vendors' word for a grant that is no good any more (RFC 6749 §5.2). */
    private static final String GONE = "invalid_grant";

    private static final int ROUNDS = 5;
    private static final int BAD_REQUEST = 400;

    private final CredentialStore store;
    private final CredentialStore.Key key;
    private final AuthorizationServer server;
    private final Clock clock;
    private final AccessTokens tokens;

    // Seen by one refreshing thread at a time, and by the exchange it waits for.
    private CompletableFuture<Token> exchange = CompletableFuture.completedFuture(new Token("", Optional.empty()));
    private @Nullable Unsaved unsaved;

    /** A grant that the vendor has given and the store not yet taken, and the hold that keeps others from the old one. */
    private record Unsaved(GrantRecord grant, long expected, Hold hold) {}

    /** An entry as it was loaded. */
    private record Stored(GrantRecord grant, long version) {}

    public StoredTokens(CredentialStore store, CredentialStore.Key key, AuthorizationServer server, Clock clock) {
        this.store = store;
        this.key = key;
        this.server = server;
        this.clock = clock;
        this.tokens = AccessTokens.singleFlight(this::refresh, clock);
    }

    @Override
    public String get() throws InterruptedException {
        return tokens.get();
    }

    @Override
    public String refreshAfterRejection(String rejectedToken) throws InterruptedException {
        return tokens.refreshAfterRejection(rejectedToken);
    }

    // ---- one thread of this instance at a time

    private Token refresh(Optional<String> spent) throws InterruptedException {
        awaitInterrupted();
        if (unsaved == null) {
            Optional<Token> stored = usable(active(), spent);
            if (stored.isPresent()) {
                return stored.get();
            }
        }
        Hold hold = unsaved == null ? store.hold(key) : unsaved.hold();
        try {
            exchange = CompletableFuture.supplyAsync(() -> holding(hold, spent), StoredTokens::start);
        } catch (Throwable e) { // no thread to be had
            hold.close();
            throw e;
        }
        return result();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "kaitsu-refresh");
        thread.setDaemon(false); // whoever asks for a token may be one
        thread.start();
    }

    /** An earlier caller may have been interrupted; what it began goes on. */
    private void awaitInterrupted() throws InterruptedException {
        try {
            exchange.get();
        } catch (ExecutionException e) {
            LOG.debug("the refresh before this one failed");
        }
    }

    private Token result() throws InterruptedException {
        try {
            return exchange.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }

    // ---- on a thread that nobody interrupts, one of all processes at a time

    private Token holding(Hold hold, Optional<String> spent) {
        try {
            if (unsaved != null) {
                save(unsaved);
            }
            for (int round = 1; ; round++) {
                Stored old = active();
                Optional<Token> stored = usable(old, spent);
                if (stored.isPresent()) {
                    return stored.get();
                }
                if (!old.grant().isOf(server.client())) {
                    throw lost("another app"); // who has its id again can use it still
                }
                try {
                    GrantRecord fresh =
                            old.grant().refreshed(refreshed(old.grant().grant()));
                    if (save(new Unsaved(fresh, old.version(), hold))) {
                        return token(fresh);
                    }
                } catch (VendorCallException e) {
                    if (!e.grantGone() || round == ROUNDS || isDead(old)) {
                        throw e;
                    }
                }
            }
        } finally {
            if (unsaved == null) {
                hold.close();
            }
        }
    }

    private TokenGrant refreshed(TokenGrant old) {
        try {
            return server.refresh(old);
        } catch (VendorCallException e) {
            throw understood(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** A refusal whose meaning is not known is not taken for a lost grant, whatever its status. */
    private VendorCallException understood(VendorCallException e) {
        boolean isSilence = e.status() / 100 <= 2; // lost, or malformed
        if (e.grantGone() || e.refusal().isPresent() || e.retryable() || isSilence) {
            return e;
        }
        return e.meaning(server.refusal(e.code().orElse(""), ""), server.client());
    }

    /**
     * Writes a new grant in the place of the one it comes from.
     *
     * @return whether it is the one to use; else there is a newer one
     * @throws VendorCallException if there is none to be used any more
     */
    private boolean save(Unsaved fresh) {
        unsaved = fresh; // until the store has it, whatever happens
        boolean saved = put(fresh);
        if (!saved) {
            Optional<Stored> now = load();
            if (now.isPresent() && now.get().grant().equals(fresh.grant())) {
                saved = true; // an earlier attempt that seemed to fail
            } else if (now.isPresent()
                    && now.get().grant().state() == State.DEAD
                    && now.get().grant().sameConsent(fresh.grant())) {
                return save(new Unsaved(fresh.grant(), now.get().version(), fresh.hold())); // the old one is, not this
            } else if (now.isEmpty() || now.get().grant().state() == State.RETURNING) {
                giveBack(fresh.grant(), now);
                unsaved = null;
                throw lost("disconnected");
            } // else a newer consent; to revoke this one might end that one too
        }
        unsaved = null;
        return saved;
    }

    private boolean put(Unsaved fresh) {
        try {
            return put(fresh.grant(), fresh.expected());
        } catch (RuntimeException e) {
            LOG.warn(
                    "the new grant of {} could not be stored ({}); it is kept, and stored with the next use",
                    key.provider(),
                    e.getClass().getSimpleName());
            throw e;
        }
    }

    /** Nobody else knows this grant, so it is kept for returning if the vendor cannot be reached. */
    private void giveBack(GrantRecord grant, Optional<Stored> now) {
        boolean waits;
        try {
            waits = new HeldGrants(store).isToBeEndedLater(key, grant, server);
        } catch (InterruptedException e) {
            waits = true;
        }
        if (waits) {
            put(grant.returning(), now.map(Stored::version).orElseGet(() -> store.version(key)));
        }
    }

    /** After the vendor refused it: false if somebody has stored another meanwhile. */
    private boolean isDead(Stored refused) {
        try {
            return put(refused.grant().dead(), refused.version());
        } catch (KaitsuException e) {
            LOG.warn("the end of the grant of {} could not be stored: {}", key.provider(), e.code());
            return true;
        }
    }

    // ---- the entry

    private Optional<Stored> load() {
        return store.load(key).map(entry -> {
            GrantRecord grant = GrantRecord.parse(entry.secret());
            Arrays.fill(entry.secret(), (byte) 0);
            return new Stored(grant, entry.version());
        });
    }

    /** @throws VendorCallException if there is none to be used */
    private Stored active() {
        Optional<Stored> stored = load();
        if (stored.isEmpty()) {
            throw lost("not connected");
        }
        if (!stored.get().grant().active()) {
            throw lost(stored.get().grant().state() == State.DEAD ? "refused before" : "disconnected");
        }
        return stored.get();
    }

    private boolean put(GrantRecord grant, long expected) {
        byte[] bytes = grant.bytes();
        try {
            return store.put(key, expected, bytes).isPresent();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Optional<Token> usable(Stored stored, Optional<String> spent) {
        Token token = token(stored.grant());
        boolean ends = token.expiresAt()
                .filter(end -> !clock.instant().plus(MARGIN).isBefore(end))
                .isPresent();
        return ends || Optional.of(token.value()).equals(spent) ? Optional.empty() : Optional.of(token);
    }

    private static Token token(GrantRecord grant) {
        return new Token(grant.grant().accessToken(), grant.grant().expiresAt());
    }

    private VendorCallException lost(String why) {
        return VendorCallException.of("stored grant of " + key.provider() + " (" + why + ")", BAD_REQUEST)
                .code(GONE)
                .build();
    }

    @Override
    public String toString() {
        return "StoredTokens[" + key.provider() + " of " + key.customer() + ", ***]";
    }
}
