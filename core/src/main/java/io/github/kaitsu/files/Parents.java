package io.github.kaitsu.files;

import java.nio.file.Path;
import java.util.Objects;

/** The directory of a path; the store's paths are absolute, so there is one. */
public final class Parents {
    private Parents() {}

    public static Path of(Path path) {
        return Objects.requireNonNull(path.getParent());
    }
}
