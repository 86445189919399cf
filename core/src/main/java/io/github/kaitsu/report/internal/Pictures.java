package io.github.kaitsu.report.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Puts pictures into one document, as long as it can still be mailed. Not thread-safe. */
final class Pictures {
    /** Of all pictures together; in the document they take a third more. */
    static final long MOST_BYTES = 10L << 20;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

    private long bytes;
    private byte[] last = {};

    /** Empty if it cannot be read or is no picture. */
    static Optional<byte[]> read(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readAllBytes(file)).filter(p -> !type(p).isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** png or jpeg; empty if it is neither. */
    static String type(byte[] picture) {
        return begins(picture, PNG) ? "png" : begins(picture, JPEG) ? "jpeg" : "";
    }

    /** The picture as an address of its own; empty if it cannot be read, is no picture, is the last one again, or too much. */
    Optional<String> inside(Path file) {
        try {
            if (Files.isRegularFile(file) && bytes + Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            Optional<byte[]> picture = read(file).filter(p -> !Arrays.equals(p, last));
            picture.ifPresent(p -> {
                bytes += p.length;
                last = p;
            });
            return picture.map(p ->
                    "data:image/" + type(p) + ";base64," + Base64.getEncoder().encodeToString(p));
        } catch (IOException e) {
            return Optional.empty(); // it is named instead
        }
    }

    private static boolean begins(byte[] picture, byte[] signature) {
        return picture.length > signature.length
                && Arrays.equals(picture, 0, signature.length, signature, 0, signature.length);
    }
}
