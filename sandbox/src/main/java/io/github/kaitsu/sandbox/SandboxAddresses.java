package io.github.kaitsu.sandbox;

import io.github.kaitsu.console.ConsoleSite;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which server of a sandbox stands for which real host. Actions name the real ones, as they would for a customer; whoever acts
 * on the sandbox goes to the same path on its servers. Immutable.
 */
public final class SandboxAddresses {
    private static final String SHAREPOINT_ADMIN = "https://example-admin.sharepoint.com";

    private final Map<String, URI> serversByHost = new LinkedHashMap<>();
    private final URI realConsole;

    private SandboxAddresses(Sandbox sandbox) {
        // Nobody attests the addresses of two sites (M365-7); in the sandbox the person's address bar shows this one.
        realConsole = sandbox.site()
                .origin()
                .orElse(URI.create(
                        "https://admin-" + sandbox.site().name().toLowerCase(Locale.ROOT) + ".tmcas.trendmicro.com"));
        for (ConsoleSite site : ConsoleSite.values()) {
            site.origin().ifPresent(o -> serversByHost.put(o.getHost(), sandbox.console()));
        }
        serversByHost.put(realConsole.getHost(), sandbox.console());
        put(sandbox.console(), "clp.trendmicro.com", "forgetpwd.trendmicro.com");
        put(sandbox.box(), "app.box.com", "account.box.com");
        put(sandbox.boxApi(), "api.box.com");
        put(sandbox.dropbox(), "www.dropbox.com");
        put(sandbox.dropboxApi(), "api.dropboxapi.com");
        put(
                sandbox.googleApi(),
                "oauth2.googleapis.com",
                "admin.googleapis.com",
                "licensing.googleapis.com",
                "cloudidentity.googleapis.com",
                "openidconnect.googleapis.com",
                "www.googleapis.com");
        put(sandbox.graph(), "graph.microsoft.com");
        put(
                sandbox.google(),
                "admin.google.com",
                "accounts.google.com",
                "drive.google.com",
                "myaccount.google.com",
                "workspace.google.com");
        put(sandbox.microsoft(), "login.microsoftonline.com", "admin.microsoft.com", "entra.microsoft.com");
        put(sandbox.sharePointAdmin(), URI.create(SHAREPOINT_ADMIN).getHost());
    }

    private void put(URI server, String... hosts) {
        for (String host : hosts) {
            serversByHost.put(host, server);
        }
    }

    /** Translates between the real addresses and those of this sandbox. */
    public static SandboxAddresses of(Sandbox sandbox) {
        return new SandboxAddresses(sandbox);
    }

    /** The sandbox's page for a real one: the same path and query; empty if no server of the sandbox stands for that host. */
    public Optional<URI> inSandbox(URI real) {
        if (isServer(real)) {
            return Optional.of(real); // a provisioner was told the sandbox's own address
        }
        String path = real.getRawPath() == null || real.getRawPath().isEmpty() ? "/" : real.getRawPath();
        String query = real.getRawQuery() == null ? "" : "?" + real.getRawQuery();
        return Optional.ofNullable(serversByHost.get(String.valueOf(real.getHost())))
                .map(server -> URI.create(server + path + query));
    }

    /** Whether an address is on one of the sandbox's own servers. */
    public boolean isServer(URI address) {
        return serversByHost.values().stream().anyMatch(s -> s.getRawAuthority().equals(address.getRawAuthority()));
    }

    /** What the customer's address bar shows while the console is open. */
    public URI realConsole() {
        return realConsole;
    }

    /** The customer's SharePoint admin site, as the customer knows it. */
    public URI realSharePointAdminSite() {
        return URI.create(SHAREPOINT_ADMIN);
    }
}
