package io.github.kaitsu.google.internal;

import java.net.URI;
import java.util.Optional;

/** Where each of Google's APIs is. */
enum Api {
    ADMIN("https://admin.googleapis.com"),
    LICENSING("https://licensing.googleapis.com"),
    IDENTITY("https://cloudidentity.googleapis.com"),
    DRIVE("https://www.googleapis.com"),
    OPENID("https://openidconnect.googleapis.com");

    private final String host;

    Api(String host) {
        this.host = host;
    }

    /** Its own host, or the one that stands for all of them. */
    String at(Optional<URI> base) {
        return base.map(URI::toString).orElse(host);
    }
}
