package io.github.kaitsu.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.AuthorizationServer.Identity;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStore.Entry;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.consent.internal.GrantRecord.State;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoredTokensTest {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    private static final CredentialStore.Key KEY =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "acme"), CloudService.Provider.BOX);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final OneTimeVendor vendor = new OneTimeVendor(clock);
    private final FullStore store = new FullStore(new MemoryCredentialStore());
    private StoredTokens tokens;

    @BeforeEach
    void connect() {
        consent("sato@example.co.jp");
        tokens = another();
    }

    // ---- the usual

    @Test
    void get_whileTheStoredTokenIsGood_asksNobody() throws Exception {
        assertThat(tokens.get()).isEqualTo("access-secret-1");
        assertThat(tokens.get()).isEqualTo("access-secret-1");
        assertThat(vendor.refreshes()).isZero();
    }

    @Test
    void get_whenTheTokenEnds_refreshesOnceAndStoresTheNewGrant() throws Exception {
        later();

        assertThat(tokens.get()).isEqualTo("access-secret-2");
        assertThat(tokens.get()).isEqualTo("access-secret-2");
        assertThat(vendor.refreshes()).isEqualTo(1);
        assertThat(stored().grant().refreshToken()).contains("refresh-secret-2");
        assertThat(stored().account()).isEqualTo("sato@example.co.jp");
        assertThat(stored().since()).isEqualTo(START);
    }

    @Test
    void refreshAfterRejection_ofAStoredToken_refreshes() throws Exception {
        assertThat(tokens.refreshAfterRejection(tokens.get())).isEqualTo("access-secret-2");
        assertThat(stored().grant().accessToken()).isEqualTo("access-secret-2");
    }

    @Test
    void refresh_whenAnotherProcessWasFaster_takesItsToken() throws Exception {
        StoredTokens there = another();
        there.get();
        later();
        String theirs = there.get();

        assertThat(tokens.get()).isEqualTo(theirs);
        assertThat(tokens.refreshAfterRejection("access-secret-1")).isEqualTo(theirs);
        assertThat(vendor.refreshes()).isEqualTo(1);
    }

    @Test
    void get_whenNothingIsStored_isLostAccess() {
        store.delete(KEY, 1);

        assertLost(tokens);
        assertThat(vendor.refreshes()).isZero();
    }

    // ---- refused

    @Test
    void refresh_whenTheGrantIsGone_isLostAccessAndAskedOnce() {
        vendor.forgetAll();
        later();

        assertLost(tokens);
        assertThat(stored().state()).isEqualTo(State.DEAD);
        assertLost(tokens);
        assertLost(another());
        assertThat(vendor.refreshes()).isEqualTo(1);
    }

    @Test
    void get_afterANewConsent_worksAgain() throws Exception {
        vendor.forgetAll();
        later();
        assertLost(tokens);

        consent("sato@example.co.jp");

        assertThat(tokens.get()).isEqualTo(stored().grant().accessToken());
    }

    /** Somebody who takes no hold: a store put the consent of a minute ago there. */
    @Test
    void refresh_whenAStaleGrantIsRefused_takesTheNewerOne() throws Exception {
        vendor.forgetAll();
        later();
        store.beforePut = () -> {
            store.beforePut = () -> {};
            consent("suzuki@example.co.jp");
        };

        assertThat(tokens.get()).isEqualTo("access-secret-2");
        assertThat(stored().active()).isTrue();
        assertThat(vendor.refreshes()).isEqualTo(1);
    }

    @Test
    void refresh_whenTheVendorIsInTrouble_changesNothing() throws Exception {
        later();
        vendor.beforeAnswer = () -> {
            throw VendorCallException.of("POST /token", 503).build();
        };
        assertThatThrownBy(tokens::get)
                .isInstanceOfSatisfying(
                        VendorCallException.class, e -> assertThat(e.status()).isEqualTo(503));

        assertThat(stored().active()).isTrue();
        assertThat(store.version(KEY)).isEqualTo(1);
        store.hold(KEY).close();
    }

    /** The app is what is wrong, so connecting again would help nobody. */
    @Test
    void refresh_whenTheAppIsRefused_keepsTheGrant() {
        later();
        vendor.beforeAnswer = () -> {
            throw VendorCallException.of("POST /token", 401)
                    .code("invalid_client")
                    .build();
        };

        assertThatThrownBy(tokens::get)
                .isInstanceOfSatisfying(
                        VendorCallException.class,
                        e -> assertThat(e.asLook(START))
                                .isInstanceOfSatisfying(
                                        ProbeResult.Refused.class,
                                        refused -> assertThat(refused.app()).isEqualTo("app-1")));
        assertThat(stored().active()).isTrue();
        assertThat(stored().grant().refreshToken()).isPresent();
    }

    /** A new client id over a grant of the old one: the vendor would call it gone. */
    @Test
    void refresh_ofAGrantOfAnotherApp_isLostAccessAndKeepsTheGrant() throws Exception {
        later();
        vendor.client = "app-2";

        assertThatThrownBy(tokens::get).isInstanceOfSatisfying(VendorCallException.class, e -> {
            assertThat(e.authorizationLost()).isTrue();
            assertThat(e.getMessage()).contains("another app");
        });
        assertThat(vendor.refreshes()).isZero();
        assertThat(store.version(KEY)).isEqualTo(1);
        store.hold(KEY).close();

        vendor.client = "app-1";
        assertThat(tokens.get()).isEqualTo("access-secret-2");
    }

    // ---- between the vendor's answer and the store

    @Test
    void refresh_whenTheStoreFails_keepsTheGrantAndStoresItWithTheNextUse() throws Exception {
        later();
        store.full = true;
        assertThatThrownBy(tokens::get)
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR));
        assertThatThrownBy(tokens::get).isInstanceOf(KaitsuException.class);
        assertThat(store.version(KEY)).isEqualTo(1);

        store.full = false;

        assertThat(tokens.get()).isEqualTo("access-secret-2");
        assertThat(stored().grant().refreshToken()).contains("refresh-secret-2");
        assertThat(vendor.refreshes()).isEqualTo(1);
        store.hold(KEY).close();
    }

    @Test
    void refresh_whileANewGrantIsNotStored_isLeftToWhoeverHasIt() throws Exception {
        later();
        store.full = true;
        assertThatThrownBy(tokens::get).isInstanceOf(KaitsuException.class);
        CountDownLatch waits = new CountDownLatch(1);
        store.onHold = waits::countDown;

        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            StoredTokens there = another();
            Future<String> waiting = pool.submit(there::get);
            waits.await();
            store.full = false;
            assertThat(tokens.get()).isEqualTo("access-secret-2");
            assertThat(waiting.get()).isEqualTo("access-secret-2");
        } finally {
            pool.shutdownNow();
        }
        assertThat(vendor.refreshes()).isEqualTo(1);
    }

    /** A write that reached the medium and was reported as failed all the same. */
    @Test
    void refresh_whenAFailedWriteWasDone_takesItForDone() throws Exception {
        later();
        store.failAfterPut = true;
        assertThatThrownBy(tokens::get).isInstanceOf(KaitsuException.class);
        store.failAfterPut = false;

        assertThat(tokens.get()).isEqualTo("access-secret-2");
        assertThat(store.version(KEY)).isEqualTo(2);
        assertThat(vendor.refreshes()).isEqualTo(1);
        store.hold(KEY).close();
    }

    @Test
    void refresh_whenTheCallerIsInterrupted_isFinishedAndStored() throws Exception {
        later();
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        vendor.beforeAnswer = () -> {
            answered.countDown();
            release.await();
        };
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<String> stopped = pool.submit(tokens::get);
            answered.await();
            pool.shutdownNow();
            assertThatThrownBy(stopped::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        } finally {
            release.countDown();
        }

        assertThat(tokens.get()).isEqualTo("access-secret-2");
        assertThat(stored().grant().refreshToken()).contains("refresh-secret-2");
        assertThat(vendor.refreshes()).isEqualTo(1);
    }

    /** Else a JVM at its natural end would not wait for the answer. */
    @Test
    void refresh_forADaemonThread_runsOnNone() throws Exception {
        later();
        AtomicReference<Boolean> daemon = new AtomicReference<>();
        vendor.beforeAnswer = () -> daemon.set(Thread.currentThread().isDaemon());
        FutureTask<String> work = new FutureTask<>(tokens::get);
        Thread caller = new Thread(work);
        caller.setDaemon(true);
        caller.start();

        assertThat(work.get()).isEqualTo("access-secret-2");
        assertThat(daemon).hasValue(false);
    }

    // ---- disconnected meanwhile

    @Test
    void refresh_whenTheEntryIsDeletedMeanwhile_revokesTheNewGrant() {
        later();
        vendor.beforeAnswer = () -> store.delete(KEY, 1);

        assertLost(tokens);
        assertThat(vendor.revocations()).isEqualTo(1);
        assertThat(store.load(KEY)).isEmpty();
    }

    /** At some vendors that would end the other customer's grant, too. */
    @Test
    void refresh_whenTheEntryIsDeletedMeanwhileAndTheAccountServesAnotherCustomer_revokesNothing() {
        CredentialStore.Key other =
                CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "globex"), CloudService.Provider.BOX);
        store.put(other, 0, stored().bytes());
        later();
        vendor.beforeAnswer = () -> store.delete(KEY, 1);

        assertLost(tokens);
        assertThat(vendor.revocations()).isZero();
        assertThat(store.load(KEY)).isEmpty();
    }

    @Test
    void refresh_whenTheNewGrantCannotBeRevoked_keepsItForReturning() {
        later();
        vendor.beforeAnswer = () -> store.delete(KEY, 1);
        vendor.onRevoke = () -> {
            throw VendorCallException.of("POST /revoke", 503).build();
        };

        assertLost(tokens);
        assertThat(stored().state()).isEqualTo(State.RETURNING);
        assertThat(vendor.accepts(stored().grant())).isTrue();
        assertLost(another());
    }

    @Test
    void refresh_whenTheEntryIsDeletedMeanwhileAndTheVendorKnowsNoRevocation_keepsNothing() {
        later();
        vendor.canRevoke = false;
        vendor.beforeAnswer = () -> store.delete(KEY, 1);

        assertLost(tokens);
        assertThat(vendor.revocations()).isZero();
        assertThat(store.load(KEY)).isEmpty();
    }

    @Test
    void refresh_whenTheGrantIsBeingReturnedMeanwhile_revokesTheNewOne() {
        later();
        vendor.beforeAnswer = () -> store.put(KEY, 1, stored().returning().bytes());

        assertLost(tokens);
        assertThat(vendor.revocations()).isEqualTo(1);
    }

    @Test
    void refresh_whenANewConsentCameMeanwhile_takesThatAndRevokesNothing() throws Exception {
        later();
        vendor.beforeAnswer = () -> consent("suzuki@example.co.jp");

        assertThat(tokens.get()).isEqualTo("access-secret-3");
        assertThat(stored().account()).isEqualTo("suzuki@example.co.jp");
        assertThat(vendor.revocations()).isZero();
    }

    /** By somebody who took no hold and so used the old refresh token. */
    @Test
    void refresh_whenTheOldGrantWasFoundDeadMeanwhile_storesTheNewOne() throws Exception {
        later();
        vendor.beforeAnswer = () -> store.put(KEY, 1, stored().dead().bytes());

        assertThat(tokens.get()).isEqualTo("access-secret-2");
        assertThat(stored().active()).isTrue();
    }

    // ---- secrets

    @Test
    void texts_always_hideTheTokens() throws Exception {
        tokens.get();
        vendor.forgetAll();
        later();
        assertThatThrownBy(tokens::get)
                .satisfies(e -> assertThat(e.toString() + tokens + stored()).doesNotContain("secret"));
    }

    // ---- helpers

    private StoredTokens another() {
        return new StoredTokens(store, KEY, vendor, clock);
    }

    private void consent(String account) {
        TokenGrant grant = vendor.issue();
        GrantRecord record =
                GrantRecord.of(grant, new Identity(account, "4711", Optional.empty()), now.get(), vendor.client());
        assertThat(store.put(KEY, store.version(KEY), record.bytes())).isPresent();
    }

    private void later() {
        now.set(now.get().plus(Duration.ofHours(2)));
    }

    private GrantRecord stored() {
        return GrantRecord.parse(store.load(KEY).map(Entry::secret).orElseThrow());
    }

    private static void assertLost(StoredTokens tokens) {
        assertThatThrownBy(tokens::get)
                .isInstanceOfSatisfying(
                        VendorCallException.class,
                        e -> assertThat(e.authorizationLost()).isTrue());
    }

    /** A store on a disk that may be full. */
    private static final class FullStore implements CredentialStore {
        private final CredentialStore store;
        private volatile boolean full;
        private volatile boolean failAfterPut;
        private volatile Runnable beforePut = () -> {};
        private volatile Runnable onHold = () -> {};

        FullStore(CredentialStore store) {
            this.store = store;
        }

        @Override
        public Optional<Entry> load(CredentialStore.Key key) {
            return store.load(key);
        }

        @Override
        public Optional<Long> put(CredentialStore.Key key, long expected, byte[] secret) {
            beforePut.run();
            if (full) {
                throw KaitsuException.of(ErrorCode.IO_ERROR, "", "disk");
            }
            Optional<Long> version = store.put(key, expected, secret);
            if (failAfterPut) {
                throw KaitsuException.of(ErrorCode.IO_ERROR, "", "disk");
            }
            return version;
        }

        @Override
        public boolean delete(CredentialStore.Key key, long expected) {
            return store.delete(key, expected);
        }

        @Override
        public long version(CredentialStore.Key key) {
            return store.version(key);
        }

        @Override
        public java.util.Set<CredentialStore.Key> keys() {
            return store.keys();
        }

        @Override
        public Hold hold(CredentialStore.Key key) throws InterruptedException {
            onHold.run();
            return store.hold(key);
        }
    }
}
