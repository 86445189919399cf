package io.github.kaitsu;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How often and how long an activation tries. Two separate budgets: link rounds (rule COMMON-10) and synchronisations that stay
 * 保留 (rule COMMON-14). Retries of one API call are the provider module's, in seconds. Immutable.
 */
public final class ActivationRetryPolicy {
    private static final long MANY_USERS = 10_000;
    private static final ActivationRetryPolicy DEFAULTS = builder().build();

    private final int linkRounds;
    private final int stallRounds;
    private final int stallFactor;
    private final Duration longestExpected;
    private final Duration shortestExpected;
    private final Duration settle;
    private final Duration baselineAge;
    private final Duration firstLook;
    private final double lookFraction;
    private final Duration overdueAfter;
    private final int askings;

    private ActivationRetryPolicy(Builder b) {
        this.linkRounds = b.linkRounds;
        this.stallRounds = b.stallRounds;
        this.stallFactor = b.stallFactor;
        this.longestExpected = notNegative(b.longestExpected);
        this.shortestExpected = notNegative(b.shortestExpected);
        this.settle = notNegative(b.settle);
        this.baselineAge = notNegative(b.baselineAge);
        this.firstLook = notNegative(b.firstLook);
        this.lookFraction = b.lookFraction;
        this.overdueAfter = notNegative(b.overdueAfter);
        this.askings = b.askings;
        if (linkRounds < 1 || stallRounds < 0 || stallFactor < 1 || askings < 1) {
            throw new IllegalArgumentException("budgets must be positive");
        }
        boolean isFraction = lookFraction >= 0 && !Double.isInfinite(lookFraction); // NaN is none
        if (!isFraction || firstLook.isZero()) {
            throw new IllegalArgumentException("looks need a positive distance");
        }
        if (shortestExpected.compareTo(longestExpected) > 0) {
            throw new IllegalArgumentException("the shortest expected time is longer than the longest");
        }
    }

