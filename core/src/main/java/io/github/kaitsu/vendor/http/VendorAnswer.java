package io.github.kaitsu.vendor.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a vendor answered, read by JSON pointers (RFC 6901); its text hides it. Immutable. */
public final class VendorAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String operation;
    private final int status;
    private final HttpHeaders headers;
    private final String body;
    private final JsonNode json;

    VendorAnswer(String operation, HttpResponse<byte[]> response) {
        this.operation = operation;
        this.status = response.statusCode();
        this.headers = response.headers();
        this.body = new String(response.body(), StandardCharsets.UTF_8);
        this.json = parsed(body);
    }

    private static JsonNode parsed(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    public int status() {
        return status;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** All headers, for the vendors' own libraries. */
    public Map<String, List<String>> headers() {
        return headers.map();
    }

    /** As it came, for the vendors' own libraries. */
    public String body() {
        return body;
    }

    /** A text that is there and not empty. */
    public Optional<String> text(String pointer) {
        JsonNode node = json.at(pointer);
        return node.isTextual() && !node.textValue().isEmpty() ? Optional.of(node.textValue()) : Optional.empty();
    }

    /**
     * A text without which the answer is none.
     *
     * @throws VendorCallException with code {@link TokenEndpoint#MALFORMED}
     */
    public String need(String pointer) {
        return text(pointer).orElseThrow(this::malformed);
    }

    /** What to throw if this is not the answer that was asked for. */
    public VendorCallException malformed() {
        return VendorCallException.of(operation, status)
                .code(TokenEndpoint.MALFORMED)
                .build();
    }

    public OptionalLong number(String pointer) {
        JsonNode node = json.at(pointer);
        return node.canConvertToLong() ? OptionalLong.of(node.longValue()) : OptionalLong.empty();
    }

    public Optional<Boolean> flag(String pointer) {
        JsonNode node = json.at(pointer);
        return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    /** One text of each element of an array; what has none is left out. */
    public List<String> texts(String array, String pointer) {
        List<String> found = new ArrayList<>();
        json.at(array).forEach(element -> {
            JsonNode node = element.at(pointer);
            if (node.isTextual()) {
                found.add(node.textValue());
            }
        });
        return found;
    }

    @Override
    public String toString() {
        return "VendorAnswer[" + status + ", ***]";
    }
}
