package io.github.kaitsu.invite;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.invite.Invitations.Minted;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/** A host that serves the page for runs in a sandbox. */
final class Desk implements AutoCloseable {
    static final URI BASE = URI.create("https://portal.example.co.jp");

    final Sandbox sandbox =
            Sandbox.builder().redirects(URI.create(BASE + "/consent")).start();
    final ScriptedPerson person = new ScriptedPerson(sandbox, "nobody");
    final HostTime time = new HostTime();
    final InvitationStore store = new MemoryInvitationStore();
    final Invitations invitations = Invitations.in(store, time);
    final ActivationClient client = ActivationClient.builder()
            .provisioners(SandboxConnections.of(sandbox).provisioners())
            .store(new MemoryActivationStore())
            .clock(sandbox.clock())
            .recordKeeper(invitations)
            .build();
    final AdministratorPage page = page(b -> {});

    AdministratorPage page(Consumer<AdministratorPage.Builder> more) {
        AdministratorPage.Builder builder = AdministratorPage.builder(client, invitations, BASE)
                .answered(this::advance)
                .clock(time);
        more.accept(builder);
        return builder.build();
    }

    Activation begin(String id, String company, CloudService... services) throws InterruptedException {
        Activation run = client.begin(
                ActivationId.of(id),
                ActivationRequest.builder(CustomerId.of(sandbox.site(), sandbox.account()))
                        .company(company)
                        .services(services)
                        .build());
        client.advance(run.id());
        return run;
    }

    Optional<Instant> advance(ActivationId id) {
        try {
            return client.advance(id).until();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Minted invite(Activation run, Role role) {
        return invitations.mint(InvitationRequest.of(run.id(), role, role.id() + "@example.co.jp"));
    }

    URI link(Activation run, Role role) {
        return invite(run, role).link(BASE);
    }

    int events(Activation run) {
        return client.events(run.id()).size();
    }

    OperatorAction open(Activation run, String id) {
        return run.openActions().stream()
                .filter(a -> a.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        client.close();
        sandbox.close();
    }

    /** Of the host, in which links expire; the run's is the sandbox's. */
    static final class HostTime extends Clock {
        Instant now = Instant.parse("2026-11-30T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
