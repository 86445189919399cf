package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .contains("How it is checked: ", "It goes on with “Console: Sign in to the console”");

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
        assertThat(result.out())
                .contains("Dropbox: Synchronizing", "Nothing is to be done before", "kaitsu resume --state");
        Result status = Kaitsu.json("status", "--state", temp.resolve("s"));
        assertThat(status.exit()).isZero();
        assertThat(status.service("DROPBOX").path("waitingFor").asText()).isEqualTo("TIME");
        assertThat(Kaitsu.json("resume", "--state", temp.resolve("s")).exit()).isEqualTo(Exits.AWAITS_TIME);
    }

    /** The name is asked until there is one; nothing is recorded without. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "　", "\u0007", "\u200b", "\u3164", "...", "「」", "\u001b[A"})
    void name_thatIsNone_isAskedAgain_andNeverKept(String none) {
        Result result = activate("done\n" + none + "\n" + none + "\nsato@example.co.jp\ndone\nlater\n");
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(result.out())
                .containsOnlyOnce("for the record:")
                .contains("Nothing is recorded without a name", "“quit”");
        assertThat(sources()).contains("sato@example.co.jp").doesNotContain("");
    }

    @Test
    void name_tooLong_isAskedAgain() {
        Result result = activate("done\n" + "x".repeat(129) + "\n" + "y".repeat(128) + "\n");
        assertThat(result.out()).contains("too long for a name");
        assertThat(sources()).contains("y".repeat(128));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "...", "\u3164"})
    void name_givenAsNone_isAskedFor(String by) {
        assertThat(activate("done\nsato\n", "--by", by).out()).contains("for the record:");
        assertThat(sources()).contains("sato");
    }

    /** Wherever it asks, quit and the end of the input leave, and what was not answered stays open. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quit\n",
                "中断。\n",
                "done\n",
                "done\nquit\n",
                "done\n\n中断\n",
                "blocked\n",
                "blocked\nquit\n",
                "blocked\n99\n",
                "できなかった\n4\n",
                "できなかった\n4\n\n\nquit\n",
                "\n\n\n",
                "\u0000\u0001\u001b[31m\n",
                "what?\ndeclined\n中断\n"
            })
    void leaving_atAnyQuestion_leavesEverythingOpen(String typed) {
        Result result = activate(typed);
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(Kaitsu.json("status", "--state", temp.resolve("s")).openActions())
                .contains("console.password.1");
        assertThat(sources()).isEmpty();
    }

    private List<String> sources() {
        List<String> all = new ArrayList<>();
        Kaitsu.json("status", "--state", temp.resolve("s"))
                .json()
                .path("steps")
                .findValuesAsText("source")
                .forEach(all::add);
        all.removeIf(String::isEmpty);
        return all;
    }

    @Test
    void japaneseWords_bringARunForward_withTheReasonAskedFor() {
        Result result = Kaitsu.reading("「できました。」\n\n佐藤\nはい\n終わりました\n２０２４－０４\n中断\n")
                .call(
                        "activate",
                        "--account",
                        "CAS9",
                        "--services",
                        "dropbox",
                        "--state",
                        temp.resolve("s"),
                        "--lang",
                        "ja");
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(result.out()).doesNotContain("読み取れませんでした").contains("できた | できなかった");
        assertThat(sources()).contains("佐藤");

        Result blocked = Kaitsu.reading("できなかった\n\n画面が白いまま\n戻る\nできませんでした\n１\n")
                .call("resume", "--state", temp.resolve("s"), "--by", "sato", "--lang", "ja");
        assertThat(blocked.out()).contains("1. 画面のエラーまたは時間切れ").doesNotContain("PAGE_ERROR", "WRONG_ROLE");
    }

    @Test
    void pageOfTheConsole_pastedWithoutSayingSo_isTaken() {
        String accounts = "運用管理 > サービスアカウント\n追加\t削除\tアカウント名\tサービスの種類\n";
        Result result = Kaitsu.reading("done\ndone\ndone\n2024-04\n" + accounts + ".\n")
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
        assertThat(result.out()).contains("Taken as the beginning", "Read: サービスアカウント (service accounts)");
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
