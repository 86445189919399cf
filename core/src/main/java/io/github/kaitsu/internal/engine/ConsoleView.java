package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.ConsoleEntry;
import io.github.kaitsu.ConsoleReading;
import java.util.List;
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
        return reading != null
                && reading.serviceAccounts().stream().flatMap(List::stream).anyMatch(row -> row.service() == service);
    }

    /** A success line of ours that the baseline did not have; without a baseline any. Never compared with our clock. */
    boolean protectedLine(@Nullable ConsoleReading reading, @Nullable ConsoleReading baseline) {
        return reading != null
                && own(reading)
                        .filter(this::isProtected)
                        .anyMatch(e -> baseline == null || own(baseline).noneMatch(e::isSameLineAs));
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
        return entry.service() == service && ConsoleEntry.sameOrganisation(entry.organisation(), organisation);
    }

    private boolean isProtected(ConsoleEntry entry) {
        return entry.event() == ConsoleEntry.Kind.PROTECTED
                && entry.time() != null
                && (entry.severity() == null || entry.isSuccess());
    }
}
