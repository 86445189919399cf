package io.github.kaitsu.console;

import io.github.kaitsu.console.ConsoleReading.ServiceAccountRow;
import io.github.kaitsu.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
            return "";
        }
        rows.forEach(row -> lines.add(row.service() + "\t" + row.appId().orElse("")));
        return Sha256.hex(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
}
