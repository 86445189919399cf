package io.github.kaitsu.console;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links that a mail system wrote anew, so that clicks pass by it: Safe Links, urldefense, Trend Micro's own and their like. */
final class RewrittenLinks {
    /** An address in the value of a parameter: {@code ?url=https%3A%2F%2F…}. */
    private static final Pattern IN_A_PARAMETER =
            Pattern.compile("(?i)[?&](?:url|u|target|dest|link|q)=(https?(?:%3A%2F%2F|://)[^&#]+)");

    private static final Pattern URLDEFENSE_3 =
            Pattern.compile("(?i)^https://urldefense\\.(?:com|us)/v3/__(https?:/.+?)__;");
    private static final Pattern URLDEFENSE_2 =
            Pattern.compile("(?i)^https://urldefense\\.proofpoint\\.com/v2/url\\?(?:.*&)?u=(https?-3A__[^&]+)");

    private RewrittenLinks() {}

    /** The address that a link leads to in the end; empty if it leads there itself. */
    static Optional<String> inside(String url) {
        Matcher third = URLDEFENSE_3.matcher(url);
        if (third.find()) {
            return Optional.of(third.group(1).replaceFirst("^(https?):/(?!/)", "$1://"));
        }
        Matcher second = URLDEFENSE_2.matcher(url);
        if (second.find()) {
            return decoded(second.group(1).replace('_', '/').replaceAll("-([0-9A-F]{2})", "%$1"));
        }
        Matcher parameter = IN_A_PARAMETER.matcher(url);
        return parameter.find() ? decoded(parameter.group(1)) : Optional.empty();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) { // half an escape
            return Optional.empty();
        }
    }
}
