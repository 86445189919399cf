package io.github.kaitsu.store.internal;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may have rights to what is in a store, and where links are refused. */
class StoreRightsTest extends StoreOnDisk {
    // ---- rights

    @Test
    void everything_thatIsWritten_isForItsOwnerOnly() throws Exception {
        write();
        store.claim(KEY, "acme-1");
        store.tryLease(ID).orElseThrow().close();

        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.toList())
                    .hasSizeGreaterThan(8)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    /** Made with {@code mkdir}, as most people do: it is empty, so nothing was readable yet. */
    @Test
    void emptyFolder_thatOthersMayRead_isClosedToThem() throws Exception {
        Files.createDirectory(folder);
        rights(folder, "rwxr-xr-x");

        write();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void emptyFolder_thatOthersMayWrite_isUnsafeAndLeftAlone() throws Exception {
        Files.createDirectory(folder);
        rights(folder, "rwxrwxrwx");

        assertRefused(ErrorCode.STORE_UNSAFE, () -> store.load(ID));
        assertRefused(ErrorCode.STORE_UNSAFE, this::write);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kaitsu-store.json",
                "activations",
                "activations/acme-1",
                "activations/acme-1/journal.jsonl",
                "activations/acme-1/activation.lock"
            })
    void anything_thatOthersMayRead_isUnsafe(String name) throws Exception {
        write();
        rights(folder.resolve(name), Files.isDirectory(folder.resolve(name)) ? "rwxr-x---" : "rw-r-----");

        try (FileActivationStore afresh = FileActivationStore.at(folder)) {
            assertUnsafe("rights to", name, () -> afresh.load(ID));
            assertUnsafe("rights to", name, () -> append(afresh, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"claims", "store.lock"})
    void anythingAboutClaims_thatOthersMayRead_isUnsafe(String name) throws Exception {
        store.claim(KEY, "acme-1");
        rights(folder.resolve(name), "rwxr-x---");

        assertUnsafe("rights to", name, () -> store.claim(KEY, "acme-1"));
    }

    @Test
    void fence_thatOthersMayRead_isUnsafe() throws Exception {
        appendUnderALease(store);
        rights(folder.resolve("activations/acme-1/fence.json"), "rw-r-----");

        assertUnsafe("rights to", "activations/acme-1/fence.json", () -> store.tryLease(ID));
    }

    // ---- links

    @Test
    void folder_thatIsALink_isUnsafe() throws Exception {
        write();
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);

        try (FileActivationStore linked = FileActivationStore.at(link)) {
            assertUnsafe("symbolic link", link, () -> linked.load(ID));
            assertUnsafe("symbolic link", link, () -> append(linked, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kaitsu-store.json",
                "activations",
                "activations/acme-1",
                "activations/acme-1/journal.jsonl",
                "activations/acme-1/activation.lock"
            })
    void anything_thatIsALink_isUnsafe(String name) throws Exception {
        write();
        replaceByLink(folder.resolve(name));

        try (FileActivationStore afresh = FileActivationStore.at(folder)) {
            assertUnsafe("symbolic link", name, () -> afresh.load(ID));
            assertUnsafe("symbolic link", name, () -> append(afresh, 1));
        }
    }

    @Test
    void anythingAboutClaims_thatIsALink_isUnsafe() throws Exception {
        store.claim(KEY, "acme-1");
        Path claim;
        try (Stream<Path> claims = Files.list(folder.resolve("claims"))) {
            claim = claims.findFirst().orElseThrow();
        }
        Path draft = claim.resolveSibling(claim.getFileName() + ".tmp");
        Path victim = Files.writeString(temp.resolve("victim"), "precious");

        replaceByLink(claim);
        assertUnsafe("symbolic link", claim, () -> store.claimant(KEY));
        Files.delete(claim);
        Files.createSymbolicLink(draft, victim);
        assertUnsafe("symbolic link", draft, () -> store.claim(KEY, "acme-1"));
        assertThat(victim).hasContent("precious");
    }

    @Test
    void journal_thatIsADirectory_isUnsafe() throws Exception {
        Path journal = folder.resolve("activations/acme-1/journal.jsonl");
        write();
        Files.delete(journal);
        Files.createDirectory(journal);

        try (FileActivationStore afresh = FileActivationStore.at(folder)) {
            assertUnsafe("neither", journal, () -> afresh.load(ID));
        }
    }

    // ---- helpers

    private void assertUnsafe(String why, Object path, ThrowingCallable call) {
        assertRefused(ErrorCode.STORE_UNSAFE, call);
        assertThatThrownBy(call).hasMessageContaining(why).hasMessageContaining(path.toString());
    }

    private static void rights(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private void replaceByLink(Path path) throws IOException {
        Path moved = temp.resolve("moved");
        Files.move(path, moved);
        Files.createSymbolicLink(path, moved);
    }
}
