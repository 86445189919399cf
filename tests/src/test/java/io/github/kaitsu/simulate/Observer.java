package io.github.kaitsu.simulate;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import java.time.Duration;

/** Somebody who looks at runs and never acts, with the right time and a store that never fails. */
final class Observer {
    private final Simulation sim;
    private final Node node;
    private final ActivationClient client;

    Observer(Simulation sim) {
        this.sim = sim;
        this.node = new Node(sim, 0, new NodeClock(sim.world, Duration.ZERO, 0));
        this.client = client();
    }

    private ActivationClient client() {
        return ActivationClient.builder()
                .provisioners(Service.all(sim, node, node.vendors()))
                .store(sim.store.truth)
                .clock(node.clock)
                .policy(sim.policy)
                .build();
    }

    /** As a process says that has been there all the time. */
    ActivationView view(ActivationId id) {
        return client.find(id).orElseThrow().view();
    }

    /** As a process says that knows nothing but the journal. */
    ActivationView freshView(ActivationId id) {
        return client().find(id).orElseThrow().view();
    }
}
