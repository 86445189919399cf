package io.github.kaitsu.console;

import io.github.kaitsu.text.PastedText;

/**
 * The page a provider's consent ends on (rule COMMON-8). It marks the return to the console only, not that the service is
 * linked.
 */
public final class ReturnPage {
    /** The sentence as both editions show it. */
    public static final String SENTENCE =
            "Please close this window, then back to Trend Micro Cloud App Security continue provision.";

    private static final String KEY = PastedText.key(SENTENCE);

    private ReturnPage() {}

    /** Whether a page's text holds the whole sentence, wherever lines are broken. */
    public static boolean matches(String pageText) {
        return PastedText.key(String.join(" ", PastedText.lines(pageText))).contains(KEY);
    }
}
