package io.github.kaitsu.files;

import java.io.IOException;

/** Something that touches the disk. */
@FunctionalInterface
public interface IoCall<T> {
    T call() throws IOException;
}
