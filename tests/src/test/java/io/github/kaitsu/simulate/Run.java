package io.github.kaitsu.simulate;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.simulate.Console.Organisation;
import java.time.Duration;
import java.util.List;

/** One customer's activation, or removal. */
final class Run {
    final int number;
    final ActivationId id;
    final Organisation organisation;
    final List<CloudService> services;
    final Person person;
    final RunJudge judge;
    final boolean isRemoval;
    private final Duration giveUpAfter;
    private final boolean keepsAccess;
    boolean isBegun;
    boolean isBeginning;
    boolean isEnded;

    /** Whether a node died since it was begun. */
    boolean hasSeenACrash;

    /** Of what is planned for it, only the newest counts. */
    int plan;

    int failures;

    int readings;

    /** How often in a row it was advanced and nothing came of it. */
    int idle;

    Run(
            Simulation sim,
            int number,
            String id,
            Organisation organisation,
            List<CloudService> services,
            Duration giveUp) {
        this.number = number;
        this.id = ActivationId.of(id);
        this.organisation = organisation;
        this.services = List.copyOf(services);
        this.isRemoval = Service.isRemoval(this.id);
        this.giveUpAfter = giveUp;
        this.keepsAccess = sim.chaos.happens(Fault.KEEPS_ACCESS, 0.5);
        this.person = new Person(sim, this);
        this.judge = new RunJudge(sim, this);
    }

    boolean keepsAccess() {
        return keepsAccess;
    }

    void begin(ActivationClient client) {
        isBeginning = true;
        try {
            beginOnce(client);
        } finally {
            isBeginning = false;
        }
    }

    private void beginOnce(ActivationClient client) {
        if (isRemoval) {
            client.beginRemoval(
                    id,
                    RemovalRequest.builder(organisation.customer)
                            .services(services)
                            .giveUpAfter(giveUpAfter)
                            .build());
        } else {
            client.begin(
                    id,
                    ActivationRequest.builder(organisation.customer)
                            .services(services)
                            .giveUpAfter(giveUpAfter)
                            .keepForDrift(keepsAccess)
                            .build());
        }
    }
}
