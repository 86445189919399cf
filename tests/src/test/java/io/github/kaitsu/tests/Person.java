package io.github.kaitsu.tests;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.time.Instant;
import java.util.Optional;

/** Whoever answers in a test. */
interface Person extends Operator {
    boolean hasWork();

    void performOne(ActivationClient client);

    /** When somebody who put something off comes back to it. */
    Optional<Instant> comesBackAt();

    static Person careful(ScriptedPerson person) {
        return new CarefulPerson(person);
    }
}
