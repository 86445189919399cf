package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.AnswerWords.Said;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a text teaches as an answer, the terminal understands, however it is dressed; and nothing else. */
class AnswerWordsTest {
    static final List<String> BUNDLES = List.of(
            "text/actions",
            "text/errors",
            "box/actions",
            "dropbox/actions",
            "google/actions",
            "microsoft365/actions",
            "consent/internal/consent",
            "browser/internal/banner",
            "cli/messages",
            "cli/help");
    private static final List<AnswerForm> FORMS = List.of(
            AnswerForm.done(),
            AnswerForm.yesOrNo(),
            AnswerForm.choice("2024-04", "2024-07"),
            AnswerForm.choice("under-10000", "10000-or-more", "unknown"),
            AnswerForm.choice("first-time", "rms", "policy-only"),
            AnswerForm.consoleText(List.of()),
            AnswerForm.address(Pattern.compile("x")));

    private static final Map<String, UnaryOperator<String>> DRESS = new LinkedHashMap<>();

    static {
        DRESS.put("as it is", w -> w);
        DRESS.put("spaces", w -> "  " + w + " ");
        DRESS.put("wide spaces", w -> "　" + w + "　");
        DRESS.put("full stop", w -> w + "。");
        DRESS.put("half-width full stop", w -> w + "｡");
        DRESS.put("wide full stop", w -> w + "．");
        DRESS.put("Latin full stop", w -> w + ".");
        DRESS.put("exclamation", w -> w + "！");
        DRESS.put("brackets", w -> "「" + w + "」");
        DRESS.put("double brackets and stop", w -> "『" + w + "』。");
        DRESS.put("half-width brackets", w -> "｢" + w + "｣");
        DRESS.put("quotes", w -> '"' + w + '"');
        DRESS.put("curly quotes", w -> "“" + w + ".”");
        DRESS.put("parentheses", w -> "（" + w + "）");
        DRESS.put("upper case", w -> w.toUpperCase(Locale.ROOT));
        DRESS.put("full width", AnswerWordsTest::wide);
        DRESS.put("full width and stop", w -> "「" + wide(w) + "」。");
        DRESS.put("katakana", AnswerWordsTest::katakana);
        DRESS.put("polite", w -> w.chars().anyMatch(c -> c >= 0x3041) ? w + "です。" : w);
        DRESS.put("invisible", w -> "\u200b" + w + "\ufeff");
        DRESS.put("arrow keys", w -> "\u001b[D\u001b[C" + w);
        DRESS.put("control characters", w -> w + "\u0007\u0000");
    }

