package io.github.kaitsu.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.vendor.AccessTokens.Token;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AccessTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final int THREADS = 8;

    private final AtomicInteger refreshes = new AtomicInteger();
    private final List<Optional<String>> spent = new ArrayList<>();

    private Token next(Optional<String> old) {
        spent.add(old);
        return new Token("t" + refreshes.incrementAndGet(), Optional.empty());
    }

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    /** A token that was refused is replaced only when the test says so. */
    private Token nextOnRelease(Optional<String> old) throws InterruptedException {
        if (old.isPresent()) {
            started.countDown();
            release.await();
        }
        return next(old);
    }

    @Test
    void get_whenCalledAgain_returnsTheSameTokenWithoutARefresh() throws Exception {
        AccessTokens tokens = AccessTokens.singleFlight(this::next, CLOCK);
        assertThat(tokens.get()).isEqualTo("t1");
        assertThat(tokens.get()).isEqualTo("t1");
        assertThat(spent).containsExactly(Optional.empty());
    }

    @Test
    void refreshAfterRejection_whenAnotherThreadHasRefreshed_returnsItsToken() throws Exception {
        AccessTokens tokens = AccessTokens.singleFlight(this::next, CLOCK);
        String first = tokens.get();
        assertThat(tokens.refreshAfterRejection(first)).isEqualTo("t2");
        assertThat(tokens.refreshAfterRejection(first)).isEqualTo("t2");
        assertThat(spent).containsExactly(Optional.empty(), Optional.of("t1"));
    }

    @Test
    void refreshAfterRejection_whenManyThreadsAreRefused_refreshesOnceForAll() throws Exception {
        AccessTokens tokens = AccessTokens.singleFlight(this::nextOnRelease, CLOCK);
        String first = tokens.get();
        List<Future<String>> all = inThreads(() -> tokens.refreshAfterRejection(first), () -> {
            started.await();
            untilAllWait();
            release.countDown();
        });
        for (Future<String> one : all) {
            assertThat(one.get()).isEqualTo("t2");
        }
        assertThat(refreshes).hasValue(2);
    }

    @Test
    void get_whileARefusedTokenIsReplaced_waitsForTheNewOne() throws Exception {
        AccessTokens tokens = AccessTokens.singleFlight(this::nextOnRelease, CLOCK);
        String first = tokens.get();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<String> refreshing = pool.submit(() -> tokens.refreshAfterRejection(first));
            started.await();
            Future<String> getting = pool.submit(tokens::get);
            release.countDown();
            assertThat(refreshing.get()).isEqualTo("t2");
            assertThat(getting.get()).isEqualTo("t2");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void refresh_whenItFails_failsForEveryWaitingThreadAndIsTriedAnewByTheNextCall() throws Exception {
        VendorCallException gone =
                VendorCallException.of("POST /token", 400).code("invalid_grant").build();
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger tries = new AtomicInteger();
        AccessTokens tokens = AccessTokens.singleFlight(
                old -> {
                    tries.incrementAndGet();
                    started.countDown();
                    release.await();
                    if (broken.get()) {
                        throw gone;
                    }
                    return next(old);
                },
                CLOCK);
        List<Future<String>> all = inThreads(tokens::get, () -> {
            started.await();
            untilAllWait();
            release.countDown();
        });
        for (Future<String> one : all) {
            assertThatThrownBy(one::get).isInstanceOf(ExecutionException.class).hasCause(gone);
        }
        assertThat(tries.get()).isLessThan(THREADS);
        broken.set(false);
        assertThat(tokens.get()).isEqualTo("t1");
    }

    @Test
    void refresh_whenTheRefreshingThreadIsInterrupted_isTakenOverByAWaitingOne() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        AccessTokens tokens = AccessTokens.singleFlight(
                old -> {
                    if (first.getAndSet(false)) {
                        started.countDown();
                        new CountDownLatch(1).await();
                    }
                    return next(old);
                },
                CLOCK);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<String> stopped = pool.submit(tokens::get);
            started.await();
            Future<String> waiting = pool.submit(tokens::get);
            stopped.cancel(true);
            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("t1");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void get_whenTheTokenEndsWithinAMinute_replacesItBefore() throws Exception {
        AccessTokens tokens = AccessTokens.singleFlight(
                old -> new Token(
                        "t" + refreshes.incrementAndGet(),
                        Optional.of(NOW.plusSeconds(refreshes.get() == 1 ? 60 : 3600))),
                CLOCK);
        assertThat(tokens.get()).isEqualTo("t1");
        assertThat(tokens.get()).isEqualTo("t2");
        assertThat(tokens.get()).isEqualTo("t2");
    }

    @Test
    void toString_hidesTheToken() throws Exception {
        AccessTokens tokens =
                AccessTokens.singleFlight(old -> new Token("tok_secret", Optional.of(NOW.plusSeconds(3600))), CLOCK);
        assertThat(tokens.get()).isEqualTo("tok_secret");
        assertThat(tokens.toString() + new Token("tok_secret", Optional.empty()))
                .doesNotContain("tok_secret");
    }

    private interface Step {
        void run() throws Exception;
    }

    /** All have arrived once all wait: one at the vendor, the others for it. */
    private void untilAllWait() {
        while (threads.size() < THREADS || threads.stream().anyMatch(t -> t.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
    }

    private List<Future<String>> inThreads(Callable<String> call, Step meanwhile) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
        });
        try {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(pool.submit(call));
            }
            meanwhile.run();
            pool.shutdown();
            assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            return all;
        } finally {
            pool.shutdownNow();
        }
    }
}
