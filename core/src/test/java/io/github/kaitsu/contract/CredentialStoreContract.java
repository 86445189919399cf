package io.github.kaitsu.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStore.Hold;
import io.github.kaitsu.consent.CredentialStore.Kind;
import io.github.kaitsu.console.ConsoleSite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CredentialStore} must keep to. Extend it, say how to make a store, and run it with your tests, as {@link
 * ActivationStoreContract} shows.
 *
 * <p>What it cannot test from outside is yours to prove: that nothing is readable where it is kept, that an entry is durable or
 * absent after a crash, that a dead process loses its hold, and that an older entry is not put in the place of a newer one.
 */
public abstract class CredentialStoreContract extends ReopenedStores<CredentialStore> {
    private static final CustomerId CUSTOMER = new CustomerId(ConsoleSite.JP, "佐藤 商店/../x", "初期設定の組織");
    private static final CredentialStore.Key KEY = CredentialStore.Key.grant(CUSTOMER, CloudService.Provider.BOX);
    private static final CredentialStore.Key PENDING =
            new CredentialStore.Key(Kind.PENDING, CUSTOMER, CloudService.Provider.BOX, "id-1");

    // ---- entries

    @Test
    void load_whenNothingWasPut_isEmpty() {
        assertThat(store.load(KEY)).isEmpty();
        assertThat(store.version(KEY)).isZero();
        assertThat(store.keys()).isEmpty();
        assertThat(store.delete(KEY, 0)).isFalse();
    }

    @Test
    void load_afterPut_returnsIt() throws Exception {
        assertThat(put(store, KEY, 0, "a")).contains(1L);

        assertThat(text(store, KEY)).isEqualTo("1:a");
        assertThat(text(second(), KEY)).isEqualTo("1:a");
        assertThat(store.version(KEY)).isEqualTo(1);
    }

    @Test
    void load_ofAnyBytes_returnsThem() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        store.put(KEY, 0, all);
        store.put(PENDING, 0, new byte[0]);

