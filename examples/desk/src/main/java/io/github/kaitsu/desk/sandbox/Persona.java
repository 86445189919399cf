package io.github.kaitsu.desk.sandbox;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One sandbox customer: what is activated, and how its persons behave.
 *
 * @param scenario what goes otherwise than the manuals say
 * @param users of each provider; they decide how long a synchronisation takes
 * @param isInvited whether somebody was asked; else it is the team's turn
 * @param pace how long a person takes to answer
 * @param stopsAt from which state of a service on nobody answers any more
 * @param fate what becomes of it in the end
 */
record Persona(
        int number,
        String company,
        List<CloudService> services,
        Scenario scenario,
        int users,
        boolean isInvited,
        Duration pace,
        Optional<ActivationStatus> stopsAt,
        Fate fate) {

    /** What happens to a customer besides what its persons do. */
    enum Fate {
        NONE,
        /** Somebody cancels it after some hours. */
        CANCELLED,
        /** Once linked, it is taken back again. */
        REMOVED,
        /** As REMOVED, and nobody does the last part. */
        REMOVING,
        /** Once linked, somebody takes it back without telling anybody. */
        LOST
    }

    String account() {
        return "CAS%04d".formatted(number);
    }

    String reference() {
        return "K-2026-%04d".formatted(number);
    }
}
