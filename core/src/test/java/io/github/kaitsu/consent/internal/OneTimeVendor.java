package io.github.kaitsu.consent.internal;

import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A vendor whose refresh tokens work once, as Box's do; whoever uses one twice loses the grant. */
final class OneTimeVendor extends UnaskedVendor {
    /** What happens between a vendor's answer and whoever asked. */
    interface Hook {
        void run() throws InterruptedException;
    }

    private volatile Clock clock;
    private final Set<String> good = new HashSet<>();
    private int issued;
    private int refreshes;
    private int revocations;
    boolean canRevoke = true;
    volatile String client = "app-1";
    Hook beforeAnswer = () -> {};
    Hook onRevoke = () -> {};

    OneTimeVendor(Clock clock) {
        this.clock = clock;
    }

    void at(Clock other) {
        clock = other;
    }

    synchronized TokenGrant issue() {
        issued++;
        good.add("refresh-secret-" + issued);
        return new TokenGrant(
                "access-secret-" + issued,
                Optional.of(clock.instant().plusSeconds(3600)),
                Optional.of("refresh-secret-" + issued),
                Set.of("read"));
    }

    synchronized int refreshes() {
        return refreshes;
    }

    synchronized int revocations() {
        return revocations;
    }

    /** Whether a grant can be refreshed. */
    synchronized boolean accepts(TokenGrant grant) {
        return good.contains(grant.refreshToken().orElseThrow());
    }

    synchronized void forgetAll() {
        good.clear();
    }

    @Override
    public TokenGrant refresh(TokenGrant grant) throws InterruptedException {
        TokenGrant fresh;
        synchronized (this) {
            refreshes++;
            if (!good.remove(grant.refreshToken().orElseThrow())) {
                good.clear();
                throw VendorCallException.of("POST /token", 400)
                        .code("invalid_grant")
                        .build();
            }
            fresh = issue();
        }
        beforeAnswer.run();
        return fresh;
    }

    @Override
    public boolean canRevoke() {
        return canRevoke;
    }

    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        onRevoke.run();
        synchronized (this) {
            revocations++;
            grant.refreshToken().ifPresent(good::remove);
        }
    }

    @Override
    public String client() {
        return client;
    }
}
