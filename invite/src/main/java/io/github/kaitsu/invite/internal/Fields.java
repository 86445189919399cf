package io.github.kaitsu.invite.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a form or of a query, as far as they are few and short enough. */
public final class Fields {
    /** Pages of the console, percent-encoded: nine bytes for a character of theirs. */
    private static final int MOST_BYTES = 2 << 20;

    private static final int MOST_FIELDS = 100;

    private final Map<String, List<String>> values;

    private Fields(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Empty if the body is too long. */
    public static Optional<Fields> read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        return bytes.length > MOST_BYTES
                ? Optional.empty()
                : Optional.of(parse(new String(bytes, StandardCharsets.US_ASCII)));
    }

    /** What is no field is left out. */
    public static Fields parse(String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String[] pairs = encoded.split("&", MOST_FIELDS + 1);
        for (int i = 0; i < Math.min(pairs.length, MOST_FIELDS); i++) {
            int equals = pairs[i].indexOf('=');
            if (equals > 0) {
                Optional<String> name = decoded(pairs[i].substring(0, equals));
                Optional<String> value = decoded(pairs[i].substring(equals + 1));
                if (name.isPresent() && value.isPresent()) {
                    values.computeIfAbsent(name.get(), n -> new ArrayList<>()).add(value.get());
                }
            }
        }
        return new Fields(values);
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** For an address: a space is %20, since mail programs show a plus sign as one. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The first value, without the line ends of forms; empty if there is none. */
    public String one(String name) {
        return values.getOrDefault(name, List.of("")).get(0).replace("\r\n", "\n");
    }

    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }
}
