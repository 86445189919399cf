package io.github.kaitsu.vendor;

import io.github.kaitsu.vendor.AccessTokens.Token;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * The single refresh under every interleaving: as if one call came after the other. The vendor counts, and is asked once for each token that was
 * refused: two refreshes for one would give another number than any order of the calls, and at a vendor lose the grant.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
public class SingleRefreshLincheckTest {
    private int refreshes; // the contract: one thread at a time

    private final AccessTokens tokens = new SingleFlightTokens(
            spent -> {
                refreshes++;
                return new Token(Integer.toString(refreshes), Optional.empty());
            },
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    /** What each thread was given last: nobody is refused what nobody had. */
    private final AtomicReferenceArray<String> given = new AtomicReferenceArray<>(8);

    @Operation
    public String get(@Param(name = "thread") int thread) throws InterruptedException {
        String token = tokens.get();
        given.set(thread, token);
        return token;
    }

    @Operation
    public String refused(@Param(name = "thread") int thread) throws InterruptedException {
        String old = given.get(thread);
        if (old == null) {
            return "none";
        }
        String token = tokens.refreshAfterRejection(old);
        given.set(thread, token);
        return token;
    }

    @Test
    void everyInterleaving_isAsOneAfterTheOther() {
        new ModelCheckingOptions()
                .iterations(Boolean.getBoolean("kaitsu.nightly") ? 100 : 3)
                .invocationsPerIteration(Boolean.getBoolean("kaitsu.nightly") ? 2_000 : 100)
                .check(SingleRefreshLincheckTest.class);
    }
}
