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

    /** @throws KaitsuException IO_ERROR */
    static void create(Path folder) {
        if (Files.isDirectory(folder)) {
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
