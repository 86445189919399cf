package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real activation, the person at the terminal being the operator. */
class TerminalPersonTest {
    @TempDir
    Path temp;

    private Result activate(String typed, Object... more) {
        Object[] all = new Object[more.length + 7];
        System.arraycopy(
                new Object[] {"activate", "--account", "CAS9", "--services", "box", "--state", temp.resolve("s")},
                0,
                all,
                0,
                7);
        System.arraycopy(more, 0, all, 7, more.length);
        return Kaitsu.reading(typed).call(all);
    }

    @Test
    void actionsAreShown_answered_andLeftForLater() {
        Result result = activate("done\nsato@example.co.jp\ndone\nlater\n2024-04\n");
        assertThat(result.exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(result.out())
                .contains("Console: Set the password of the console", "Goal: ", "Your name or mail address")
                .contains("How it is checked: ", "A person is awaited");

        Result status = Kaitsu.json("status", "--state", temp.resolve("s"));
        assertThat(status.json().path("sandbox").isMissingNode()).isTrue();
        assertThat(status.json().path("steps").findValuesAsText("source")).contains("sato@example.co.jp");
    }

    @Test
    void pastedText_endsWithAFullStop_andReasonsAreListed() {
        Result result = activate("what?\nblocked\nblocked WRONG_ACCOUNT\n", "--by", "sato", "--lang", "ja");
        assertThat(result.out()).contains("回答として読み取れませんでした", "理由コードは次のいずれかです");

        Result pasted = Kaitsu.reading("see\nsome text\n.\n")
                .call("resume", "--state", temp.resolve("s"), "--by", "sato", "--lang", "en");
        assertThat(pasted.out()).contains("Paste the text");
    }

    @Test
    void onceEverybodyHasDoneTheirPart_onlyTimeIsAwaited() {
        String console = """
                運用管理 > サービスアカウント
                追加\t削除\tアカウント名\tサービスの種類
                通知 (0)
                重大度: 成功しました
                タスクリスト (0)
                重大度: 保留
                .
                """;
        String typed = "done\ndone\ndone\n2024-04\nsee\n" + console + "unknown\ndone\n";
        Object[] arguments = {
            "activate", "--account", "CAS9", "--services", "dropbox", "--state", temp.resolve("s"), "--by", "sato"
        };
        Result result = Kaitsu.reading(typed).call(arguments);
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(Exits.AWAITS_TIME);
        assertThat(result.out()).contains("SYNCHRONIZING", "Nothing to do before", "kaitsu resume --state");
        Result status = Kaitsu.json("status", "--state", temp.resolve("s"));
        assertThat(status.exit()).isZero();
        assertThat(status.service("DROPBOX").path("waitingFor").asText()).isEqualTo("TIME");
        assertThat(Kaitsu.json("resume", "--state", temp.resolve("s")).exit()).isEqualTo(Exits.AWAITS_TIME);
    }

    @Test
    void nothingTyped_leavesEverythingOpen_inJsonToo() {
        Result result = activate("", "--json");
        assertThat(result.exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(result.openActions()).contains("console.password.1");
        assertThat(result.err()).contains("Set the password of the console");
    }

    @Test
    void inTheSandbox_thePersonIsToldWhereItsPagesAre() {
        Result result = Kaitsu.reading("")
                .call("activate", "--sandbox", "--services", "box", "--operator", "terminal", "--lang", "ja");
        assertThat(result.exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(result.out()).contains("http://127.0.0.1:", "CAS0001", "記録は残っていません");
    }

    /** What is missing is asked for by its name, and nothing is asked for twice. */
    @Test
    void common19_whenOnePageIsPasted_itIsKept_andTheOthersAreAskedFor() {
        String accounts = "運用管理 > サービスアカウント\n追加\t削除\tアカウント名\tサービスの種類\n";
        String typed = "done\ndone\ndone\n2024-04\nsee\n" + accounts + ".\n";
        Result result = Kaitsu.reading(typed)
                .call(
                        "activate",
                        "--account",
                        "CAS9",
                        "--services",
                        "dropbox",
                        "--state",
                        temp.resolve("s"),
                        "--by",
                        "sato");
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(result.out())
                .contains("Read: サービスアカウント (service accounts)")
                .contains("Not among what was pasted: 成功しました (succeeded), 保留 (pending)");
        Result status = Kaitsu.json("status", "--state", temp.resolve("s"));
        assertThat(status.openActions()).containsExactly("console.read.2");
        assertThat(status.json().at("/openActions/0/answerForm").asText()).startsWith("CONSOLE");
        assertThat(status.json().at("/openActions/0/parts")).hasSize(2);
        assertThat(status.json().at("/openActions/0/parts").toString()).doesNotContain("accounts");
    }
}
