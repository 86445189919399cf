package io.github.kaitsu.cli;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes folders that nobody else may enter; leaves those that are there as they are. */
final class Folders {
    private Folders() {}

    /**
     * Makes the folder that a file or folder is to lie in.
     *
     * @throws KaitsuException IO_ERROR
     */
    static void createFor(Path content) {
        Path folder = content.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        try {
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", folder);
        }
    }
}
