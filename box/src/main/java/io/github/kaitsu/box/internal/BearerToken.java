package io.github.kaitsu.box.internal;

import com.box.sdkgen.networking.auth.Authentication;
import com.box.sdkgen.networking.network.NetworkSession;
import com.box.sdkgen.schemas.accesstoken.AccessToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token of the attempt that this thread makes, so that one client serves all attempts and customers' threads. The SDK's own
 * authentications refresh by themselves, one thread beside the other and on every attempt, which loses Box's refresh tokens; so
 * refreshing is left to {@code AccessTokens}, and this cannot.
 */
final class BearerToken implements Authentication {
    private final ThreadLocal<@Nullable String> token = new ThreadLocal<>();

    /** What this thread sends from now on. */
    void use(String current) {
        token.set(current);
    }

    /** This thread sends nothing any more. */
    void forget() {
        token.remove();
    }

    /** What this thread sends. */
    String current() {
        String current = token.get();
        if (current == null) {
            throw new IllegalStateException("no attempt of this thread");
        }
        return current;
    }

    @Override
    public AccessToken retrieveToken() {
        return new AccessToken.Builder().accessToken(current()).build();
    }

    @Override
    public AccessToken retrieveToken(@Nullable NetworkSession session) {
        return retrieveToken();
    }

    @Override
    public String retrieveAuthorizationHeader() {
        return "Bearer " + current();
    }

    @Override
    public String retrieveAuthorizationHeader(@Nullable NetworkSession session) {
        return retrieveAuthorizationHeader();
    }

    @Override
    public AccessToken refreshToken() {
        throw new UnsupportedOperationException("tokens are refreshed by AccessTokens alone");
    }

    @Override
    public AccessToken refreshToken(@Nullable NetworkSession session) {
        return refreshToken();
    }

    @Override
    public void revokeToken() {
        throw new UnsupportedOperationException("tokens are revoked by the credential store alone");
    }

    @Override
    public void revokeToken(@Nullable NetworkSession session) {
        revokeToken();
    }

    @Override
    public AccessToken downscopeToken(
            List<String> scopes, String resource, String sharedLink, @Nullable NetworkSession session) {
        throw new UnsupportedOperationException("tokens are not downscoped");
    }

    @Override
    public String toString() {
        return "BearerToken[***]";
    }
}
