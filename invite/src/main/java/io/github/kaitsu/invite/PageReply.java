package io.github.kaitsu.invite;

import java.util.List;
import java.util.Map;

/** What to answer, for whichever server: every header is to be sent, and none that would let anybody keep the page. Immutable. */
public final class PageReply {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /** Made by the page; by others only for tests of theirs. */
    public PageReply(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Every header to be sent, by its name. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** Empty for a redirect, and for HEAD. */
    public byte[] body() {
        return body.clone();
    }

    /** Without what is secret in it. */
    @Override
    public String toString() {
        return "PageReply[" + status + "]";
    }
}
