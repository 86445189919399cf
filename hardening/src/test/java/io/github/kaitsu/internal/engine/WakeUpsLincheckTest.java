package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import java.time.Instant;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** The queue of wake-ups under every interleaving: as if one call came after the other. */
@Param(name = "run", gen = IntGen.class, conf = "1:2")
@Param(name = "at", gen = IntGen.class, conf = "1:3")
public class WakeUpsLincheckTest {
    /** Made beforehand: what they are checked with is not what is looked into. */
    private static final List<ActivationId> RUNS =
            List.of(ActivationId.of("run-0"), ActivationId.of("run-1"), ActivationId.of("run-2"));

    private final WakeUps wakeUps = new WakeUps();

    @Operation
    public boolean set(@Param(name = "run") int run, @Param(name = "at") int at) {
        return wakeUps.set(id(run), Instant.ofEpochSecond(at));
    }

    @Operation
    public void clear(@Param(name = "run") int run) {
        wakeUps.clear(id(run));
    }

    @Operation
    public String due(@Param(name = "at") int at) {
        List<ActivationId> due = wakeUps.due(Instant.ofEpochSecond(at));
        return due.toString();
    }

    @Operation
    public String next() {
        return wakeUps.next().toString();
    }

    private static ActivationId id(int run) {
        return RUNS.get(run);
    }

    @Test
    void everyInterleaving_isAsOneAfterTheOther() {
        new ModelCheckingOptions()
                .iterations(Boolean.getBoolean("kaitsu.nightly") ? 100 : 3)
                .invocationsPerIteration(Boolean.getBoolean("kaitsu.nightly") ? 2_000 : 100)
                .check(WakeUpsLincheckTest.class);
    }
}
