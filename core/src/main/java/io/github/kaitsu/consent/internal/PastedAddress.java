package io.github.kaitsu.consent.internal;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.text.PastedText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** The address of a browser's address bar, as a person brings it: wrapped by a mail or a terminal, quoted, spaced. */
final class PastedAddress {
    private static final int LONGEST = 65_536;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cf}\\x{85}]+");
    private static final String QUOTES = "\"'`<>「」『』“”‘’«»()[]";
    /** What browsers leave in the query though RFC 3986 has no place for it. */
    private static final String TO_ESCAPE = "\"<>\\^`{|}";

    private PastedAddress() {}

    /** @throws KaitsuException INVALID_CALLBACK if it is no address; the text is not repeated */
    static URI read(String text) {
        if (text.length() > LONGEST) {
            throw Callback.refused("too-long");
        }
        String joined = SPACE.matcher(text).replaceAll(""); // an address has no space, so what has some was wrapped
        String bare = PastedText.strip(joined, QUOTES);
        String lower = bare.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            throw Callback.refused("url");
        }
        try {
            return new URI(escaped(bare));
        } catch (URISyntaxException e) {
            throw Callback.refused("url"); // without its cause, which quotes the text
        }
    }

    private static String escaped(String address) {
        int query = address.indexOf('?');
        if (query < 0) {
            return address;
        }
        StringBuilder out = new StringBuilder(address.substring(0, query));
        address.substring(query).codePoints().forEach(c -> {
            if (TO_ESCAPE.indexOf(c) >= 0) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    out.append(String.format("%%%02X", b));
                }
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
