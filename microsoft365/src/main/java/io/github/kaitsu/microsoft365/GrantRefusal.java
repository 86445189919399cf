package io.github.kaitsu.microsoft365;

import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind an answer that a grant was not given, by the code that Microsoft's page showed. The codes help to explain;
 * nothing is decided by them, since Microsoft may change them.
 */
final class GrantRefusal {
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d{5,7})", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> FINDINGS = Map.ofEntries(
            Map.entry("65001", "consent-missing"),
            Map.entry("90094", "consent-missing"),
            Map.entry("90095", "consent-missing"),
            Map.entry("65004", "consent-denied"),
            Map.entry("65005", "vendors-app"),
            Map.entry("650056", "vendors-app"),
            Map.entry("650057", "vendors-app"),
            Map.entry("500113", "vendors-app"),
            Map.entry("650052", "service-not-subscribed"),
            Map.entry("50011", "console-address"),
            Map.entry("50105", "user-not-assigned"),
            Map.entry("50074", "second-factor"),
            Map.entry("50076", "second-factor"),
            Map.entry("50079", "second-factor"),
            Map.entry("53000", "conditional-access"),
            Map.entry("53001", "conditional-access"),
            Map.entry("53003", "conditional-access"),
            Map.entry("530032", "conditional-access"),
            Map.entry("50020", "wrong-account"),
            Map.entry("700016", "app-or-tenant-unknown"),
            Map.entry("90002", "app-or-tenant-unknown"),
            Map.entry("90038", "grant-in-another-cloud"),
            Map.entry("50053", "account-state"),
            Map.entry("50055", "account-state"),
            Map.entry("50057", "account-state"),
            Map.entry("50126", "account-state"));

    private GrantRefusal() {}

    /** A code with texts under {@code fails.<code>}; empty if the answer says no more than its reason. */
    static Optional<String> finding(Answer answer) {
        if (answer instanceof Answer.Declined) {
            return Optional.of("consent-denied");
        }
        if (!(answer instanceof Answer.Blocked blocked)) {
            return Optional.empty();
        }
        Matcher code = CODE.matcher(blocked.text());
        while (code.find()) {
            String finding = FINDINGS.get(code.group(1));
            if (finding != null) {
                return Optional.of(finding);
            }
        }
        if (blocked.text().toLowerCase(Locale.ROOT).contains("access_denied")) {
            return Optional.of("consent-denied");
        }
        return Optional.ofNullable(
                Map.of(BlockReason.WRONG_ROLE, "consent-missing", BlockReason.WRONG_ACCOUNT, "wrong-account")
                        .get(blocked.reason()));
    }
}
