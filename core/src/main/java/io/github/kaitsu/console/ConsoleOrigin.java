package io.github.kaitsu.console;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a customer's console lives: {@code https://<host>}, the host being, or lying below, the vendor's own domains (rule
 * M365-7). Immutable.
 */
public record ConsoleOrigin(URI uri) {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern ORIGIN =
            Pattern.compile("https://(?:" + LABEL + "\\.){0,4}tmcas\\.trendmicro\\.(?:com|co\\.jp|co\\.uk|com\\.sg)");

    /**
     * Checks that it is https and a host of the console, and nothing behind it.
     *
     * @throws KaitsuException INVALID_CONSOLE_ORIGIN
     */
    public ConsoleOrigin {
        if (!ORIGIN.matcher(uri.toString()).matches()) {
            throw refusal(uri.toString());
        }
    }

    /**
     * Reads an address as the browser's address bar shows it after sign-in, without its path; one slash at the end is fine.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_CONSOLE_ORIGIN}
     */
    public static ConsoleOrigin parse(String text) {
        String origin = text.strip();
        if (!isAscii(origin)) { // before lower-casing, which turns some look-alike letters into ASCII
            throw refusal(origin);
        }
        origin = origin.toLowerCase(Locale.ROOT);
        origin = origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
        if (!ORIGIN.matcher(origin).matches()) {
            throw refusal(origin);
        }
        return new ConsoleOrigin(URI.create(origin));
    }

    /**
     * The origin that the vendor's table gives for a site.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_CONSOLE_ORIGIN} for the sites whose row of the table is defective
     */
    public static ConsoleOrigin of(ConsoleSite site) {
        return site.origin()
                .map(ConsoleOrigin::new)
                .orElseThrow(() -> KaitsuException.of(ErrorCode.INVALID_CONSOLE_ORIGIN, "unknown", site));
    }

    /** The redirect address of the vendor's app: {@code <origin>/provision.html} (M365-7). */
    public URI redirectUrl() {
        return URI.create(uri + "/provision.html");
    }

    private static KaitsuException refusal(String address) {
        String variant = address.regionMatches(true, 0, "http://", 0, 7) ? "https" : "host";
        return KaitsuException.of(
                ErrorCode.INVALID_CONSOLE_ORIGIN, variant); // the address may carry a session: no argument
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
