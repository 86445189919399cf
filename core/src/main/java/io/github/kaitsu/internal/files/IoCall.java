package io.github.kaitsu.internal.files;

import java.io.IOException;

/** Something that touches the disk. */
@FunctionalInterface
interface IoCall<T> {
    T call() throws IOException;
}
