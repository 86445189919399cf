package io.github.kaitsu.consent.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells a person's browser that comes back from a vendor from one that only fetches the address. */
public final class Navigation {
    /** Say that nobody has gone there yet; what follows is why. */
    private static final List<String> AHEAD = List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

    private Navigation() {}

    /**
     * Whether somebody goes to the address in a window: not a prefetch, a preview, an image, a frame or a script's request. Browsers
     * too old to say how they ask are believed.
     *
     * @param header the value of a header, by its name; null if there is none
     */
    public static boolean isOne(String method, Function<String, @Nullable String> header) {
        return method.equals("GET")
                && AHEAD.stream().allMatch(name -> said(header, name).isEmpty())
                && said(header, "Sec-Fetch-Dest")
                        .filter(to -> !to.equals("document"))
                        .isEmpty()
                && said(header, "Sec-Fetch-Mode")
                        .filter(how -> !how.equals("navigate"))
                        .isEmpty();
    }

    private static Optional<String> said(Function<String, @Nullable String> header, String name) {
        return Optional.ofNullable(header.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
