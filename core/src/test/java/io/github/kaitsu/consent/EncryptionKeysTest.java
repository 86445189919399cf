package io.github.kaitsu.consent;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, and what a store does with the wrong ones. */
class EncryptionKeysTest {
    private static final CredentialStore.Key BOX =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "acme"), CloudService.Provider.BOX);
    private static final CredentialStore.Key GOOGLE =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "acme"), CloudService.Provider.GOOGLE);
    private static final byte[] ONE = key(1);
    private static final byte[] TWO = key(2);

    @TempDir
    Path temp;

    // ---- keys

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    void of_aKeyOfAnotherLength_isRefused(int length) {
        assertThatThrownBy(() -> EncryptionKeys.of(new byte[length])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EncryptionKeys.of(ONE, new byte[length])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_keysThatTheCallerOverwrites_keepsThem() {
        byte[] mine = ONE.clone();
        EncryptionKeys keys = EncryptionKeys.of(mine);
        Arrays.fill(mine, (byte) 9);
        put(keys, BOX, 0, "a");

        assertThat(load(EncryptionKeys.of(ONE), BOX)).isEqualTo("a");
    }

    @Test
    void toString_givesIdsAndNoKey() {
        assertThat(EncryptionKeys.of(ONE, TWO).toString())
                .matches("EncryptionKeys\\[\\*{3}, ids [0-9a-f]{16}, [0-9a-f]{16}]")
                .isEqualTo(EncryptionKeys.of(ONE, TWO).toString());
    }

    @Test
    void close_makesThemUseless() {
        EncryptionKeys keys = EncryptionKeys.of(ONE);
        put(keys, BOX, 0, "a");
        keys.close();

        assertThatThrownBy(() -> load(keys, BOX)).isInstanceOf(IllegalStateException.class);
    }

    // ---- key files

    @Test
    void createFile_writesAKeyForItsOwnerOnlyThatCanBeReadAgain() throws Exception {
        Path file = temp.resolve("key");
        put(EncryptionKeys.createFile(file), BOX, 0, "a");

        assertThat(load(EncryptionKeys.ofFile(file), BOX)).isEqualTo("a");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(EncryptionKeys.createFile(temp.resolve("key-2")).toString())
                .isNotEqualTo(EncryptionKeys.ofFile(file).toString());
    }

    @Test
    void createFile_whereThereIsOne_overwritesNothing() throws Exception {
        Path file = Files.writeString(temp.resolve("key"), "precious");

        assertRefused(ErrorCode.CREDENTIAL_KEY, () -> EncryptionKeys.createFile(file));
        assertThat(file).hasContent("precious");
    }

    @Test
    void ofFile_ofOpensslsForm_isRead() throws Exception {
        Path file = keyFile(Base64.getEncoder().encodeToString(ONE) + "\r\n");
        put(EncryptionKeys.of(ONE), BOX, 0, "a");

        assertThat(load(EncryptionKeys.ofFile(file), BOX)).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret-passphrase", "c2VjcmV0", "AAAA\nAAAA", "ä"})
    void ofFile_ofSomethingElse_isRefusedAndQuotesNothing(String content) throws Exception {
        Path file = keyFile(content);

        assertRefused(ErrorCode.CREDENTIAL_KEY, () -> EncryptionKeys.ofFile(file));
        assertThatThrownBy(() -> EncryptionKeys.ofFile(file))
                .hasNoCause()
                .message()
                .doesNotContain("secret");
    }

    @Test
    void ofFile_thatIsAbsent_isRefused() {
        assertRefused(ErrorCode.CREDENTIAL_KEY, () -> EncryptionKeys.ofFile(temp.resolve("key")));
    }

    @Test
    void ofFile_thatOthersMayRead_isUnsafe() throws Exception {
        Path file = keyFile(Base64.getEncoder().encodeToString(ONE));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertRefused(ErrorCode.STORE_UNSAFE, () -> EncryptionKeys.ofFile(file));
    }

    @Test
    void ofFile_thatIsALink_isUnsafe() throws Exception {
        Path link = Files.createSymbolicLink(
                temp.resolve("link"), keyFile(Base64.getEncoder().encodeToString(ONE)));

        assertRefused(ErrorCode.STORE_UNSAFE, () -> EncryptionKeys.ofFile(link));
    }

    // ---- wrong keys

    @Test
    void store_withTheWrongKey_isRefusedAndLeftAlone() throws Exception {
        put(EncryptionKeys.of(ONE), BOX, 0, "a");
        Map<Path, String> before = files();

        try (FileCredentialStore store = store(EncryptionKeys.of(TWO))) {
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.load(BOX));
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.load(GOOGLE));
            assertRefused(ErrorCode.CREDENTIAL_KEY, store::keys);
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.put(BOX, 1, new byte[1]));
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.put(GOOGLE, 0, new byte[1]));
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.delete(BOX, 1));
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.version(BOX));
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.hold(BOX));
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.discard(BOX));
            assertRefused(ErrorCode.CREDENTIAL_KEY, store::rotate);
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void wrongKey_always_isNamedWithTheRightOne() {
        put(EncryptionKeys.of(ONE), BOX, 0, "a");

        assertThatThrownBy(() -> load(EncryptionKeys.of(TWO), BOX))
                .isInstanceOfSatisfying(
                        KaitsuException.class,
                        e -> assertThat(e.message(Locale.JAPANESE) + e.nextStep(Locale.ENGLISH))
                                .contains(id(ONE), id(TWO)));
    }

    @Test
    void store_withAnEntryOfAKeyThatIsNotGiven_refusesThatEntryAlone() {
        put(EncryptionKeys.of(ONE), BOX, 0, "a");
        put(EncryptionKeys.of(TWO, ONE), GOOGLE, 0, "b"); // from now on TWO opens the store

        try (FileCredentialStore store = store(EncryptionKeys.of(TWO))) {
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.load(BOX));
            assertRefused(ErrorCode.CREDENTIAL_KEY, () -> store.put(BOX, 1, new byte[1]));
            assertRefused(ErrorCode.CREDENTIAL_KEY, store::rotate);
            assertThat(store.load(GOOGLE)).isPresent();
            store.discard(BOX);
            store.rotate();
            assertThat(store.keys()).containsExactly(GOOGLE);
        }
    }

    // ---- rotation

    @Test
    void olderKey_always_reads() {
        put(EncryptionKeys.of(ONE), BOX, 0, "a");

        assertThat(load(EncryptionKeys.of(TWO, ONE), BOX)).isEqualTo("a");
    }

    @Test
    void rotate_makesTheOlderKeyUselessAndKeepsVersions() throws Exception {
        put(EncryptionKeys.of(ONE), BOX, 0, "a");
        byte[] old = Files.readAllBytes(entryFile());
        try (FileCredentialStore store = store(EncryptionKeys.of(TWO, ONE))) {
            store.rotate();
            assertThat(store.version(BOX)).isEqualTo(1);
        }

        assertThat(load(EncryptionKeys.of(TWO), BOX)).isEqualTo("a");
        assertRefused(ErrorCode.CREDENTIAL_KEY, () -> load(EncryptionKeys.of(ONE), BOX));
        Files.write(entryFile(), old); // of the same version, but of a key that somebody may have stolen
        assertRefused(ErrorCode.STORE_CORRUPT, () -> load(EncryptionKeys.of(TWO, ONE), BOX));
    }

    // ---- helpers

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static String id(byte[] key) {
        return EncryptionKeys.of(key).toString().replaceAll(".*ids |]", "");
    }

    private FileCredentialStore store(EncryptionKeys keys) {
        return FileCredentialStore.at(temp.resolve("store"), keys);
    }

    private void put(EncryptionKeys keys, CredentialStore.Key key, long expected, String text) {
        try (FileCredentialStore store = store(keys)) {
            assertThat(store.put(key, expected, text.getBytes(StandardCharsets.UTF_8)))
                    .isPresent();
        }
    }

    private String load(EncryptionKeys keys, CredentialStore.Key key) {
        try (FileCredentialStore store = store(keys)) {
            return new String(store.load(key).orElseThrow().secret(), StandardCharsets.UTF_8);
        }
    }

    private Path keyFile(String content) throws IOException {
        Path file = Files.writeString(temp.resolve("key"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Path entryFile() throws IOException {
        try (Stream<Path> entries = Files.list(temp.resolve("store/entries"))) {
            return entries.findFirst().orElseThrow();
        }
    }

    private Map<Path, String> files() throws IOException {
        Map<Path, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(temp.resolve("store"))) {
            all.filter(Files::isRegularFile).forEach(file -> {
                try {
                    found.put(file, Files.readString(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return found;
    }
}