    private static String wide(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append((char) (c > ' ' && c < 0x7f ? c + 0xfee0 : c)));
        return out.toString();
    }

    private static String katakana(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append((char) (c >= 'ぁ' && c <= 'ゖ' ? c + 0x60 : c)));
        return out.toString();
    }

    static Map<String, String> bundle(String name, String language) {
        String file = "/io/github/kaitsu/" + name + "_" + language + ".properties";
        Map<String, String> texts = new LinkedHashMap<>();
        try (InputStream in = AnswerWordsTest.class.getResourceAsStream(file)) {
            PropertyResourceBundle all = new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8));
            all.keySet().stream().sorted().forEach(key -> texts.put(key, all.getString(key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** What stands in quotes before 回答 or 答え, or behind “answer”, and is no label of a page. */
    private static Set<String> taught(String language) {
        Pattern sentence = Pattern.compile(
                language.equals("ja")
                        ? "「([^「」{}]+)」(?=(?:（[^（）]*）)?(?:との?|で|、または|、[^。「」]{0,20}「[^「」]*」と)(?:回答|答え|次の理由|理由を回答|その理由を回答)"
                                + "|[^。「」]{0,8}(?:を選びます|のような短い形でも回答)|と理由を|とその理由を)"
                        : "(?:[Aa]nswer(?:ed)?|[Cc]hoose|, or|, )\\s+“([^”{}]+)”(?=[^.]*)|[Aa]nswer (yes|no|done|not-yet) ");
        Set<String> words = new TreeSet<>();
        for (String bundle : BUNDLES) {
            bundle(bundle, language).forEach((key, text) -> {
                boolean isAboutAnswers = text.contains("回答")
                        || text.contains("答え")
                        || text.contains("選びます")
                        || text.toLowerCase(Locale.ROOT).contains("answer")
                        || text.startsWith("Choose");
                Matcher m = sentence.matcher(text);
                while (isAboutAnswers && m.find()) {
                    words.add(m.group(1) == null ? m.group(2) : m.group(1));
                }
            });
        }
        return words;
    }

    private static List<Said> understood(String line) {
        return FORMS.stream()
                .map(form -> AnswerWords.read(line, form))
                .flatMap(Optional::stream)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void everyWordThatATextTeaches_isUnderstood_howeverItIsDressed(String language) {
        Set<String> taught = taught(language);
        assertThat(taught)
                .hasSizeGreaterThan(language.equals("ja") ? 10 : 8)
                .contains(language.equals("ja") ? "できなかった" : "blocked", language.equals("ja") ? "いいえ" : "no");
        List<String> strange = new ArrayList<>();
        for (String word : taught) {
            List<Said> plain = understood(word);
            if (plain.isEmpty()) {
                if (!ConsoleReading.parse(word, Set.of()).isRecognised()) {
                    strange.add(word);
                }
                continue;
            }
            DRESS.forEach((how, dress) -> {
                if (!understood(dress.apply(word)).equals(plain)) {
                    strange.add(word + " with " + how);
                }
            });
        }
        assertThat(strange).isEmpty();
    }

    /** One table: what the prompt offers is what is read. */
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void everyWordThatThePromptOffers_isAnAnswerToThatForm(String language) {
        Messages messages = Messages.of(Locale.forLanguageTag(language));
        for (AnswerForm form : FORMS) {
            for (String offer : AnswerWords.offers(form, messages)) {
                String word = offer.replaceAll(" ?[（(][^（）()]*[）)]$", "");
                DRESS.forEach((how, dress) -> assertThat(AnswerWords.read(dress.apply(word), form))
                        .as("%s with %s to %s", word, how, form)
                        .isPresent());
            }
            form.choices()
                    .forEach(choice -> assertThat(AnswerWords.read(choice, form))
                            .as(choice)
                            .isPresent());
        }
    }

    @Test
    void everyWordOfTheTable_meansOneThing() {
        for (AnswerWord word : AnswerWord.values()) {
            for (String one : word.words()) {
                DRESS.forEach((how, dress) -> assertThat(AnswerWords.word(dress.apply(one)))
                        .as("%s with %s", one, how)
                        .contains(word));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "できました, DONE",
        "終わりました。, DONE",
        "完了しました, DONE",
        "完了いたしました。, DONE",
        "「はい、できました」, DONE",
        "できませんでした, NOT_DONE",
        "ｄｏｎｅ, DONE",
        "ＮＯＴ　ＹＥＴ, NOT_YET",
        "not_yet, NOT_YET",
        "Not  yet., NOT_YET",
        "まだです, NOT_YET",
        "ﾏﾀﾞ, NOT_YET",
        "ハイ, YES",
        "はいです。, YES",
        "いいえ。, NO",
        "いいえ、まだです, NOT_YET",
        "いいえ、できませんでした, NOT_DONE",
        "行いません, DECLINED",
        "実施しないです, DECLINED",
        "not to be done, DECLINED",
        "貼付, SEE",
        "s, SEE",
        "後で, LATER",
        "中断します, LEAVE",
        "quit!, LEAVE",
        "Yes, YES",
        "yes – it is, YES"
    })
    void politeForms_areUnderstood(String line, AnswerWord word) {
        assertThat(AnswerWords.word(line)).contains(word);
    }

    /** A word within something else, its negation, and a question are not that word. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "。",
                "「」",
                "できた？",
                "できたかどうか分かりません",
                "完了していません",
                "完了ではありません",
                "まだまだ",
                "はい、まだです",
                "いいえ、できました",
                "はいいいえ",
                "undone",
                "doned",
                "no way",
                "yesterday",
                "done not",
                "not",
                "です",
                "\u001b[A",
                "🙂",
                "xはい"
            })
    void anythingElse_isNotGuessedAt(String line) {
        assertThat(AnswerWords.word(line)).isEmpty();
    }

    @Test
    void choices_areTakenByTheirCodeAndTheirWords() {
        AnswerForm users = FORMS.get(3);
        for (String line : List.of(
                "under-10000", "ＵＮＤＥＲ－１００００", "10,000人未満", "１０，０００人未満です。", "「1万人未満」", "fewer than 10,000 users.")) {
            assertThat(AnswerWords.read(line, users).orElseThrow().choice())
                    .as(line)
                    .isEqualTo("under-10000");
        }
        assertThat(AnswerWords.read("２０２４－０７", FORMS.get(2)).orElseThrow().choice())
                .isEqualTo("2024-07");
        assertThat(AnswerWords.read("2024年7月", FORMS.get(2))).isEmpty();
        assertThat(AnswerWords.read("はい", users)).isEmpty();
        assertThat(AnswerWords.read("はい", AnswerForm.done())).isEmpty();
    }

    @Test
    void reasons_areTakenByNumber_wordsAndCode_behindTheWordOrAlone() {
        int number = 0;
        for (BlockReason reason : BlockReason.values()) {
            number++;
            List<String> said = new ArrayList<>(List.of(
                    reason.name(),
                    reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    "（理由: " + reason.name() + "）",
                    "理由は「" + reason.label(Locale.JAPANESE) + "」です。",
                    "with the reason " + reason.name() + ".",
                    "because: " + reason.label(Locale.ENGLISH),
                    String.valueOf(number),
                    wide(String.valueOf(number)) + "。"));
            for (String one : said) {
                assertThat(AnswerWords.reason(one)).as(one).contains(reason);
                for (String word : List.of("できなかった", "「できなかった」", "できませんでした。", "blocked ", "Blocked: ", "不可 ")) {
                    Said heard = AnswerWords.read(word + one, AnswerForm.done()).orElseThrow();
                    assertThat(heard.word()).contains(AnswerWord.NOT_DONE);
                    boolean isNumberInWord = word.endsWith("た") && Character.isDigit(one.charAt(0));
                    if (!isNumberInWord) {
                        assertThat(AnswerWords.reason(heard.rest()))
                                .as(word + one)
                                .contains(reason);
                    }
                }
            }
        }
        assertThat(AnswerWords.reason("")).isEmpty();
        assertThat(AnswerWords.reason("99")).isEmpty();
        assertThat(AnswerWords.reason("another")).isEmpty();
    }

    @Test
    void codes_inTexts_becomeTheirWords() {
        for (String language : List.of("ja", "en")) {
            Invocation call = new Invocation(Kaitsu.io(), List.of("--lang", language));
            for (String bundle : BUNDLES.subList(0, 6)) {
                bundle(bundle, language)
                        .forEach(
                                (key, text) -> assertThat(CodeWords.replaced(text, call))
                                        .as(key)
                                        .doesNotContainPattern(
                                                "(?<![A-Za-z_])(PAGE_ERROR|GREYED_OUT|WRONG_ROLE|WRONG_ACCOUNT|BLOCKED_BY_POLICY|NOT_FOUND"
                                                        + "|PAGE_REFUSES|NOT_ASKED_FOR|NO_LONGER_GRANTABLE|EXPIRED(?! )|OTHER)(?![A-Za-z_])"));
            }
        }
    }
}
