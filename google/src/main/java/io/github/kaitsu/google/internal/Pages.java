package io.github.kaitsu.google.internal;

import org.jspecify.annotations.Nullable;

/** Where a listing stands. A page may be empty and not the last; one that leads back to itself never ends. Not thread-safe. */
final class Pages {
    private final String operation;
    private final int most;
    private int read;
    private @Nullable String token;

    Pages(String operation, int most) {
        this.operation = operation;
        this.most = most;
    }

    /** What the next request carries; null for the first. */
    @Nullable
    String token() {
        return token;
    }

    /** Notes what a page says about the next one. */
    void next(@Nullable String following) {
        read++;
        String from = following == null ? "" : following;
        if (!from.isEmpty() && (from.equals(token) || read >= most)) {
            throw GoogleHttp.endless(operation);
        }
        token = from.isEmpty() ? null : from;
    }

    boolean hasNext() {
        return token != null;
    }
}
