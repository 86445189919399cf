package io.github.kaitsu.tests;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.vendor.AccessTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One customer: a sandbox, and how a host would set up a client for it. */
record Customer(Sandbox sandbox, CustomerId id, BoxConnection box, List<String> tokens) {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(60);

    static Customer of(Sandbox sandbox) {
        List<String> tokens = new ArrayList<>();
        AccessTokens access = AccessTokens.singleFlight(
                spent -> {
                    Sandbox.Tokens minted = sandbox.mintTokens(CloudService.Provider.BOX);
                    tokens.add(minted.accessToken());
                    tokens.add(minted.refreshToken());
                    Instant end = sandbox.clock().instant().plus(TOKEN_LIFE);
                    return new AccessTokens.Token(minted.accessToken(), Optional.of(end));
                },
                sandbox.clock());
        BoxConnection box = SandboxConnections.of(sandbox).box(access);
        CustomerId id = new CustomerId(
                sandbox.site(), sandbox.account(), sandbox.organisations().get(0));
        return new Customer(sandbox, id, box, tokens);
    }

    ActivationClient.Builder client(ActivationStore store, Operator operator) {
        return client(store, operator, c -> Optional.of(box));
    }

    ActivationClient.Builder client(ActivationStore store, Operator operator, Connections<BoxConnection> connections) {
        return ActivationClient.builder()
                .provisioner(BoxProvisioner.create(connections))
                .provisioner(DropboxProvisioner.create())
                .provisioners(GoogleProvisioners.create())
                .provisioners(Microsoft365Provisioners.create())
                .store(store)
                .operator(operator)
                .clock(sandbox.clock());
    }

    ActivationRequest request(List<CloudService> services) {
        return ActivationRequest.builder(id).services(services).build();
    }
}
