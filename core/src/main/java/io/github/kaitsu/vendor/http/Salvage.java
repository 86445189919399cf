package io.github.kaitsu.vendor.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a listing that a vendor's library refuses whole for one odd element: element by element, and then without the
 * odd ones.
 *
 * @param odd what was left out
 */
public record Salvage<T>(T page, List<JsonNode> odd) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the library is given in all, against a long list beside long fields, whose work would grow with the square of both. */
    private static final long MOST_BYTES = 64L << 20;

    /** The vendor's library. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads an answer; throws whatever the library throws at one that it does not know. */
        @Nullable
        T read(byte[] answer) throws Exception;
    }

    /**
     * What can be read of an answer that was refused.
     *
     * @param lists where the answer may have its list, each the name of a field
     * @return empty if the answer is no page, or cannot be read without any of its elements either
     */
    public static <T> Optional<Salvage<T>> of(byte[] answer, List<String> lists, Reader<T> reader) {
        try {
            if (!(JSON.readTree(answer) instanceof ObjectNode page)) {
                return Optional.empty();
            }
            Optional<String> list =
                    lists.stream().filter(name -> page.path(name).isArray()).findFirst();
            if (list.isEmpty()) {
                return Optional.empty();
            }
            long beside = with(page, list.get(), JSON.createArrayNode()).length;
            if (beside * page.path(list.get()).size() > MOST_BYTES) {
                return Optional.empty();
            }
            ArrayNode readable = JSON.createArrayNode();
            List<JsonNode> odd = new ArrayList<>();
            for (JsonNode one : page.path(list.get())) {
                boolean reads = !one.isNull()
                        && read(
                                        reader,
                                        with(
                                                page,
                                                list.get(),
                                                JSON.createArrayNode().add(one)))
                                .isPresent();
                if (reads) {
                    readable.add(one);
                } else {
                    odd.add(one);
                }
            }
            return read(reader, with(page, list.get(), readable)).map(rest -> new Salvage<>(rest, odd));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] with(ObjectNode page, String list, ArrayNode elements) throws JsonProcessingException {
        ObjectNode other = JSON.createObjectNode();
        other.setAll(page);
        return JSON.writeValueAsBytes(other.set(list, elements));
    }

    private static <T> Optional<T> read(Reader<T> reader, byte[] answer) {
        try {
            return Optional.ofNullable(reader.read(answer));
        } catch (Exception e) {
            return Optional.empty();
        }
    }
}
