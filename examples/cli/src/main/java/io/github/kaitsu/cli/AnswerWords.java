package io.github.kaitsu.cli;

import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands what a person typed: a word of {@link AnswerWord} in either language, any width and case, with or without quotes, full
 * stops and polite endings. Whole words only: what says more or something else is asked again, not guessed at.
 */
final class AnswerWords {
    private static final Map<String, AnswerWord> WORDS = new HashMap<>();
    /** Longer ones first, so that the whole ending goes. */
    private static final List<String> ENDINGS =
            List.of("いたしました", "致しました", "しました", "ですよ", "でした", "です", "だよ", "だ", "よ", "ね");

    private static final String AROUND = " 　「」『』\"'“”‘’`´()[]{}<>〈〉《》【】〔〕。．.、,!:;…~・*|";
    private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}_,、\\p{Pd}−]");
    /** Arrow keys and the like, typed where they mean nothing. */
    private static final Pattern STEERING = Pattern.compile("\u001b(?:\\[[0-9;?]*[ -/]*[@-~]|.)|[\\p{Cc}\\p{Cf}]");

    private static final Pattern BEFORE_REASON =
            Pattern.compile("^(?:理由(?:コード)?は?|(?:with |for )?(?:the )?reason(?: is)?|because(?: of)?)\\s*[:は]?\\s*");
    /** Nobody types more than that before the reason. */
    private static final int LONGEST_WORD = 40;

    static {
        for (AnswerWord word : AnswerWord.values()) {
            word.words().forEach(w -> WORDS.put(key(w), word));
        }
    }

    private AnswerWords() {}

    /**
     * What was said.
     *
     * @param choice for {@link AnswerForm.Kind#CHOICE}: the word of the form; else empty
     * @param rest what stood behind the word, which may be the reason
     */
    record Said(Optional<AnswerWord> word, String choice, String rest) {}

    /** What a line says to an action; empty if that is no answer to it. */
    static Optional<Said> read(String line, AnswerForm form) {
        Optional<String> choice = choice(line, form);
        if (choice.isPresent()) {
            return Optional.of(new Said(Optional.empty(), choice.get(), ""));
        }
        return word(line)
                .map(word -> new Said(Optional.of(word), "", ""))
                .or(() -> withReason(line))
                .filter(said -> said.word().orElseThrow().fits(form));
    }

    /** The word that a line consists of. */
    static Optional<AnswerWord> word(String line) {
        return keys(line).stream()
                .flatMap(key -> Optional.ofNullable(WORDS.get(key)).or(() -> afterYesOrNo(key)).stream())
                .findFirst();
    }

    /** はい、できました; いいえ、まだです: what follows says it, unless it says the opposite. */
    private static Optional<AnswerWord> afterYesOrNo(String key) {
        for (AnswerWord first : List.of(AnswerWord.YES, AnswerWord.NO)) {
            List<AnswerWord> fitting = first == AnswerWord.YES
                    ? List.of(AnswerWord.YES, AnswerWord.DONE)
                    : List.of(AnswerWord.NO, AnswerWord.NOT_DONE, AnswerWord.NOT_YET, AnswerWord.DECLINED);
            for (String word : first.words()) {
                String begin = key(word);
                if (begin.length() > 1 && key.length() > begin.length() && key.startsWith(begin)) {
                    Optional<AnswerWord> next =
                            word(key.substring(begin.length())).filter(fitting::contains);
                    if (next.isPresent()) {
                        return next;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** できなかった（理由: 画面のエラー）; blocked PAGE_ERROR. */
    private static Optional<Said> withReason(String line) {
        String text = clean(line);
        for (int end = Math.min(text.length(), LONGEST_WORD); end > 0; end--) {
            boolean isInsideAWord = end < text.length() && isLatin(text.charAt(end)) && isLatin(text.charAt(end - 1));
            if (!isInsideAWord && WORDS.get(key(text.substring(0, end))) == AnswerWord.NOT_DONE) {
                return Optional.of(new Said(Optional.of(AnswerWord.NOT_DONE), "", strip(text.substring(end))));
            }
        }
        return Optional.empty();
    }

    private static boolean isLatin(char c) {
        return c < 0x250 && Character.isLetterOrDigit(c);
    }

    /** The choice that a line names, as the form has it. */
    private static Optional<String> choice(String line, AnswerForm form) {
        if (AnswerWord.isYesOrNo(form)) {
            return word(line).flatMap(word -> switch (word) {
                case YES -> Optional.of("yes");
                case NO -> Optional.of("no");
                default -> Optional.empty();
            });
        }
        List<String> keys = keys(line);
        return form.choices().stream()
                .filter(choice ->
                        choiceWords(choice).stream().map(AnswerWords::key).anyMatch(keys::contains))
                .findFirst();
    }

    private static List<String> choiceWords(String choice) {
        List<String> words = new ArrayList<>(List.of(choice));
        for (Messages messages : AnswerWord.LANGUAGES) {
            if (messages.has("choice." + choice)) {
                words.addAll(List.of(messages.text("choice." + choice).split("\\|")));
            }
        }
        return words;
    }

    /** What an action of this form may be answered with, as the prompt says it. */
    static List<String> offers(AnswerForm form, Messages messages) {
        List<String> offers = new ArrayList<>();
        if (!AnswerWord.isYesOrNo(form)) {
            form.choices().forEach(choice -> offers.add(choiceOffer(choice, messages)));
        }
        AnswerWord.offered(form).forEach(word -> offers.add(word.offer(messages)));
        return offers;
    }

    private static String choiceOffer(String choice, Messages messages) {
        return messages.has("choice." + choice)
                ? messages.text(
                        "choice.offer", messages.text("choice." + choice).split("\\|")[0], choice)
                : choice;
    }

    // ---- reasons

    /** The reason that a text names: by its number in {@link #reasons}, its words in either language or its code. */
    static Optional<BlockReason> reason(String text) {
        List<String> keys = keys(withoutIntroduction(text));
        int number = 0;
        for (BlockReason reason : BlockReason.values()) {
            List<String> names = List.of(
                    String.valueOf(++number),
                    reason.name(),
                    reason.label(Locale.JAPANESE),
                    reason.label(Locale.ENGLISH));
            for (String name : names) {
                if (keys.contains(key(name))) {
                    return Optional.of(reason);
                }
            }
        }
        Matcher code =
                CodeWords.CODE.matcher(clean(text).toUpperCase(Locale.ROOT).replace('-', '_'));
        return code.find() ? BlockReason.parse(code.group()) : Optional.empty();
    }

    /** Whether a text says nothing besides a reason. */
    static boolean isNothingBut(String text, BlockReason reason) {
        List<String> keys = keys(withoutIntroduction(text));
        return List.of(reason.name(), reason.label(Locale.JAPANESE), reason.label(Locale.ENGLISH), "").stream()
                .anyMatch(name -> keys.contains(key(name)));
    }

    private static String withoutIntroduction(String text) {
        return BEFORE_REASON
                .matcher(strip(clean(text)).toLowerCase(Locale.ROOT))
                .replaceFirst("");
    }

    /** Each on a line of its own, with its number. */
    static String reasons(Locale locale) {
        StringBuilder lines = new StringBuilder();
        int number = 0;
        for (BlockReason reason : BlockReason.values()) {
            lines.append("\n  ").append(++number).append(". ").append(reason.label(locale));
        }
        return lines.toString();
    }

    // ---- one form of a text

    /** One width, without what steers a terminal. */
    static String clean(String text) {
        return STEERING.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("")
                .strip();
    }

    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && AROUND.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && AROUND.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    /** The {@link #key} of the whole text, and those without its polite endings. */
    private static List<String> keys(String text) {
        List<String> keys = new ArrayList<>();
        for (Optional<String> key = Optional.of(key(text)); key.isPresent(); key = key.flatMap(AnswerWords::plainer)) {
            keys.add(key.get());
        }
        return keys;
    }

    private static Optional<String> plainer(String key) {
        return ENDINGS.stream()
                .filter(ending -> key.length() > ending.length() && key.endsWith(ending))
                .map(ending -> strip(key.substring(0, key.length() - ending.length())))
                .findFirst();
    }

    /** Without case, spaces, dashes, katakana's form and what stands around: equal for what people take for the same word. */
    private static String key(String text) {
        String bare =
                BETWEEN.matcher(strip(clean(text)).toLowerCase(Locale.ROOT)).replaceAll("");
        StringBuilder key = new StringBuilder(bare.length());
        bare.chars().map(c -> c >= 'ァ' && c <= 'ヶ' ? c - ('ァ' - 'ぁ') : c).forEach(c -> key.append((char) c));
        return strip(key.toString());
    }
}