        assertThat(store.load(KEY).orElseThrow().secret()).isEqualTo(all);
        assertThat(store.load(PENDING).orElseThrow().secret()).isEmpty();
    }

    @Test
    void put_whenSomebodyElseChangedIt_changesNothing() throws Exception {
        put(store, KEY, 0, "a");
        assertThat(put(second(), KEY, 1, "b")).contains(2L);

        assertThat(put(store, KEY, 1, "c")).isEmpty();
        assertThat(put(store, KEY, 0, "c")).isEmpty();
        assertThat(put(store, KEY, 3, "c")).isEmpty();
        assertThat(text(store, KEY)).isEqualTo("2:b");
    }

    @Test
    void put_whenTheCallersBytesChangeLater_doesNot() {
        byte[] mine = bytes("a");
        store.put(KEY, 0, mine);
        mine[0] = 'x';
        store.load(KEY).orElseThrow().secret()[0] = 'y';

        assertThat(text(store, KEY)).isEqualTo("1:a");
    }

    @Test
    void entries_ofDifferentKeys_areDifferent() {
        List<CredentialStore.Key> keys = List.of(
                KEY,
                PENDING,
                new CredentialStore.Key(Kind.PENDING, CUSTOMER, CloudService.Provider.BOX, "id-2"),
                new CredentialStore.Key(Kind.APP, CUSTOMER, CloudService.Provider.BOX, ""),
                CredentialStore.Key.grant(CUSTOMER, CloudService.Provider.GOOGLE),
                CredentialStore.Key.grant(
                        new CustomerId(ConsoleSite.EU, CUSTOMER.account(), CUSTOMER.organisation()),
                        CloudService.Provider.BOX),
                CredentialStore.Key.grant(
                        new CustomerId(ConsoleSite.JP, "other", CUSTOMER.organisation()), CloudService.Provider.BOX),
                CredentialStore.Key.grant(
                        new CustomerId(ConsoleSite.JP, CUSTOMER.account(), "other"), CloudService.Provider.BOX));
        for (CredentialStore.Key key : keys) {
            assertThat(put(store, key, 0, key.toString())).contains(1L);
        }

        for (CredentialStore.Key key : keys) {
            assertThat(text(store, key)).isEqualTo("1:" + key);
        }
        assertThat(store.keys()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void version_afterDeletion_growsOn() throws Exception {
        put(store, KEY, 0, "a");
        put(store, KEY, 1, "b");

        assertThat(store.delete(KEY, 1)).isFalse();
        assertThat(store.delete(KEY, 2)).isTrue();
        assertThat(store.delete(KEY, 3)).isFalse();
        assertThat(store.load(KEY)).isEmpty();
        assertThat(store.keys()).isEmpty();
        assertThat(second().version(KEY)).isEqualTo(3);
        assertThat(put(store, KEY, 0, "c")).isEmpty();
        assertThat(put(store, KEY, 2, "c")).isEmpty();
        assertThat(put(second(), KEY, 3, "c")).contains(4L);
        assertThat(text(store, KEY)).isEqualTo("4:c");
    }

    @Test
    void pending_byItsId_isFoundUntilItIsDeleted() throws Exception {
        CredentialStore.Key other = new CredentialStore.Key(
                Kind.PENDING, CustomerId.of(ConsoleSite.EU, "other"), CloudService.Provider.GOOGLE, "id-2");
        put(store, PENDING, 0, "a");
        put(store, other, 0, "b");
        put(store, new CredentialStore.Key(Kind.GRANT, CUSTOMER, CloudService.Provider.BOX, "id-3"), 0, "c");

        assertThat(second().pending("id-1")).contains(PENDING);
        assertThat(second().pending("id-2")).contains(other);
        assertThat(second().pending("id-3")).isEmpty();
        store.delete(PENDING, 1);
        assertThat(second().pending("id-1")).isEmpty();
    }

    @Test
    void keys_always_areThoseOfTheEntriesThatAre() throws Exception {
        put(store, KEY, 0, "a");
        put(store, PENDING, 0, "b");
        store.delete(KEY, 1);

        assertThat(second().keys()).isEqualTo(Set.of(PENDING));
    }

    @Test
    void put_fromManyThreadsAtOnce_isDoneByOneForEachVersion() throws Exception {
        CredentialStore[] stores = {store, second()};
        int each = 5;
        List<Long> versions = StoresUnderTest.atOnce(thread -> {
            List<Long> mine = new ArrayList<>();
            while (mine.size() < each) {
                CredentialStore here = stores[thread % 2];
                put(here, KEY, here.version(KEY), "by " + thread).ifPresent(mine::add);
            }
            return mine;
        });

        assertThat(versions).doesNotHaveDuplicates().hasSize(StoresUnderTest.THREADS * each);
        assertThat(store.version(KEY)).isEqualTo(StoresUnderTest.THREADS * each);
    }

    // ---- holds

    @Test
    void hold_fromManyThreadsAtOnce_isGivenToOneAtATime() throws Exception {
        CredentialStore[] stores = {store, second()};
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        StoresUnderTest.atOnce(thread -> {
            for (int i = 0; i < 3; i++) {
                Hold hold = stores[thread % 2].hold(KEY);
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                stores[thread % 2].version(KEY);
                inside.decrementAndGet();
                hold.close();
            }
            return List.of();
        });

        assertThat(most).hasValue(1);
    }

    @Test
    void hold_closedTwice_letsGoOnce() throws Exception {
        Hold first = store.hold(KEY);
        first.close();
        Hold second = second().hold(KEY);
        first.close();

        assertThatWaits(store);
        second.close();
        store.hold(KEY).close();
    }

    @Test
    void hold_ofOneKey_hindersNeitherOthersNorReadingAndWriting() throws Exception {
        Hold hold = store.hold(KEY);
        Hold other = second().hold(PENDING);

        put(second(), KEY, 0, "a");
        assertThat(text(store, KEY)).isEqualTo("1:a");
        assertThat(store.delete(KEY, 1)).isTrue();
        assertThat(store.keys()).isEmpty();
        hold.close();
        other.close();
    }

    @Test
    void hold_closedByAnotherThread_letsGo() throws Exception {
        Hold hold = store.hold(KEY);
        Thread other = new Thread(hold::close);
        other.start();
        other.join();

        second().hold(KEY).close();
    }

    /** Interrupts whoever waits; a store that gave the hold would not throw. */
    private static void assertThatWaits(CredentialStore store) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        AtomicBoolean interrupted = new AtomicBoolean();
        try {
            Future<?> waiting = pool.submit(() -> {
                Thread.currentThread().interrupt(); // as if it came while waiting
                assertThatThrownBy(() -> store.hold(KEY)).isInstanceOf(InterruptedException.class);
                interrupted.set(true);
            });
            waiting.get();
        } finally {
            pool.shutdownNow();
        }
        assertThat(interrupted).isTrue();
    }

    // ---- secrets

    @Test
    void texts_always_hideTheSecret() {
        put(store, KEY, 0, "hush-hush");

        assertThat(store.load(KEY).orElseThrow().toString() + store).doesNotContain("hush");
    }

    // ---- helpers

    private static Optional<Long> put(CredentialStore store, CredentialStore.Key key, long expected, String text) {
        return store.put(key, expected, bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(CredentialStore store, CredentialStore.Key key) {
        return store.load(key)
                .map(entry -> entry.version() + ":" + new String(entry.secret(), StandardCharsets.UTF_8))
                .orElse("none");
    }
}
