package io.github.kaitsu.store;

import io.github.kaitsu.files.Disk;
import java.nio.file.Path;

/** The file store on a disk that may fail. */
public final class ActivationStores {
    private ActivationStores() {}

    @SuppressWarnings("exports") // tests see the disk
    public static FileActivationStore on(Path folder, Disk disk) {
        return new FileActivationStore(folder, disk);
    }
}
