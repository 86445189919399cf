package io.github.kaitsu.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.console.ConsoleSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema is true of every report, and describes every key of it. */
class ReportSchemaTest {
    private static final ObjectNode PUBLISHED = published();
    private static final Schema SCHEMA = schema(PUBLISHED);
    private static final Schema CLOSED = schema(closed(PUBLISHED.deepCopy()));

    /** Of the documents that it describes, the run. */
    private static ObjectNode published() {
        ObjectNode all = (ObjectNode) ReportReading.json(ScreenJson.schema());
        all.remove("anyOf");
        return all.put("$ref", "#/$defs/activation");
    }

    private static Schema schema(JsonNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON);
    }

    /** Without the liberty to add keys. */
    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && object.has("required")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(ReportSchemaTest::closed);
        return schema;
    }

    static Stream<ActivationView> views() {
        return Stream.concat(HandoverTest.mixes().map(HandoverTest.Mix::view), ReportSamples.everything());
    }

    @ParameterizedTest
    @MethodSource("views")
    void json_whateverTheRun_isAsPublished(ActivationView view) {
        String json = ActivationReport.of(view).json(Locale.JAPANESE);
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(CLOSED.validate(json, InputFormat.JSON)).isEmpty();
    }

    @Test
    void json_withKeysOfALaterVersion_isStillAsPublished() {
        ObjectNode json = (ObjectNode)
                ReportReading.json(ActivationReport.of(ReportSamples.named("x")).json(Locale.ENGLISH));
        json.put("later", 1);
        assertThat(SCHEMA.validate(json.toString(), InputFormat.JSON)).isEmpty();
        assertThat(CLOSED.validate(json.toString(), InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void schema_namesEveryConstant() {
        assertNames("/$defs/service/properties/service", CloudService.values());
        assertNames("/$defs/step/properties/evidence", Evidence.Level.values());
        assertNames("/$defs/step/properties/phase", Phase.values());
        assertNames("/$defs/step/properties/performer", Performer.values());
        assertNames("/$defs/step/properties/sourceKind", Evidence.Kind.values());
        assertNames("/$defs/step/properties/skipReason", SkipReason.values());
        assertNames("/$defs/service/properties/status", ActivationStatus.values());
        assertNames("/$defs/service/properties/failure", FailureReason.values());
        assertNames("/$defs/handover/properties/outcome", Handover.Outcome.values());
        assertNames("/$defs/handover/properties/services/items/properties/state", Handover.State.values());
        assertNames("/$defs/handover/properties/remaining/items/properties/kind", Handover.Remaining.Kind.values());
        assertNames(
                "/$defs/activation/properties/openItems/items/properties/kind", ActivationView.OpenItem.Kind.values());
        assertNames("/$defs/customer/properties/site", ConsoleSite.values());
    }

    private static void assertNames(String where, Enum<?>... constants) {
        List<String> named = new ArrayList<>();
        PUBLISHED.at(where).get("enum").forEach(n -> named.add(n.asText()));
        named.remove("null");
        assertThat(named)
                .as(where)
                .containsExactlyElementsOf(Stream.of(constants).map(Enum::name).toList());
    }
}
