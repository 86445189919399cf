package io.github.kaitsu.microsoft365;

import io.github.kaitsu.consent.RefusalWords;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.vendor.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Microsoft's error codes mean: to our own consent a {@link Refusal}, and to a person whose grant was not given a finding with
 * texts under {@code fails.<code>}. A code counts before the error it comes with, and one that is not known is kept and said, so that
 * nobody is told that a person said no who was refused. Source: Microsoft Entra, authentication and authorization error codes.
 */
final class AadstsCodes {
    private static final String PREFIX = "AADSTS";
    private static final Pattern CODE = Pattern.compile(PREFIX + "(\\d{4,7})(?!\\d)", Pattern.CASE_INSENSITIVE);

    /**
     * What some codes mean alike.
     *
     * @param finding empty where they say nothing of a grant
     * @param codes with {@code *} for whatever follows, or nothing
     */
    private record Meaning(Refusal refusal, String finding, String codes) {
        boolean isOf(String code) {
            return Stream.of(codes.split(" "))
                    .anyMatch(known -> known.endsWith("*")
                            ? code.startsWith(known.substring(0, known.length() - 1))
                            : known.equals(code));
        }
    }

    private static final List<Meaning> TABLE = List.of(
            new Meaning(Refusal.DENIED, "consent-denied", "65004"),
            new Meaning(Refusal.NOT_ADMINISTRATOR, "consent-missing", "90093 90094* 90095* 90096 90098*"),
            new Meaning(Refusal.SIGN_IN_REQUIRED, "consent-missing", "65001"),
            new Meaning(Refusal.APP, "console-address", "50011 500112"),
            new Meaning(
                    Refusal.APP,
                    "vendors-app",
                    "500113 65005 650053 650054 650056 650057 70002 70003 70004 70005 70007 70011 7000114 7000215 7000216 7000217"
                            + " 7000218 7000222 700024 700025 700027 700030 70021 700211 700212 700213 700222 700223 90014 900144"),
            new Meaning(Refusal.TENANT, "service-not-subscribed", "650052 500011 50001"),
            new Meaning(Refusal.TENANT, "app-or-tenant-unknown", "700016 7000229 90002 90099"),
            new Meaning(Refusal.TENANT, "grant-in-another-cloud", "90038 900382"),
            new Meaning(Refusal.BLOCKED_BY_POLICY, "user-not-assigned", "50105"), // only people assigned use the app
            new Meaning(Refusal.BLOCKED_BY_POLICY, "conditional-access", "530* 50005 50097 50129 50131 135011"),
            new Meaning(
                    Refusal.BLOCKED_BY_POLICY,
                    "conditional-access",
                    "50002 500021 500022 500212 500213"), // between tenants
            new Meaning(
                    Refusal.SIGN_IN_REQUIRED,
                    "second-factor",
                    "50072 50074 50076 50078 50079 500121 50158"), // or it has to be renewed
            new Meaning(
                    Refusal.SIGN_IN_REQUIRED,
                    "account-state",
                    "50053 50055 50056 50057 50058 50126 50133 50144 51006 700020 16000"),
            new Meaning(Refusal.WRONG_ACCOUNT, "wrong-account", "50020 50034 51004 90072 16003"),
            new Meaning(
                    Refusal.EXPIRED,
                    "",
                    "54005 70000 70008 70043 70044 700081 700082 700084 50089 50132 50173"), // spent, too old or
            // revoked
            new Meaning(Refusal.PASSING, "", "90006 90024 90033 90036 90055 70012"));

    /** Any other. */
    private static final Meaning UNKNOWN = new Meaning(Refusal.OTHER, "unknown-code", "*");

    /** {@code permission_denied} is the admin consent's word for a person who said no. */
    private static final RefusalWords WORDS = RefusalWords.standard().with(Refusal.DENIED, "permission_denied");

    private static final Map<BlockReason, String> REASONS =
            Map.of(BlockReason.WRONG_ROLE, "consent-missing", BlockReason.WRONG_ACCOUNT, "wrong-account");

    private AadstsCodes() {}

    private static Stream<String> numbers(String text) {
        return CODE.matcher(text).results().map(found -> found.group(1));
    }

    /** In a text, in turn, those that are known. */
    private static Stream<Meaning> meanings(String text) {
        return numbers(text).flatMap(code -> TABLE.stream().filter(meaning -> meaning.isOf(code)));
    }

    /** The first code in a text, whole, one that is known before all others: {@code AADSTS65004}. */
    static Optional<String> in(String text) {
        return numbers(text)
                .filter(code -> TABLE.stream().anyMatch(meaning -> meaning.isOf(code)))
                .findFirst()
                .or(() -> numbers(text).findFirst())
                .map(code -> PREFIX + code);
    }

    /** Whether a code is known to mean something else than that a grant is gone. */
    static boolean isNoEnd(String code) {
        return meanings(code).anyMatch(m -> m.refusal() != Refusal.EXPIRED);
    }

    /** A code that is known counts before the error; one that is not leaves a person's no open, whatever error it comes with. */
    static Refusal refusal(String error, String description) {
        String text = description + " " + error;
        Refusal plain = WORDS.meaning(error, description);
        return meanings(text)
                .map(Meaning::refusal)
                .findFirst()
                .orElseGet(() -> in(text).isPresent() && plain == Refusal.DENIED ? Refusal.OTHER : plain);
    }

    /** What stands behind an answer that a grant was not given; empty if it says no more than its reason. */
    static Optional<String> finding(Answer answer) {
        if (answer instanceof Answer.Declined) {
            return Optional.of("consent-denied");
        }
        if (!(answer instanceof Answer.Blocked blocked)) {
            return Optional.empty();
        }
        String text = blocked.text().toLowerCase(Locale.ROOT);
        return meanings(text)
                .map(Meaning::finding)
                .filter(finding -> !finding.isEmpty())
                .findFirst()
                .or(() -> in(text).map(unknown -> UNKNOWN.finding()))
                .or(() -> Optional.of("consent-denied")
                        .filter(denied -> text.contains("access_denied") || text.contains("permission_denied")))
                .or(() -> Optional.ofNullable(REASONS.get(blocked.reason())));
    }
}
