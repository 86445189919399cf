package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.microsoft365.SharePointConnection;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.vendor.AccessTokens;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The own access of every real customer of a store, each found when it is first looked through. Thread-safe. */
final class Everyone implements Linked, OwnAccess, AutoCloseable {
    private final Invocation call;
    private final Workspace workspace;
    private final Map<CustomerId, Access> accesses = new ConcurrentHashMap<>();

    Everyone(Invocation call, Workspace workspace) {
        this.call = call;
        this.workspace = workspace;
    }

    /** Advances and looks at every real customer's runs. */
    ActivationClient client() {
        return ActivationClient.builder()
                .provisioners(Provisioners.of(true, this))
                .store(workspace.store())
                .ownAccess(this)
                .build();
    }

    private Access of(CustomerId customer) {
        return accesses.computeIfAbsent(customer, c -> Access.of(call, Optional.of(workspace), Optional.empty(), c));
    }

    @Override
    public <T> Connections<T> to(
            CloudService.Provider provider,
            Function<AccessTokens, T> real,
            BiFunction<SandboxConnections, AccessTokens, T> inSandbox) {
        Map<CustomerId, Connections<T>> known = new ConcurrentHashMap<>();
        return customer -> known.computeIfAbsent(
                        customer, c -> new Links(c, of(c).consents(), Optional.empty()).to(provider, real, inSandbox))
                .find(customer);
    }

    @Override
    public Connections<SharePointConnection> sharePoint() {
        return Connections.none();
    }

    @Override
    public Set<CloudService.Provider> held(CustomerId customer) {
        return of(customer).own().held(customer);
    }

    @Override
    public Returned giveBack(CustomerId customer, CloudService.Provider provider) throws InterruptedException {
        return of(customer).own().giveBack(customer, provider);
    }

    @Override
    public void close() {
        accesses.values().forEach(Access::close);
    }
}
