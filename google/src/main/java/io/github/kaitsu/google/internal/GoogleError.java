package io.github.kaitsu.google.internal;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reasons in an error body of any style: {@code errors[].reason} of the older services, {@code details[].reason} of the newer
 * ones, and the token endpoint's {@code error}. Parsed here because Google's own parser prints a stack trace where a body is no
 * JSON.
 *
 * @param reasons as given, the most telling first; empty if the body tells none
 */
public record GoogleError(List<String> reasons) {
    /**
     * Written {@code rateLimitExceeded} by the older services and {@code RATE_LIMIT_EXCEEDED} by the newer ones. Google adds words:
     * {@code dailyLimitExceeded}, {@code servingLimitExceeded}, {@code RESOURCE_EXHAUSTED}; what speaks of a spent quota is one.
     */
    private static final Pattern QUOTA = Pattern.compile(
            "(?:limit|quota|requests?)[a-z]*exceed.*|exceed[a-z]*(?:limit|quota).*|.*exhausted.*|toomany.*"
                    + "|.*(?:limit|quota)exceeded.*|.*throttl.*");

    public static GoogleError of(@Nullable String body) {
        try {
            GoogleJson answer = new GoogleJson(
                    GsonFactory.getDefaultInstance().fromString(body == null ? "" : body, GenericJson.class));
            if (answer.fields().get("error") instanceof String code) {
                return new GoogleError(List.of(code));
            }
            GoogleJson error = answer.object("error");
            List<String> reasons = Stream.of("errors", "details")
                    .flatMap(list -> error.objects(list).stream())
                    .map(entry -> entry.text("reason"))
                    .filter(reason -> !reason.isEmpty())
                    .toList();
            return new GoogleError(
                    reasons.isEmpty() && !error.text("status").isEmpty() ? List.of(error.text("status")) : reasons);
        } catch (IOException | RuntimeException e) { // an HTML page, half an object, a list
            return new GoogleError(List.of());
        }
    }

    public @Nullable String code() {
        return reasons.isEmpty() ? null : reasons.get(0);
    }

    /** A refusal that a little patience mends; every other 403 is final. */
    boolean isQuota() {
        return reasons.stream()
                .map(r -> r.replace("_", "").toLowerCase(Locale.ROOT))
                .anyMatch(reason -> QUOTA.matcher(reason).matches());
    }
}
