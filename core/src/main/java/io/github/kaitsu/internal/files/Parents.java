package io.github.kaitsu.internal.files;

import java.nio.file.Path;
import java.util.Objects;

/** The directory of a path; the store's paths are absolute, so there is one. */
final class Parents {
    private Parents() {}

    static Path of(Path path) {
        return Objects.requireNonNull(path.getParent());
    }
}
