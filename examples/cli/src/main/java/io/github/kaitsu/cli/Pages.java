package io.github.kaitsu.cli;

import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxAddresses;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the pages are that an action speaks of: at their real addresses; for a run in a sandbox on the sandbox's servers, or, while
 * none is running, nowhere. Whoever tries things out is never sent to a real console.
 */
final class Pages {
    /** An address in a sentence, without the sign that ends it; those with a part left open are no addresses. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9][!-~&&[^)\"]]*[A-Za-z0-9/#=]");

    private final boolean inSandbox;
    private final Function<URI, Optional<URI>> places;

    private Pages(boolean inSandbox, Function<URI, Optional<URI>> places) {
        this.inSandbox = inSandbox;
        this.places = places;
    }

    static Pages real() {
        return new Pages(false, Optional::of);
    }

    /** @param sandbox the running one; empty for a real customer */
    static Pages of(Optional<Sandbox> sandbox) {
        return sandbox.map(SandboxAddresses::of)
                .map(a -> new Pages(true, a::inSandbox))
                .orElseGet(Pages::real);
    }

    /** Of a run that this process does not bring forward. */
    static Pages ofStanding(boolean inSandbox) {
        return inSandbox ? new Pages(true, any -> Optional.empty()) : real();
    }

    /** Where to go, as a line. */
    Optional<String> line(Invocation call, Optional<URI> link) {
        return link.map(real -> places.apply(real)
                .map(page -> call.text(inSandbox ? "action.here" : "action.link", page))
                .orElseGet(() -> call.text("action.nowhere")));
    }

    /** A sentence with the addresses that are meant here. */
    String in(Invocation call, String sentence) {
        return !inSandbox
                ? sentence
                : ADDRESS.matcher(sentence)
                        .replaceAll(m -> Matcher.quoteReplacement(places.apply(URI.create(m.group()))
                                .map(URI::toString)
                                .orElseGet(() -> call.text("action.sandbox-page"))));
    }
}
