package io.github.kaitsu.microsoft365;

import io.github.kaitsu.consent.AuthorizationServer.Refusal;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Microsoft's error codes mean: to our own consent a {@link Refusal}, and to a person whose grant was not given a finding with
 * texts under {@code fails.<code>}. Microsoft may change codes and texts, so they say more than the OAuth error where they are
 * known, and nothing is decided by them. Source: Microsoft Entra, authentication and authorization error codes.
 */
final class AadstsCodes {
    private static final String PREFIX = "AADSTS";
    private static final Pattern CODE = Pattern.compile(PREFIX + "(\\d{4,7})", Pattern.CASE_INSENSITIVE);

    /**
     * What some codes mean alike.
     *
     * @param refusal {@link Refusal#OTHER} where they say no more than the error that comes with them
     * @param finding empty where they say nothing of a grant
     */
    private record Meaning(Refusal refusal, String finding, String codes) {
        boolean isOf(String code) {
            return List.of(codes.split(" ")).contains(code);
        }
    }

    private static final List<Meaning> TABLE = List.of(
            new Meaning(Refusal.DENIED, "consent-denied", "65004"),
            new Meaning(Refusal.NOT_ADMINISTRATOR, "consent-missing", "90094 90095"),
            new Meaning(Refusal.OTHER, "consent-missing", "65001"),
            new Meaning(Refusal.OTHER, "vendors-app", "65005 650056 650057 500113"),
            new Meaning(Refusal.OTHER, "service-not-subscribed", "650052"),
            new Meaning(Refusal.OTHER, "console-address", "50011"),
            new Meaning(Refusal.BLOCKED_BY_POLICY, "user-not-assigned", "50105"), // only people assigned use the app
            new Meaning(Refusal.BLOCKED_BY_POLICY, "second-factor", "50074 50076 50079"),
            new Meaning(Refusal.BLOCKED_BY_POLICY, "conditional-access", "53000 53001 53003 530032"),
            new Meaning(Refusal.WRONG_ACCOUNT, "wrong-account", "50020"),
            new Meaning(Refusal.OTHER, "app-or-tenant-unknown", "700016 90002"),
            new Meaning(Refusal.OTHER, "grant-in-another-cloud", "90038"),
            new Meaning(Refusal.OTHER, "account-state", "50053 50055 50057 50126"),
            new Meaning(Refusal.EXPIRED, "", "54005 70000 70008 700082")); // spent or too old

    private static final Map<String, Refusal> ERRORS =
            Map.of("access_denied", Refusal.DENIED, "invalid_grant", Refusal.EXPIRED);

    private static final Map<BlockReason, String> REASONS =
            Map.of(BlockReason.WRONG_ROLE, "consent-missing", BlockReason.WRONG_ACCOUNT, "wrong-account");

    private AadstsCodes() {}

    /** In a text, in turn, those that are known. */
    private static Stream<Meaning> meanings(String text) {
        return CODE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .flatMap(code -> TABLE.stream().filter(meaning -> meaning.isOf(code)));
    }

    /** The first code in a text, whole: {@code AADSTS65004}. */
    static Optional<String> in(String text) {
        return CODE.matcher(text)
                .results()
                .map(found -> PREFIX + found.group(1))
                .findFirst();
    }

    /** Whether a code, or an error, is known to say that a grant would do if a person signed in again or a rule were met. */
    static boolean wantsAPerson(String word) {
        return word.equals("interaction_required")
                || meanings(word).map(Meaning::refusal).anyMatch(r -> r != Refusal.OTHER && r != Refusal.EXPIRED);
    }

    /** A code that is known counts before the error, one that is not does not hide it. */
    static Refusal refusal(String error, String description) {
        return in(description)
                .or(() -> in(error))
                .flatMap(code -> meanings(code).findFirst())
                .map(Meaning::refusal)
                .filter(r -> r != Refusal.OTHER)
                .orElseGet(() -> ERRORS.getOrDefault(error, Refusal.OTHER));
    }

    /** What stands behind an answer that a grant was not given; empty if it says no more than its reason. */
    static Optional<String> finding(Answer answer) {
        if (answer instanceof Answer.Declined) {
            return Optional.of("consent-denied");
        }
        if (!(answer instanceof Answer.Blocked blocked)) {
            return Optional.empty();
        }
        return meanings(blocked.text())
                .map(Meaning::finding)
                .filter(finding -> !finding.isEmpty())
                .findFirst()
                .or(() -> Optional.of("consent-denied")
                        .filter(denied ->
                                blocked.text().toLowerCase(Locale.ROOT).contains("access_denied")))
                .or(() -> Optional.ofNullable(REASONS.get(blocked.reason())));
    }
}
