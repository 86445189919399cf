package io.github.kaitsu.consent.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.Refusal;
import java.net.URI;
import java.util.Set;

/** A vendor of whom only refreshing and revoking are asked. */
abstract class UnaskedVendor implements AuthorizationServer {
    @Override
    public CloudService.Provider provider() {
        return CloudService.Provider.BOX;
    }

    @Override
    public Set<String> scopes() {
        return Set.of("read");
    }

    @Override
    public boolean pkce() {
        return false;
    }

    @Override
    public URI authorizationUrl(Question question) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TokenGrant redeem(Code code) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Identity identify(TokenGrant grant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Refusal refusal(String error, String description) {
        return Refusal.OTHER;
    }
}
