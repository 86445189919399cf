package io.github.kaitsu.sandbox;

import io.github.kaitsu.CloudService;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private final Map<CloudService.Provider, Deque<ConsentFault>> consents = new EnumMap<>(CloudService.Provider.class);
    private final Map<CloudService.Provider, Fault> refused = new EnumMap<>(CloudService.Provider.class);
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
        planned.add(new Planned(null, path, fault, times));
        return this;
    }

    /**
     * The next {@code times} requests to a provider's token endpoint go wrong like this. A refresh that is carried out, so
     * that a token which is good once is spent, while nobody ever sees the answer, is {@link Fault.LostAnswer}.
     */
    public synchronized Faults nextToken(int times, CloudService.Provider provider, Fault fault) {
        planned.add(new Planned(provider, "", fault, times));
        return this;
    }

    /**
     * From now on a provider's token endpoint answers like this to everybody, as it does when the own application is disabled or its
     * secret has expired, until {@link #tokensAgain}.
     */
    public synchronized Faults tokensRefused(CloudService.Provider provider, Fault fault) {
        refused.put(provider, fault);
        return this;
    }

    /** The application is in order again. */
    public synchronized Faults tokensAgain(CloudService.Provider provider) {
        refused.remove(provider);
        return this;
    }

    /** The next consent to the own application at this provider ends like this; once, in the order told. */
    public synchronized Faults nextConsent(CloudService.Provider provider, ConsentFault fault) {
        consents.computeIfAbsent(provider, p -> new ArrayDeque<>()).addLast(fault);
        return this;
    }

    /**
     * How a consent ends, if otherwise than the person wants.
     *
     * @param first whether the person only now comes to the page
     */
    public synchronized Optional<ConsentFault> drawConsent(CloudService.Provider provider, boolean first) {
        Deque<ConsentFault> queue = consents.getOrDefault(provider, new ArrayDeque<>());
        boolean due = !queue.isEmpty() && queue.peekFirst().comesFirst() == first;
        return due ? Optional.of(queue.removeFirst()) : Optional.empty();
    }

    /**
     * What happens to this request; each call counts as one request.
     *
     * @param tokensOf whose token endpoint it is for, null for any other request
     * @param clock the sandbox's, for {@code Retry-After} dates
     */
    public synchronized Optional<Fault> draw(
            String path, boolean api, CloudService.@Nullable Provider tokensOf, Clock clock) {
        for (Iterator<Planned> i = planned.iterator(); i.hasNext(); ) {
            Planned p = i.next();
            if (p.provider == null ? path.startsWith(p.path) : p.provider == tokensOf) {
                if (--p.times <= 0) {
                    i.remove();
                }
                return Optional.of(p.fault);
            }
        }
        if (tokensOf != null && refused.containsKey(tokensOf)) {
            return Optional.of(refused.get(tokensOf));
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
        private final CloudService.@Nullable Provider provider;
        private final String path;
        private final Fault fault;
        private int times;

        Planned(CloudService.@Nullable Provider provider, String path, Fault fault, int times) {
            this.provider = provider;
            this.path = path;
            this.fault = fault;
            this.times = times;
        }
    }
}
