package io.github.kaitsu.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.invite.contract.InvitationStoreContract;
import io.github.kaitsu.operator.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInvitationStoreTest extends InvitationStoreContract {
    private static final InvitationRequest REQUEST = InvitationRequest.of(
                    ActivationId.of("a"), Role.BOX, "sato@example.co.jp")
            .askingForCode();

    @TempDir
    private Path parent;

    @Override
    protected InvitationStore newStore() {
        return FileInvitationStore.at(folder());
    }

    @Override
    protected InvitationStore reopen() {
        return FileInvitationStore.at(folder());
    }

    private Path folder() {
        return parent.resolve("invitations");
    }

    /** Whoever reads the disk can neither use a link nor enter its code. */
    @Test
    void whatIsOnTheDisk_isTheOwnersAlone_andHoldsNeitherLinkNorCode() throws IOException {
        Invitations.Minted minted = Invitations.in(newStore()).mint(REQUEST);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(file.getFileName().toString() + Files.readString(file))
                        .doesNotContain(minted.token(), minted.code().orElseThrow());
            }
        }
        assertThat(minted.toString())
                .doesNotContain(minted.token(), minted.code().orElseThrow());
    }

    @Test
    void aFolderThatIsALink_isRefused() throws IOException {
        Path real = Files.createDirectory(parent.resolve("real"));
        Files.createSymbolicLink(folder(), real);

        assertThatThrownBy(() -> newStore().find("a".repeat(32)))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNSAFE));
    }

    @Test
    void aFileThatWasEdited_isSaidToBeSo() throws IOException {
        Invitations.Minted minted = Invitations.in(newStore()).mint(REQUEST);
        Path file = folder().resolve(minted.invitation().id() + ".invitation");
        Files.writeString(file, Files.readString(file).replaceAll("role=.*", "role=EVERYBODY"));

        assertThatThrownBy(() -> reopen().find(minted.invitation().id()))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT));
    }

    @Test
    void whatIsNoHash_isNoPath() {
        Invitations.in(newStore()).mint(REQUEST);

        assertThatThrownBy(() -> reopen().change("../../etc/passwd", i -> i))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Invitations.in(reopen()).revoke("../../etc/passwd")).isFalse();
    }
}
