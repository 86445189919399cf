package io.github.kaitsu.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStores;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.contract.FaultyDisk;
import io.github.kaitsu.contract.FaultyDisk.Fault;
import io.github.kaitsu.contract.SimulatedCrash;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops a credential store before, inside and after every change it makes to the disk. */
class CredentialCrashTest {
    private static final byte[] OLD = new byte[32];
    private static final byte[] NEW = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32
    };

    private static final int STEP = Boolean.getBoolean("kaitsu.nightly") ? 1 : 7;

    @TempDir
    Path temp;

    @Test
    void store_wheneverItsProcessDies_keepsWhatItConfirmedAndLooksNeverRolledBack() throws Exception {
        cutOff(Fault.CRASH, dryRun(Integer.MAX_VALUE).edges());
    }

    /** After single bytes of replacing an entry, nightly after every one. */
    @Test
    void store_whereverAWriteIsCutOff_keepsWhatItConfirmed() throws Exception {
        long first = dryRun(1).points();
        long last = dryRun(2).points();
        cutOff(
                Fault.CRASH,
                LongStream.iterate(first, point -> point < last, point -> point + STEP)
                        .boxed()
                        .toList());
    }

    @Test
    void store_wheneverThePowerFails_keepsWhatItConfirmedAndLooksNeverRolledBack() throws Exception {
        cutOff(Fault.POWER_LOSS, dryRun(Integer.MAX_VALUE).edges());
    }

    private void cutOff(Fault fault, List<Long> points) throws Exception {
        for (long point : points) {
            Path folder = temp.resolve("at-" + point);
            CredentialStory story = new CredentialStory();
            FileCredentialStore dying = store(folder, FaultyDisk.failing(fault, point), OLD);
            assertThatThrownBy(() -> story.tell(dying)).isInstanceOf(SimulatedCrash.class);
            dying.close();

            try (FileCredentialStore next = store(folder, FaultyDisk.healthy(), OLD)) {
                story.checkWhatIsLeft(next);
                story.goOn(next);
                story.checkWhatIsLeft(next);
            }
            assertThat(LockFile.open()).isZero();
            assertNothingIsReadable(folder);
        }
    }

    @Test
    void store_whicheverChangeFails_worksAgain() throws Exception {
        for (long point : dryRun(Integer.MAX_VALUE).edges()) {
            Path folder = temp.resolve("at-" + point);
            CredentialStory story = new CredentialStory();
            try (FileCredentialStore store = store(folder, FaultyDisk.failing(Fault.IO_ERROR, point), OLD)) {
                try {
                    story.tell(store);
                } catch (KaitsuException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                    assertThat(e).hasCauseInstanceOf(IOException.class);
                    story.lookAgain(store);
                    story.tell(store);
                }
                story.checkWhatIsLeft(store);
            }
            try (FileCredentialStore later = store(folder, Disk.local(), OLD)) {
                story.checkWhatIsLeft(later);
            }
        }
    }

    private FaultyDisk dryRun(int lastChapter) throws Exception {
        FaultyDisk dry = FaultyDisk.healthy();
        CredentialStory story = new CredentialStory(lastChapter);
        try (FileCredentialStore store = store(temp.resolve("dry-" + lastChapter), dry, OLD)) {
            story.tell(store);
            story.checkWhatIsLeft(store);
        }
        return dry;
    }

    // ---- rotation

    @Test
    void rotation_wheneverItsProcessDies_isReadableWithBothKeysAndCanBeFinished() throws Exception {
        FaultyDisk dry = FaultyDisk.healthy();
        Path folder = told("dry", dry);
        long begin = dry.points();
        try (FileCredentialStore store = store(folder, dry, NEW, OLD)) {
            store.rotate();
        }
        for (Fault fault : List.of(Fault.CRASH, Fault.POWER_LOSS)) {
            for (long point : dry.edges().stream().filter(p -> p >= begin).toList()) {
                rotateAndDie(fault, point - begin);
            }
        }
    }

    private void rotateAndDie(Fault fault, long point) throws Exception {
        Path folder = told(fault + "-" + point, FaultyDisk.healthy());
        FileCredentialStore dying = store(folder, FaultyDisk.failing(fault, point), NEW, OLD);
        assertThatThrownBy(dying::rotate).isInstanceOf(SimulatedCrash.class);
        dying.close();

        try (FileCredentialStore next = store(folder, FaultyDisk.healthy(), NEW, OLD)) {
            assertTold(next);
            next.rotate();
        }
        try (FileCredentialStore later = store(folder, FaultyDisk.healthy(), NEW)) {
            assertTold(later);
            assertThat(later.put(CredentialStory.BOX, 4, new byte[1])).contains(5L);
        }
        assertThat(filesWith(folder, key(OLD))).isEmpty();
    }

    private Path told(String name, Disk disk) throws Exception {
        Path folder = temp.resolve(name);
        try (FileCredentialStore store = store(folder, disk, OLD)) {
            new CredentialStory().tell(store);
        }
        return folder;
    }

    private static void assertTold(CredentialStore store) {
        assertThat(CredentialStory.found(store, CredentialStory.BOX)).isEqualTo("4:" + CredentialStory.SECRET + "d");
        assertThat(CredentialStory.found(store, CredentialStory.GOOGLE)).isEqualTo("1:" + CredentialStory.SECRET + "b");
        assertThat(store.keys()).containsExactlyInAnyOrder(CredentialStory.BOX, CredentialStory.GOOGLE);
    }

    @Test
    void rotation_besideAWriter_losesNothing() throws Exception {
        Path folder = told("both", FaultyDisk.healthy());
        CredentialStore.Key key = CredentialStory.GOOGLE;
        try (FileCredentialStore rotating = store(folder, FaultyDisk.healthy(), NEW, OLD);
                FileCredentialStore writing = store(folder, FaultyDisk.healthy(), OLD, NEW)) {
            Thread writer = new Thread(() -> {
                for (int i = 1; i <= 20; i++) {
                    writing.put(key, i, new byte[] {(byte) i});
                }
            });
            writer.start();
            rotating.rotate();
            writer.join();
            rotating.rotate();
        }
        try (FileCredentialStore later = store(folder, FaultyDisk.healthy(), NEW)) {
            assertThat(later.load(key).orElseThrow().secret()).containsExactly(20);
            assertThat(later.version(key)).isEqualTo(21);
        }
    }

    // ---- helpers

    private static FileCredentialStore store(Path folder, Disk disk, byte[]... keys) {
        return CredentialStores.on(folder, disk, Duration.ofSeconds(30), keys);
    }

    private static String key(byte[] secret) {
        return new CredentialKey(secret).id();
    }

    private static void assertNothingIsReadable(Path folder) throws IOException {
        assertThat(filesWith(folder, CredentialStory.SECRET)).isEmpty();
    }

    private static List<Path> filesWith(Path folder, String text) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
