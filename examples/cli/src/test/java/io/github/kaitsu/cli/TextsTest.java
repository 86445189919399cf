package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.Kaitsu.Result;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Both languages are complete, and whatever anybody wrote arrives as text. */
class TextsTest {
    @Test
    void messages_areCompleteInBothLanguages() {
        assertSameKeys(Messages.bundle(Locale.JAPANESE), Messages.bundle(Locale.ENGLISH));
    }

    @Test
    void help_isCompleteInBothLanguages() {
        assertSameKeys(Messages.help(Locale.JAPANESE), Messages.help(Locale.ENGLISH));
    }

    private static void assertSameKeys(ResourceBundle ja, ResourceBundle en) {
        assertThat(ja.keySet()).isEqualTo(en.keySet());
        for (String key : en.keySet()) {
            assertThat(placeholders(ja.getString(key))).as(key).isEqualTo(placeholders(en.getString(key)));
        }
    }

    private static Set<String> placeholders(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan",
                "activate",
                "resume",
                "status",
                "answer",
                "cancel",
                "verify",
                "deactivate",
                "report",
                "forget",
                "fleet",
                "invite",
                "sandbox",
                "opening-mail",
                "console-status",
                "sharepoint-permission"
            })
    void help_isThereInBothLanguages(String command) {
        for (String language : new String[] {"en", "ja"}) {
            Result help = Kaitsu.run(command, "--help", "--lang", language);
            assertThat(help.exit()).isZero();
            assertThat(help.err()).isEmpty();
            assertThat(help.out()).contains("--json", "--lang", language.equals("ja") ? "終了コード" : "Exit codes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void help_hasATextForEveryCommandAndOption(String language) {
        Invocation call = new Invocation(Kaitsu.io(), List.of("--lang", language));
        assertAllHaveTexts(Main.commandLine(call));
    }

    private static void assertAllHaveTexts(CommandLine parent) {
        for (CommandLine command : parent.getSubcommands().values()) {
            assertAllHaveTexts(command);
            CommandSpec spec = command.getCommandSpec();
            assertThat(spec.usageMessage().header()).as(spec.name()).isNotEmpty();
            assertThat(spec.args())
                    .allSatisfy(
                            a -> assertThat(a.description()).as(a.toString()).isNotEmpty());
        }
    }

    @Test
    void environment_choosesTheLanguage() {
        assertThat(Kaitsu.in("ja_JP.UTF-8").call("fly").err()).contains("という指定はありません");
        assertThat(Kaitsu.in("C").call("fly").err()).contains("Nothing here is called");
        assertThat(Kaitsu.in("ja_JP.UTF-8").call("fly", "--lang=en").err()).contains("Nothing here is called");
        assertThat(Kaitsu.in("de_DE.UTF-8").call("--lang", "ja", "fly").err()).contains("という指定はありません");
    }

    @ParameterizedTest
    @CsvSource({"Box, 3", "初期設定, 8", "ｱｲｳ, 3", "é, 1", "A\u0301, 1", "😀, 2"})
    void columns_countFullWidthTwice(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @Test
    void columns_padAndCutToExactlyThatWide() {
        assertThat(Columns.pad("組織", 6)).isEqualTo("組織  ");
        assertThat(Columns.cut("初期設定の組織", 8)).isEqualTo("初期設…");
        assertThat(Columns.of(Columns.pad("初期設定の組織", 8))).isEqualTo(8);
        assertThat(Columns.cut("short", 8)).isEqualTo("short");
    }

    @Test
    void safe_takesThePowerOutOfSteeringCharacters() {
        assertThat(Safe.line("a\u001b[31mb\u0007\u202ec\u009bd\u2028e\r\nf\ud800"))
                .isEqualTo("a␛[31mb␇\uFFFDc\uFFFDd e f\uFFFD");
        assertThat(Safe.lines("a\r\n\tb\u007f")).isEqualTo("a\n\tb␡");
    }
}
