package io.github.kaitsu.vendor.http;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came back from the vendor, or from anybody. Reads it strictly: what could be understood in two ways is refused.
 * Its text hides it, since it holds a code. Immutable and thread-safe.
 */
public final class Callback {
    static final int LONGEST = 16_384;

    private static final List<String> OF_ANSWERS = List.of("state", "code", "error");

    private final Optional<URI> address;
    private final Map<String, String> parameters;

    private Callback(Optional<URI> address, Map<String, String> parameters) {
        this.address = address;
        this.parameters = parameters;
    }

    /**
     * Reads a whole address.
     *
     * @throws KaitsuException INVALID_CALLBACK
     */
    public static Callback parse(URI address) {
        checkLength(address.toString());
        if (address.getHost() == null) {
            throw refused("url");
        }
        if (address.getRawFragment() != null && !address.getRawFragment().isEmpty()) {
            throw refused("fragment"); // a fragment never reaches a server: somebody put it there
        }
        return new Callback(Optional.of(address), parameters(address.getRawQuery()));
    }

    /** As {@link #parse}, of a query without the address before it. */
    static Callback ofQuery(String query) {
        checkLength(query);
        return new Callback(Optional.empty(), parameters(query));
    }

    private static void checkLength(String text) {
        if (text.length() > LONGEST) {
            throw refused("too-long");
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (!pair.isEmpty() && found.put(name, value) != null) {
                throw refused("duplicate"); // RFC 6749 §3.1
            }
        }
        if (OF_ANSWERS.stream().noneMatch(found::containsKey)) {
            throw refused("no-answer");
        }
        return found;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("malformed"); // without its cause, which quotes the text
        }
    }

    /** What to throw for an answer that cannot be used; nothing of it is repeated. */
    public static KaitsuException refused(String variant) {
        return KaitsuException.of(ErrorCode.INVALID_CALLBACK, variant);
    }

    /** Where it came to; empty if only the query is known. */
    public Optional<URI> address() {
        return address;
    }

    /** A parameter, also if it is empty. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The name of the last parameter. */
    String last() {
        return parameters.keySet().stream().reduce("", (before, name) -> name);
    }

    /** Empty if it has none. */
    public String state() {
        return parameters.getOrDefault("state", "");
    }

    /** Takes as long for a near miss as for a far one. */
    public boolean hasState(String expected) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), state().getBytes(StandardCharsets.UTF_8));
    }

    /** Microsoft sends {@code admin_consent=True} beside it, so nothing but its absence says success. */
    public Optional<String> error() {
        return parameter("error").filter(value -> !value.isEmpty());
    }

    /** The vendor's text; never shown. Empty if there is none. */
    public String errorDescription() {
        return parameters.getOrDefault("error_description", "");
    }

    /** The code to redeem, if consent was given. */
    public Optional<String> code() {
        return parameter("code").filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "Callback[***]";
    }
}
