package io.github.kaitsu.vendor;

import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.github.kaitsu.EngineObserver;
import io.github.kaitsu.provision.ProbeResult;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats one API call for some seconds when the vendor says it may work in a moment: exponential waits with jitter, a
 * vendor's {@code Retry-After} instead where it gives one, and a budget for all waits of one call. What takes longer is not
 * waited for here: the exception comes out with its {@link VendorCallException#retryAfter()}, and a probe makes
 * {@link ProbeResult.NotBefore} of it. The vendors' SDKs must have their own retries off, or attempts multiply.
 *
 * <p>Only {@link VendorCallException}s that are {@linkplain VendorCallException#retryable() retryable} are retried. Immutable
 * and thread-safe; the waiting thread is the caller's.
 */
public final class CallRetry {
    /** One attempt. */
    @FunctionalInterface
    public interface Call<T> {
        /**
         * One attempt. A {@link VendorCallException} says whether another may help.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        T attempt() throws InterruptedException;
    }

    /** One attempt with a bearer token. */
    @FunctionalInterface
    public interface AuthorizedCall<T> {
        /**
         * One attempt with this access token.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        T attempt(String token) throws InterruptedException;
    }

    /** Lets time pass. */
    @FunctionalInterface
    public interface Sleeper {
        /**
         * Waits so long.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        void sleep(Duration time) throws InterruptedException;
    }

    private static final int TOO_MANY_REQUESTS = 429;

    /** Who hears of the attempts that are made on this thread. */
    private static final ThreadLocal<@Nullable Consumer<EngineObserver.Call>> HEARING = new ThreadLocal<>();

    private final Retry retry;
    private final Duration budget;
    private final Sleeper sleeper;

    private CallRetry(Builder b) {
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(b.attempts)
                .intervalBiFunction(interval(b.firstWait, b.jitter, b.random))
                .retryOnException(e -> e instanceof VendorCallException v && v.retryable())
                .build();
        this.retry = Retry.of("vendor-call", config);
        this.budget = b.budget;
        this.sleeper = b.sleeper;
    }

    /** Four attempts, waits of about 0.5, 1 and 2 s, at most 20 s of waiting in all. */
    public static CallRetry ofDefaults() {
        return builder().build();
    }

    /** Begins one with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes the call, again if it may help.
     *
     * @throws VendorCallException the last refusal, when attempts or budget are spent or a retry cannot help
     * @throws InterruptedException if interrupted between attempts, or by the call itself
     */
    public <T> T call(Call<T> call) throws InterruptedException {
        Retry.AsyncContext<T> attempts =
                retry.asyncContext(); // decides; unlike the blocking one it leaves sleeping to us
        Duration waited = Duration.ZERO;
        while (true) {
            VendorCallException failure;
            try {
                T result = call.attempt();
                attempts.onComplete();
                tell(EngineObserver.Call.ANSWERED);
                return result;
            } catch (VendorCallException e) {
                failure = e;
                tell(outcome(e));
            }
            long millis = attempts.onError(failure);
            if (millis < 0) {
                throw failure;
            }
            waited = waited.plusMillis(millis);
            if (waited.compareTo(budget) > 0) {
                throw failure;
            }
            sleeper.sleep(Duration.ofMillis(millis));
        }
    }

    /**
     * Does something on this thread, and tells of each attempt of a call in it. Whatever it throws comes out.
     *
     * @param listener must not throw
     */
    public static <T> T hearing(Consumer<EngineObserver.Call> listener, Call<T> work) throws InterruptedException {
        HEARING.set(listener);
        try {
            return work.attempt();
        } finally {
            HEARING.remove();
        }
    }

    private static void tell(EngineObserver.Call outcome) {
        Consumer<EngineObserver.Call> listener = HEARING.get();
        if (listener != null) {
            listener.accept(outcome);
        }
    }

    private static EngineObserver.Call outcome(VendorCallException e) {
        if (e.status() == TOO_MANY_REQUESTS) {
            return EngineObserver.Call.THROTTLED;
        }
        return e.retryable() ? EngineObserver.Call.UNAVAILABLE : EngineObserver.Call.REFUSED;
    }

    /**
     * Makes the call with a bearer token. A refused token (401) is refreshed once per call, not once per attempt: if the new
     * one is refused as well, the next cannot be better. A new one that meets the same word was given by a vendor who knows the
     * grant, so it is {@link Refusal#NO_RIGHTS}.
     *
     * @throws VendorCallException as {@link #call(Call)}; also what the refresh throws
     */
    public <T> T call(AccessTokens tokens, AuthorizedCall<T> call) throws InterruptedException {
        AtomicReference<@Nullable Rejection> first = new AtomicReference<>();
        return call(() -> {
            String token = tokens.get();
            try {
                return call.attempt(token);
            } catch (VendorCallException e) {
                if (e.status() != HTTP_UNAUTHORIZED || first.get() != null) {
                    throw judged(e, token, first.get());
                }
                first.set(new Rejection(token, e.code()));
            }
            String fresh = tokens.refreshAfterRejection(token);
            try {
                return call.attempt(fresh);
            } catch (VendorCallException e) {
                throw judged(e, fresh, first.get());
            }
        });
    }

    /** A token that was refused, and with which word. */
    private record Rejection(String token, Optional<String> word) {}

    private static VendorCallException judged(VendorCallException e, String token, @Nullable Rejection first) {
        if (first == null || token.equals(first.token()) || e.status() != HTTP_UNAUTHORIZED) {
            return e;
        }
        return e.code().equals(first.word()) ? e.meaning(Refusal.NO_RIGHTS, "") : e;
    }

    private static IntervalBiFunction<Object> interval(Duration first, double jitter, DoubleSupplier random) {
        return (attempt, outcome) -> {
            if (outcome.getLeft() instanceof VendorCallException e
                    && e.retryAfter().isPresent()) {
                return Math.max(1, e.retryAfter().get().toMillis());
            }
            double factor = 1 - jitter + 2 * jitter * random.getAsDouble();
            return Math.round(first.toMillis() * Math.pow(2, attempt - 1) * factor);
        };
    }

    /** Not thread-safe. */
    public static final class Builder {
        private int attempts = 4;
        private Duration firstWait = Duration.ofMillis(500);
        private double jitter = 0.5;
        private Duration budget = Duration.ofSeconds(20);
        private Sleeper sleeper = time -> Thread.sleep(time.toMillis());
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /** How often a call is made at most, the first time included. Default: 4. */
        public Builder attempts(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("attempts: " + most);
            }
            this.attempts = most;
            return this;
        }

        /** The first wait; each further one is twice as long. Default: 500 ms. */
        public Builder firstWait(Duration wait) {
            if (wait.isNegative() || wait.isZero()) {
                throw new IllegalArgumentException("firstWait: " + wait);
            }
            this.firstWait = wait;
            return this;
        }

        /** By which part a wait may be shorter or longer, 0 to 1. Default: 0.5. */
        public Builder jitter(double part) {
            if (!(part >= 0 && part <= 1)) {
                throw new IllegalArgumentException("jitter: " + part);
            }
            this.jitter = part;
            return this;
        }

        /** How long all waits of one call may be together. Default: 20 s. */
        public Builder budget(Duration most) {
            this.budget = most;
            return this;
        }

        /** How it waits, for tests. Default: the thread sleeps. */
        public Builder sleeper(Sleeper how) {
            this.sleeper = how;
            return this;
        }

        /** Numbers from 0 up to 1, from any thread. */
        public Builder random(DoubleSupplier numbers) {
            this.random = numbers;
            return this;
        }

        /** Builds it. */
        public CallRetry build() {
            return new CallRetry(this);
        }
    }
}
