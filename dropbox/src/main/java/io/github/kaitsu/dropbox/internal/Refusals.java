package io.github.kaitsu.dropbox.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Dropbox's refusals mean, read from the answer itself: a JSON object, or plain text for a 400 and for some 429. */
final class Refusals {
    /** The token lacks a scope: a new consent is needed. Followed by the scope. */
    static final String TOKEN_LACKS_SCOPE = "missing_scope/";
    /** The app itself lacks a scope: its owner must allow it first. Followed by the scope. */
    static final String APP_LACKS_SCOPE = "app_missing_scope/";
    /** The token is one user's and not a team's. */
    static final String NO_TEAM_TOKEN = "no_team_token";

    static final String USER_SUSPENDED = "user_suspended";
    static final String MEMBER_GONE = "invalid_select_user";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final Pattern SCOPE_OF_APP =
            Pattern.compile("does not have the required scope '([a-z_]+(?:\\.[a-z_]+){1,3})'");
    private static final Pattern TOKEN_OF_USER = Pattern.compile(
            "token you provided is for an? (specific|individual|single) Dropbox", Pattern.CASE_INSENSITIVE);

    private Refusals() {}

    /**
     * The exception for an answer that the SDK did not take.
     *
     * @param answer null if none came
     */
    static VendorCallException of(String operation, @Nullable HttpResponse<byte[]> answer, Instant now) {
        if (answer == null) {
            return VendorCallException.of(operation, 0).build();
        }
        String id = answer.headers().firstValue("X-Dropbox-Request-Id").orElse(null);
        if (answer.statusCode() == OK) { // no JSON, or not the JSON the SDK knows
            return VendorCallException.of(operation, OK)
                    .code("malformed_answer")
                    .requestId(id)
                    .retryable(true)
                    .build();
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        JsonNode json = json(text);
        return VendorCallException.of(operation, answer.statusCode())
                .code(code(answer.statusCode(), text, json))
                .requestId(id)
                .retryAfter(retryAfter(answer, json), now)
                .build();
    }

    /** The scope that a refusal names, after one of the two prefixes. */
    static Optional<String> scope(VendorCallException e, String prefix) {
        return e.code().filter(c -> c.startsWith(prefix)).map(c -> c.substring(prefix.length()));
    }

    private static @Nullable String code(int status, String text, JsonNode json) {
        if (status >= 300 && status < BAD_REQUEST) {
            return "redirect";
        }
        if (status == BAD_REQUEST) {
            Matcher scope = SCOPE_OF_APP.matcher(text);
            if (scope.find()) {
                return APP_LACKS_SCOPE + scope.group(1);
            }
            return TOKEN_OF_USER.matcher(text).find() ? NO_TEAM_TOKEN : null;
        }
        JsonNode error = json.path("error");
        if (error.path(".tag").asText().equals("missing_scope")) {
            return TOKEN_LACKS_SCOPE + error.path("required_scope").asText();
        }
        String summary = json.path("error_summary").asText().replaceAll("[/.]+$", ""); // dots of random number end it
        if (!summary.isEmpty()) {
            return summary;
        }
        return status == TOO_MANY ? "too_many_requests" : null;
    }

    private static @Nullable String retryAfter(HttpResponse<byte[]> answer, JsonNode json) {
        JsonNode inBody = json.path("error").path("retry_after");
        return answer.headers().firstValue("Retry-After").orElse(inBody.isIntegralNumber() ? inBody.asText() : null);
    }

    private static JsonNode json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
