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

    /** @param type png or jpeg */
    record Picture(String type, byte[] bytes) {}

    /** Empty if it cannot be read or is no picture. */
    static Optional<Picture> read(Path file) {
        try {
            byte[] picture = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            String type = begins(picture, PNG) ? "png" : begins(picture, JPEG) ? "jpeg" : "";
            return type.isEmpty() ? Optional.empty() : Optional.of(new Picture(type, picture));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The picture as an address of its own; empty if it cannot be read, is no picture, is the last one again, or too much. */
    Optional<String> inside(Path file) {
        try {
            if (Files.isRegularFile(file) && bytes + Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            Optional<Picture> picture = read(file).filter(p -> !Arrays.equals(p.bytes(), last));
            picture.ifPresent(p -> {
                bytes += p.bytes().length;
                last = p.bytes();
            });
            return picture.map(p ->
                    "data:image/" + p.type() + ";base64," + Base64.getEncoder().encodeToString(p.bytes()));
        } catch (IOException e) {
            return Optional.empty(); // it is named instead
        }
    }

    private static boolean begins(byte[] picture, byte[] signature) {
        return picture.length > signature.length
                && Arrays.equals(picture, 0, signature.length, signature, 0, signature.length);
    }
}
