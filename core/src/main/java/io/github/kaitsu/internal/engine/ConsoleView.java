package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.ConsoleEntry;
import io.github.kaitsu.ConsoleReading;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a reading of the console says about one service of one organisation. */
final class ConsoleView {
    private final CloudService service;
    private final String organisation;

    ConsoleView(CloudService service, String organisation) {
        this.service = service;
        this.organisation = organisation;
    }

    /** Linked means listed under サービスアカウント; folders at the provider only support it. */
    boolean lists(@Nullable ConsoleReading reading) {
        return reading != null && reading.isListed(service).orElse(false);
    }

    /** A success line of ours that the baseline did not have; without a baseline any. Never compared with our clock. */
    boolean protectedLine(@Nullable ConsoleReading reading, @Nullable ConsoleReading baseline) {
        if (reading == null) {
            return false;
        }
        return baseline == null
                ? reading.protectedEntry(service, organisation).isPresent()
                : reading.newlyProtectedEntry(service, organisation, baseline).isPresent();
    }

    boolean pendingHere(@Nullable ConsoleReading reading) {
        return reading != null && reading.pending().stream().anyMatch(this::isOurs);
    }

    /** Anything 保留 that is not ours, whoever's it is (COMMON-13). */
    boolean pendingElsewhere(@Nullable ConsoleReading reading) {
        return reading != null && reading.pending().stream().anyMatch(e -> !isOurs(e));
    }

    String pendingElsewhereLine(@Nullable ConsoleReading reading) {
        return reading == null
                ? ""
                : reading.pending().stream()
                        .filter(e -> !isOurs(e))
                        .map(ConsoleEntry::text)
                        .findFirst()
                        .orElse("");
    }

    /** The console's own words about this service, for the report. */
    String lines(@Nullable ConsoleReading reading) {
        return reading == null
                ? ""
                : own(reading).map(ConsoleEntry::text).distinct().collect(Collectors.joining(" / "));
    }

    private Stream<ConsoleEntry> own(ConsoleReading reading) {
        return reading.entries().stream().filter(this::isOurs);
    }

    private boolean isOurs(ConsoleEntry entry) {
        return entry.service() == service && entry.isOf(organisation);
    }
}
