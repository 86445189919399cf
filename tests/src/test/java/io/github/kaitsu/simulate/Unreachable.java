package io.github.kaitsu.simulate;

import java.util.Map;
import java.util.TreeMap;

/** The states that cannot be, each with the reason; a seed that reaches one of them says that this page is wrong. */
final class Unreachable {
    private static final String BEFORE_ADOPTION =
            "it is decided before the console is read, so before anything can be adopted";
    private static final String ROUND_COMES_FIRST = "the first round begins before the console is read";
    private static final String NO_BASELINE_NEEDED = "what is adopted is proved without a baseline";
    private static final String LEFT_OUT = "what lies between grant and 完了 is skipped as ADOPTED";

    static final Map<String, String> STATES = new TreeMap<>(Map.ofEntries(
            Map.entry("failure.PREREQUISITE_FAILED.adopted", BEFORE_ADOPTION),
            Map.entry("failure.PREFLIGHT.adopted", BEFORE_ADOPTION),
            Map.entry("failure.WRONG_TENANT.adopted", BEFORE_ADOPTION),
            Map.entry("skip.NO_ACCESS.adopted", BEFORE_ADOPTION),
            Map.entry("round.FIRST.adopted", ROUND_COMES_FIRST),
            Map.entry("not-proof.TOO_OLD.adopted", NO_BASELINE_NEEDED),
            Map.entry("not-proof.NO_BASELINE.adopted", NO_BASELINE_NEEDED),
            Map.entry("not-proof.UNKNOWN_SENTENCE.adopted", "the wizard counts only after a grant of this very run"),
            Map.entry("skip.NOT_ASKED_FOR.adopted", LEFT_OUT),
            Map.entry("skip.PAGE_REFUSES.adopted", LEFT_OUT),
            Map.entry("skip.NO_LONGER_GRANTABLE.adopted", LEFT_OUT),
            Map.entry("skip.NOT_FOUND.adopted", LEFT_OUT),
            Map.entry("skip.OTHER.adopted", LEFT_OUT)));

    private Unreachable() {}
}
