package io.github.kaitsu.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A vendor's answer with one thing in it as no document says, one after the other. */
final class OddAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What may stand in a list some day. */
    private static final List<String> STRANGERS = List.of("null", "7", "\"x\"", "[]", "{}");

    private OddAnswers() {}

    /** With an odd element at the beginning, in the middle and at the end of a list. */
    static Map<String, String> withStrangers(String answer, String list) {
        Map<String, String> odd = new LinkedHashMap<>();
        int size = read(answer).path(list).size();
        for (String stranger : STRANGERS) {
            for (int at : new TreeSet<>(List.of(0, size / 2, size))) {
                ObjectNode page = read(answer);
                ((ArrayNode) page.path(list)).insert(at, tree(stranger));
                odd.put(stranger + " at " + at, page.toString());
            }
        }
        return odd;
    }

    /** With each field of whatever depth gone, null, and of another kind. */
    static Map<String, String> withOddFields(String answer) {
        Map<String, String> odd = new LinkedHashMap<>();
        for (String pointer : pointers(read(answer), "")) {
            String owner = pointer.substring(0, pointer.lastIndexOf('/'));
            String name = pointer.substring(pointer.lastIndexOf('/') + 1)
                    .replace("~1", "/")
                    .replace("~0", "~");
            ObjectNode gone = read(answer);
            ((ObjectNode) gone.at(owner)).remove(name);
            odd.put("without " + pointer, gone.toString());
            for (String other : List.of("null", other(read(answer).at(pointer)))) {
                ObjectNode changed = read(answer);
                ((ObjectNode) changed.at(owner)).set(name, tree(other));
                odd.put(pointer + " is " + other, changed.toString());
            }
        }
        return odd;
    }

    private static String other(JsonNode value) {
        return value.isTextual() || value.isNull() ? "{\"odd\":7}" : "\"odd\"";
    }

    private static List<String> pointers(JsonNode node, String at) {
        List<String> all = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(field -> {
                String pointer = at + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                all.add(pointer);
                all.addAll(pointers(field.getValue(), pointer));
            });
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            all.addAll(pointers(node.get(i), at + "/" + i));
        }
        return all;
    }

    private static ObjectNode read(String answer) {
        return (ObjectNode) tree(answer);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
