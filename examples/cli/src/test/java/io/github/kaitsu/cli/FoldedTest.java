package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.text.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No window smears a line, and nothing breaks where it must not. */
class FoldedTest {
    private static final String NEVER_FIRST = "。、，．」』）〕】〉》？！：；ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々ゝ”’)]},.!?";
    private static final String NEVER_LAST = "「『（〔【〈《“‘([{";
    private static final Pattern WORD = Pattern.compile("[!-~]+");
    private static final Pattern KATAKANA = Pattern.compile("[ァ-ヶー・]{2,}");
    private static final List<String> ARGUMENTS = List.of(
            "株式会社サンプル", "Microsoft Teams", "初期設定の組織", "https://example-admin.sharepoint.com/_layouts/15/appinv.aspx");

    private static List<String> words(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    /** @param from the line that was folded */
    private static void assertFits(String from, int columns) {
        String folded = Folded.lines(from, columns);
        for (String line : folded.split("\n", -1)) {
            String bare = line.strip();
            if (Columns.most(line) > columns) { // whole because nothing in it may break
                assertThat(line).as("%s columns: %s", columns, from).isEqualTo(bare);
                assertThat(bare).as("%s columns: %s", columns, from).doesNotContainPattern("[!-~] [!-~]|[一-龠ぁ-ん]{3}");
            }
            if (!bare.isEmpty() && !folded.startsWith(line)) {
                assertThat(bare.matches("[.][a-z].*") ? -1 : NEVER_FIRST.indexOf(bare.charAt(0)))
                        .as("%s: %s", columns, folded)
                        .isNegative();
            }
            if (!bare.isEmpty() && !from.stripTrailing().endsWith(bare)) {
                assertThat(NEVER_LAST.indexOf(bare.charAt(bare.length() - 1)))
                        .as("%s: %s", columns, folded)
                        .isNegative();
            }
        }
        assertThat(words(WORD, folded)).as("%s", columns).isEqualTo(words(WORD, from));
        assertThat(words(KATAKANA, folded)).as("%s: %s", columns, folded).isEqualTo(words(KATAKANA, from));
        assertThat(folded.replaceAll("[ 　\n]", "")).isEqualTo(from.replaceAll("[ 　\n]", ""));
    }

    @ParameterizedTest
    @CsvSource({"ja, 2024-04", "ja, 2024-07", "en, 2024-04"})
    void everyTextOfEveryAction_fitsEveryWindow(String language, String edition) {
        Labels labels = Labels.of(Edition.parse(edition).orElseThrow(), Locale.forLanguageTag(language));
        int seen = 0;
        for (String bundle : AnswerWordsTest.BUNDLES) {
            if (!bundle.endsWith("actions")) {
                continue;
            }
            for (String text : AnswerWordsTest.bundle(bundle, language).values()) {
                String line = (seen % 2 == 0 ? "  1. " : "") + filled(labels, text);
                for (int columns = 30; columns <= 120; columns += seen % 7 + 1) {
                    assertFits(line, columns);
                }
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(900);
    }

    private static String filled(Labels labels, String text) {
        try {
            return labels.fill(text, ARGUMENTS).replace('\n', ' ');
        } catch (RuntimeException e) {
            return text.replace('\n', ' '); // a label of another edition
        }
    }

    @Test
    void whateverPeopleWrite_fitsOrStaysWhole_andNothingIsLost() {
        String[] pieces = {
            "おまかせ", "「", "」", "。", "、", "株式会社", "（", "）", "Box", " ", " ", "　", "https://example.co.jp/a?b=c", "コンソール",
                    "2026年",
            "e\u0301", "か\u3099", "👩🏽", "한국어", "ｱｲｳ", "—", "…", "“", "”", "box.grant.1", "a", "漢字", "!", "10,000人",
                    "\t"
        };
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder("x");
            for (int i = 0; i < 40; i++) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            int columns = 30 + random.nextInt(91);
            String folded = Folded.lines(text.toString(), columns);
            assertThat(folded.replaceAll("[ 　\t\n]", ""))
                    .isEqualTo(text.toString().replaceAll("[ 　\t\n]", ""));
            assertThat(words(WORD, folded)).isEqualTo(words(WORD, text.toString()));
            assertThat(folded).doesNotContainPattern("\n[ ]*[\u0301\u3099\ud83c]");
        }
    }

    @Test
    void addresses_longerThanTheWindow_standAloneAndWhole() {
        String address = "https://admin.tmcas.trendmicro.co.jp/console/index.html";
        assertThat(Folded.lines("  1. 次のアドレス " + address + " を開きます。", 30))
                .isEqualTo("  1. 次のアドレス\n" + address + "\n     を開きます。");
        assertThat(Folded.lines(Folded.AS_IT_STANDS + address, 30)).isEqualTo(address);
        assertThat(Folded.lines(Folded.AS_IT_STANDS + "short", 30)).isEqualTo("    short");
    }

    /** A word is not broken inside, neither 申告 nor 担当者; a line ends behind the particle. */
    @Test
    void japanese_breaksBetweenPhrases() {
        assertThat(Folded.lines("担当者の申告とその日付を記録し、古くなったら改めて確認をお願いします。「Boxの一時フォルダー」の通知を無効化します。", 30))
                .isEqualTo("""
                        担当者の申告とその日付を
                        記録し、古くなったら改めて
                        確認をお願いします。「Boxの
                        一時フォルダー」の通知を
                        無効化します。""");
        assertThat(Folded.lines("特定商取引法表示義務違反対象外事業者一覧表示", 20)).isEqualTo("特定商取引法表示義務\n違反対象外事業者一覧\n表示");
    }

    @Test
    void columns_standBelowTheirText() {
        assertThat(Folded.lines("  BOX-1    ok  words that go on and on", 30))
                .isEqualTo("  BOX-1    ok  words that go\n               on and on");
        assertThat(Folded.lines("", 30)).isEmpty();
        assertThat(Folded.lines("a\n\nb", 30)).isEqualTo("a\n\nb");
    }

    @ParameterizedTest
    @CsvSource({
        "Box, 3, 3",
        "初期設定, 8, 8",
        "ｱｲｳ, 3, 3",
        "…, 1, 2",
        "“a”, 3, 5",
        "か\u3099, 2, 2",
        "😀, 2, 2",
        "✅, 2, 2",
        "한글, 4, 4",
        "①, 1, 2",
        "━━, 2, 4",
        "ａｂ, 4, 4",
        "a\u0301, 1, 1"
    })
    void widths_areThoseOfTheTerminal_orTheWidestOfThem(String text, int usual, int most) {
        String real = text.replace("\\u3099", "\u3099").replace("\\u0301", "\u0301");
        assertThat(Columns.of(real)).isEqualTo(usual);
        assertThat(Columns.most(real)).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 40, 80})
    void frame_andEverythingElse_fitTheWindow(int columns) {
        for (String language : List.of("ja", "en")) {
            String out = Kaitsu.atTerminal(columns)
                    .call("activate", "--sandbox", "--services", "drive,sharepoint", "--lang", language)
                    .out();
            List<String> tooWide = new ArrayList<>();
            Arrays.stream(out.split("\n"))
                    .map(l -> l.replaceAll("\u001b\\[[0-9;]*[A-Za-z]|\r", ""))
                    .filter(l -> Columns.most(l) > columns)
                    .filter(l -> words(WORD, l).stream().noneMatch(w -> Columns.most(w) + 6 > columns))
                    .filter(l -> words(KATAKANA, l).stream().noneMatch(w -> Columns.most(w) + 6 > columns))
                    .forEach(tooWide::add);
            assertThat(tooWide).isEmpty();
            assertThat(out.lines().filter(l -> l.contains("\u001b[2K")))
                    .allSatisfy(l -> assertThat(Columns.most(l.replaceAll("\u001b\\[[0-9;]*[A-Za-z]|\r", "")))
                            .isLessThanOrEqualTo(columns));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 40, 60, 80})
    void help_fitsTheWindow(int columns) {
        for (String language : List.of("ja", "en")) {
            for (List<String> call : List.of(List.of("--help"), List.of("activate", "--help"))) {
                List<Object> all = new ArrayList<>(call);
                all.addAll(List.of("--lang", language));
                Kaitsu.Result help = Kaitsu.atTerminal(columns).call(all.toArray());
                assertThat(help.exit()).as(help.err()).isZero();
                assertThat(help.out()
                                .lines()
                                .map(l -> l.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", ""))
                                .filter(l -> l.strip().contains(" ")))
                        .allSatisfy(l -> assertThat(Columns.of(l)).as(l).isLessThanOrEqualTo(columns));
            }
        }
    }
}
