package io.github.kaitsu.vendor;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Many threads, one refresh. */
final class SingleFlightTokens implements AccessTokens {
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Refresher refresher;
    private final Clock clock;
    private final Object lock = new Object();
    private @Nullable Token current; // all three guarded by lock
    private @Nullable String spent;
    private @Nullable CompletableFuture<Token> flight;

    SingleFlightTokens(Refresher refresher, Clock clock) {
        this.refresher = refresher;
        this.clock = clock;
    }

    @Override
    public String get() throws InterruptedException {
        return other(null);
    }

    @Override
    public String refreshAfterRejection(String rejectedToken) throws InterruptedException {
        return other(rejectedToken);
    }

    private String other(@Nullable String rejected) throws InterruptedException {
        while (true) {
            CompletableFuture<Token> shared;
            boolean mine = false;
            String old;
            synchronized (lock) {
                if (current != null && (current.value().equals(rejected) || ends(current))) {
                    spent = current.value();
                    current = null; // so that nobody is given a refused token while it is being replaced
                }
                if (current != null) {
                    return current.value();
                }
                if (flight == null) {
                    flight = new CompletableFuture<>();
                    mine = true;
                }
                shared = flight;
                old = spent;
            }
            if (mine) {
                return refresh(shared, old).value();
            }
            try {
                return shared.get().value();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InterruptedException)) {
                    throw unwrapped(e);
                } // the refreshing thread was stopped, not this one: go round and take its place
            }
        }
    }

    private Token refresh(CompletableFuture<Token> shared, @Nullable String old) throws InterruptedException {
        Token fresh;
        try {
            fresh = refresher.refresh(Optional.ofNullable(old));
        } catch (InterruptedException | RuntimeException | Error e) {
            land(null);
            shared.completeExceptionally(e);
            throw e;
        }
        land(fresh);
        shared.complete(fresh);
        return fresh;
    }

    private void land(@Nullable Token fresh) {
        synchronized (lock) {
            current = fresh;
            flight = null;
        }
    }

    private boolean ends(Token token) {
        return token.expiresAt()
                .filter(end -> !clock.instant().plus(MARGIN).isBefore(end))
                .isPresent();
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }

    @Override
    public String toString() {
        return "AccessTokens[***]";
    }
}
