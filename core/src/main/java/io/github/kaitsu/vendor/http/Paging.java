package io.github.kaitsu.vendor.http;

import io.github.kaitsu.vendor.VendorCallException;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing stands. A page may be empty and not the last; a listing that leads back to itself, or has more pages than it may
 * have, never ends, and absence from it would prove nothing.
 *
 * <pre>{@code
 * Paging pages = new Paging("GET /2.0/groups", 200);
 * do {
 *     Groups page = read(pages.cursor());
 *     ...
 * } while (pages.goesOn(page.getNextMarker()));
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Paging {
    /** Empty pages in a row, where a vendor counts them. */
    private static final int MOST_IDLE = 50;

    private final String operation;
    private final int most;
    private int read;
    private int idle;
    private @Nullable String cursor;

    /**
     * Before the first page.
     *
     * @param operation as in {@link VendorCallException#operation()}
     * @param most how many pages are read at most
     */
    public Paging(String operation, int most) {
        this.operation = operation;
        this.most = most;
    }

    /** What is listed. */
    public String operation() {
        return operation;
    }

    /** What the next request carries; null for the first. */
    public @Nullable String cursor() {
        return cursor;
    }

    /**
     * Notes what a page says about the next one, and tells whether there is one.
     *
     * @param following null or empty if there is none
     * @throws VendorCallException as {@link #endless}
     */
    public boolean goesOn(@Nullable String following) {
        read++;
        if (following == null || following.isEmpty()) {
            return false;
        }
        if (following.equals(cursor) || read >= most) {
            throw endless();
        }
        cursor = following;
        return true;
    }

    /** The same, and more than fifty empty pages in a row never end. */
    public boolean goesOn(@Nullable String following, boolean empty) {
        boolean more = goesOn(following);
        idle = empty ? idle + 1 : 0;
        if (more && idle > MOST_IDLE) {
            throw endless();
        }
        return more;
    }

    /** What to throw where a listing does not end. */
    public VendorCallException endless() {
        return VendorCallException.of(operation, HttpURLConnection.HTTP_OK)
                .code("listing_does_not_end")
                .build();
    }
}
