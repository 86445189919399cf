package io.github.kaitsu.store;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.contract.FaultyDisk;
import io.github.kaitsu.contract.FaultyDisk.Fault;
import io.github.kaitsu.contract.SimulatedCrash;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.LockFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small files are as they were or as they were to become, whatever happens at whatever byte. */
class PrivateFileTest {
    @TempDir
    Path temp;

    @AfterEach
    void nothingStaysOpen() {
        assertThat(LockFile.open()).isZero();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> text(Path file) {
        return PrivateFile.at(file).read().map(b -> new String(b, StandardCharsets.UTF_8));
    }

    private static void change(PrivateFile file, String text) {
        file.change(before -> bytes(text));
    }

    /** Runs it once for each point at which a fault can happen, in a folder of its own each time. */
    private void atEveryPoint(Fault fault, String before, Consumer<PrivateFile> change, Consumer<Path> then)
            throws IOException {
        FaultyDisk dry = FaultyDisk.healthy();
        change.accept(new PrivateFile(file("dry", before), dry));
        assertThat(dry.points()).isGreaterThan(3);
        for (long point = 0; point < dry.points(); point++) {
            Path file = file(fault + "-" + point, before);
            PrivateFile broken = new PrivateFile(file, FaultyDisk.failing(fault, point));
            assertThatThrownBy(() -> change.accept(broken))
                    .isInstanceOfAny(SimulatedCrash.class, KaitsuException.class);
            then.accept(file);
        }
    }

    private Path file(String folder, String before) throws IOException {
        Path file = Files.createDirectory(temp.resolve(folder)).resolve("file.json");
        if (!before.isEmpty()) {
            change(PrivateFile.at(file), before);
        }
        return file;
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void change_brokenOffAnywhere_leavesTheOldOrTheNewContent(Fault fault) throws Exception {
        atEveryPoint(fault, "{\"old\":1}", file -> change(file, "{\"new\":22}"), file -> {
            assertThat(text(file).orElseThrow()).isIn("{\"old\":1}", "{\"new\":22}");
            change(PrivateFile.at(file), "{\"next\":3}");
            assertThat(text(file)).contains("{\"next\":3}");
        });
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void create_brokenOffAnywhere_leavesNothingOrAllOfIt(Fault fault) throws Exception {
        atEveryPoint(fault, "", file -> file.create(bytes("whole")), file -> {
            boolean isThere = text(file).isPresent();
            assertThat(text(file)).isIn(Optional.empty(), Optional.of("whole"));
            assertThat(PrivateFile.at(file).create(bytes("again"))).isEqualTo(!isThere);
            assertThat(text(file)).contains(isThere ? "whole" : "again");
        });
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void append_brokenOffAnywhere_keepsEveryOtherLine(Fault fault) throws Exception {
        atEveryPoint(fault, "{\"line\":1}\n", file -> file.append(bytes("{\"line\":2}\n")), file -> {
            PrivateFile.at(file).append(bytes("{\"line\":3}\n"));
            List<String> lines = text(file).orElseThrow().lines().toList();
            assertThat(lines).contains("{\"line\":1}", "{\"line\":3}").hasSizeLessThan(4);
            assertThat(text(file).orElseThrow()).endsWith("\n");
        });
    }

    @Test
    void create_byManyAtOnce_succeedsForOne_andNothingIsOverwritten() throws Exception {
        for (int round = 0; round < 50; round++) {
            Path file = temp.resolve("file" + round);
            List<CompletableFuture<Boolean>> all = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> PrivateFile.at(file).create(bytes("by " + i))))
                    .toList();
            List<Boolean> created = all.stream().map(CompletableFuture::join).toList();
            assertThat(created.stream().filter(c -> c)).hasSize(1);
            assertThat(text(file)).contains("by " + created.indexOf(true));
        }
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).hasSize(50);
        }
    }

    @Test
    void change_byManyAtOnce_losesNothing() {
        Path file = temp.resolve("file");
        List<CompletableFuture<Void>> all = IntStream.range(0, 64)
                .mapToObj(i -> CompletableFuture.runAsync(() -> PrivateFile.at(file)
                        .change(before -> bytes(before.map(b -> new String(b, StandardCharsets.UTF_8))
                                        .orElse("") + i + ";"))))
                .toList();
        all.forEach(CompletableFuture::join);

        assertThat(text(file).orElseThrow().split(";")).hasSize(64).doesNotHaveDuplicates();
    }

    @Test
    void change_thatThrows_leavesTheFileAsItIs() {
        PrivateFile file = PrivateFile.at(temp.resolve("file"));
        change(file, "old");
        assertThatThrownBy(() -> file.change(before -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file.read().map(String::new)).contains("old");
    }

    @Test
    void everything_isForItsOwnerOnly() throws Exception {
        PrivateFile.at(temp.resolve("a")).create(bytes("a"));
        change(PrivateFile.at(temp.resolve("b")), "b");
        PrivateFile.at(temp.resolve("c")).append(bytes("c\n"));
        try (Stream<Path> all = Files.list(temp)) {
            assertThat(all)
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        Files.setPosixFilePermissions(temp.resolve("a"), PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(
                ErrorCode.STORE_UNSAFE, () -> PrivateFile.at(temp.resolve("a")).read());
        assertRefused(ErrorCode.STORE_UNSAFE, () -> change(PrivateFile.at(temp.resolve("a")), "x"));
        Files.createSymbolicLink(temp.resolve("link"), temp.resolve("b"));
        assertRefused(ErrorCode.STORE_UNSAFE, () -> change(PrivateFile.at(temp.resolve("link")), "x"));
        assertThat(PrivateFile.at(temp.resolve("link")).create(bytes("x"))).isFalse();
        assertThat(text(temp.resolve("b"))).contains("b");
    }

    @Test
    void folder_thatIsAbsent_isAnErrorOfTheDisk() {
        PrivateFile file = new PrivateFile(temp.resolve("no/file"), Disk.local());
        assertThat(file.read()).isEmpty();
        assertRefused(ErrorCode.IO_ERROR, () -> file.create(bytes("x")));
        assertRefused(ErrorCode.IO_ERROR, () -> change(file, "x"));
    }
}
