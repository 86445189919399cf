package io.github.kaitsu.box.internal;

import com.box.sdkgen.networking.auth.Authentication;
import com.box.sdkgen.networking.network.NetworkSession;
import com.box.sdkgen.schemas.accesstoken.AccessToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One token for one attempt. The SDK's own authentications refresh by themselves, one thread beside the other and on every
 * attempt, which loses Box's single-use refresh tokens; so refreshing is left to {@code AccessTokens} and this cannot.
 */
final class BearerToken implements Authentication {
    private final String token;

    BearerToken(String token) {
        this.token = token;
    }

    @Override
    public AccessToken retrieveToken() {
        return new AccessToken.Builder().accessToken(token).build();
    }

    @Override
    public AccessToken retrieveToken(@Nullable NetworkSession session) {
        return retrieveToken();
    }

    @Override
    public String retrieveAuthorizationHeader() {
        return "Bearer " + token;
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
