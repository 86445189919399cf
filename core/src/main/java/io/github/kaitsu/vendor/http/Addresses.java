package io.github.kaitsu.vendor.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which addresses a token, a code or a state may be sent to. */
public final class Addresses {
    private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    private Addresses() {}

    /**
     * The address without a trailing slash, if it is https, or http to this very machine.
     *
     * @throws IllegalArgumentException if it is anything else, or has user info, query or fragment
     */
    public static String base(URI address, String name) {
        boolean plain = address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
        if (!plain || !(isHttps(address) || isLoopbackHttp(address))) {
            throw new IllegalArgumentException(
                    name + " must be an https address, or http to 127.0.0.1, ::1 or localhost");
        }
        String text = address.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * The address as it is, if a vendor may send a code there: https, or http to this very machine.
     *
     * @throws IllegalArgumentException if it is anything else, or has user info or a fragment
     */
    public static String redirect(URI address) {
        boolean plain =
                address.getHost() != null && address.getRawUserInfo() == null && address.getRawFragment() == null;
        if (!plain || !(isHttps(address) || isLoopbackHttp(address))) {
            throw new IllegalArgumentException("redirectUri must be https, or http to this very machine");
        }
        return address.toString();
    }

    /** Whether it is https with a host. */
    public static boolean isHttps(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    /** By the name alone; nothing is looked up. */
    public static boolean isLoopbackHttp(URI address) {
        if (!"http".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            return false;
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.equals("[::1]")
                || IPV4_LOOPBACK.matcher(host).matches();
    }
}
