package io.github.kaitsu.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SalvageTest {
    private static Optional<Salvage<String>> salvage(String answer, AtomicLong given) {
        return Salvage.of(answer.getBytes(StandardCharsets.UTF_8), List.of("entries"), page -> {
            given.addAndGet(page.length);
            String text = new String(page, StandardCharsets.UTF_8);
            if (text.contains("odd")) {
                throw new IllegalStateException("a kind that nobody knows");
            }
            return text;
        });
    }

    @Test
    void whatCannotBeRead_isLeftOut() {
        Salvage<String> rest = salvage("{\"cursor\":\"c\",\"entries\":[{\"a\":1},\"odd\",{\"b\":2}]}", new AtomicLong())
                .orElseThrow();

        assertThat(rest.page()).contains("{\"a\":1},{\"b\":2}");
        assertThat(rest.odd()).extracting(Object::toString).containsExactly("\"odd\"");
    }

    /** Each element is tried with all that stands beside the list: together they would cost the square of the answer. */
    @Test
    void aLongListBesideALongField_isGivenUpAtOnce() {
        AtomicLong given = new AtomicLong();
        String answer = "{\"cursor\":\"" + "x".repeat(100_000) + "\",\"entries\":[" + "1,".repeat(2_000) + "1]}";

        assertThat(salvage(answer, given).isPresent()).isFalse(); // its text would be long

        assertThat(given).hasValue(0);
    }
}
