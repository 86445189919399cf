package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/** Claims, leases and appends of one store under every interleaving: as if one call came after the other. */
@Param(name = "owner", gen = IntGen.class, conf = "1:3")
@Param(name = "thread", gen = ThreadIdGen.class)
public class ClaimsAndLeasesLincheckTest {
    private static final ActivationId RUN = ActivationId.of("run-1");
    private static final ClaimKey SLOT = new ClaimKey("console", "JP/CAS0001");
    private static final JournalEntry FIRST = StoreCodec.entry(
            "{\"number\":1,\"time\":\"2026-11-30T00:00:00Z\",\"event\":{\"type\":\"stalled\",\"service\":\"BOX\",\"stalls\":1}}",
            "test");

    static { // loads the texts of refusals beforehand: files are not what is looked into
        KaitsuException.of(ErrorCode.STORE_CONFLICT, "", RUN);
        KaitsuException.of(ErrorCode.STORE_CONFLICT, "lease", RUN);
    }

    /** Each thread's own. */
    private final AtomicReferenceArray<Lease> held = new AtomicReferenceArray<>(8);

    private final MemoryActivationStore store = new MemoryActivationStore();

    @Operation
    public boolean claim(@Param(name = "owner") int owner) {
        return store.claim(SLOT, "run-" + owner);
    }

    @Operation
    public void release(@Param(name = "owner") int owner) {
        store.release(SLOT, "run-" + owner);
    }

    @Operation
    public String claimant() {
        return store.claimant(SLOT).orElse("nobody");
    }

    @Operation
    public long lease(@Param(name = "thread") int thread) {
        Optional<Lease> lease = held.get(thread) == null ? store.tryLease(RUN) : Optional.empty();
        lease.ifPresent(mine -> held.set(thread, mine));
        return lease.map(Lease::fencingToken).orElse(-1L);
    }

    @Operation
    public void giveBack(@Param(name = "thread") int thread) {
        Lease mine = held.getAndSet(thread, null);
        if (mine != null) {
            mine.close();
        }
    }

    /** Under one's lease, or without one as an answer is. */
    @Operation
    public String append(@Param(name = "thread") int thread) {
        try {
            store.append(RUN, 0, Optional.ofNullable(held.get(thread)), List.of(FIRST));
            return "appended";
        } catch (KaitsuException e) {
            return e.key();
        }
    }

    @Operation
    public long size() {
        return store.size(RUN);
    }

    @Test
    void everyInterleaving_isAsOneAfterTheOther() {
        new ModelCheckingOptions()
                .iterations(Boolean.getBoolean("kaitsu.nightly") ? 100 : 3)
                .invocationsPerIteration(Boolean.getBoolean("kaitsu.nightly") ? 2_000 : 100)
                .check(ClaimsAndLeasesLincheckTest.class);
    }
}
