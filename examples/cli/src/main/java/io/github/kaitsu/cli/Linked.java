package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.microsoft365.SharePointConnection;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.vendor.AccessTokens;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How the providers are looked at. */
interface Linked {
    /**
     * The connections to a provider.
     *
     * @param real what makes one to the vendor's own servers
     * @param inSandbox what makes one to a sandbox's
     */
    <T> Connections<T> to(
            CloudService.Provider provider,
            Function<AccessTokens, T> real,
            BiFunction<SandboxConnections, AccessTokens, T> inSandbox);

    /** For real this takes a certificate, which this command does not handle: a person is asked instead. */
    Connections<SharePointConnection> sharePoint();
}
