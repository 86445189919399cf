package io.github.kaitsu.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Excerpts of the four manuals, with the noise of their text recognition. */
final class Manuals {
    private Manuals() {}

    static String text(String name) {
        try (InputStream in = Manuals.class.getResourceAsStream("/manuals/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
