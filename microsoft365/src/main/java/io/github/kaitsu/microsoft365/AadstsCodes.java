package io.github.kaitsu.microsoft365;

import io.github.kaitsu.consent.AuthorizationServer.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Microsoft's error codes mean to a person. Microsoft may change codes and texts, so they say more than the OAuth error
 * where they are known, and nothing hangs on them. Source: Microsoft Entra, authentication and authorization error codes.
 */
final class AadstsCodes {
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d{4,7})");

    private static final Map<String, Refusal> CODES = Map.ofEntries(
            Map.entry("65004", Refusal.DENIED),
            Map.entry("90094", Refusal.NOT_ADMINISTRATOR),
            Map.entry("90095", Refusal.NOT_ADMINISTRATOR),
            Map.entry("50105", Refusal.BLOCKED_BY_POLICY), // only people assigned to the app may use it
            Map.entry("50074", Refusal.BLOCKED_BY_POLICY), // a second factor
            Map.entry("50076", Refusal.BLOCKED_BY_POLICY),
            Map.entry("50079", Refusal.BLOCKED_BY_POLICY),
            Map.entry("53000", Refusal.BLOCKED_BY_POLICY), // conditional access
            Map.entry("53001", Refusal.BLOCKED_BY_POLICY),
            Map.entry("53003", Refusal.BLOCKED_BY_POLICY),
            Map.entry("530032", Refusal.BLOCKED_BY_POLICY),
            Map.entry("50020", Refusal.WRONG_ACCOUNT),
            Map.entry("54005", Refusal.EXPIRED), // codes and refresh tokens that are spent or too old
            Map.entry("70000", Refusal.EXPIRED),
            Map.entry("70008", Refusal.EXPIRED),
            Map.entry("700082", Refusal.EXPIRED));

    private static final Map<String, Refusal> ERRORS =
            Map.of("access_denied", Refusal.DENIED, "invalid_grant", Refusal.EXPIRED);

    private AadstsCodes() {}

    /** The first code in a text, whole: {@code AADSTS65004}. */
    static Optional<String> in(String text) {
        Matcher m = CODE.matcher(text);
        return m.find() ? Optional.of(m.group()) : Optional.empty();
    }

    /** Whether a code, or an error, is known to say that a grant would do if a person signed in again or a rule were met. */
    static boolean wantsAPerson(String word) {
        if (word.equals("interaction_required")) {
            return true;
        }
        @Nullable Refusal known = word.startsWith("AADSTS") ? CODES.get(word.substring("AADSTS".length())) : null;
        return known != null && known != Refusal.EXPIRED;
    }

    /** A code that is known counts before the error, one that is not does not hide it. */
    static Refusal refusal(String error, String description) {
        return in(description)
                .or(() -> in(error))
                .map(code -> CODES.get(code.substring("AADSTS".length())))
                .orElseGet(() -> ERRORS.getOrDefault(error, Refusal.OTHER));
    }
}
