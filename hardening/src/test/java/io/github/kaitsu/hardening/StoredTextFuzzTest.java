package io.github.kaitsu.hardening;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.journal.codec.JournalCodec;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.StoreCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** Journals and heads, on any medium. */
class StoredTextFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ActivationId RUN = ActivationId.of("run-1");
    private static Path root; // one for all inputs: making one takes longer than reading it

    @FuzzTest
    void entry(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Foreign.read(text.length(), 20_000, false, () -> {
            JournalEntry entry = StoreCodec.entry(text, "database");
            Assertions.assertThat(StoreCodec.entry(StoreCodec.write(entry), "database"))
                    .isEqualTo(entry);
            return entry;
        });
    }

    @FuzzTest
    void event(byte[] data) {
        JsonNode tree;
        try {
            tree = JSON.readTree(new String(data, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return; // journals are JSON before they are anything
        }
        Foreign.read(data.length, 20_000, false, () -> JournalCodec.read(tree, "journal", 1));
    }

    @FuzzTest
    void head(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Foreign.read(text.length(), 20_000, false, () -> {
            RunHead head = StoreCodec.head(text, "database");
            Assertions.assertThat(StoreCodec.head(StoreCodec.write(head), "database"))
                    .isEqualTo(head);
            return head;
        });
    }

    @FuzzTest
    void journalFile(byte[] data) throws IOException {
        Path folder = folder();
        Files.write(folder.resolve("activations/" + RUN + "/journal.jsonl"), data);
        try (FileActivationStore store = FileActivationStore.at(folder)) {
            Foreign.read(data.length, 20_000, false, () -> store.load(RUN));
            Foreign.read(data.length, 20_000, false, () -> store.head(RUN));
        }
    }

    private static Path folder() throws IOException {
        if (root == null) {
            root = Files.createTempDirectory("fuzz").resolve("store");
            try (FileActivationStore store = FileActivationStore.at(root)) {
                JournalEntry first = StoreCodec.entry(
                        "{\"number\":1,\"time\":\"2026-11-30T00:00:00Z\","
                                + "\"event\":{\"type\":\"stalled\",\"service\":\"BOX\",\"stalls\":1}}",
                        "seed");
                store.append(RUN, 0, Optional.empty(), List.of(first));
            }
        }
        return root;
    }
}
