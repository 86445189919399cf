package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Statement;
import io.github.kaitsu.provision.Facts;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a service's first synchronisation is expected to take, and on what that rests (COMMON-11). No upper bound is promised.
 *
 * @param basis a statement without the time
 */
record Expected(Duration time, Statement basis) {
    /** What "fewer than 10,000" is taken for. */
    private static final long FEW = 2_500;

    /** The time as a person would say it: minutes, or hours; at the top 3 to 4 hours, as the manuals say. */
    Statement inWords() {
        if (time.compareTo(Duration.ofHours(4)) >= 0) {
            return Statement.of("expected-long");
        }
        return time.compareTo(Duration.ofHours(1)) >= 0
                ? Statement.of("expected-hours", time.toHours())
                : Statement.of("expected-minutes", time.toMinutes());
    }

    static Expected of(RunState state, CloudService service, ActivationRetryPolicy policy) {
        return of(state.facts(), service, policy);
    }

    static Expected of(Facts facts, CloudService service, ActivationRetryPolicy policy) {
        Optional<Long> users = facts.users(service.provider()).or(facts::mostUsers);
        if (users.isPresent()) {
            return new Expected(policy.expected(users.get()), Statement.of("expected-by-users", users.get()));
        }
        String answer = facts.answer(CoreSteps.USERS).orElse("");
        return switch (answer) {
            case CoreSteps.FEW_USERS -> new Expected(policy.expected(FEW), Statement.of("expected-few"));
            case CoreSteps.MANY_USERS -> new Expected(policy.longestExpected(), Statement.of("expected-many"));
            default -> new Expected(policy.longestExpected(), Statement.of("expected-unknown"));
        };
    }
}
