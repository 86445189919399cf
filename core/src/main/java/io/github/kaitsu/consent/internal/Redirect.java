package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.util.Locale;

/** Where the vendor sends the administrator's browser back to. */
public final class Redirect {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private Redirect() {}

    /**
     * Anything but https would show the code to the network; http never leaves this machine (RFC 8252 §7.3).
     *
     * @throws KaitsuException INVALID_REQUEST
     */
    public static void check(URI uri) {
        try {
            Addresses.base(uri, "redirect");
        } catch (IllegalArgumentException e) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "redirect");
        }
    }

    /** Whether an address that came back is this one, but for its query. */
    static boolean leadsTo(URI redirect, URI returned) {
        return returned.getHost() != null
                && returned.getRawUserInfo() == null
                && redirect.getScheme().equalsIgnoreCase(returned.getScheme())
                && host(redirect).equals(host(returned))
                && port(redirect) == port(returned)
                && path(redirect).equals(path(returned));
    }

    /** Whether a host as a browser names it is this one's: browsers leave the usual port out. */
    static boolean isAuthority(URI redirect, String authority) {
        String usual = Addresses.isHttps(redirect) ? ":" + HTTPS : ":" + HTTP;
        return without(redirect.getRawAuthority(), usual).equalsIgnoreCase(without(authority, usual));
    }

    private static String without(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    public static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return Addresses.isHttps(uri) ? HTTPS : HTTP;
    }
}
