package io.github.kaitsu.desk.sandbox;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxAddresses;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;

/** A sandbox for each customer, started when it is first needed, all on one clock. Thread-safe. */
public final class Worlds implements DisposableBean {
    private static final int FEW_USERS = 80;

    private final StoryClock clock;
    private final Map<CustomerId, World> worlds = new ConcurrentHashMap<>();

    Worlds(StoryClock clock) {
        this.clock = clock;
    }

    /** A customer's console and providers, the way to them, and the person who acts there. */
    public record World(
            Sandbox sandbox, SandboxConnections connections, SandboxAddresses addresses, ScriptedPerson person) {}

    World begin(CustomerId customer, Persona persona) {
        return worlds.computeIfAbsent(
                customer,
                c -> start(Sandbox.builder()
                        .account(c.account())
                        .site(c.site())
                        .company(persona.company())
                        .scenario(persona.scenario())
                        .users(persona.users())
                        .seed(persona.number())));
    }

    /** The customer's; one that the team added gets its own now. */
    public World of(CustomerId customer) {
        return worlds.computeIfAbsent(
                customer,
                c -> start(Sandbox.builder()
                        .account(c.account())
                        .site(c.site())
                        .organisations(c.organisation())
                        .users(FEW_USERS)
                        .seed(c.hashCode())));
    }

    private World start(Sandbox.Builder builder) {
        Sandbox sandbox = builder.start(clock.instant()).start();
        return new World(
                sandbox,
                SandboxConnections.of(sandbox),
                SandboxAddresses.of(sandbox),
                new ScriptedPerson(sandbox, sandbox.administrator()));
    }

    /** Where an address of a real page leads in the customer's sandbox. */
    public Optional<URI> leadsTo(CustomerId customer, URI real) {
        return of(customer).addresses().inSandbox(real);
    }

    /** Lets time pass for everybody. */
    public void advanceTo(Instant time) {
        clock.advanceTo(time);
        worlds.values().forEach(w -> w.sandbox().clock().advanceTo(time));
    }

    @Override
    public void destroy() {
        worlds.values().forEach(w -> w.sandbox().close());
    }
}
