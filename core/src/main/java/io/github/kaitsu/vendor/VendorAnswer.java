package io.github.kaitsu.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a vendor answered, with any status, read by JSON pointers (RFC 6901); its text hides it. Immutable, thread-safe. */
public final class VendorAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IN_ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    private static final List<String> WORDS =
            List.of("/error", "/error/.tag", "/error/errors/0/reason", "/error/code", "/error/status", "/code");
    /** Bearer tokens' refusals in a header (RFC 6750 §3). */
    private static final Pattern CHALLENGE_ERROR = Pattern.compile("(?:^|[\\s,])error=\"?([^\",]+)\"?");

    private static final Pattern CHALLENGE_WORDS = Pattern.compile("error_description=\"([^\"]*)\"");
    private static final Pattern HTML = Pattern.compile("\\s*<(?:!doctype|html|head|body)\\b.*", IN_ANY_CASE);
    private static final Pattern TITLE = Pattern.compile("<(title|h1)\\b[^>]*>(.*?)</\\1>", IN_ANY_CASE);
    /** What may be a token, or a part of one. */
    private static final Pattern PIECE = Pattern.compile("[A-Za-z0-9._~+/=%-]{6,}");

    private static final int LONGEST_PIECE = 40;
    private static final int LONGEST_WORDS = 200;
    /** A server on this very machine has this machine's clock. */
    private static final Duration SAME_CLOCK = Duration.ofMinutes(5);

    private static final List<String> REQUEST_IDS_INSIDE = List.of("/request_id", "/error/innerError/request-id");
    private static final List<String> REQUEST_IDS =
            List.of("SPRequestGuid", "x-ms-request-id", "request-id", "x-dropbox-request-id", "box-request-id");

    private static final int LONGEST_NUMBER = 100;

    private final String operation;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final String sent;
    private final boolean elsewhere;
    private @Nullable JsonNode json; // guarded by this; only read once it is asked for

    /**
     * An answer.
     *
     * @param sent what was sent that nobody may read again: the token, the form
     * @param elsewhere whether it comes from another machine than this one
     */
    public VendorAnswer(
            String operation, int status, HttpHeaders headers, byte[] body, String sent, boolean elsewhere) {
        this.operation = operation;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.sent = sent;
        this.elsewhere = elsewhere;
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

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the status is 200 to 299. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Whether the status is 300 to 399; redirects are never followed. */
    public boolean isRedirect() {
        return status / 100 == 3;
    }

    /** The first header of a name, in any case. */
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

    /** A whole number that fits a {@code long}; empty if it is none. */
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

    /** A boolean; empty if it is none, as a text {@code "true"} is. */
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

    /**
     * When the vendor sent it, by its own clock. A server on this very machine tells nothing by showing this machine's time: a
     * simulated vendor has a clock of its own.
     */
    public Optional<Instant> date() {
        return header("Date")
                .flatMap(VendorCallException::date)
                .filter(at -> elsewhere
                        || Duration.between(Clock.systemUTC().instant(), at)
                                        .abs()
                                        .compareTo(SAME_CLOCK)
                                > 0);
    }

    /** The vendor's error word, in the shapes that the four vendors use, else that of the challenge in the header. */
    public Optional<String> errorWord() {
        return WORDS.stream().flatMap(at -> text(at).stream()).findFirst().or(() -> inChallenge(CHALLENGE_ERROR));
    }

    private Optional<String> inChallenge(Pattern part) {
        return headers.allValues("WWW-Authenticate").stream()
                .flatMap(challenge -> part.matcher(challenge).results().map(found -> found.group(1)))
                .findFirst();
    }

    /**
     * What a refusal says in plain text, as the title of a page, or in its challenge: one line, without anything that was sent, and
     * without what may be a token. Empty if it says nothing so.
     */
    public String words() {
        String said = inChallenge(CHALLENGE_WORDS).orElseGet(this::text);
        String line = PIECE.matcher(said.replaceAll("[\\p{C}\\s]+", " ").strip())
                .replaceAll(
                        piece -> sent.contains(piece.group()) || piece.group().length() > LONGEST_PIECE
                                ? "…"
                                : Matcher.quoteReplacement(piece.group()));
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }

    private String text() {
        String text = body();
        if (HTML.matcher(text).matches()) {
            Matcher title = TITLE.matcher(text);
            return title.find() ? title.group(2).replaceAll("<[^>]*>", "") : "";
        }
        return at("").isMissingNode() && !text.stripLeading().startsWith("{") ? text : "";
    }

    /**
     * What to throw if this is a refusal: with status, request id and {@code Retry-After}, and {@code redirect} as the code of a
     * redirect, which no answer of these APIs is.
     *
     * @param word the vendor's error code, if it is known
     * @param now what a date in {@code Retry-After} is compared with where the vendor's own clock is not known
     */
    public VendorCallException.Builder refusal(Optional<String> word, Instant now) {
        return VendorCallException.of(operation, status)
                .code(isRedirect() ? "redirect" : word.orElse(null))
                .words(isRedirect() ? "" : words())
                .requestId(requestId().orElse(null))
                .retryAfter(header("Retry-After").orElse(null), date().orElse(now));
    }

    /** What to throw if this is a success, and not the answer that was asked for; a read may be repeated. */
    public VendorCallException.Builder malformed() {
        return VendorCallException.malformed(operation).requestId(requestId().orElse(null));
    }

    private Optional<String> requestId() {
        return Stream.concat(
                        REQUEST_IDS_INSIDE.stream().flatMap(at -> text(at).stream()),
                        REQUEST_IDS.stream().flatMap(name -> header(name).stream()))
                .findFirst();
    }

    @Override
    public String toString() {
        return "VendorAnswer[" + status + ", ***]";
    }
}
