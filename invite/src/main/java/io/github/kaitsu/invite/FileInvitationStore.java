package io.github.kaitsu.invite;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.invite.internal.InvitationText;
import io.github.kaitsu.store.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Keeps each invitation in a small file, readable by its owner alone, in a folder of its own on one machine; several processes may
 * share it. Every method throws {@link KaitsuException} as {@link PrivateFile} does; STORE_UNSAFE also for a folder that is a
 * symbolic link.
 */
public final class FileInvitationStore implements InvitationStore {
    private static final String SUFFIX = ".invitation";

    private final Path folder;

    private FileInvitationStore(Path folder) {
        this.folder = folder;
    }

    /** In this folder, which is made with the first invitation. */
    public static FileInvitationStore at(Path folder) {
        return new FileInvitationStore(folder.toAbsolutePath());
    }

    @Override
    public void create(Invitation invitation) {
        try {
            Files.createDirectories(folder, ownersAlone());
        } catch (IOException e) {
            throw failed(e);
        }
        if (!file(invitation.id()).create(InvitationText.write(invitation))) {
            throw new IllegalStateException("there is an invitation with this id");
        }
    }

    private FileAttribute<?>[] ownersAlone() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public Optional<Invitation> find(String id) {
        return isThere() ? file(id).read().map(this::read) : Optional.empty();
    }

    @Override
    public Optional<Invitation> change(String id, UnaryOperator<Invitation> change) {
        if (find(id).isEmpty()) {
            return Optional.empty();
        }
        try {
            file(id).change(old -> InvitationText.write(change.apply(read(old.orElseThrow(Gone::new)))));
        } catch (Gone e) {
            return Optional.empty();
        }
        return find(id);
    }

    /** Somebody erased it after it was found. */
    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public List<Invitation> of(ActivationId activation) {
        return ids().stream()
                .flatMap(id -> find(id).stream())
                .filter(i -> i.activation().equals(activation))
                .sorted(Comparator.comparing(Invitation::minted).thenComparing(Invitation::id))
                .toList();
    }

    @Override
    public void forget(ActivationId activation) {
        for (Invitation invitation : of(activation)) {
            try {
                Files.deleteIfExists(path(invitation.id()));
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private List<String> ids() {
        if (!isThere()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw failed(e);
        }
    }

    private boolean isThere() {
        if (Files.isSymbolicLink(folder)) {
            throw KaitsuException.of(ErrorCode.STORE_UNSAFE, "link", folder);
        }
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /** @param id as it came, so perhaps from a stranger: no path is made of anything but a hash */
    private Path path(String id) {
        if (!id.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("no id of an invitation");
        }
        return folder.resolve(id + SUFFIX);
    }

    private PrivateFile file(String id) {
        return PrivateFile.at(path(id));
    }

    private Invitation read(byte[] content) {
        try {
            return InvitationText.read(content);
        } catch (RuntimeException e) {
            throw KaitsuException.because(e, ErrorCode.STORE_CORRUPT, "", folder, 1);
        }
    }

    private KaitsuException failed(Exception e) {
        return KaitsuException.because(e, ErrorCode.IO_ERROR, "", folder);
    }
}
