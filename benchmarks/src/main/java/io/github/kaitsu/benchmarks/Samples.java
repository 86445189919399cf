package io.github.kaitsu.benchmarks;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Numbers of which a share is asked for. Thread-safe. */
final class Samples {
    private final ConcurrentLinkedQueue<Long> all = new ConcurrentLinkedQueue<>();

    void add(long sample) {
        all.add(sample);
    }

    void clear() {
        all.clear();
    }

    int count() {
        return all.size();
    }

    /**
     * The smallest sample that this share of all does not exceed.
     *
     * @param share above 0 and at most 1
     */
    double percentile(double share) {
        long[] sorted = all.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    @Override
    public String toString() {
        return Arrays.toString(all.toArray());
    }
}
