package io.github.kaitsu.consent;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.github.kaitsu.vendor.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One vendor's words for refusals, at its consent page and at its token endpoint alike. The description counts before the error
 * where it names who is meant. Immutable and thread-safe.
 */
public final class RefusalWords {
    /**
     * What the standards name. Source: RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6. {@code invalid_request} and
     * {@code unauthorized_client} are not among them: they name the app or the customer, and do not say which.
     */
    private static final RefusalWords STANDARD = new RefusalWords(Map.of(), List.of())
            .with(Refusal.DENIED, "access_denied")
            .with(Refusal.EXPIRED, "invalid_grant")
            .with(
                    Refusal.APP,
                    "invalid_client",
                    "invalid_scope",
                    "redirect_uri_mismatch",
                    "unsupported_grant_type",
                    "unsupported_response_type")
            .with(
                    Refusal.SIGN_IN_REQUIRED,
                    "interaction_required",
                    "login_required",
                    "account_selection_required",
                    "consent_required")
            .with(Refusal.PASSING, "server_error", "temporarily_unavailable");

    /** An error and what its description says. */
    private record Row(List<String> errors, Pattern description, Refusal meaning) {}

    private final Map<String, Refusal> words;
    private final List<Row> rows;

    private RefusalWords(Map<String, Refusal> words, List<Row> rows) {
        this.words = Map.copyOf(words);
        this.rows = List.copyOf(rows);
    }

    /** Those of the standards, for a vendor to go on from. */
    public static RefusalWords standard() {
        return STANDARD;
    }

    /** The same, and what these errors mean. */
    public RefusalWords with(Refusal meaning, String... errors) {
        Map<String, Refusal> more = new HashMap<>(words);
        List.of(errors).forEach(error -> more.put(error, meaning));
        return new RefusalWords(more, rows);
    }

    /**
     * The same, and what descriptions mean in which something is found; what was said first counts.
     *
     * @param description a regular expression, whatever the case of the letters
     * @param errors with which; none for any
     */
    public RefusalWords describedAs(Refusal meaning, String description, String... errors) {
        List<Row> more = new ArrayList<>(rows);
        more.add(new Row(List.of(errors), Pattern.compile(description, CASE_INSENSITIVE), meaning));
        return new RefusalWords(words, more);
    }

    /**
     * What a refusal means; {@link Refusal#OTHER} if that is not known.
     *
     * @param error the OAuth error; some vendors let a colon and a sentence follow it
     */
    public Refusal meaning(String error, String description) {
        int colon = error.indexOf(':');
        String word = (colon < 0 ? error : error.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
        String text = colon < 0 ? description : error.substring(colon + 1) + " " + description;
        return rows.stream()
                .filter(row -> row.errors.isEmpty() || row.errors.contains(word))
                .filter(row -> row.description.matcher(text).find())
                .map(Row::meaning)
                .findFirst()
                .orElseGet(() -> words.getOrDefault(word, Refusal.OTHER));
    }
}
