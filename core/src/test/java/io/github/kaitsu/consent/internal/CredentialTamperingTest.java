package io.github.kaitsu.consent.internal;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStore.Entry;
import io.github.kaitsu.consent.CredentialStores;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.FaultyDisk;
import io.github.kaitsu.contract.FaultyDisk.Fault;
import io.github.kaitsu.contract.SimulatedCrash;
import io.github.kaitsu.files.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with access to the files, but not to a key, can make a store believe: nothing. */
class CredentialTamperingTest {
    private static final byte[] KEY = new byte[32];
    private static final String SECRET = "hush-hush-token";
    private static final CredentialStore.Key BOX =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "acme"), CloudService.Provider.BOX);
    private static final CredentialStore.Key OTHER =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "globex"), CloudService.Provider.BOX);

    @TempDir
    Path temp;

    private Path folder;
    private FileCredentialStore store;

    @BeforeEach
    void open() {
        folder = temp.resolve("store");
        store = afresh();
        put(store, BOX, 0, "1");
        put(store, OTHER, 0, "1");
    }

    @AfterEach
    void close() {
        store.close();
    }

    // ---- edited

    @Test
    void entry_withAnyByteChanged_isRefusedAndLeftAlone() throws Exception {
        everyByteChanged(file(BOX), damaged -> {
            try (FileCredentialStore next = afresh()) {
                assertThatThrownBy(() -> next.load(BOX))
                        .isInstanceOf(KaitsuException.class)
                        .message()
                        .doesNotContain(SECRET);
                assertThatThrownBy(() -> put(next, BOX, 1, "2")).isInstanceOf(KaitsuException.class);
                assertThatThrownBy(() -> next.delete(BOX, 1)).isInstanceOf(KaitsuException.class);
                assertThat(text(next, OTHER)).isEqualTo("1:" + SECRET + "1");
            }
            assertThat(Files.readAllBytes(file(BOX))).isEqualTo(damaged);
        });
    }

    @Test
    void index_withAnyByteChanged_isRefusedAndLeftAlone() throws Exception {
        Path index = folder.resolve("kaitsu-credentials.json");
        everyByteChanged(index, damaged -> {
            try (FileCredentialStore next = afresh()) {
                assertThatThrownBy(() -> next.load(BOX)).isInstanceOf(KaitsuException.class);
                assertThatThrownBy(() -> put(next, BOX, 1, "2")).isInstanceOf(KaitsuException.class);
            }
            assertThat(Files.readAllBytes(index)).isEqualTo(damaged);
        });
    }

    private interface Check {
        void on(byte[] damaged) throws IOException;
    }

    private static void everyByteChanged(Path file, Check check) throws IOException {
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i <= good.length; i++) {
            byte[] bad = good.clone();
            if (i < good.length) {
                bad[i] ^= 1; // the smallest change there is; other letters, digits and brackets come of it
            } else {
                bad = (new String(good, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
            }
            Files.write(file, bad);
            check.on(bad);
        }
        Files.write(file, good);
    }

    // ---- one among others

    @Test
    void unreadable_namesTheDamagedFile_andTheOthersWorkAsEver() throws Exception {
        Files.writeString(file(BOX), "{}");
        String name = file(BOX).getFileName().toString();

        assertThat(store.keys()).containsExactly(OTHER);
        assertThat(store.unreadable()).containsExactly(Map.entry(name, ErrorCode.STORE_CORRUPT));
        put(store, OTHER, 1, "2");
        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.load(BOX));
    }

    @Test
    void discard_byTheNameOfTheFile_deletesWhatCannotBeReadAndNothingElse() throws Exception {
        Files.writeString(file(BOX), "{}");

        assertThat(store.discard(file(OTHER).getFileName().toString())).isFalse();
        assertThat(store.discard("../kaitsu-credentials.json")).isFalse();
        assertThat(store.discard(file(BOX).getFileName().toString())).isTrue();

        assertThat(store.unreadable()).isEmpty();
        assertThat(store.load(BOX)).isEmpty();
        assertThat(text(store, OTHER)).isEqualTo("1:" + SECRET + "1");
        put(store, BOX, store.version(BOX), "2");
    }

    @Test
    void keys_whenTheFolderOfEntriesIsNotOurs_areRefused() throws Exception {
        Files.setPosixFilePermissions(folder.resolve("entries"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertRefused(ErrorCode.STORE_UNSAFE, store::keys);
        assertRefused(ErrorCode.STORE_UNSAFE, store::unreadable);
    }

    // ---- swapped, copied, renamed

    @Test
    void entries_thatWereSwapped_areRefused() throws Exception {
        byte[] box = Files.readAllBytes(file(BOX));
        Files.write(file(BOX), Files.readAllBytes(file(OTHER)));
        Files.write(file(OTHER), box);

        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.load(BOX));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.load(OTHER));
        assertThat(store.keys()).isEmpty();
        assertRefused(ErrorCode.STORE_CORRUPT, () -> put(store, BOX, 1, "2"));
    }

    @Test
    void entry_whoseReadableNameWasChangedToItsNewPlace_isRefused() throws Exception {
        String text = Files.readString(file(BOX)).replace("acme", "globex");
        Files.writeString(file(OTHER), text);

        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.load(OTHER));
    }

    @Test
    void entry_ofAnotherStoreWithTheSameKey_isRefused() throws Exception {
        Path second = temp.resolve("second");
        try (FileCredentialStore other = CredentialStores.on(second, Disk.local(), Duration.ZERO, KEY)) {
            put(other, BOX, 0, "1");
        }
        Files.copy(second.resolve(folder.relativize(file(BOX))), replaced(file(BOX)));

        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.load(BOX));
    }

    @Test
    void entry_thatIsGone_isMissedAndCanBeDiscarded() throws Exception {
        Files.delete(file(BOX));

        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.load(BOX));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> put(store, BOX, 0, "2"));
        store.discard(BOX);
        assertThat(store.load(BOX)).isEmpty();
        assertThat(put(store, BOX, store.version(BOX), "2")).isPresent();
    }

    // ---- rolled back

    @Test
    void entry_inAnOlderVersion_isRolledBack() throws Exception {
        byte[] old = Files.readAllBytes(file(BOX));
        put(store, BOX, 1, "2");
        Files.write(file(BOX), old);

        try (FileCredentialStore next = afresh()) {
            assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> next.load(BOX));
            assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> put(next, BOX, 1, "3"));
            assertThat(Files.readAllBytes(file(BOX))).isEqualTo(old);
            next.discard(BOX);
            assertThat(next.load(BOX)).isEmpty();
            assertThat(next.version(BOX)).isGreaterThan(2);
        }
    }

    @Test
    void entry_putBackAfterItsDeletion_isRolledBack() throws Exception {
        byte[] old = Files.readAllBytes(file(BOX));
        store.delete(BOX, 1);
        Files.write(file(BOX), old);
        Files.setPosixFilePermissions(file(BOX), PosixFilePermissions.fromString("rw-------"));

        try (FileCredentialStore next = afresh()) {
            assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> next.load(BOX));
        }
    }

    @Test
    void index_inAnOlderVersion_isRolledBack() throws Exception {
        Path index = folder.resolve("kaitsu-credentials.json");
        byte[] old = Files.readAllBytes(index);
        put(store, BOX, 1, "2");
        Files.write(index, old);

        assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> store.load(BOX));
        try (FileCredentialStore next = afresh()) {
            assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> next.load(BOX));
        }
    }

    /** Only whoever saw the newer state can know. */
    @Test
    void folder_inAnOlderState_isRolledBackForAProcessThatHasSeenANewerOne() throws Exception {
        Path index = folder.resolve("kaitsu-credentials.json");
        byte[] oldIndex = Files.readAllBytes(index);
        byte[] oldEntry = Files.readAllBytes(file(BOX));
        put(store, BOX, 1, "2");
        Files.write(index, oldIndex);
        Files.write(file(BOX), oldEntry);

        assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> store.load(BOX));
        assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> put(store, BOX, 1, "3"));
    }

    @Test
    void folder_thatVanished_isRolledBackForAProcessThatHasSeenIt() throws Exception {
        assertThat(store.load(BOX)).isPresent();
        Files.move(folder, temp.resolve("away"));

        assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> store.load(BOX));
    }

    /** A crash leaves a change announced; the next change of anything settles it. */
    @Test
    void entry_whoseChangeACrashLeftUnsettled_isSettledByTheNextChange() throws Exception {
        FaultyDisk dry = FaultyDisk.healthy();
        putNext(dry);
        byte[] old = Files.readAllBytes(file(BOX));
        long beforeTheLastMove = dry.points() - 2;
        assertThatThrownBy(() -> putNext(FaultyDisk.failing(Fault.CRASH, beforeTheLastMove)))
                .isInstanceOf(SimulatedCrash.class);
        try (FileCredentialStore next = afresh()) {
            assertThat(text(next, BOX)).isEqualTo("3:" + SECRET + "3");
            put(next, OTHER, 1, "2");
        }
        Files.write(file(BOX), old);

        try (FileCredentialStore next = afresh()) {
            assertRefused(ErrorCode.CREDENTIAL_ROLLED_BACK, () -> next.load(BOX));
        }
    }

    private void putNext(Disk disk) {
        try (FileCredentialStore mortal = CredentialStores.on(folder, disk, Duration.ZERO, KEY)) {
            long version = mortal.version(BOX);
            put(mortal, BOX, version, Long.toString(version + 1));
        }
    }

    // ---- helpers

    private FileCredentialStore afresh() {
        return CredentialStores.on(folder, Disk.local(), Duration.ZERO, KEY);
    }

    private Path file(CredentialStore.Key key) {
        return folder.resolve("entries").resolve(SealedEntry.name(key) + ".json");
    }

    private static Path replaced(Path file) throws IOException {
        Files.delete(file);
        return file;
    }

    private static Optional<Long> put(FileCredentialStore store, CredentialStore.Key key, long expected, String text) {
        return store.put(key, expected, (SECRET + text).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(FileCredentialStore store, CredentialStore.Key key) {
        Entry entry = store.load(key).orElseThrow();
        return entry.version() + ":" + new String(entry.secret(), StandardCharsets.UTF_8);
    }
}
