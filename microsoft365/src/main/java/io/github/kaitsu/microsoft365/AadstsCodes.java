package io.github.kaitsu.microsoft365;

import io.github.kaitsu.spi.AuthorizationServer.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Microsoft's error codes mean to a person. Microsoft may change codes and texts, so they say more than the OAuth error
 * where they are known, and nothing hangs on them. Source: Microsoft Entra, authentication and authorization error codes.
 */
final class AadstsCodes {
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d{4,7})");

    private static final Map<String, Refusal> CODES = new HashMap<>();

    static {
        are(Refusal.DENIED, "65004");
        are(Refusal.NOT_ADMINISTRATOR, "90094", "90095");
        are(Refusal.BLOCKED_BY_POLICY, "50105"); // only people assigned to the app may use it
        are(Refusal.BLOCKED_BY_POLICY, "50074", "50076", "50079"); // a second factor
        are(Refusal.BLOCKED_BY_POLICY, "53000", "53001", "53003", "530032"); // conditional access
        are(Refusal.WRONG_ACCOUNT, "50020");
        are(Refusal.EXPIRED, "54005", "70000", "70008", "700082"); // codes and refresh tokens that are spent or too old
    }

    private static final Map<String, Refusal> ERRORS =
            Map.of("access_denied", Refusal.DENIED, "invalid_grant", Refusal.EXPIRED);

    private AadstsCodes() {}

    private static void are(Refusal meaning, String... codes) {
        for (String code : codes) {
            CODES.put(code, meaning);
        }
    }

    /** The first code in a text, whole: {@code AADSTS65004}. */
    static Optional<String> in(String text) {
        Matcher m = CODE.matcher(text);
        return m.find() ? Optional.of(m.group()) : Optional.empty();
    }

    /** A code that is known counts before the error, one that is not does not hide it. */
    static Refusal refusal(String error, String description) {
        return in(description)
                .or(() -> in(error))
                .map(code -> CODES.get(code.substring("AADSTS".length())))
                .orElseGet(() -> ERRORS.getOrDefault(error, Refusal.OTHER));
    }
}
