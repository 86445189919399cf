package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An address as it came back from the vendor, or from anybody. Reads it strictly: what could be understood in two ways is
 * refused. Its text hides it, since it holds a code.
 */
final class Callback {
    private static final int LONGEST = 16_384;

    private final URI address;
    private final Map<String, String> parameters;

    private Callback(URI address, Map<String, String> parameters) {
        this.address = address;
        this.parameters = parameters;
    }

    /** @throws KaitsuException INVALID_CALLBACK */
    static Callback parse(URI address) {
        if (address.toString().length() > LONGEST) {
            throw refused("too-long");
        }
        if (address.getHost() == null) {
            throw refused("url");
        }
        if (address.getRawFragment() != null && !address.getRawFragment().isEmpty()) {
            throw refused("fragment"); // a fragment never reaches a server: somebody put it there
        }
        Map<String, String> parameters = parameters(address.getRawQuery());
        if (parameters.keySet().stream().noneMatch(p -> p.equals("state") || p.equals("code") || p.equals("error"))) {
            throw refused("no-answer");
        }
        return new Callback(address, parameters);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> found = new HashMap<>();
        if (query == null) {
            return found;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (!pair.isEmpty() && found.put(name, value) != null) {
                throw refused("duplicate"); // RFC 6749 §3.1
            }
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

    static KaitsuException refused(String variant) {
        return KaitsuException.of(ErrorCode.INVALID_CALLBACK, variant);
    }

    String state() {
        return parameters.getOrDefault("state", "");
    }

    boolean leadsTo(URI redirect) {
        return Redirect.leadsTo(redirect, address);
    }

    /** Microsoft sends {@code admin_consent=True} beside it, so nothing but its absence says success. */
    Optional<String> error() {
        return parameter("error");
    }

    String errorDescription() {
        return parameters.getOrDefault("error_description", "");
    }

    Optional<String> code() {
        return parameter("code");
    }

    private Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "Callback[***]";
    }
}
