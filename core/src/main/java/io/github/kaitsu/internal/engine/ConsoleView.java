package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleReading;

/** What a reading of the console says to one service of one organisation about what is 保留. */
record ConsoleView(CloudService service, String organisation) {

    /** Ours, as far as the line tells. */
    boolean pendingHere(ConsoleReading reading) {
        return reading.pending().stream().anyMatch(this::isOurs);
    }

    /** Anything 保留 that is not ours for sure, whoever's it is (COMMON-13). */
    boolean pendingElsewhere(ConsoleReading reading) {
        return reading.pending().stream().anyMatch(e -> !isOurs(e)) || reading.statedPending() > 0;
    }

    String pendingElsewhereLine(ConsoleReading reading) {
        return reading.pending().stream()
                .filter(e -> !isOurs(e))
                .map(ConsoleEntry::text)
                .findFirst()
                .orElse("");
    }

    /** Whether nothing at all is 保留. */
    static boolean isFree(ConsoleReading reading) {
        return reading.pending().isEmpty() && reading.statedPending() <= 0;
    }

    private boolean isOurs(ConsoleEntry entry) {
        return entry.service() == service && entry.isOf(organisation);
    }
}
