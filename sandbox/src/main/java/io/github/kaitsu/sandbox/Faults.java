package io.github.kaitsu.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * What goes wrong on the wire: at random from a seed, or the next requests to a path.
 *
 * <p>Only the providers' API servers are hit, unless {@link #alsoPages()} was called. Random faults spare the requests whose
 * lost answer could not be made good: whatever spends a code or a refresh token fails before it is carried out, or not at
 * all. Thread-safe; with requests in the same order a seed replays exactly.
 */
public final class Faults {
    private static final Pattern TOKEN_PATHS = Pattern.compile("/oauth2/.*|.*/token|/revoke");

    private final List<Planned> planned = new ArrayList<>();
    private final Random random;
    private final double share;
    private boolean pages;

    private Faults(long seed, double share) {
        this.random = new Random(seed);
        this.share = share;
    }

    /** Nothing goes wrong until {@link #next} says so. */
    public static Faults none() {
        return new Faults(0, 0);
    }

    /**
     * A share of all requests goes wrong, each in a way drawn from the seed.
     *
     * @param share from 0 (none) to 1 (all)
     */
    public static Faults seeded(long seed, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1: " + share);
        }
        return new Faults(seed, share);
    }

    /** Hits the pages, too. */
    public synchronized Faults alsoPages() {
        pages = true;
        return this;
    }

    /** The next {@code times} requests whose path begins with {@code path} go wrong like this, on any server. */
    public synchronized Faults next(int times, String path, Fault fault) {
        planned.add(new Planned(path, fault, times));
        return this;
    }

    /**
     * What happens to this request; each call counts as one request.
     *
     * @param clock the sandbox's, for {@code Retry-After} dates
     */
    public synchronized Optional<Fault> draw(String path, boolean api, Clock clock) {
        for (Iterator<Planned> i = planned.iterator(); i.hasNext(); ) {
            Planned p = i.next();
            if (path.startsWith(p.path)) {
                if (--p.times <= 0) {
                    i.remove();
                }
                return Optional.of(p.fault);
            }
        }
        if ((!api && !pages) || random.nextDouble() >= share) {
            return Optional.empty();
        }
        return Optional.of(drawn(random.nextInt(TOKEN_PATHS.matcher(path).matches() ? 5 : 8), clock));
    }

    private Fault drawn(int kind, Clock clock) {
        return switch (kind) {
            case 0 -> Fault.tooManyRequests(Duration.ofSeconds(1 + random.nextInt(5)));
            case 1 -> Fault.tooManyRequestsUntil(clock.instant().plusSeconds(1 + random.nextInt(5)));
            case 2 -> Fault.serverError(500);
            case 3 -> Fault.serverError(503);
            case 4 -> new Fault.Reset();
            case 5 -> new Fault.Truncated();
            case 6 -> new Fault.Malformed();
            default -> new Fault.Slow(Duration.ofMillis(20));
        };
    }

    private static final class Planned {
        private final String path;
        private final Fault fault;
        private int times;

        Planned(String path, Fault fault, int times) {
            this.path = path;
            this.fault = fault;
            this.times = times;
        }
    }
}
