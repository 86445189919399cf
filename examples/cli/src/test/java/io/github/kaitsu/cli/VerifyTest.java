package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} says first what it comes to, and never that nothing has changed where nobody has looked (COMMON-20). */
class VerifyTest {
    private static final String WITHOUT_DROPBOX = """
            運用管理 > サービスアカウント
            追加\t削除\tアカウント名\tサービスの種類
            admin@example.co.jp\tBox
            通知
            重大度: 成功しました
            """;

    @TempDir
    Path state;

    private void activate() {
        Object[] all = {"activate", "--sandbox", "--services", "dropbox", "--connections", "none", "--state", state};
        Result result = Kaitsu.json(all);
        assertThat(result.exit()).as(result.err()).isZero();
    }

    @Test
    void common20_whenNothingWasLookedAt_itSaysSo_andWhatWouldHaveToBeRead() {
        activate();
        Result verified = Kaitsu.json("verify", "--state", state, "--operator", "none");
        assertThat(verified.exit()).isEqualTo(Exits.AWAITS_PERSON);
        JsonNode json = verified.json();
        assertThat(json.at("/verdict/code").asText()).isEqualTo("NOT_LOOKED_AT");
        assertThat(json.path("openActions")).hasSize(1);
        assertThat(json.at("/openActions/0/step").asText()).isEqualTo("console.read");
        assertThat(json.at("/openActions/0/answerForm").asText()).startsWith("CONSOLE");
        assertThat(json.at("/openActions/0/parts/0").asText()).isEqualTo("accounts");
        for (JsonNode finding : json.path("findings")) {
            assertThat(finding.path("lookedAt").asBoolean()).isFalse();
            assertThat(finding.path("source").asText()).contains("the sandbox's person");
            assertThat(finding.path("time").asText()).isNotBlank();
        }
        Result text = Kaitsu.run("verify", "--state", state, "--operator", "none");
        assertThat(text.out())
                .startsWith("Nothing was looked at")
                .doesNotContain("No drift found")
                .contains("not read again; rests on the sandbox's person", "Open the gear", "kaitsu verify --state");
        Result japanese = Kaitsu.run("verify", "--state", state, "--operator", "none", "--lang", "ja");
        assertThat(japanese.out()).startsWith("何も読み直していないため").doesNotContain("変化は見つかりませんでした");
    }

    @Test
    void common20_theSandboxsPerson_readsTheConsoleAgain() {
        activate();
        Result verified = Kaitsu.json("verify", "--state", state);
        assertThat(verified.exit()).as(verified.out()).isZero();
        assertThat(verified.json().at("/verdict/code").asText()).isEqualTo("CONSOLE_ONLY");
        assertThat(verified.json().path("openActions")).isEmpty();
        assertThat(verified.json().at("/reading/parts/accounts").asText()).isEqualTo("COMPLETE");
        assertThat(Kaitsu.run("verify", "--state", state).out())
                .startsWith("What the console shows still holds")
                .doesNotContain("No drift found");
    }

    @Test
    void common20_whenTheConsoleDoesNotListItAnyMore_itIsDrift() {
        activate();
        Result verified = Kaitsu.reading(WITHOUT_DROPBOX)
                .call("verify", "--state", state, "--console", "-", "--by", "suzuki", "--json");
        assertThat(verified.exit()).as(verified.out()).isEqualTo(Exits.FAILED);
        assertThat(verified.json().path("drift").findValuesAsText("step"))
                .contains("dropbox.linked", "dropbox.protected");
        assertThat(verified.json().path("findings").toString()).contains("read by suzuki");
        Result text =
                Kaitsu.reading(WITHOUT_DROPBOX).call("verify", "--state", state, "--console", "-", "--by", "suzuki");
        assertThat(text.out()).startsWith("Something that held is lost.");
    }

    @Test
    void common19_whenThePagesDoNotTell_theyAreStillWanted() {
        activate();
        String successOnly = "通知\n重大度: 成功しました\n";
        Result verified = Kaitsu.reading(successOnly)
                .call("verify", "--state", state, "--console", "-", "--by", "suzuki", "--json");
        assertThat(verified.exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(verified.json().path("openActions")).hasSize(1);
        assertThat(verified.json().at("/reading/parts/accounts").asText()).isEqualTo("MISSING");
    }

    @Test
    void whoReadThePages_mustBeNamed_andNobodyElseReadsThem() {
        activate();
        assertThat(Kaitsu.json("verify", "--state", state, "--console", "-").errorCode())
                .isEqualTo("USAGE");
        assertThat(Kaitsu.json("verify", "--state", state, "--operator", "browser")
                        .errorCode())
                .isEqualTo("USAGE");
        Result nothing = Kaitsu.reading("good morning")
                .call("verify", "--state", state, "--console", "-", "--by", "suzuki", "--json");
        assertThat(nothing.errorCode()).isEqualTo("ANSWER_FORM");
    }
}
