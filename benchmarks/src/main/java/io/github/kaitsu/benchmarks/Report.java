package io.github.kaitsu.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a run.
 *
 * @param machine cores, JDK and system
 */
record Report(String machine, List<Row> rows) {
    static String thisMachine() {
        return "%d cores, JDK %s (%s), %s %s, heap at most %d MB"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        System.getProperty("java.vm.name"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.getRuntime().maxMemory() >> 20);
    }

    String json() {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In Markdown. */
    String table() {
        StringBuilder table = new StringBuilder(machine).append("\n\n");
        table.append(
                "| Row | Bar | Measured | Baseline | Reached | How, or why not |\n| --- | --- | --- | --- | --- | --- |\n");
        for (Row row : rows) {
            table.append("| `%s` | %s | %s %s | %s | %s | %s |%n"
                    .formatted(
                            row.what(),
                            row.bar(),
                            Row.text(row.value()),
                            row.unit(),
                            Row.text(row.baseline()),
                            reached(row.ok()),
                            row.why()));
        }
        return table.toString();
    }

    private static String reached(@Nullable Boolean ok) {
        return ok == null ? "–" : ok ? "yes" : "**no**";
    }
}
