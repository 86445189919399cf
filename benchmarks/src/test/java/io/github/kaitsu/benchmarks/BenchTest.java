package io.github.kaitsu.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BenchTest {
    @Test
    void json_hasTheSevenFieldsOfEachRow() throws Exception {
        Report report = new Report(
                "2 cores",
                List.of(
                        Row.below("fake", 100, 12.34567, "ms", null, "measured"),
                        Row.none("fake-none", 2, "threads", "two are left"),
                        Row.failed("fake-failed", new IllegalStateException("no disk"))));

        JsonNode json = new ObjectMapper().readTree(report.json());

        assertThat(json.fieldNames()).toIterable().containsExactly("machine", "rows");
        assertThat(json.path("rows"))
                .allSatisfy(row -> assertThat(row.fieldNames())
                        .toIterable()
                        .containsExactly("what", "bar", "value", "unit", "baseline", "ok", "why"));
        assertThat(json.at("/rows/0/value").doubleValue()).isEqualTo(12.346);
        assertThat(json.at("/rows/0/bar").textValue()).isEqualTo("< 100 ms");
        assertThat(json.at("/rows/0/baseline").isNull()).isTrue();
        assertThat(json.at("/rows/0/ok").booleanValue()).isTrue();
        assertThat(json.at("/rows/1/ok").booleanValue()).isFalse();
        assertThat(json.at("/rows/2/value").isNull()).isTrue();
        assertThat(json.at("/rows/2/ok").booleanValue()).isFalse();
        assertThat(json.at("/rows/2/why").textValue()).contains("no disk");
        assertThat(report.table()).contains("| `fake` | < 100 ms | 12.346 ms | – | yes | measured |");
    }

    @Test
    void options_unknown_sayWhatThereIs() {
        assertThatThrownBy(() -> Bench.Options.of("--fast"))
                .hasMessageContaining("--fast")
                .hasMessageContaining("--quick");
        assertThatThrownBy(() -> Bench.Options.of("--only", "speed"))
                .hasMessageContaining("speed")
                .hasMessageContaining("files-lateness-500ms");
        assertThatThrownBy(() -> Bench.Options.of("--only")).hasMessageContaining("files-lateness-500ms");
        assertThat(Bench.Options.of("--quick", "--only", "main-job").scenarios())
                .hasSize(1);
        assertThat(Bench.Options.of().scenarios().stream().flatMap(s -> s.rows().stream()))
                .hasSizeGreaterThanOrEqualTo(10)
                .doesNotHaveDuplicates();
    }

    @Test
    void percentile_isTheSmallestSampleNotExceeded() {
        Samples samples = new Samples();
        LongStream.rangeClosed(1, 200).forEach(samples::add);

        assertThat(samples.percentile(0.99)).isEqualTo(198);
        assertThat(samples.percentile(0.5)).isEqualTo(100);
        assertThat(samples.percentile(1)).isEqualTo(200);
    }
}
