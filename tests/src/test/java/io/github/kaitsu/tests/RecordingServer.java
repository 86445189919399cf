package io.github.kaitsu.tests;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.Refusal;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** A vendor's half of the consent that remembers every secret it sees. */
final class RecordingServer implements AuthorizationServer {
    private final AuthorizationServer vendor;
    private final Set<String> secrets;

    RecordingServer(AuthorizationServer vendor, Set<String> secrets) {
        this.vendor = vendor;
        this.secrets = secrets;
    }

    @Override
    public CloudService.Provider provider() {
        return vendor.provider();
    }

    @Override
    public Set<String> scopes() {
        return vendor.scopes();
    }

    @Override
    public boolean pkce() {
        return vendor.pkce();
    }

    @Override
    public URI authorizationUrl(Question question) {
        secrets.add(question.state());
        return vendor.authorizationUrl(question);
    }

    @Override
    public TokenGrant redeem(Code code) throws InterruptedException {
        secrets.add(code.value());
        code.verifier().ifPresent(secrets::add);
        return kept(vendor.redeem(code));
    }

    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        return vendor.identify(grant);
    }

    @Override
    public TokenGrant refresh(TokenGrant grant) throws InterruptedException {
        return kept(vendor.refresh(grant));
    }

    @Override
    public boolean canRevoke() {
        return vendor.canRevoke();
    }

    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        vendor.revoke(grant);
    }

    @Override
    public Refusal refusal(String error, String description) {
        return vendor.refusal(error, description);
    }

    @Override
    public Optional<String> detail(String description) {
        return vendor.detail(description);
    }

    private TokenGrant kept(TokenGrant grant) {
        secrets.add(grant.accessToken());
        grant.refreshToken().ifPresent(secrets::add);
        return grant;
    }

    @Override
    public String toString() {
        return vendor.toString();
    }
}
