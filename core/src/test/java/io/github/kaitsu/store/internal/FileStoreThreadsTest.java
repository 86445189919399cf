package io.github.kaitsu.store.internal;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.contract.FaultyDisk;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.ActivationStores;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts, readers beside writers, and what stays open. */
@Timeout(60)
class FileStoreThreadsTest {
    private static final ActivationId ID = ActivationId.of("acme-1");

    @TempDir
    Path temp;

    @AfterEach
    void nothingStaysOpen() {
        assertThat(Thread.interrupted()).isFalse();
        assertThat(LockFile.open()).isZero();
    }

    @Test
    void calls_ofAnInterruptedThread_areDoneAndTheInterruptStays() {
        try (FileActivationStore store = ActivationStores.on(temp.resolve("store"), Disk.local())) {
            Lease lease = store.tryLease(ID).orElseThrow();
            Thread.currentThread().interrupt();
            append(store, 0, Optional.of(lease));
            assertThat(store.size(ID)).isEqualTo(1);
            assertThat(store.claim(new ClaimKey("console", "c"), "acme-1")).isTrue();
            assertThat(store.all()).containsExactly(ID);
            assertThat(Thread.interrupted()).isTrue();
            append(store, 1, Optional.of(lease));
        }
    }

    /** Nobody acts on a line that the disk may yet refuse. */
    @Test
    void reader_whileALineIsWrittenButNotForced_waitsAndNeverSeesItIfItFails() throws Exception {
        Path folder = temp.resolve("store");
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        try (FileActivationStore writer = ActivationStores.on(folder, failingToForce(written, fail));
                FileActivationStore reader = ActivationStores.on(folder, Disk.local())) {
            CompletableFuture<Void> append = CompletableFuture.runAsync(() -> append(writer, 0, Optional.empty()));
            written.await();
            CompletableFuture<Long> size = CompletableFuture.supplyAsync(() -> reader.size(ID));
            while (!size.isDone() && !somebodyWaitsForALock()) {
                Thread.onSpinWait();
            }
            fail.countDown();

            assertThatThrownBy(append::join).hasRootCauseMessage("no space");
            assertThat(size.join()).isZero();
            append(writer, 0, Optional.empty());
            assertThat(reader.size(ID)).isEqualTo(1);
        }
    }

    private static boolean somebodyWaitsForALock() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getState() == Thread.State.TIMED_WAITING)
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().equals(LockFile.class.getName()));
    }

    /** The first journal line reaches the disk; forcing it fails when the test says so. */
    private static Disk failingToForce(CountDownLatch written, CountDownLatch fail) {
        Disk healthy = FaultyDisk.healthy();
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("force")
                            && arguments[0].toString().endsWith(".jsonl")
                            && fail.getCount() > 0) {
                        written.countDown();
                        fail.await();
                        throw new IOException("no space");
                    }
                    try {
                        return method.invoke(healthy, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Should the kernel's lock be lost though its holder lives, the token still tells. */
    @Test
    void append_underALeaseThatWasOvertaken_conflicts() throws Exception {
        Path folder = temp.resolve("store");
        try (FileActivationStore store = ActivationStores.on(folder, Disk.local())) {
            Lease lease = store.tryLease(ID).orElseThrow();
            append(store, 0, Optional.of(lease));
            Path fence = folder.resolve("activations/acme-1/fence.json");
            Files.writeString(fence, "{\"token\":" + (lease.fencingToken() + 1) + "}");

            assertRefused(ErrorCode.STORE_CONFLICT, () -> append(store, 1, Optional.of(lease)));
        }
    }

    @Test
    void lease_ofAStoreThatIsClosed_isGivenBack() {
        Path folder = temp.resolve("store");
        FileActivationStore first = ActivationStores.on(folder, Disk.local());
        assertThat(first.tryLease(ID)).isPresent();
        first.close();

        try (FileActivationStore second = ActivationStores.on(folder, Disk.local())) {
            assertThat(second.tryLease(ID)).isPresent();
        }
    }

    @Test
    void store_thatIsClosed_refusesEverything() {
        FileActivationStore store = ActivationStores.on(temp.resolve("store"), Disk.local());
        store.close();
        store.close();

        assertThatThrownBy(() -> store.load(ID)).isInstanceOf(IllegalStateException.class);
    }

    private static void append(FileActivationStore store, long size, Optional<Lease> lease) {
        store.append(ID, size, lease, List.of(new JournalEntry(size + 1, Instant.EPOCH, new Event.Ended())));
    }
}
