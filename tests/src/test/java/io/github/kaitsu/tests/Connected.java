package io.github.kaitsu.tests;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.microsoft365.SharePointConnection;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.vendor.AccessTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** All services with a connection to each provider of one sandbox. */
final class Connected {
    private final Sandbox sandbox;
    private final SandboxConnections to;
    private final AtomicInteger calls = new AtomicInteger();

    Connected(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.to = SandboxConnections.of(sandbox);
    }

    /** How a provider is connected to. */
    interface Way {
        <T> Connections<T> to(CloudService.Provider provider, Function<AccessTokens, T> connect);
    }

    /** With tokens as a consent of the administrator would bring them, of all scopes unless some are named. */
    List<ServiceAccountProvisioner> provisioners(String... scopes) {
        return provisioners(new Way() {
            @Override
            public <T> Connections<T> to(CloudService.Provider provider, Function<AccessTokens, T> connect) {
                T connection = connect.apply(minted(provider, scopes));
                return any -> Optional.of(connection);
            }
        });
    }

    List<ServiceAccountProvisioner> provisioners(Way way) {
        List<ServiceAccountProvisioner> all = new ArrayList<>();
        all.add(BoxProvisioner.create(way.to(CloudService.Provider.BOX, to::box)));
        all.add(DropboxProvisioner.create(way.to(CloudService.Provider.DROPBOX, to::dropbox)));
        all.addAll(GoogleProvisioners.create(way.to(CloudService.Provider.GOOGLE, to::google)));
        all.addAll(
                Microsoft365Provisioners.create(way.to(CloudService.Provider.MICROSOFT365, to::graph), sharePoint()));
        return all;
    }

    /** How many calls were made with minted tokens. */
    int calls() {
        return calls.get();
    }

    private AccessTokens minted(CloudService.Provider provider, String... scopes) {
        AccessTokens tokens = to.tokens(provider, scopes);
        return new AccessTokens() {
            @Override
            public String get() throws InterruptedException {
                calls.incrementAndGet();
                return tokens.get();
            }

            @Override
            public String refreshAfterRejection(String rejectedToken) throws InterruptedException {
                calls.incrementAndGet();
                return tokens.refreshAfterRejection(rejectedToken);
            }
        };
    }

    /** App-only, by a certificate: no administrator's consent brings this token. */
    private Connections<SharePointConnection> sharePoint() {
        SharePointConnection connection =
                to.sharePoint(minted(CloudService.Provider.MICROSOFT365, sandbox.sharePointScope()));
        return any -> Optional.of(connection);
    }
}
