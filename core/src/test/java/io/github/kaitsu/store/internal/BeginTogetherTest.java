package io.github.kaitsu.store.internal;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same run, begun by two at the same moment: both get it, and it is begun once. */
@Timeout(180)
class BeginTogetherTest {
    private static final int TIMES = 60;

    @TempDir
    Path temp;

    private static void assertBegunOnce(ActivationStore store) {
        assertThat(store.all()).hasSize(TIMES);
        for (ActivationId id : store.all()) {
            assertThat(store.load(id).orElseThrow().entries())
                    .filteredOn(e -> e.event() instanceof Event.Begun)
                    .hasSize(1);
        }
    }

    private static void assertAllBegin(List<ActivationStore> stores) {
        List<CompletableFuture<String>> all = stores.stream()
                .map(store -> CompletableFuture.supplyAsync(() -> StoreProcess.begin(store, "run", TIMES)))
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(String.valueOf(TIMES)));
    }

    @Test
    void threads_withOneStoreInMemory_allGetIt() {
        ActivationStore store = new MemoryActivationStore();
        assertAllBegin(List.of(store, store, store, store));
        assertBegunOnce(store);
    }

    @Test
    void threads_withOneFolder_allGetIt() {
        List<ActivationStore> stores = IntStream.range(0, 4)
                .<ActivationStore>mapToObj(i -> FileActivationStore.at(temp.resolve("store")))
                .toList();
        assertAllBegin(stores);
        assertBegunOnce(stores.get(0));
        stores.forEach(ActivationStore::close);
    }

    @Test
    void processes_withOneFolder_bothGetIt() throws Exception {
        Path folder = temp.resolve("store");
        StoreProcess there = StoreProcess.at(folder);
        try (FileActivationStore here = FileActivationStore.at(folder)) {
            there.ask("append warm-up there 20");
            there.tell("begin run " + TIMES);
            assertThat(StoreProcess.begin(here, "run", TIMES)).isEqualTo(String.valueOf(TIMES));
            assertThat(there.answer()).isEqualTo(String.valueOf(TIMES));
            assertThat(here.all()).hasSize(TIMES + 1);
        } finally {
            there.kill();
        }
    }

    /** The lease is the other one's until that one has written, or until it only looked. */
    @Test
    void begin_whileSomebodyHoldsTheLease_waitsForItsEnd() throws Exception {
        ActivationStore store = new MemoryActivationStore();
        ActivationId id = ActivationId.of("run");
        Lease other = store.tryLease(id).orElseThrow();
        ActivationClient client = StoreProcess.client(store);
        Thread begins = new Thread(() -> client.begin(id, StoreProcess.request("acme")));
        begins.start();
        while (begins.getState() != Thread.State.TIMED_WAITING && begins.isAlive()) {
            Thread.onSpinWait();
        }
        other.close();
        begins.join();

        assertThat(store.size(id)).isEqualTo(1);
    }

    @Test
    void begin_ofAnInterruptedThread_waitsTooAndStaysInterrupted() throws Exception {
        ActivationStore store = new MemoryActivationStore();
        ActivationId id = ActivationId.of("run");
        Lease other = store.tryLease(id).orElseThrow();
        ActivationClient client = StoreProcess.client(store);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread begins = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                client.begin(id, StoreProcess.request("acme"));
                interrupted.complete(Thread.interrupted());
            } catch (KaitsuException e) {
                interrupted.completeExceptionally(e);
            }
        });
        begins.start();
        while (begins.getState() != Thread.State.TIMED_WAITING && begins.isAlive()) {
            Thread.onSpinWait();
        }
        other.close();

        assertThat(interrupted.join()).isTrue();
        assertThat(store.size(id)).isEqualTo(1);
    }

    @Test
    void begin_ofAnotherRequestAtTheSameMoment_isRefusedForOneOfThem() {
        for (int i = 0; i < TIMES; i++) {
            ActivationStore store = new MemoryActivationStore();
            ActivationClient client = StoreProcess.client(store);
            ActivationId id = ActivationId.of("run");
            CompletableFuture<Void> beside =
                    CompletableFuture.runAsync(() -> client.begin(id, StoreProcess.request("acme")));
            try {
                client.begin(id, StoreProcess.request("other"));
                assertRefused(ErrorCode.INVALID_REQUEST, () -> {
                    try {
                        beside.join();
                    } catch (CompletionException e) {
                        throw e.getCause();
                    }
                });
            } catch (KaitsuException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                beside.join();
            }
            assertThat(store.size(id)).isEqualTo(1);
        }
    }
}
