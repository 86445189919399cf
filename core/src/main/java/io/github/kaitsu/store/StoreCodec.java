package io.github.kaitsu.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.journal.codec.JournalCodec;
import java.nio.charset.StandardCharsets;

/**
 * Journal entries and heads as text, for stores on other media: one line of JSON each, the same that the file store writes. What one
 * version wrote, every later one reads ({@code docs/journal.md}). A form for storing, not for screens.
 */
public final class StoreCodec {
    private StoreCodec() {}

    /** The same text for equal entries. */
    public static String write(JournalEntry entry) {
        return text(JournalCodec.write(entry));
    }

    /**
     * Reads an entry back.
     *
     * @param where it stands, for the message
     * @throws KaitsuException STORE_NEWER if it holds a word of a later version, STORE_CORRUPT if it is no entry
     */
    public static JournalEntry entry(String text, String where) {
        return JournalCodec.read(tree(text, where), where, 1);
    }

    /** The same text for equal heads. */
    public static String write(RunHead head) {
        return text(JournalCodec.tree(head));
    }

    /**
     * Reads a head back.
     *
     * @param where it stands, for the message
     * @throws KaitsuException STORE_CORRUPT if it is none
     */
    public static RunHead head(String text, String where) {
        return JournalCodec.value(tree(text, where), RunHead.class).orElseThrow(() -> corrupt(where));
    }

    private static String text(JsonNode tree) {
        return new String(StoreJson.bytes(tree), StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String text, String where) {
        return StoreJson.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow(() -> corrupt(where));
    }

    private static KaitsuException corrupt(String where) {
        return KaitsuException.of(ErrorCode.STORE_CORRUPT, "", where, 1);
    }
}