    private static Duration notNegative(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a duration is negative");
        }
        return duration;
    }

    /** What the builder's methods name as default. */
    public static ActivationRetryPolicy ofDefaults() {
        return DEFAULTS;
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins with these settings. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.linkRounds = linkRounds;
        b.stallRounds = stallRounds;
        b.stallFactor = stallFactor;
        b.longestExpected = longestExpected;
        b.shortestExpected = shortestExpected;
        b.settle = settle;
        b.baselineAge = baselineAge;
        b.firstLook = firstLook;
        b.lookFraction = lookFraction;
        b.overdueAfter = overdueAfter;
        b.askings = askings;
        return b;
    }

    /** Rounds that may link nothing before a service fails; the manuals say 2 or 3 usually succeed. */
    public int linkRounds() {
        return linkRounds;
    }

    /** Times that a 保留 which stays is waited for or linked again before a service fails. */
    public int stallRounds() {
        return stallRounds;
    }

    /** STALLED after this many times the expected time, which is never taken below {@link #longestExpected}. */
    public int stallFactor() {
        return stallFactor;
    }

    /** Expected synchronisation at many users, and where their number is unknown (rule COMMON-11). */
    public Duration longestExpected() {
        return longestExpected;
    }

    /** Expected synchronisation at few users. */
    public Duration shortestExpected() {
        return shortestExpected;
    }

    /** How long after a grant the console may not list the service yet. */
    public Duration settle() {
        return settle;
    }

    /** How old a reading of the console may be when a grant is offered. */
    public Duration baselineAge() {
        return baselineAge;
    }

    /** Shortest time between two looks of a machine. */
    public Duration firstLook() {
        return firstLook;
    }

    /** This part of the time already waited is waited between two looks of a machine. */
    public double lookFraction() {
        return lookFraction;
    }

    /** When an unanswered action is called overdue. */
    public Duration overdueAfter() {
        return overdueAfter;
    }

    /** How often a step is asked again before it counts as failed. */
    public int askings() {
        return askings;
    }

    /** How long a first synchronisation usually takes; nobody promises an upper bound. */
    public Duration expected(long users) {
        double part = Math.min(1.0, users / (double) MANY_USERS);
        Duration scaled = Duration.ofSeconds((long) (longestExpected.toSeconds() * part));
        return scaled.compareTo(shortestExpected) < 0 ? shortestExpected : scaled;
    }

    /** From when on 保留 counts as stuck (COMMON-14): a multiple of the longest expected time. */
    public Duration stallAfter() {
        return longestExpected.multipliedBy(stallFactor);
    }

    private List<Object> settings() {
        return List.of(
                linkRounds,
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

    @Override
    public boolean equals(Object o) {
        return o instanceof ActivationRetryPolicy other && settings().equals(other.settings());
    }

    @Override
    public int hashCode() {
        return settings().hashCode();
    }

    @Override
    public String toString() {
        return "ActivationRetryPolicy[linkRounds=" + linkRounds + ", stallRounds=" + stallRounds + ", stallFactor="
                + stallFactor + ", longestExpected=" + longestExpected + ", shortestExpected=" + shortestExpected
                + ", settle=" + settle + ", baselineAge=" + baselineAge + ", firstLook=" + firstLook
                + ", lookFraction=" + lookFraction + ", overdueAfter=" + overdueAfter + ", askings=" + askings + "]";
    }

    /** Every setting has a default. Not thread-safe. */
    public static final class Builder {
        private int linkRounds = 3;
        private int stallRounds = 2;
        private int stallFactor = 3;
        private Duration longestExpected = Duration.ofHours(4);
        private Duration shortestExpected = Duration.ofMinutes(10);
        private Duration settle = Duration.ofMinutes(2);
        private Duration baselineAge = Duration.ofHours(1);
        private Duration firstLook = Duration.ofSeconds(30);
        private double lookFraction = 0.05;
        private Duration overdueAfter = Duration.ofHours(24);
        private int askings = 3;

        private Builder() {}

        /** Default: 3; at least 1. */
        public Builder linkRounds(int rounds) {
            this.linkRounds = rounds;
            return this;
        }

        /** Default: 2; 0 fails a service the first time that a 保留 stays. */
        public Builder stallRounds(int rounds) {
            this.stallRounds = rounds;
            return this;
        }

        /** Default: 3; at least 1. */
        public Builder stallFactor(int factor) {
            this.stallFactor = factor;
            return this;
        }

        /** Default: 4 hours. */
        public Builder longestExpected(Duration duration) {
            this.longestExpected = Objects.requireNonNull(duration);
            return this;
        }

        /** Default: 10 minutes; not longer than the longest. */
        public Builder shortestExpected(Duration duration) {
            this.shortestExpected = Objects.requireNonNull(duration);
            return this;
        }

        /** Default: 2 minutes. */
        public Builder settle(Duration duration) {
            this.settle = Objects.requireNonNull(duration);
            return this;
        }

        /** Default: 1 hour. */
        public Builder baselineAge(Duration duration) {
            this.baselineAge = Objects.requireNonNull(duration);
            return this;
        }

        /** Default: 30 seconds; more than none. */
        public Builder firstLook(Duration duration) {
            this.firstLook = Objects.requireNonNull(duration);
            return this;
        }

        /** Default: 0.05. */
        public Builder lookFraction(double fraction) {
            this.lookFraction = fraction;
            return this;
        }

        /** Default: 24 hours. */
        public Builder overdueAfter(Duration duration) {
            this.overdueAfter = Objects.requireNonNull(duration);
            return this;
        }

        /** Default: 3; at least 1. */
        public Builder askings(int times) {
            this.askings = times;
            return this;
        }

        /**
         * Checks it all.
         *
         * @throws IllegalArgumentException if a budget is not positive, a duration negative or a distance none
         */
        public ActivationRetryPolicy build() {
            return new ActivationRetryPolicy(this);
        }
    }
}
