package io.github.kaitsu.invite.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** So many at once, and then one in a while; for each of whoever comes. Bounded; thread-safe. */
public final class RateLimit {
    /** Who came longest ago is forgotten first, and may then begin anew. */
    private static final int MOST_KEYS = 10_000;

    private final int burst;
    private final Duration each;
    private final Clock clock;
    /** When a key has all its turns back; a time that is past is as good as none. */
    private final Map<String, Instant> full = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /** @param each how long it takes until one more may come */
    public RateLimit(int burst, Duration each, Clock clock) {
        this.burst = burst;
        this.each = each;
        this.clock = clock;
    }

    /** Whether it may come now; counted if it may. */
    public synchronized boolean takes(String key) {
        Instant now = clock.instant();
        Instant before = full.getOrDefault(key, now);
        Instant after = (before.isBefore(now) ? now : before).plus(each);
        if (after.isAfter(now.plus(each.multipliedBy(burst)))) {
            return false;
        }
        full.put(key, after);
        return true;
    }
}
