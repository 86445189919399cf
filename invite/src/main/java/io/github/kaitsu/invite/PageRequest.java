package io.github.kaitsu.invite;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request, as whichever server got it.
 *
 * @param path below the place where the page is served: {@code /<token>}, still percent-encoded
 * @param query without its question mark, still percent-encoded; empty if there is none
 * @param header the first value of a header by its name in any case
 * @param body read at most as far as a form may be long
 * @param address whose request it is, for the limits: the browser's, not the proxy's
 */
public record PageRequest(
        String method,
        String path,
        String query,
        Function<String, Optional<String>> header,
        InputStream body,
        String address) {
    /** Without what is secret in it. */
    @Override
    public String toString() {
        return "PageRequest[" + method + "]";
    }
}
