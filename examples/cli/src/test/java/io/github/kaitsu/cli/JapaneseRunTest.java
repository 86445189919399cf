package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Japanese run is Japanese throughout: what is left in Latin letters are names and addresses, and no codes of ours. */
class JapaneseRunTest {
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+|\\S+@\\S+");

    /** What somebody types, shown as it is typed. */
    private static final Pattern COMMAND = Pattern.compile(
            "kaitsu (?:[a-z]+|--[a-z]+|-|ID|DIR|[A-Z]+|/\\S+|[\\w.]+|名前|< copied.txt|> report.html| )+");

    /** Ids of actions and runs. */
    private static final Pattern ID =
            Pattern.compile("\\b(activation|removal)-\\d+\\b|\\b[a-z0-9-]+\\.[a-z0-9-]+\\.\\d+\\b|/tmp/\\S+");

    /** Application ids, and permissions as Microsoft names them. */
    private static final Pattern PERMISSION =
            Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f-]{27}\\b|\\b[A-Z]\\w+(\\.[A-Z]\\w+)+\\b");

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9'_-]*");

    /** Names of products, of their parts and of what is called so in Japanese, too. */
    private static final Set<String> NAMES = Set.of(
            ("Box Dropbox Gmail Google Workspace Exchange Online SharePoint OneDrive Microsoft Teams Entra Azure ACS"
                            + " Trend Micro Cloud App Security Information Protection Marketplace Business Starter Chrome Kaitsu"
                            + " API ID IDs URL XML PIM JST JP CAS0001 SDK SKU Graph"
                            + " trendmicro_cas_temp__dont_change_or_delete trendmicro_cas_quarantine__dont_change_or_delete")
                    .split(" "));

    @TempDir
    Path state;

    private static Result run(Object... arguments) {
        return Kaitsu.in("ja_JP.UTF-8").call(arguments);
    }

    private static void assertJapanese(String text) {
        Set<String> names = new TreeSet<>(NAMES);
        String rest = Stream.of(ADDRESS, COMMAND, ID, PERMISSION)
                .reduce(text, (t, pattern) -> pattern.matcher(t).replaceAll(" "), (a, b) -> b);
        List<String> lines = rest.lines()
                .map(line -> WORD.matcher(line)
                                .results()
                                .map(MatchResult::group)
                                .filter(word -> !names.contains(word))
                                .collect(Collectors.joining(", "))
                        + " | " + line)
                .filter(line -> !line.startsWith(" | "))
                .toList();
        assertThat(lines).isEmpty();
        assertThat(text).doesNotContain("PAGE_ERROR", "scripted person", "read by");
    }

    @Test
    void aWholeRun_speaksJapanese() {
        Result result = run("activate", "--sandbox");
        assertThat(result.exit()).as(result.err()).isZero();
        assertJapanese(withoutScenario(result.out()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"link-fails:3", "co-admin", "no-folders", "stuck-pending", "partial-consent"})
    void aRunThatFails_speaksJapanese(String scenario) {
        Result result =
                run("activate", "--sandbox", "--scenario", scenario, "--services", "box,sharepoint", "--state", state);
        assertJapanese(withoutScenario(result.out()));
        assertJapanese(run("status", "--state", state).out());
    }

    @Test
    void verify_andSecondThoughts_speakJapanese() {
        run("activate", "--sandbox", "--services", "box,drive", "--connections", "none", "--state", state);
        assertJapanese(run("answer", "box.grant.1", "blocked", "PAGE_ERROR", "--by", "鈴木", "--state", state)
                .out());
        assertJapanese(run("verify", "--state", state).out());
        assertJapanese(run("verify", "--state", state, "--operator", "none").out());
    }

    /** The scenario and the console's edition stand there as they are typed. */
    private static String withoutScenario(String out) {
        return Arrays.stream(out.split("\n"))
                .filter(line -> !line.startsWith("サンドボックス: "))
                .collect(Collectors.joining("\n"));
    }
}
