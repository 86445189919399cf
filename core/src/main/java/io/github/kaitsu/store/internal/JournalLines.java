package io.github.kaitsu.store.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.Format;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.Sha256;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.journal.codec.JournalCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a journal file, each chained to the one before:
 *
 * <pre>
 * {"format":"kaitsu-journal","version":1,"activation":"acme-1","hash":"…"}
 * {"line":2,"previous":"…","entries":[{"number":1,"time":"…","event":{…}},…],"hash":"…"}
 * </pre>
 *
 * <p>A hash is the SHA-256 of the hash before and of the line's own bytes up to its hash, so that no line can be edited, left
 * out, moved or repeated unnoticed, not even in its spaces. It guards against accidents and well-meant edits, not against
 * somebody who computes all hashes anew; and whole lines lost at the end are noticed only by a process that had seen them.
 *
 * <p>Reads on from a state, line by line. Not thread-safe.
 */
final class JournalLines {
    private static final Format FORMAT = new Format("kaitsu-journal", 1);
    private static final byte[] BEFORE_HASH = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER_HASH = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE_END = {'\n'};

    /** Far more than any run writes: hundreds of the longest answers. */
    private static final long MOST_BYTES = 64L << 20;

    /** One append: many of the longest answers. */
    private static final long LONGEST_LINE = 16L << 20;

    private final ActivationId id;
    private final String file;
    private final List<JournalEntry> entries;
    private long bytes;
    private long lines;
    private String hash;
    private long seenLines;
    private String seenHash = "";

    /** @param file as messages name it */
    JournalLines(ActivationId id, String file, JournalState from) {
        this.id = id;
        this.file = file;
        this.entries = new ArrayList<>(from.entries());
        this.bytes = from.bytes();
        this.lines = from.lines();
        this.hash = from.hash();
    }

    JournalState state(Optional<JournalState.Stamp> stamp) {
        return new JournalState(stamp, bytes, lines, hash, entries);
    }

    /** What to append for these entries: one line, and before the first the header. Takes them as read. */
    byte[] append(List<JournalEntry> more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (lines == 0) {
            out.writeBytes(seal(FORMAT.tag().put("activation", id.value())));
        }
        ObjectNode line = StoreJson.object().put("line", lines + 1).put("previous", hash);
        ArrayNode array = line.putArray("entries");
        more.forEach(entry -> array.add(JournalCodec.write(entry)));
        out.writeBytes(seal(line));
        entries.addAll(more);
        return out.toByteArray();
    }

    private byte[] seal(ObjectNode content) {
        byte[] object = StoreJson.bytes(content);
        byte[] body = Arrays.copyOf(object, object.length - 1); // its } follows the hash
        String seal = hash(body);
        byte[] line = sealed(body, seal);
        checkLine(line);
        passed(line.length + 1, seal);
        return concat(line, LINE_END);
    }

    /** Reads all whole lines; what follows the last line end was torn by a crash and never counted. */
    void readAll(byte[] text) {
        int start = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '\n') {
                read(Arrays.copyOfRange(text, start, at));
                start = at + 1;
            }
        }
    }

    private void read(byte[] line) {
        checkLine(line);
        JsonNode tree = StoreJson.parse(line).orElse(StoreJson.object());
        if (lines == 0) {
            checkFormat(tree);
        }
        String seal = checkHash(line);
        if (lines == 0) {
            check(tree.path("activation").asText().equals(id.value()));
        } else {
            check(tree.path("line").asLong() == lines + 1);
            check(tree.path("previous").asText().equals(hash));
            for (JsonNode node : tree.path("entries")) {
                JournalEntry entry = JournalCodec.read(node, file, lines + 1);
                check(entry.number() == entries.size() + 1);
                entries.add(entry);
            }
        }
        passed(line.length + 1, seal);
    }

    /** Before the hash, which a later version may compute otherwise. */
    private void checkFormat(JsonNode header) {
        check(!header.has("previous")); // a line of ours, but not the first
        FORMAT.check(header, file, KaitsuException.of(ErrorCode.STORE_FOREIGN, "file", file));
    }

    private String checkHash(byte[] line) {
        int length = line.length - BEFORE_HASH.length - Sha256.DIGITS - AFTER_HASH.length;
        check(length > 0);
        byte[] body = Arrays.copyOf(line, length);
        String seal = hash(body);
        check(Arrays.equals(line, sealed(body, seal)));
        return seal;
    }

    private static byte[] sealed(byte[] body, String seal) {
        return concat(body, BEFORE_HASH, seal.getBytes(StandardCharsets.US_ASCII), AFTER_HASH);
    }

    private String hash(byte[] body) {
        return Sha256.hex(hash.getBytes(StandardCharsets.US_ASCII), body);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private void passed(long length, String seal) {
        bytes += length;
        lines++;
        hash = seal;
        if (lines == seenLines && !hash.equals(seenHash)) {
            throw corrupt(file, lines);
        }
    }

    /** A journal only grows: what was in it once is in it for ever. */
    void expect(long linesSeen, String hashSeen) {
        seenLines = linesSeen;
        seenHash = hashSeen;
    }

    void checkAllIsThere() {
        check(lines >= seenLines);
    }

    /** @throws KaitsuException STORE_CORRUPT if a journal is, or would become, longer than any run's */
    static void checkSize(long bytes, String file) {
        OwnerOnly.checkSize(bytes, MOST_BYTES, file);
    }

    private void checkLine(byte[] line) {
        OwnerOnly.checkSize(line.length, LONGEST_LINE, file + ":" + (lines + 1));
    }

    private void check(boolean inOrder) {
        if (!inOrder) {
            throw corrupt(file, lines + 1);
        }
    }

    static KaitsuException corrupt(String file, long line) {
        return KaitsuException.of(ErrorCode.STORE_CORRUPT, "", file, line);
    }
}
