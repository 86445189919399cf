package io.github.kaitsu.console;

import io.github.kaitsu.console.ConsoleReading.ServiceAccountRow;
import io.github.kaitsu.files.Sha256;
import io.github.kaitsu.text.PastedText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What makes two readings one text, as a number: see {@link ConsoleReading#fingerprint}. */
final class ConsoleFingerprint {
    private ConsoleFingerprint() {}

    static String of(List<ConsoleEntry> entries, List<ServiceAccountRow> rows) {
        TreeSet<String> lines = new TreeSet<>();
        for (ConsoleEntry entry : entries) {
            if (entry.time() != null) {
                lines.add(entry.canonical());
            }
        }
        if (lines.isEmpty()) {
            return ofAccounts(rows);
        }
        rows.forEach(row -> lines.add(row.service() + "\t" + row.appId().orElse("")));
        return of(lines);
    }

    /** Of several consoles an administrator may have one address, and each its own app ids. */
    private static String ofAccounts(List<ServiceAccountRow> rows) {
        boolean isTold =
                rows.stream().anyMatch(row -> row.appId().isPresent() || PastedText.mailAddresses(row.raw()) > 0);
        TreeSet<String> accounts = new TreeSet<>();
        rows.forEach(row -> accounts.add(row.service() + "\t" + PastedText.key(row.raw())));
        return isTold ? of(accounts) : "";
    }

    static String of(ConsoleEntry entry) {
        return entry.time() == null || entry.organisation() == null
                ? ""
                : of(new TreeSet<>(Set.of("line\t" + entry.canonical())));
    }

    private static String of(SortedSet<String> lines) {
        return Sha256.hex(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
}
