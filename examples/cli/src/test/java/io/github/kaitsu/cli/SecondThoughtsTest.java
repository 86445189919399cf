package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody says no to what another has answered, takes an answer back, or hands in pages that nobody asked for (COMMON-20). */
class SecondThoughtsTest {
    private static final String EMPTY_CONSOLE = """
            運用管理 > サービスアカウント
            追加\t削除\tアカウント名\tサービスの種類
            通知
            重大度: 成功しました
            タスクリスト
            重大度: 保留
            """;

    @TempDir
    Path state;

    private Result begin(Object... more) {
        List<Object> all = new ArrayList<>(List.of("activate", "--sandbox", "--services", "dropbox"));
        all.addAll(List.of(more));
        all.addAll(List.of("--state", state));
        return Kaitsu.json(all.toArray());
    }

    private Result answer(Kaitsu kaitsu, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("answer"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--state", state, "--json"));
        return kaitsu.call(all.toArray());
    }

    private Result answer(Object... arguments) {
        return answer(Kaitsu.in("en_US.UTF-8"), arguments);
    }

    // ---- a second person's no

    @Test
    void common20_whenSomebodyElseSaysNo_beforeTheEnd_itIsAskedAgain() {
        begin("--operator", "none");
        answer("console.password.1", "done", "--by", "sato");
        Result no = answer("console.password.1", "blocked", "EXPIRED", "--by", "suzuki");
        assertThat(no.exit()).as(no.out()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(no.openActions()).contains("console.password.2");
        assertThat(no.json().at("/steps/0/contradiction/by").asText()).isEqualTo("suzuki");
        assertThat(Kaitsu.run("status", "--state", state).out()).contains("! suzuki, ");
    }

    @Test
    void common20_whenSomebodyElseSaysNo_afterTheEnd_itIsShown_andVerifyFindsDrift() {
        assertThat(begin("--connections", "none").exit()).isZero();
        Result no = answer("dropbox.grant.1", "declined", "--by", "suzuki");
        assertThat(no.exit()).as(no.out()).isEqualTo(Exits.FAILED);
        assertThat(no.json().path("success").asBoolean()).isFalse();
        Result status = Kaitsu.run("status", "--state", state);
        assertThat(status.out()).contains("! suzuki, ", "somebody has since said otherwise");
        Result verified = Kaitsu.json("verify", "--state", state);
        assertThat(verified.exit()).isEqualTo(Exits.FAILED);
        assertThat(verified.json().path("drift").findValuesAsText("step")).containsExactly("dropbox.grant");
        assertThat(verified.json().at("/verdict/code").asText()).isEqualTo("DRIFT");
    }

    // ---- taken back

    @Test
    void common20_whenAnAnswerIsTakenBack_itIsAskedAgain_andTheRunGoesOn() {
        begin("--operator", "none");
        answer("console.password.1", "done", "--by", "sato");
        Result back = answer("console.password.1", "--correct", "--by", "sato");
        assertThat(back.exit()).as(back.out()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(back.openActions()).contains("console.password.2");
        Result twice = answer("console.password.1", "--correct", "--by", "sato");
        assertThat(twice.json().has("error")).as(twice.out()).isFalse();
        assertThat(twice.json().at("/sandbox/handsOn/kinds/answers").asInt()).isEqualTo(2);

        Result end = Kaitsu.json("resume", "--state", state, "--operator", "script");
        assertThat(end.exit()).as(end.err()).isZero();
    }

    @Test
    void common20_whenTheReadingIsTakenBack_afterTheEnd_nothingVouchesForTheLinkAnyMore() {
        assertThat(begin().exit()).isZero();
        Result back = answer("console", "--correct", "--by", "suzuki");
        assertThat(back.exit()).as(back.out()).isEqualTo(Exits.FAILED);
        Result status = Kaitsu.json("status", "--state", state);
        assertThat(status.json().path("success").asBoolean()).isFalse();
        JsonNode steps = status.service("DROPBOX").path("steps");
        for (JsonNode step : steps) {
            if (step.path("step").asText().equals("dropbox.protected")) {
                assertThat(step.path("evidence").asText()).isEqualTo("UNKNOWN");
                assertThat(step.at("/contradiction/by").asText()).isEqualTo("suzuki");
            }
        }
    }

    @Test
    void correction_ofWhatNobodyAnswered_isRefused() {
        begin("--operator", "none");
        assertThat(answer("console.password.1", "--correct", "--by", "sato").errorCode())
                .isEqualTo("ACTION_NOT_FOUND");
        assertThat(answer("console", "--correct", "--by", "sato").errorCode()).isEqualTo("ACTION_NOT_FOUND");
        assertThat(answer("console.password.1", "done", "--correct", "--by", "sato")
                        .errorCode())
                .isEqualTo("USAGE");
        assertThat(answer("console.password.1", "--by", "sato").errorCode()).isEqualTo("USAGE");
    }

    // ---- handed in unasked

    @Test
    void common19_pagesHandedInUnasked_areNotAskedForLater() {
        begin("--operator", "none");
        Result handed = answer(Kaitsu.reading(EMPTY_CONSOLE), "console", "saw", "-", "--by", "sato");
        assertThat(handed.exit()).as(handed.out()).isEqualTo(Exits.AWAITS_PERSON);
        JsonNode reading = handed.json().path("reading");
        assertThat(reading.at("/parts/accounts").asText()).isEqualTo("COMPLETE");
        assertThat(reading.at("/parts/success").asText()).isEqualTo("COMPLETE");
        assertThat(reading.at("/parts/pending").asText()).isEqualTo("COMPLETE");
        assertThat(reading.at("/parts/clock").asText()).isEqualTo("MISSING");
        assertThat(reading.path("unread").isArray()).isTrue();
        assertThat(reading.path("notProof").isArray()).isTrue();

        answer("console.password.1", "done", "--by", "sato");
        answer("console.sign-in.1", "done", "--by", "sato");
        Result next = answer(Kaitsu.reading("2024-04"), "console.edition.1", "saw", "-", "--by", "sato");
        assertThat(next.openActions()).contains("dropbox.grant.1");
        assertThat(next.json().has("reading")).as("no reading of the console").isFalse();
    }

    @Test
    void common19_whatIsNotOfTheConsole_isRefused_andNothingElseIsHandedIn() {
        begin("--operator", "none");
        assertThat(answer(Kaitsu.reading("good morning"), "console", "saw", "-", "--by", "sato")
                        .errorCode())
                .isEqualTo("ANSWER_FORM");
        assertThat(answer("console", "done", "--by", "sato").errorCode()).isEqualTo("USAGE");
    }

    @Test
    void pagesHandedIn_afterTheEnd_belongToVerify() {
        begin();
        Result late = answer(Kaitsu.reading(EMPTY_CONSOLE), "console", "saw", "-", "--by", "sato");
        assertThat(late.exit()).isEqualTo(Exits.REFUSED);
        assertThat(late.errorCode()).isEqualTo("ACTIVATION_ENDED");
        assertThat(late.json().at("/error/nextStep").asText()).contains("kaitsu verify");
    }

    /** The line is old: it was there before the grant, and so it is no proof, and says so. */
    @Test
    void common12_whyALineDoesNotProve_isToldWithTheReading() {
        String old = EMPTY_CONSOLE.replace(
                "重大度: 成功しました\n", "重大度: 成功しました\nDropboxは保護されています。 2026/11/20 01:00:00 - 初期設定の組織\n");
        begin("--operator", "none");
        answer("console.password.1", "done", "--by", "sato");
        answer("console.sign-in.1", "done", "--by", "sato");
        answer(Kaitsu.reading("2024-04"), "console.edition.1", "saw", "-", "--by", "sato");
        answer(Kaitsu.reading(old), "console", "saw", "-", "--by", "sato");
        Result granted = answer("dropbox.grant.1", "done", "--by", "sato");
        assertThat(granted.service("DROPBOX").path("expectedAt").asText()).isNotBlank();
        assertThat(granted.service("DROPBOX").path("expectation").asText()).isNotBlank();

        Result read = answer(Kaitsu.reading(old), "console", "saw", "-", "--by", "sato");
        JsonNode why = read.json().at("/reading/notProof");
        assertThat(why.findValuesAsText("reason")).contains("NOT_NEW", "NOT_LISTED");
        assertThat(why.toString()).contains("Dropboxは保護されています。");
        assertThat(read.service("DROPBOX").path("status").asText()).isEqualTo("SYNCHRONIZING");
        assertThat(Kaitsu.run("status", "--state", state).out())
                .contains("Does not count yet: A line was found, but it was there before the grant", "expected by");
    }
}
