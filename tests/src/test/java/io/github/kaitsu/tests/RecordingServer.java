package io.github.kaitsu.tests;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.spi.AuthorizationServer;
import io.github.kaitsu.spi.Grant;
import java.net.URI;
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
    public Grant redeem(Code code) throws InterruptedException {
        secrets.add(code.value());
        code.verifier().ifPresent(secrets::add);
        return kept(vendor.redeem(code));
    }

    @Override
    public Identity identify(Grant grant) throws InterruptedException {
        return vendor.identify(grant);
    }

    @Override
    public Grant refresh(Grant grant) throws InterruptedException {
        return kept(vendor.refresh(grant));
    }

    @Override
    public boolean canRevoke() {
        return vendor.canRevoke();
    }

    @Override
    public void revoke(Grant grant) throws InterruptedException {
        vendor.revoke(grant);
    }

    @Override
    public Refusal refusal(String error, String description) {
        return vendor.refusal(error, description);
    }

    private Grant kept(Grant grant) {
        secrets.add(grant.accessToken());
        grant.refreshToken().ifPresent(secrets::add);
        return grant;
    }

    @Override
    public String toString() {
        return vendor.toString();
    }
}
