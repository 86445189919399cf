package io.github.kaitsu.consent.internal;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStores;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.LockFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders become or are credential stores, and who may have rights to what is in them. */
class CredentialRightsTest {
    private static final CredentialStore.Key BOX =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "acme"), CloudService.Provider.BOX);
    private static final String ENTRY = "entries/" + SealedEntry.name(BOX) + ".json";

    @TempDir
    Path temp;

    private Path folder;
    private FileCredentialStore store;

    @BeforeEach
    void open() {
        folder = temp.resolve("store");
        store = afresh();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void reading_anAbsentOrEmptyFolder_findsNothingAndCreatesNothing() throws Exception {
        assertReadsEmpty();
        assertThat(folder).doesNotExist();
        Files.createDirectory(folder);
        assertReadsEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    private void assertReadsEmpty() {
        assertThat(store.load(BOX)).isEmpty();
        assertThat(store.keys()).isEmpty();
        assertThat(store.version(BOX)).isZero();
    }

    @Test
    void everything_thatIsWritten_isForItsOwnerOnly() throws Exception {
        write();

        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.toList())
                    .hasSizeGreaterThan(6)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kaitsu-credentials.json", "credentials.lock", "entries", "entry", "holds"})
    void anything_thatOthersMayRead_isUnsafe(String name) throws Exception {
        write();
        Path path = path(name);
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-x---" : "rw-r-----"));

        assertWritingRefused(ErrorCode.STORE_UNSAFE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kaitsu-credentials.json", "credentials.lock", "entries", "entry", "holds"})
    void anything_thatIsALink_isUnsafe(String name) throws Exception {
        write();
        Path moved = temp.resolve("moved");
        Files.move(path(name), moved);
        Files.createSymbolicLink(path(name), moved);

        assertWritingRefused(ErrorCode.STORE_UNSAFE);
    }

    private Path path(String name) {
        return folder.resolve(name.equals("entry") ? ENTRY : name);
    }

    @Test
    void folder_withOtherThings_isForeignAndLeftAlone() throws Exception {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("diary.txt"), "dear diary");

        assertRefused(ErrorCode.STORE_FOREIGN, () -> store.load(BOX));
        assertWritingRefused(ErrorCode.STORE_FOREIGN);
        try (Stream<Path> content = Files.list(folder)) {
            assertThat(content).hasSize(1);
        }
    }

    @Test
    void folder_thatLostItsIndex_isForeign() throws Exception {
        write();
        Files.delete(folder.resolve("kaitsu-credentials.json"));

        assertWritingRefused(ErrorCode.STORE_FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kaitsu-credentials.json", "entry"})
    void anything_ofALaterVersion_isNewerAndLeftAlone(String name) throws Exception {
        write();
        String later = Files.readString(path(name)).replace("\"version\":1", "\"version\":2");
        Files.writeString(path(name), later);

        assertWritingRefused(ErrorCode.STORE_NEWER);
        assertThat(path(name)).hasContent(later);
    }

    private void assertWritingRefused(ErrorCode code) {
        try (FileCredentialStore next = afresh()) {
            assertRefused(code, () -> next.put(BOX, 1, new byte[1]));
            assertRefused(code, () -> next.delete(BOX, 1));
            assertRefused(code, next::rotate);
        }
    }

    private void write() throws InterruptedException {
        assertThat(store.put(BOX, 0, new byte[1])).contains(1L);
        store.hold(BOX).close();
    }

    private FileCredentialStore afresh() {
        return CredentialStores.on(folder, Disk.local(), Duration.ZERO, new byte[32]);
    }

    // ---- holds

    @Test
    void hold_thatSomebodyElseKeeps_isBusyInTheEnd() throws Exception {
        try (FileCredentialStore other = afresh()) {
            other.hold(BOX);

            assertRefused(ErrorCode.STORE_BUSY, () -> store.hold(BOX));
        }
        store.hold(BOX).close(); // closing a store lets go
        assertThat(LockFile.open()).isZero();
    }
}
