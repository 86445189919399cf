package io.github.kaitsu.store.internal;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a journal file was read and verified. Immutable.
 *
 * @param stamp what the file looked like when it was read; absent if there was none
 * @param bytes up to the end of the last whole line
 * @param hash of the last whole line, empty before the first
 */
public record JournalState(Optional<Stamp> stamp, long bytes, long lines, String hash, List<JournalEntry> entries) {
    static final JournalState NOTHING = new JournalState(Optional.empty(), 0, 0, "", List.of());

    public JournalState {
        entries = List.copyOf(entries);
    }

    JournalState at(Optional<Stamp> other) {
        return new JournalState(other, bytes, lines, hash, entries);
    }

    public long size() {
        return entries.size();
    }

    /** The header alone is what a crash in the first append leaves: nothing was begun then. */
    public Optional<Journal> journal(ActivationId id) {
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Journal(id, entries));
    }

    /** By what a change of a file is noticed without reading it. */
    public record Stamp(@Nullable Object file, long length, FileTime changed) {
        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
        }

        boolean grewFrom(Stamp earlier) {
            return Objects.equals(file, earlier.file) && length > earlier.length;
        }
    }
}
