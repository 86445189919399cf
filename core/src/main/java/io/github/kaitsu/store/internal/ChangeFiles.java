package io.github.kaitsu.store.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.journal.codec.JournalCodec;
import io.github.kaitsu.store.RunHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a store folder without their journals: each append of whichever process adds one line here, and everybody reads on from
 * where he was.
 *
 * <pre>
 * {"id":"acme-1","bytes":5310,"head":{…}}       the journal's length, and what lists show of it
 * {"id":"acme-1","bytes":0}                     forgotten
 * </pre>
 *
 * <p>Nothing rests on it, so nothing is forced to the medium: what a crash or a failing disk loses is found by a sweep over the
 * journals' lengths, once at the start and once a minute. A file that has grown far beyond what it tells is followed by the next
 * number, which begins with all that is known; what somebody still adds to the one before is read too, and the one before that is
 * deleted. Where a run was forgotten a number is left out, so that nothing older stays.
 *
 * <p>Thread-safe.
 */
public final class ChangeFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFiles.class);
    private static final long SMALL = 1L << 20;
    private static final int MOST_TIMES = 4;
    private static final long BETWEEN_SWEEPS = Duration.ofMinutes(1).toNanos();

    private final StoreFolder folder;
    private final HeadIndex index;

    /** How long the journal was that a head was made from. */
    private final Map<ActivationId, Long> lengths = new HashMap<>();

    /** How long the journals without a head were when that was noticed. */
    private final Map<ActivationId, Long> headless = new LinkedHashMap<>();

    private final Map<Long, Tail> tails = new HashMap<>();
    private long current;
    private boolean swept;
    private long sweptAt;

    /** How far a file was read. */
    private static final class Tail {
        private long bytes;
        private byte[] torn = new byte[0];
    }

    public ChangeFiles(StoreFolder folder, HeadIndex index) {
        this.folder = folder;
        this.index = index;
    }

    // ---- writing

    /** A run was appended to, by this process. What happens to this line is no reason to refuse the append. */
    public synchronized void appended(ActivationId id, long bytes, Optional<RunHead> head) {
        index.changed(id, head);
        noted(id, bytes, head.isPresent());
        add(id, bytes, head);
    }

    /** A head was made anew. */
    public synchronized void restored(long bytes, RunHead head) {
        index.restored(head);
        noted(head.id(), bytes, true);
        add(head.id(), bytes, Optional.of(head));
    }

    /** What was told of a run is told nowhere any more, but that it was forgotten. */
    public synchronized void forgotten(ActivationId id) throws IOException {
        begin(Optional.of(List.of(id)));
    }

    private void remove(ActivationId id) {
        index.remove(id);
        lengths.remove(id);
        headless.remove(id);
    }

    private void noted(ActivationId id, long bytes, boolean hasHead) {
        if (hasHead) {
            lengths.put(id, bytes);
            headless.remove(id);
        } else {
            lengths.remove(id);
            headless.put(id, bytes);
        }
    }

    private void add(ActivationId id, long bytes, Optional<RunHead> head) {
        try {
            poll(); // what others wrote comes before; and whether there is a next file
            if (isFull()) {
                begin(Optional.empty());
            }
            append(file(current), line(id, bytes, head));
        } catch (IOException | KaitsuException e) {
            LOG.warn("other processes hear of {} by the next sweep only: {}", id, e.toString());
        }
    }

    private static byte[] line(ActivationId id, long bytes, Optional<RunHead> head) {
        ObjectNode line = StoreJson.object().put("id", id.value()).put("bytes", bytes);
        head.ifPresent(h -> line.set("head", JournalCodec.tree(h)));
        byte[] text = StoreJson.bytes(line);
        byte[] ended = Arrays.copyOf(text, text.length + 1);
        ended[text.length] = '\n';
        return ended;
    }

    /** By one call of the operating system, so that lines of several processes do not mix. */
    private static void append(Path file, byte[] line) throws IOException {
        try (FileChannel channel = OwnerOnly.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer buffer = ByteBuffer.wrap(line);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    private boolean isFull() throws IOException {
        return current == 0 || Files.size(file(current)) > Math.max(SMALL, MOST_TIMES * 512L * lengths.size());
    }

    /**
     * Begins a file with all that is known, unless another process was faster.
     *
     * @param forgotten of which nothing that was told before may stay
     */
    private void begin(Optional<List<ActivationId>> forgotten) throws IOException {
        if (OwnerOnly.directory(folder.changes()).isEmpty()) {
            Files.createDirectory(folder.changes(), OwnerOnly.newDirectory(folder.changes()));
        }
        LockFile lock = LockFile.use(folder.lock(), Disk.local());
        try {
            lock.alone(() -> {
                poll();
                if (forgotten.isPresent()) {
                    forgotten.get().forEach(this::remove);
                    write(current + 2, forgotten.get());
                } else if (isFull()) {
                    write(current + 1, List.of());
                }
                return true;
            });
        } finally {
            lock.done();
        }
    }

    private void write(long next, List<ActivationId> forgotten) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        index.all()
                .forEach(head ->
                        all.writeBytes(line(head.id(), lengths.getOrDefault(head.id(), 1L), Optional.of(head))));
        forgotten.forEach(id -> all.writeBytes(line(id, 0, Optional.empty())));
        Path draft = folder.changes().resolve("next.tmp");
        Files.deleteIfExists(draft);
        Files.createFile(draft, OwnerOnly.newFile(draft));
        append(draft, all.toByteArray());
        Files.move(draft, file(next));
        Tail known = new Tail();
        known.bytes = all.size();
        tails.put(next, known);
        turnTo(next);
    }

    private Path file(long number) {
        return folder.changes().resolve(number + ".jsonl");
    }

    // ---- reading

    /** Takes in what other processes have written. */
    public synchronized void poll() throws IOException {
        if (OwnerOnly.directory(folder.changes()).isEmpty()) {
            return;
        }
        if (current == 0) {
            turnTo(numbers().stream().max(Comparator.naturalOrder()).orElse(0L));
        }
        while (current > 0 && (Files.exists(file(current + 1)) || Files.exists(file(current + 2)))) {
            read(current);
            turnTo(Files.exists(file(current + 1)) ? current + 1 : current + 2);
        }
        if (current > 0) {
            read(current - 1);
            read(current);
        }
    }

    private void turnTo(long number) throws IOException {
        current = number;
        tails.keySet().removeIf(n -> n <= number - 2);
        for (long old : numbers()) {
            if (old <= number - 2) {
                Files.deleteIfExists(file(old));
            }
        }
    }

    private List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.changes(), "*.jsonl")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String number = name.substring(0, name.length() - ".jsonl".length());
                if (number.matches("[1-9][0-9]{0,17}")) {
                    numbers.add(Long.parseLong(number));
                }
            }
        }
        return numbers;
    }

    private void read(long number) throws IOException {
        Tail tail = tails.computeIfAbsent(number, n -> new Tail());
        Path file = file(number);
        try {
            if (Files.size(file) <= tail.bytes) {
                return;
            }
        } catch (NoSuchFileException e) {
            return; // two numbers old
        }
        byte[] more;
        try (FileChannel channel = OwnerOnly.open(file, StandardOpenOption.READ)) {
            more = OwnerOnly.readFrom(channel, tail.bytes);
        }
        tail.bytes += more.length;
        byte[] text = Arrays.copyOf(tail.torn, tail.torn.length + more.length);
        System.arraycopy(more, 0, text, tail.torn.length, more.length);
        int start = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '\n') {
                take(Arrays.copyOfRange(text, start, at));
                start = at + 1;
            }
        }
        tail.torn = Arrays.copyOfRange(text, start, text.length);
    }

    private void take(byte[] line) {
        Optional<JsonNode> tree = StoreJson.parse(line);
        Optional<ActivationId> id = tree.flatMap(t -> id(t.path("id").asText()));
        if (id.isEmpty()) {
            swept = false; // torn: the journals tell
            return;
        }
        long bytes = tree.get().path("bytes").asLong();
        if (bytes == 0) {
            remove(id.get());
            return;
        }
        Optional<RunHead> head = JournalCodec.value(tree.get().path("head"), RunHead.class);
        if (bytes <= lengths.getOrDefault(id.get(), 0L)) {
            return; // ours, or overtaken
        }
        index.changed(id.get(), head);
        noted(id.get(), bytes, head.isPresent());
    }

    private static Optional<ActivationId> id(String name) {
        try {
            return Optional.of(ActivationId.of(name));
        } catch (KaitsuException e) {
            return Optional.empty();
        }
    }

    // ---- the sweep

    /** A journal's length by its run. */
    public interface Lengths {
        Map<ActivationId, Long> now() throws IOException;
    }

    /** Finds what no line tells of: at first, after a torn line, and now and then. */
    public synchronized void sweep(Lengths journals) throws IOException {
        if (swept && System.nanoTime() - sweptAt < BETWEEN_SWEEPS) {
            return;
        }
        Map<ActivationId, Long> now = journals.now();
        poll(); // after the lengths: what is written between the two is known
        now.forEach((id, bytes) -> {
            if (bytes > Math.max(lengths.getOrDefault(id, 0L), headless.getOrDefault(id, 0L))) {
                index.changed(id, Optional.empty());
                noted(id, bytes, false);
            }
        });
        List<ActivationId> gone =
                lengths.keySet().stream().filter(id -> !now.containsKey(id)).toList();
        if (!gone.isEmpty()) {
            begin(Optional.of(gone)); // whoever forgot them died before this
        }
        swept = true;
        sweptAt = System.nanoTime();
    }

    public synchronized List<ActivationId> headless() {
        return List.copyOf(headless.keySet());
    }
}
