package io.github.kaitsu.simulate;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.Advanced;
import java.time.Instant;
import java.util.Optional;

/**
 * One process: the one place where the simulation builds a client and drives its threads, clock and store. A client that was not
 * started advances a run in the caller's thread, so a seed is one thread, and whatever else happens at the same time happens inside
 * the calls that this one makes: of the store, of looks, of operators and listeners.
 */
final class Node {
    final int number;
    final NodeClock clock;
    private final Simulation sim;
    private ActivationClient client;
    private Vendors vendors;
    boolean isDead;

    Node(Simulation sim, int number, NodeClock clock) {
        this.sim = sim;
        this.number = number;
        this.clock = clock;
        begin();
    }

    /** The process begins, and remembers nothing. */
    void begin() {
        isDead = false;
        vendors = new Vendors(sim, this);
        ActivationClient.Builder builder = ActivationClient.builder()
                .provisioners(Service.all(sim, this, vendors))
                .store(sim.store.of(this))
                .clock(clock)
                .executor(Runnable::run)
                .policy(sim.policy)
                .ownAccess(vendors.access())
                .listener((run, entry) -> {
                    if (sim.chaos.happens(Fault.ERROR_IN_LISTENER, 0.03)) {
                        throw new StackOverflowError(Secrets.CANARY);
                    }
                });
        if (sim.chaos.has(Fault.MACHINE_READS) || sim.chaos.has(Fault.MACHINE_HANDS_BACK)) {
            builder.operator(sim.people.machine(this));
        }
        client = builder.operator(sim.people.persons(this)).build();
    }

    void die() {
        isDead = true;
        vendors.die();
        sim.store.died(this);
    }

    ActivationClient client() {
        return client;
    }

    Vendors vendors() {
        return vendors;
    }

    /** @return when to come again, in the world's time; empty if nothing is known */
    Optional<Instant> advance(ActivationId id) throws InterruptedException {
        Advanced how = client.advance(id);
        if (how instanceof Advanced.Busy) {
            sim.reach.rare("lease-taken-by-another");
            return Optional.of(sim.world.now().plusSeconds(1));
        }
        return how.until().map(clock::inTheWorld);
    }

    @Override
    public String toString() {
        return "node " + number;
    }
}
