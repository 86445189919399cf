package io.github.kaitsu.sandbox;

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
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.ConnectionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Connections to the providers of one sandbox. {@code client.provisioners(SandboxConnections.of(sandbox).provisioners())} is all that
 * a test says. Waits between calls are the sandbox's time, not the test's.
 *
 * <p>The providers' modules are optional: a method needs the one that it names, and {@link #provisioners()} takes those that are on
 * the class path. Immutable, thread-safe.
 */
public final class SandboxConnections {
    /** The shortest that the sandbox's tokens live. */
    private static final Duration TOKEN = Duration.ofMinutes(59);

    private static final String ROOT = "io.github.kaitsu.";

    private final Sandbox sandbox;

    private SandboxConnections(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Connects to nothing yet. */
    public static SandboxConnections of(Sandbox sandbox) {
        return new SandboxConnections(sandbox);
    }

    /** Of every provider whose module is there, each with a connection that may read everything. */
    public List<ServiceAccountProvisioner> provisioners() {
        Map<String, Function<SandboxConnections, List<ServiceAccountProvisioner>>> ways = Map.of(
                "box.BoxProvisioner", c -> OfBox.of(c),
                "dropbox.DropboxProvisioner", c -> OfDropbox.of(c),
                "google.GoogleProvisioners", c -> OfGoogle.of(c),
                "microsoft365.Microsoft365Provisioners", c -> OfMicrosoft365.of(c));
        return ways.entrySet().stream()
                .filter(w -> isThere(ROOT + w.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(w -> w.getValue().apply(this).stream())
                .toList();
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, SandboxConnections.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Tokens as an administrator's consent brings them, made anew when they end.
     *
     * @param scopes what they are good for; everything that may be read if none is named
     */
    public AccessTokens tokens(CloudService.Provider provider, String... scopes) {
        return AccessTokens.singleFlight(
                spent -> new AccessTokens.Token(
                        sandbox.mintTokens(provider, scopes).accessToken(),
                        Optional.of(sandbox.clock().instant().plus(TOKEN))),
                sandbox.clock());
    }

    /** To the sandbox's Box. */
    public BoxConnection box(AccessTokens tokens) {
        return OfBox.connection(this, tokens);
    }

    /** To the sandbox's Dropbox. */
    public DropboxConnection dropbox(AccessTokens tokens) {
        return OfDropbox.connection(this, tokens);
    }

    /** To the sandbox's Google Workspace. */
    public GoogleConnection google(AccessTokens tokens) {
        return OfGoogle.connection(this, tokens);
    }

    /** To the sandbox's Microsoft Graph. */
    public GraphConnection graph(AccessTokens tokens) {
        return OfMicrosoft365.graph(this, tokens);
    }

    /** To the sandbox's SharePoint admin site; its tokens are app-only and of {@link Sandbox#sharePointScope()}. */
    public SharePointConnection sharePoint(AccessTokens tokens) {
        return OfMicrosoft365.sharePoint(this, tokens);
    }

    private <C, B extends ConnectionBuilder<C, B>> B inSandbox(B builder) {
        return builder.clock(sandbox.clock())
                .retry(CallRetry.builder().sleeper(sandbox.clock()::advance).build());
    }

    private <T> Connections<T> any(
            CloudService.Provider provider, Function<AccessTokens, T> connect, String... scopes) {
        T connection = connect.apply(tokens(provider, scopes));
        return customer -> Optional.of(connection);
    }

    // A class of its own for each: the one above must also be loaded where a provider's module is not there.

    private static final class OfBox {
        static BoxConnection connection(SandboxConnections c, AccessTokens tokens) {
            return c.inSandbox(BoxConnection.builder(tokens))
                    .baseUrl(c.sandbox.boxApi())
                    .build();
        }

        static List<ServiceAccountProvisioner> of(SandboxConnections c) {
            return List.of(BoxProvisioner.create(c.any(CloudService.Provider.BOX, c::box)));
        }
    }

    private static final class OfDropbox {
        static DropboxConnection connection(SandboxConnections c, AccessTokens tokens) {
            return c.inSandbox(DropboxConnection.builder(tokens))
                    .baseUrl(c.sandbox.dropboxApi())
                    .build();
        }

        static List<ServiceAccountProvisioner> of(SandboxConnections c) {
            return List.of(DropboxProvisioner.create(c.any(CloudService.Provider.DROPBOX, c::dropbox)));
        }
    }

    private static final class OfGoogle {
        static GoogleConnection connection(SandboxConnections c, AccessTokens tokens) {
            return c.inSandbox(GoogleConnection.builder(tokens))
                    .baseUrl(c.sandbox.googleApi())
                    .build();
        }

        static List<ServiceAccountProvisioner> of(SandboxConnections c) {
            return GoogleProvisioners.create(c.any(CloudService.Provider.GOOGLE, c::google));
        }
    }

    private static final class OfMicrosoft365 {
        static GraphConnection graph(SandboxConnections c, AccessTokens tokens) {
            return c.inSandbox(GraphConnection.builder(tokens))
                    .baseUrl(c.sandbox.graph())
                    .build();
        }

        static SharePointConnection sharePoint(SandboxConnections c, AccessTokens tokens) {
            return c.inSandbox(SharePointConnection.builder(tokens))
                    .adminSite(c.sandbox.sharePointAdmin())
                    .build();
        }

        static List<ServiceAccountProvisioner> of(SandboxConnections c) {
            return Microsoft365Provisioners.create(
                    c.any(CloudService.Provider.MICROSOFT365, c::graph),
                    c.any(CloudService.Provider.MICROSOFT365, c::sharePoint, c.sandbox.sharePointScope()));
        }
    }
}
