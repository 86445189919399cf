package io.github.kaitsu;

import java.time.Duration;

/**
 * How often and how long an activation tries. Two separate budgets: link rounds (rule COMMON-10) and synchronisations that stay
 * 保留 (rule COMMON-14). Retries of one API call are the provider module's, in seconds.
 *
 * @param linkRounds rounds that may link nothing before a service fails; the manuals say 2 or 3 usually succeed
 * @param stallRounds times that a 保留 which stays is waited for or linked again before a service fails
 * @param stallFactor STALLED after this many times the expected time, which is never taken below {@code longestExpected}
 * @param longestExpected expected synchronisation at many users, and where their number is unknown (rule COMMON-11)
 * @param shortestExpected expected synchronisation at few users
 * @param settle how long after a grant the console may not list the service yet
 * @param baselineAge how old a reading of the console may be when a grant is offered
 * @param firstLook shortest time between two looks of a machine
 * @param lookFraction wait this part of the time already waited between two looks of a machine
 * @param overdueAfter when an unanswered action is called overdue
 * @param askings how often a step is asked again before it counts as failed
 */
public record ActivationRetryPolicy(
        int linkRounds,
        int stallRounds,
        int stallFactor,
        Duration longestExpected,
        Duration shortestExpected,
        Duration settle,
        Duration baselineAge,
        Duration firstLook,
        double lookFraction,
        Duration overdueAfter,
        int askings) {

    private static final long MANY_USERS = 10_000;

    public ActivationRetryPolicy {
        if (linkRounds < 1 || stallRounds < 0 || stallFactor < 1 || askings < 1) {
            throw new IllegalArgumentException("budgets must be positive");
        }
        if (lookFraction < 0 || firstLook.isNegative() || firstLook.isZero()) {
            throw new IllegalArgumentException("looks need a positive distance");
        }
    }

    public static ActivationRetryPolicy ofDefaults() {
        return new ActivationRetryPolicy(
                3,
                2,
                3,
                Duration.ofHours(4),
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                0.05,
                Duration.ofHours(24),
                3);
    }

    public ActivationRetryPolicy withLinkRounds(int rounds) {
        return new ActivationRetryPolicy(
                rounds,
                stallRounds,
                stallFactor,
                longestExpected,
                shortestExpected,
                settle,
                baselineAge,
                firstLook,
                lookFraction,
                overdueAfter,
                askings);
    }

    /** How long a first synchronisation usually takes; nobody promises an upper bound. */
    public Duration expected(long users) {
        double part = Math.min(1.0, users / (double) MANY_USERS);
        Duration scaled = Duration.ofSeconds((long) (longestExpected.toSeconds() * part));
        return scaled.compareTo(shortestExpected) < 0 ? shortestExpected : scaled;
    }

    public Duration stallAfter() {
        return longestExpected.multipliedBy(stallFactor);
    }
}
