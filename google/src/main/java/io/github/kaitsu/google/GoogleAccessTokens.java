package io.github.kaitsu.google;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.OAuth2Credentials;
import io.github.kaitsu.google.internal.GoogleError;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.IOException;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of Google's own credentials: a service account with domain-wide delegation in the super admin's name, or a user's
 * refresh token. The one use of Google's auth library: it signs the service account's assertion (JWT) with the
 * account's key, wherever the host keeps it.
 */
public final class GoogleAccessTokens {
    private static final String OPERATION = "POST /token";

    private GoogleAccessTokens() {}

    /**
     * Refreshes once for all threads that wait, without the library's own retries.
     *
     * @param credentials with the scopes of {@link GoogleScopes}; a service account's with {@code createDelegated(super admin)}
     */
    public static AccessTokens of(OAuth2Credentials credentials, Clock clock) {
        OAuth2Credentials single = credentials instanceof GoogleCredentials google
                ? google.createWithCustomRetryStrategy(false)
                : credentials;
        return AccessTokens.singleFlight(spent -> fresh(single, spent), clock);
    }

    private static AccessTokens.Token fresh(OAuth2Credentials credentials, Optional<String> spent) {
        try {
            credentials.refreshIfExpired();
            @Nullable AccessToken token = credentials.getAccessToken();
            if (token != null && spent.equals(Optional.ofNullable(token.getTokenValue()))) {
                credentials.refresh();
                token = credentials.getAccessToken();
            }
            if (token == null || token.getTokenValue() == null) {
                throw VendorCallException.of(OPERATION, 0).code("no_token").build();
            }
            Optional<Date> end = Optional.ofNullable(token.getExpirationTime());
            return new AccessTokens.Token(token.getTokenValue(), end.map(Date::toInstant));
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Google's exceptions print what was sent, so only the status and the code of the answer come out. */
    private static VendorCallException refusal(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException answer) {
                return VendorCallException.of(OPERATION, answer.getStatusCode())
                        .code(GoogleError.of(answer.getContent()).code())
                        .build();
            }
        }
        boolean may = !(e instanceof Retryable known) || known.isRetryable();
        return VendorCallException.of(OPERATION, may ? 0 : HTTP_BAD_REQUEST).build();
    }
}
