package io.github.kaitsu.cli;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.store.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A new file that only its owner may read; what is there already stays as it is. */
final class OutputFile {
    private OutputFile() {}

    /** @throws KaitsuException USAGE if the file exists, IO_ERROR */
    static void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws KaitsuException USAGE if the file exists, IO_ERROR */
    static void write(String name, byte[] content) {
        boolean written;
        try {
            written = PrivateFile.at(Path.of(name)).create(content);
        } catch (KaitsuException | InvalidPathException e) {
            throw Refusal.of(ErrorCode.IO_ERROR, "error.out", name);
        }
        if (!written) {
            throw Refusal.usage("exists", name);
        }
    }
}
