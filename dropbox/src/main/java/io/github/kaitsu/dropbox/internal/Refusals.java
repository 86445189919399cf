package io.github.kaitsu.dropbox.internal;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;

import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final int TOO_MANY = 429;
    private static final Pattern SCOPE_OF_APP =
            Pattern.compile("does not have the required scope '([a-z_]+(?:\\.[a-z_]+){1,3})'");
    private static final Pattern TOKEN_OF_USER = Pattern.compile(
            "token you provided is for an? (specific|individual|single) Dropbox", Pattern.CASE_INSENSITIVE);

    private Refusals() {}

    /** The exception for a refusal. */
    static VendorCallException of(VendorAnswer answer, Instant now) {
        VendorCallException.Builder refusal = answer.refusal(code(answer), now);
        OptionalLong wait = answer.number("/error/retry_after");
        if (answer.header("Retry-After").isEmpty() && wait.isPresent()) {
            refusal.retryAfter(Long.toString(wait.getAsLong()), now);
        }
        return refusal.build();
    }

    /** The scope that a refusal names, after one of the two prefixes. */
    static Optional<String> scope(VendorCallException e, String prefix) {
        return e.code().filter(c -> c.startsWith(prefix)).map(c -> c.substring(prefix.length()));
    }

    private static Optional<String> code(VendorAnswer answer) {
        if (answer.status() == HTTP_BAD_REQUEST) {
            Matcher scope = SCOPE_OF_APP.matcher(answer.body());
            if (scope.find()) {
                return Optional.of(APP_LACKS_SCOPE + scope.group(1));
            }
            if (TOKEN_OF_USER.matcher(answer.body()).find()) {
                return Optional.of(NO_TEAM_TOKEN);
            }
        }
        if (answer.text("/error/.tag").equals(Optional.of("missing_scope"))) {
            return Optional.of(
                    TOKEN_LACKS_SCOPE + answer.text("/error/required_scope").orElse(""));
        }
        return answer.text("/error_summary")
                .map(summary -> summary.replaceAll("[/.]+$", "")) // dots of random number end it
                .filter(summary -> !summary.isEmpty())
                .or(() -> Optional.of("too_many_requests").filter(c -> answer.status() == TOO_MANY))
                .or(answer::errorWord);
    }
}
