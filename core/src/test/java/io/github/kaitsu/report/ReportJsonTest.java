package io.github.kaitsu.report;

import static io.github.kaitsu.report.ReportSamples.failed;
import static io.github.kaitsu.report.ReportSamples.saying;
import static io.github.kaitsu.report.ReportSamples.service;
import static io.github.kaitsu.report.ReportSamples.step;
import static io.github.kaitsu.report.ReportSamples.view;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.SlotOwner;
import io.github.kaitsu.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The JSON documents keep the keys that programs rely on. */
class ReportJsonTest {

    private static JsonNode json(ActivationView view) {
        return parse(ActivationReport.of(view).json(Locale.ENGLISH));
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> keys(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void activation_always_hasTheAgreedKeys() {
        JsonNode json = json(view(false, saying(CloudService.BOX, "Boxは保護されています。")));
        assertThat(keys(json)).contains("activation", "customer", "steps", "services", "openActions", "openItems");
        assertThat(keys(json)).doesNotContain("sandbox");
        assertThat(keys(json.get("customer")))
                .containsExactly("site", "account", "organisation", "company", "reference", "labels");
        assertThat(json.at("/customer/company").asText()).isEqualTo("株式会社サンプル");
        assertThat(json.at("/customer/reference").asText()).isEqualTo("K-1001");
        assertThat(json.at("/customer/labels/0").asText()).isEqualTo("east");
        String[] step = {"step", "rule", "phase", "performer", "evidence", "source", "time", "detail"};
        assertThat(keys(json.at("/steps/0"))).contains(step);
        JsonNode service = json.at("/services/0");
        assertThat(keys(service))
                .contains("service", "status", "waitingFor", "linkAttempts", "steps", "consoleText")
                .contains("failure", "detail", "waitingUntil", "round");
        assertThat(keys(service.at("/steps/0"))).contains(step);
        assertThat(keys(json.at("/openActions/0")))
                .contains("id", "kind", "service", "rule", "title", "link", "values", "instructions")
                .contains("goal", "who", "why", "verify", "answerForm", "choices");
        assertThat(keys(json.at("/openItems/0"))).containsExactly("rule", "service", "kind", "text");
    }

    @Test
    void activation_values_areThoseOfTheView() {
        JsonNode json = json(view(false, saying(CloudService.BOX, "Boxは保護されています。")));
        assertThat(json.at("/activation").asText()).isEqualTo("a1");
        assertThat(json.at("/edition").asText()).isEqualTo("2024-04");
        assertThat(json.at("/services/0/service").asText()).isEqualTo("BOX");
        assertThat(json.at("/services/0/status").asText()).isEqualTo("PROTECTED");
        assertThat(json.at("/services/0/consoleText").asText()).isEqualTo("Boxは保護されています。");
        assertThat(json.at("/services/0/steps/0/evidence").asText()).isEqualTo("VERIFIED");
        assertThat(json.at("/services/0/steps/0/time").asText()).isEqualTo("2026-11-20T02:03:04Z");
        assertThat(json.at("/openActions/0/kind").asText()).isEqualTo("READ");
        assertThat(json.at("/openActions/0/answerForm").asText()).isEqualTo("CONSOLE_TEXT");
        assertThat(json.at("/openActions/0/values/アプリID (\"App ID\", our translation)")
                        .asText())
                .startsWith("11111111-");
        assertThat(json.at("/openActions/0/instructions")).isNotEmpty();
        assertThat(json.at("/openItems/0/service").isNull()).isTrue();
    }

    @Test
    void waitingFor_isOneOfFourWordsAndNullWhenEnded() {
        ActivationView running = view(
                false,
                service(CloudService.BOX, ActivationStatus.PLANNED, new Waiting.Nothing()),
                service(
                        CloudService.DROPBOX,
                        ActivationStatus.LINKING,
                        new Waiting.ForOperator(List.of(new ActionId("x.1")))),
                service(CloudService.GMAIL, ActivationStatus.SYNCHRONIZING, new Waiting.Until(ReportSamples.SEEN)),
                service(
                        CloudService.GOOGLE_DRIVE,
                        ActivationStatus.PLANNED,
                        new Waiting.ForLinkSlot(SlotOwner.parse("b2/BOX"), "")),
                service(CloudService.ONEDRIVE, ActivationStatus.PROTECTED, new Waiting.Nothing()));
        List<JsonNode> services = new ArrayList<>();
        json(running).get("services").forEach(services::add);
        assertThat(services.stream().map(s -> s.get("waitingFor").asText(null)))
                .containsExactly("NOTHING", "OPERATOR", "TIME", "LINK_SLOT", null);
        assertThat(services.get(1).at("/waitingForActions/0").asText()).isEqualTo("x.1");
        assertThat(services.get(2).get("waitingUntil").asText()).isEqualTo("2026-11-20T02:03:04Z");
        assertThat(services.get(3).get("waitingForSlotOf").asText()).isEqualTo("b2/BOX");
        assertThat(services.get(4).get("waitingFor").isNull()).isTrue();

        JsonNode ended = json(view(true, service(CloudService.BOX, ActivationStatus.CANCELLED, new Waiting.Nothing())));
        assertThat(ended.at("/services/0/waitingFor").isNull()).isTrue();
    }

    @Test
    void failure_hasItsReasonAndTheNextStep() {
        JsonNode service = json(view(true, failed(CloudService.BOX, FailureReason.PREFLIGHT, "co-admin")))
                .at("/services/0");
        assertThat(service.get("failure").asText()).isEqualTo("PREFLIGHT");
        assertThat(service.get("detail").asText()).isEqualTo("co-admin");
        assertThat(service.get("nextStep").asText()).isNotBlank();
    }

    @Test
    void unknown_isNeverSuccessAndHasNoTimeUntilSomebodyLooked() {
        JsonNode json = json(view(
                true,
                service(
                        CloudService.BOX,
                        ActivationStatus.FAILED,
                        new Waiting.Nothing(),
                        step(CloudService.BOX, "folders", Level.UNKNOWN, "", ""),
                        step(CloudService.BOX, "group", Level.UNKNOWN, "box-api", "lag"))));
        assertThat(json.get("success").asBoolean()).isFalse();
        assertThat(json.at("/services/0/steps/0/time").isNull()).isTrue();
        assertThat(json.at("/services/0/steps/1/time").asText()).endsWith("Z");
    }

    @Test
    void json_whenTextsHoldInvisibleCharacters_keepsThemEscaped() {
        String hostile = "a\u202Eb\u009Bc\u2028d\uD83De\u001bf\"";
        String json = ActivationReport.of(view(true, saying(CloudService.BOX, hostile)))
                .json(Locale.ENGLISH);
        assertThat(json).doesNotContain("\u202E", "\u009B", "\u2028", "\u001b", "\uD83D");
        assertThat(parse(json).at("/services/0/consoleText").asText()).isEqualTo(hostile);
    }

    @Test
    void plan_always_hasTheAgreedKeys() {
        JsonNode json = parse(PlanReport.of(ReportSamples.plan("")).json(Locale.ENGLISH));
        assertThat(keys(json))
                .containsExactly(
                        "customer",
                        "edition",
                        "policies",
                        "steps",
                        "services",
                        "agenda",
                        "visits",
                        "calls",
                        "readings");
        assertThat(json.at("/edition").asText()).isEqualTo("auto");
        assertThat(keys(json.at("/services/0")))
                .containsExactly("service", "prerequisite", "expected", "steps", "warnings");
        assertThat(keys(json.at("/services/0/steps/0")))
                .contains("step", "rule", "phase", "performer", "title", "calls", "scope");
        assertThat(json.at("/services/0/steps/1/performer").asText()).isEqualTo("PERSON");
        assertThat(keys(json.at("/services/0/warnings/0"))).containsExactly("rule", "message");
        assertThat(keys(json.at("/agenda/0"))).containsExactly("who", "visit", "actions");
        assertThat(json.at("/visits").asInt()).isEqualTo(2);
    }
}
