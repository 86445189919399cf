package io.github.kaitsu.store.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.AtomicFile;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.Format;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.internal.JournalState.Stamp;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one activation: journal, fence and lock. Thread-safe.
 *
 * <p>The journal is only read and written under the append lock. A reader would otherwise see a line that a failing disk
 * takes back a moment later, and act on it; it pays for the lock only when the file has changed.
 */
public final class ActivationFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationFiles.class);
    private static final String JOURNAL = "journal.jsonl";
    private static final Format TOMBSTONE = new Format("kaitsu-forgotten", 1);

    private final ActivationId id;
    private final StoreFolder folder;
    private final Disk disk;

    /** What this process has seen, until it {@linkplain #coolDown forgets} the entries. Later readings start here. */
    private volatile JournalState known = JournalState.NOTHING;

    /** How far this process has seen it; later readings must find that again. */
    private volatile Seen seen = Seen.NOTHING;

    private record Seen(long lines, String hash) {
        private static final Seen NOTHING = new Seen(0, "");

        private static Seen of(JournalState state) {
            return new Seen(state.lines(), state.hash());
        }
    }

    public ActivationFiles(ActivationId id, StoreFolder folder, Disk disk) {
        this.id = id;
        this.folder = folder;
        this.disk = disk;
    }

    // ---- where they lie: not kept, since there is one of this for every run

    private Path home() {
        return folder.activation(id);
    }

    private Path journal() {
        return home().resolve(JOURNAL);
    }

    private Path fence() {
        return home().resolve("fence.json");
    }

    private Path tombstone() {
        return home().resolve("forgotten.json");
    }

    private Path lock() {
        return home().resolve("activation.lock");
    }

    // ---- reading

    /** What is known, if the file still looks the same; costs no lock and opens nothing. */
    Optional<JournalState> unchanged() throws IOException {
        JournalState now = known;
        return stamp().equals(now.stamp()) ? Optional.of(now) : Optional.empty();
    }

    private Optional<Stamp> stamp() throws IOException {
        boolean there = OwnerOnly.directory(folder.activations()).isPresent()
                && OwnerOnly.directory(home()).isPresent()
                && !isForgotten(); // from then on there is no journal, whatever a crash has left of it
        return there ? OwnerOnly.file(journal()).map(Stamp::of) : Optional.empty();
    }

    /** Everything that was appended so far. */
    public JournalState read() throws IOException {
        Optional<JournalState> same = unchanged();
        if (same.isPresent()) {
            return same.get();
        }
        if (stamp().isEmpty()) {
            return refresh(); // reading creates nothing, no lock either
        }
        LockFile shared = LockFile.use(lock(), disk);
        try {
            return shared.alone(this::refresh);
        } finally {
            shared.done();
        }
    }

    private JournalState refresh() throws IOException {
        JournalState before = known;
        Optional<Stamp> now = stamp();
        if (now.equals(before.stamp())) {
            return before;
        } else if (isForgotten()) {
            known = JournalState.NOTHING;
            seen = Seen.NOTHING;
            return known;
        }
        boolean grown = now.isPresent()
                && before.stamp().isPresent()
                && now.get().grewFrom(before.stamp().get());
        if (now.isEmpty() && seen.lines() > 0) {
            throw JournalLines.corrupt(folder.name(journal()), 1);
        }
        JournalState after =
                now.isEmpty() ? JournalState.NOTHING : readFrom(grown ? before : JournalState.NOTHING, now);
        known = after;
        return after;
    }

    /** Gives the entries' memory back; the next reading reads the whole file. */
    public void coolDown() {
        known = JournalState.NOTHING;
    }

    private JournalState readFrom(JournalState start, Optional<Stamp> stamp) throws IOException {
        JournalLines lines = new JournalLines(id, folder.name(journal()), start);
        lines.expect(seen.lines(), seen.hash());
        try (FileChannel channel = OwnerOnly.open(journal(), StandardOpenOption.READ)) {
            JournalLines.checkSize(channel.size(), folder.name(journal()));
            lines.readAll(OwnerOnly.readFrom(channel, start.bytes()));
        }
        lines.checkAllIsThere();
        JournalState all = lines.state(stamp);
        seen = Seen.of(all);
        return all;
    }

    /** See {@link io.github.kaitsu.store.ActivationStore#append}. @return the journal's length afterwards, in bytes */
    public long append(long expectedSize, OptionalLong token, List<JournalEntry> entries) throws IOException {
        prepare();
        alone(shared -> {
            if (isForgotten()) {
                throw KaitsuException.of(ErrorCode.ACTIVATION_FORGOTTEN, "", id);
            }
            JournalState now = checked(shared, expectedSize, token);
            if (!entries.isEmpty()) {
                leaveToken(token);
                write(now, entries);
            }
        });
        return known.stamp().map(Stamp::length).orElse(0L);
    }

    /** With the first append under a lease: whoever only looked has nothing to be fenced off from. */
    private void leaveToken(OptionalLong token) throws IOException {
        if (token.isPresent() && lastToken() < token.getAsLong()) {
            AtomicFile.write(disk, fence(), StoreJson.bytes(StoreJson.object().put("token", token.getAsLong())));
        }
    }

    private JournalState checked(LockFile shared, long expectedSize, OptionalLong token) throws IOException {
        if (token.isPresent() && (shared.token() != token.getAsLong() || lastToken() > token.getAsLong())) {
            throw KaitsuException.of(ErrorCode.STORE_CONFLICT, "lease", id);
        }
        JournalState now = refresh();
        if (now.size() != expectedSize) {
            throw KaitsuException.of(ErrorCode.STORE_CONFLICT, "", id);
        }
        return now;
    }

    // ---- forgetting

    /** See {@link io.github.kaitsu.store.ActivationStore#forget}. */
    public void forget(long expectedSize, long token, Instant at) throws IOException {
        prepare();
        alone(shared -> {
            if (!isForgotten()) {
                checked(shared, expectedSize, OptionalLong.of(token));
                // from here on it is forgotten, whatever comes between
                AtomicFile.write(
                        disk, tombstone(), StoreJson.bytes(TOMBSTONE.tag().put("at", at.toString())));
            }
            eraseJournal();
        });
    }

    /** When it was forgotten, if it was; what a crash has left of it is erased on the way. */
    public Optional<Instant> forgottenAt() throws IOException {
        if (OwnerOnly.directory(folder.activations()).isEmpty()
                || OwnerOnly.directory(home()).isEmpty()
                || !isForgotten()) {
            return Optional.empty();
        }
        JsonNode tree =
                StoreJson.parse(OwnerOnly.read(tombstone()).orElse(new byte[0])).orElse(StoreJson.object());
        TOMBSTONE.check(tree, folder.name(tombstone()), JournalLines.corrupt(folder.name(tombstone()), 1));
        if (OwnerOnly.file(journal()).isPresent()) {
            alone(shared -> eraseJournal());
        }
        try {
            return Optional.of(Instant.parse(tree.path("at").asText()));
        } catch (DateTimeException e) {
            throw JournalLines.corrupt(folder.name(tombstone()), 1);
        }
    }

    /** Whoever lists the runs must not fail over this: the next one tries again. */
    private boolean eraseLeftovers() {
        try {
            forgottenAt();
        } catch (IOException e) {
            LOG.warn("what is left of the forgotten activation {} cannot be erased yet", id, e);
        }
        return true;
    }

    private boolean isForgotten() throws IOException {
        return OwnerOnly.file(tombstone()).isPresent();
    }

    private void eraseJournal() throws IOException {
        disk.delete(journal());
        disk.forceDirectory(home());
        known = JournalState.NOTHING;
        seen = Seen.NOTHING;
    }

    /** A change that nobody else comes between. */
    private interface Change {
        void make(LockFile shared) throws IOException;
    }

    private void alone(Change change) throws IOException {
        LockFile shared = LockFile.use(lock(), disk);
        try {
            shared.alone(() -> {
                change.make(shared);
                return true;
            });
        } finally {
            shared.done();
        }
    }

    // ---- writing

    private void prepare() throws IOException {
        folder.prepare();
        folder.ensure(folder.activations());
        folder.ensure(home());
    }

    private void write(JournalState now, List<JournalEntry> entries) throws IOException {
        JournalLines lines = new JournalLines(id, folder.name(journal()), now);
        byte[] text = lines.append(entries);
        JournalLines.checkSize(now.bytes() + text.length, folder.name(journal())); // else nobody could read it any more
        if (now.stamp().isEmpty()) {
            disk.createFile(journal());
        }
        try (FileChannel channel = OwnerOnly.open(journal(), StandardOpenOption.WRITE)) {
            if (channel.size() > now.bytes()) {
                disk.truncate(journal(), channel, now.bytes()); // torn by a crash
            }
            try {
                disk.write(journal(), channel, now.bytes(), text);
                disk.force(journal(), channel);
                if (now.size() == 0) {
                    forceNames();
                }
            } catch (IOException e) {
                takeBack(channel, now.bytes(), e);
                throw e;
            }
        }
        known = lines.state(stamp());
        seen = Seen.of(known);
    }

    /** Always with the first line: an earlier attempt may have died between creating a name and this. */
    private void forceNames() throws IOException {
        disk.forceDirectory(home());
        disk.forceDirectory(folder.activations());
        disk.forceDirectory(folder.root());
    }

    /** Nobody has read it yet. If this fails too, the next reading tells whether it counts. */
    private void takeBack(FileChannel channel, long length, IOException why) {
        try {
            disk.truncate(journal(), channel, length);
            disk.force(journal(), channel);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /** The shared lock file with its lease taken, or empty; its {@link LockFile#token} is the new token. */
    public Optional<LockFile> tryLease() throws IOException {
        prepare();
        LockFile shared = LockFile.use(lock(), disk);
        boolean taken = false;
        try {
            taken = shared.tryLease(this::lastToken);
            return taken ? Optional.of(shared) : Optional.empty();
        } finally {
            if (!taken) {
                shared.done();
            }
        }
    }

    private long lastToken() throws IOException {
        Optional<byte[]> content = OwnerOnly.read(fence());
        if (content.isEmpty()) {
            return 0;
        }
        JsonNode token =
                StoreJson.parse(content.get()).orElse(StoreJson.object()).path("token");
        if (!token.isIntegralNumber() || token.asLong() < 1) {
            throw JournalLines.corrupt(folder.name(fence()), 1);
        }
        return token.asLong();
    }

    /** How long the journal is, in bytes, whatever is in it; 0 if there is none. Takes no lock and opens nothing. */
    public long length() throws IOException {
        return stamp().map(Stamp::length).orElse(0L);
    }

    /** Whether {@code home} belongs to a run: something was begun, or cannot be read and needs to be seen. */
    public boolean isBegun() throws IOException {
        try {
            return !isForgotten() ? read().size() > 0 : !eraseLeftovers();
        } catch (KaitsuException e) {
            return true;
        }
    }
}
