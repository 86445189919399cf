package io.github.kaitsu.google.internal;

import com.google.api.client.http.HttpResponse;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reasons in an error body of any style: {@code errors[].reason} of the older services, {@code details[].reason} of the newer
 * ones, and the token endpoint's {@code error}. Parsed here because Google's own parser prints a stack trace where a body is no
 * JSON.
 *
 * @param reasons as given, the most telling first; empty if the body tells none
 */
public record GoogleError(List<String> reasons) {
    /** Written {@code rateLimitExceeded} by the older services and {@code RATE_LIMIT_EXCEEDED} by the newer ones. */
    private static final Set<String> QUOTA = Set.of("ratelimitexceeded", "userratelimitexceeded", "quotaexceeded");

    private static final int LONGEST_BODY = 64 * 1024;

    /** A body that breaks off tells nothing; the status tells enough. */
    static GoogleError read(HttpResponse response) {
        try {
            @Nullable InputStream body = response.getContent();
            return body == null ? of(null) : of(new String(body.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return of(null);
        }
    }

    public static GoogleError of(@Nullable String body) {
        @Nullable Object error;
        if (body == null) {
            return new GoogleError(List.of());
        }
        try {
            error = GsonFactory.getDefaultInstance()
                    .fromString(body, GenericJson.class)
                    .get("error");
        } catch (IOException | RuntimeException e) { // an HTML page, half an object, a list
            return new GoogleError(List.of());
        }
        if (error instanceof String code) {
            return new GoogleError(List.of(code));
        }
        List<String> reasons = new ArrayList<>();
        if (error instanceof Map<?, ?> fields) {
            reasons(fields.get("errors"), reasons);
            reasons(fields.get("details"), reasons);
            if (reasons.isEmpty() && fields.get("status") instanceof String status) {
                reasons.add(status);
            }
        }
        return new GoogleError(List.copyOf(reasons));
    }

    private static void reasons(@Nullable Object list, List<String> into) {
        if (list instanceof Iterable<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> fields && fields.get("reason") instanceof String reason) {
                    into.add(reason);
                }
            }
        }
    }

    public @Nullable String code() {
        return reasons.isEmpty() ? null : reasons.get(0);
    }

    /** A refusal that a little patience mends; every other 403 is final. */
    boolean isQuota() {
        return reasons.stream()
                .map(r -> r.replace("_", "").toLowerCase(Locale.ROOT))
                .anyMatch(QUOTA::contains);
    }
}
