package io.github.kaitsu.console;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vendor's site a customer's console lives on; fixed by the licence. */
public enum ConsoleSite {
    /** Japan. */
    JP("https://admin.tmcas.trendmicro.co.jp"),
    /** Its address is not attested: the manual's table lost the row. Take it from the browser's address bar (M365-7). */
    US(null),
    /** European Union. */
    EU("https://admin-eu.tmcas.trendmicro.com"),
    /** United Kingdom. */
    UK("https://admin.tmcas.trendmicro.co.uk"),
    /** Canada. */
    CA("https://admin-ca.tmcas.trendmicro.com"),
    /** Singapore. */
    SG("https://admin.tmcas.trendmicro.com.sg"),
    /** India. */
    IN("https://admin-in.tmcas.trendmicro.com"),
    /** Its address is not attested: the manual's row belongs to another site (M365-7). */
    AU(null);

    private final @Nullable String origin;

    ConsoleSite(@Nullable String origin) {
        this.origin = origin;
    }

    /** The console's origin (scheme and host, no path), empty where only the console's own address bar tells it. */
    public Optional<URI> origin() {
        return Optional.ofNullable(origin).map(URI::create);
    }

    /** Finds a site by its two letters, ignoring case and surrounding space. */
    public static Optional<ConsoleSite> parse(String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(s -> s.name().equals(wanted)).findFirst();
    }
}
