package io.github.kaitsu.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.contract.FaultyDisk;
import io.github.kaitsu.contract.FaultyDisk.Fault;
import io.github.kaitsu.contract.SimulatedCrash;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.store.ActivationStores;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops a store before, inside and after every change it makes to the disk. */
class FileStoreCrashTest {
    private static final int STEP = Boolean.getBoolean("kaitsu.nightly") ? 1 : 7;

    @TempDir
    Path temp;

    /** After single bytes, nightly after every one: what is left of a line must never be taken for one. */
    @Test
    void store_wheneverItsProcessDies_keepsWhatItConfirmedAndGoesOn() throws Exception {
        FaultyDisk dry = dryRun();
        LongStream bytes = LongStream.iterate(0, point -> point < dry.points(), point -> point + STEP);
        cutOff(
                Fault.CRASH,
                Stream.concat(dry.edges().stream(), bytes.boxed()).distinct().toList());
    }

    /** How much of a write was done makes no difference: until it is forced, all of it may be lost. */
    @Test
    void store_wheneverThePowerFails_keepsWhatItConfirmedAndGoesOn() throws Exception {
        cutOff(Fault.POWER_LOSS, dryRun().edges());
    }

    private void cutOff(Fault fault, List<Long> points) throws Exception {
        for (long point : points) {
            Path folder = temp.resolve("at-" + point);
            StoreStory story = new StoreStory();
            FileActivationStore dying = ActivationStores.on(folder, FaultyDisk.failing(fault, point));
            assertThatThrownBy(() -> story.tell(dying)).isInstanceOf(SimulatedCrash.class);
            dying.close();

            try (FileActivationStore next = ActivationStores.on(folder, FaultyDisk.healthy())) {
                story.checkWhatIsLeft(next);
                story.goOn(next);
                story.checkWhatIsLeft(next);
                boolean isForgotten = next.forgottenAt(StoreStory.ID).isPresent();
                assertThat(Files.exists(folder.resolve("activations/a/journal.jsonl")))
                        .as("what was forgotten is erased by the next process that lists or asks")
                        .isEqualTo(!isForgotten);
            }
            assertThat(LockFile.open()).isZero();
        }
    }

    @Test
    void store_whicheverChangeFails_takesItBackAndWorksAgain() throws Exception {
        for (long point : dryRun().edges()) {
            Path folder = temp.resolve("at-" + point);
            StoreStory story = new StoreStory();
            try (FileActivationStore store = ActivationStores.on(folder, FaultyDisk.failing(Fault.IO_ERROR, point))) {
                assertThatThrownBy(() -> story.tell(store)).isInstanceOfSatisfying(KaitsuException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                    assertThat(e).hasCauseInstanceOf(IOException.class);
                });
                story.checkThatNothingIsUnderWay(store);
                story.tell(store);
                story.checkWhatIsLeft(store);
            }
            try (FileActivationStore later = ActivationStores.on(folder, Disk.local())) {
                story.checkWhatIsLeft(later);
            }
        }
    }

    private FaultyDisk dryRun() throws Exception {
        FaultyDisk dry = FaultyDisk.healthy();
        StoreStory story = new StoreStory();
        try (FileActivationStore store = ActivationStores.on(temp.resolve("dry"), dry)) {
            story.tell(store);
            story.checkWhatIsLeft(store);
        }
        assertThat(dry.edges()).isSorted().doesNotHaveDuplicates().allMatch(p -> p < dry.points());
        return dry;
    }
}
