package io.github.kaitsu.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a vendor answered, with any status, read by JSON pointers (RFC 6901); its text hides it. Immutable, thread-safe. */
public final class VendorAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WORDS =
            List.of("/error", "/error/.tag", "/error/errors/0/reason", "/error/code", "/error/status", "/code");
    private static final List<String> REQUEST_IDS =
            List.of("SPRequestGuid", "x-ms-request-id", "request-id", "x-dropbox-request-id", "box-request-id");

    private static final int LONGEST_NUMBER = 100;

    private final String operation;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private @Nullable JsonNode json; // guarded by this; only read once it is asked for

    public VendorAnswer(String operation, HttpResponse<byte[]> response) {
        this.operation = operation;
        this.status = response.statusCode();
        this.headers = response.headers();
        this.body = response.body();
    }

    private synchronized JsonNode at(String pointer) {
        if (json == null) {
            json = parsed();
        }
        return json.at(pointer);
    }

    private JsonNode parsed() {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    public int status() {
        return status;
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public boolean isRedirect() {
        return status / 100 == 3;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** All headers, for the vendors' own libraries. */
    public Map<String, List<String>> headers() {
        return headers.map();
    }

    /** As it came, for the vendors' own libraries; not to be written to. */
    public byte[] bytes() {
        return body;
    }

    /** As it came. */
    public String body() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A text that is there and not empty. */
    public Optional<String> text(String pointer) {
        JsonNode node = at(pointer);
        return node.isTextual() && !node.textValue().isEmpty() ? Optional.of(node.textValue()) : Optional.empty();
    }

    /**
     * A text without which the answer is none.
     *
     * @throws VendorCallException with code {@link VendorCallException#MALFORMED}; not retryable
     */
    public String need(String pointer) {
        return text(pointer)
                .orElseThrow(() -> VendorCallException.malformed(operation)
                        .retryable(false)
                        .build());
    }

    public OptionalLong number(String pointer) {
        JsonNode node = at(pointer);
        return node.canConvertToLong() ? OptionalLong.of(node.longValue()) : OptionalLong.empty();
    }

    /** A number of any size, also one that is written as a text; empty if it is none. */
    public Optional<BigDecimal> decimal(String pointer) {
        JsonNode node = at(pointer);
        String text = node.isNumber() || node.isTextual() ? node.asText().strip() : "";
        try {
            return text.length() > LONGEST_NUMBER ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public Optional<Boolean> flag(String pointer) {
        JsonNode node = at(pointer);
        return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    /** One text of each element of an array; what has none is left out. */
    public List<String> texts(String array, String pointer) {
        List<String> found = new ArrayList<>();
        at(array).forEach(element -> {
            JsonNode node = element.at(pointer);
            if (node.isTextual()) {
                found.add(node.textValue());
            }
        });
        return found;
    }

    /** The vendor's error word, in the shapes that the four vendors use. */
    public Optional<String> errorWord() {
        return WORDS.stream().flatMap(at -> text(at).stream()).findFirst();
    }

    /**
     * What to throw if this is a refusal: with status, request id and {@code Retry-After}, and {@code redirect} as the code of a
     * redirect, which no answer of these APIs is.
     *
     * @param word the vendor's error code, if it is known
     * @param now what a date in {@code Retry-After} is compared with
     */
    public VendorCallException.Builder refusal(Optional<String> word, Instant now) {
        return VendorCallException.of(operation, status)
                .code(isRedirect() ? "redirect" : word.orElse(null))
                .requestId(REQUEST_IDS.stream()
                        .flatMap(name -> header(name).stream())
                        .findFirst()
                        .orElse(null))
                .retryAfter(header("Retry-After").orElse(null), now);
    }

    @Override
    public String toString() {
        return "VendorAnswer[" + status + ", ***]";
    }
}
