package io.github.kaitsu.tests;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.dropbox.DropboxConnection;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleConnection;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.GraphConnection;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.microsoft365.SharePointConnection;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** All services with a connection to each provider of one sandbox. */
final class Connected {
    private final Sandbox sandbox;
    private final AtomicInteger calls = new AtomicInteger();

    Connected(Sandbox sandbox) {
        this.sandbox = sandbox;
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
        all.add(BoxProvisioner.create(way.to(CloudService.Provider.BOX, this::box)));
        all.add(DropboxProvisioner.create(way.to(CloudService.Provider.DROPBOX, this::dropbox)));
        all.addAll(GoogleProvisioners.create(way.to(CloudService.Provider.GOOGLE, this::google)));
        all.addAll(
                Microsoft365Provisioners.create(way.to(CloudService.Provider.MICROSOFT365, this::graph), sharePoint()));
        return all;
    }

    /** How many calls were made with minted tokens. */
    int calls() {
        return calls.get();
    }

    private AccessTokens minted(CloudService.Provider provider, String... scopes) {
        AccessTokens tokens = AccessTokens.singleFlight(
                spent -> new AccessTokens.Token(
                        sandbox.mintTokens(provider, scopes).accessToken(),
                        Optional.of(sandbox.clock().instant().plus(Duration.ofMinutes(60)))),
                sandbox.clock());
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

    private BoxConnection box(AccessTokens tokens) {
        return BoxConnection.builder(tokens)
                .baseUrl(sandbox.boxApi())
                .retry(retry())
                .clock(sandbox.clock())
                .build();
    }

    private DropboxConnection dropbox(AccessTokens tokens) {
        return DropboxConnection.builder(tokens)
                .baseUrl(sandbox.dropboxApi())
                .retry(retry())
                .clock(sandbox.clock())
                .build();
    }

    private GoogleConnection google(AccessTokens tokens) {
        return GoogleConnection.builder(tokens)
                .baseUrl(sandbox.googleApi())
                .retry(retry())
                .clock(sandbox.clock())
                .build();
    }

    private GraphConnection graph(AccessTokens tokens) {
        return GraphConnection.builder(tokens)
                .baseUrl(sandbox.graph())
                .retry(retry())
                .clock(sandbox.clock())
                .build();
    }

    /** Lets simulated time pass between attempts. */
    private CallRetry retry() {
        return CallRetry.builder().sleeper(sandbox.clock()::advance).build();
    }

    /** App-only, by a certificate: no administrator's consent brings this token. */
    private Connections<SharePointConnection> sharePoint() {
        SharePointConnection connection = SharePointConnection.builder(
                        minted(CloudService.Provider.MICROSOFT365, sandbox.sharePointScope()))
                .adminSite(sandbox.sharePointAdmin())
                .retry(retry())
                .clock(sandbox.clock())
                .build();
        return any -> Optional.of(connection);
    }
}
