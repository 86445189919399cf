package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivateTest {
    @Test
    void json_keepsItsKeys() {
        JsonNode run = Kaitsu.json("activate", "--sandbox", "--services", "box").json();

        assertThat(fields(run))
                .contains("activation", "customer", "steps", "services", "openActions", "openItems", "sandbox");
        assertThat(fields(run.path("customer")))
                .containsExactlyInAnyOrder("site", "account", "organisation", "company", "reference", "labels");
        assertThat(fields(run.at("/services/0")))
                .contains("service", "status", "waitingFor", "linkAttempts", "steps", "consoleText");
        assertThat(fields(run.at("/services/0/steps/0")))
                .contains("step", "rule", "phase", "performer", "evidence", "source", "time", "detail");
        assertThat(fields(run.path("sandbox"))).contains("grants", "violations", "handsOn", "looks");
        assertThat(run.at("/sandbox/handsOn/person").asInt()).isPositive();
        assertThat(run.at("/sandbox/handsOn/browser").asInt()).isZero();
        JsonNode kinds = run.at("/sandbox/handsOn/kinds");
        assertThat(fields(kinds)).containsExactly("clicks", "fields", "copies", "pastes", "answers");
        int sum = 0;
        for (JsonNode kind : kinds) {
            assertThat(kind.asInt()).isPositive();
            sum += kind.asInt();
        }
        assertThat(run.at("/sandbox/handsOn/person").asInt()).isEqualTo(sum);
        assertThat(run.at("/sandbox/calls/made").asInt())
                .isPositive()
                .isEqualTo(run.at("/sandbox/calls/planned").asInt());
    }

    @Test
    void connectionsNone_everythingIsAPersonsWord_andItStaysSo(@TempDir Path folder) {
        Path state = folder.resolve("state");
        Result result =
                Kaitsu.json("activate", "--sandbox", "--services", "box", "--connections", "none", "--state", state);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).doesNotContain("VERIFIED");
        assertThat(Kaitsu.json("resume", "--state", state).out()).doesNotContain("VERIFIED");
        Result plan = Kaitsu.json("plan", "--sandbox", "--services", "box", "--connections", "none");
        assertThat(plan.exit()).isZero();
        assertThat(Kaitsu.json("plan", "--connections", "some").errorCode()).isEqualTo("USAGE");
    }

    @Test
    void openAction_keepsItsKeys() {
        JsonNode run = Kaitsu.json("activate", "--sandbox", "--services", "teams", "--operator", "none")
                .json();
        assertThat(fields(run.at("/openActions/0")))
                .contains("id", "kind", "service", "rule", "title", "link", "values", "instructions")
                .contains("step", "answerForm", "choices", "parts");
    }

    @Test
    void everyStepOfAProtectedService_hasRuleAndEvidence() {
        Result result = Kaitsu.json("activate", "--sandbox", "--services", "box,gmail");
        assertThat(result.exit()).isZero();
        for (JsonNode service : result.json().path("services")) {
            for (JsonNode step : service.path("steps")) {
                assertThat(step.path("rule").asText()).isNotBlank();
                boolean required = step.path("required").asBoolean()
                        && !step.path("skipped").asBoolean();
                assertThat(step.path("evidence").asText()).isIn(required ? List.of("VERIFIED", "ATTESTED") : ANY);
            }
        }
    }

    private static final List<String> ANY = List.of("VERIFIED", "ATTESTED", "UNKNOWN");

    @Test
    void twentyThousandUsers_takeSimulatedHours() {
        Result result = Kaitsu.json("activate", "--sandbox", "--services", "box,dropbox", "--users", "20000");
        assertThat(result.exit()).isZero();
        assertThat(result.json().at("/sandbox/clock").asText()).isGreaterThanOrEqualTo("2026-11-24T08:00:00Z");
        assertThat(result.json().at("/sandbox/violations")).isEmpty();
    }

    @Test
    void todaysConsole_isActivatedToo() {
        Result result = Kaitsu.json("activate", "--sandbox", "--services", "box,teams", "--edition", "2024-07");
        assertThat(result.statuses()).as(result.err()).containsOnly("PROTECTED");
        assertThat(result.json().path("edition").asText()).isEqualTo("2024-07");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JP", "US", "EU", "UK", "CA", "SG", "IN", "AU"})
    void everySite_isActivated(String site) {
        Result result = Kaitsu.json(
                "activate", "--sandbox", "--services", "teams", "--site", site, "--organisation", "見本　株式会社");
        assertThat(result.statuses()).as(result.err()).containsExactly("PROTECTED");
        assertThat(result.json().at("/customer/site").asText()).isEqualTo(site);
    }

    @Test
    void mip_isActivatedAfterAnotherMicrosoftService() {
        Result result = Kaitsu.json("activate", "--sandbox", "--services", "exchange,mip");
        assertThat(result.service("EXCHANGE_ONLINE").path("status").asText())
                .as(result.err())
                .isEqualTo("PROTECTED");
    }

    @Test
    void person_readsProgressAndSummaryInEnglish() {
        Result result = Kaitsu.run("activate", "--sandbox", "--services", "box");
        assertThat(result.out())
                .contains("activating Box for", "Box: Linking – Grant access to Box (person)")
                .contains("Box: Linked (verified)", "1 of 1 service is linked and proved")
                .contains("Box 1; violations: 0", "of simulated time")
                .doesNotContain("\u001b");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void person_readsProgressAndSummaryInJapanese() {
        Result result = Kaitsu.in("ja_JP.UTF-8").call("activate", "--sandbox", "--services", "box");
        assertThat(result.out()).contains("Box: 連携中 – Boxへのアクセス権を付与する（担当者）", "Box: 連携完了（確認済み）", "手順違反: 0件", "模擬時間");
    }

    @Test
    void program_findsOneDocumentOnStdout_andTheProgressOnStderr() {
        Result result = Kaitsu.json("activate", "--sandbox", "--services", "box", "--lang", "ja");
        assertThat(result.out()).startsWith("{").endsWith("}\n");
        assertThat(result.err()).contains("担当者");
    }

    @Test
    void terminal_isDrawnInPlace() {
        Result result = Kaitsu.atTerminal(60).call("activate", "--sandbox", "--services", "box,drive");
        assertThat(result.exit()).isZero();
        // four lines: time, console and two services, again and again
        assertThat(result.out()).contains("\u001b[4A\r\u001b[2K", "模擬時間", "\u001b[32m連携完了");
        result.out()
                .lines()
                .filter(l -> l.contains("\u001b[2K"))
                .map(l -> l.replaceAll("\u001b\\[[0-9;]*[A-Za-z]|\r", ""))
                .forEach(l -> assertThat(Columns.of(l)).as(l).isLessThanOrEqualTo(60));
    }

    @Test
    void realActivation_needsToKnowTheCustomer() {
        Result result = Kaitsu.json("activate", "--services", "box");
        assertThat(result.exit()).isEqualTo(Exits.REFUSED);
        assertThat(result.json().at("/error/message").asText()).contains("account");
    }

    private static List<String> fields(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
