package io.github.kaitsu.sandbox.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;

/**
 * Where one of Dropbox's listings goes on; opaque to callers.
 *
 * @param kind whose cursor it is, and for the log the number of lines a page
 * @param filter the type of lines that is wanted; empty for all
 */
record DropboxCursor(String kind, int from, Instant issued, String filter, String start, String end) {
    DropboxCursor at(int next, Instant now) {
        return new DropboxCursor(kind, next, now, filter, start, end);
    }

    String text() {
        String plain = String.join("|", kind, String.valueOf(from), issued.toString(), filter, start, end, ".");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<DropboxCursor> parse(String text) {
        try {
            String[] p = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|");
            return Optional.of(new DropboxCursor(p[0], Integer.parseInt(p[1]), Instant.parse(p[2]), p[3], p[4], p[5]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
