package io.github.kaitsu.console;

import io.github.kaitsu.text.PastedText;
import java.util.regex.Pattern;

/** Tells what the console prints from what people write about it, and a line of a list from other lines. */
final class ConsoleProse {
    // Not quotes: a quotation is somebody's word about the console.
    private static final Pattern BULLET = Pattern.compile("^[^\\p{L}\\p{N}「『“‘\"'`«‹〈《]+");
    private static final Pattern DENIES = Pattern.compile(
            "(?i)表示され(?:てい)?(?:ない|ません)|出てい(?:ない|ません)|見当たら|not (?:shown|displayed|listed|there)|n't (?:shown|see)");
    private static final Pattern GOES_ON = Pattern.compile("^[」』”\"]?(?:とは|という|と表示|と出|の表示)|^[」』”]");
    private static final Pattern BEGINS_A_QUOTATION = Pattern.compile("[「『“]$");

    private static final Pattern SENTENCE_END = Pattern.compile("[。｡．!！]|[^.\\s\\d]\\.(?=$|\\s)|\\.\\.\\.$|…$");
    private static final Pattern ENDS_AS_SENTENCE =
            Pattern.compile("(?:ました|ます|ません|です|でした|ている|ていた|でいる|した|(?:処理|更新|同期|実行|待機|作成|確認|進行|読み込み)中)$");
    private static final int WORDS_OF_A_SENTENCE = 5;
    private static final int LENGTH_OF_A_BEGINNING = 14;
    private static final Pattern INNER_DASH = Pattern.compile("\\S [-‐‑‒–—―−] \\S");

    private ConsoleProse() {}

    /** Without bullets, check marks and the like in front. */
    static String bare(String text) {
        return BULLET.matcher(PastedText.strip(text)).replaceFirst("");
    }

    static String withoutBullet(String key) {
        return BULLET.matcher(key).replaceFirst("");
    }

    /**
     * Whether the lines beside a stretch of text take back what it says: they go on with "…とは表示されていません", or close a quotation
     * around it.
     */
    static boolean isDenied(ConsoleText text, int from, int to) {
        int above = text.above(from);
        int below = text.below(to);
        boolean byAbove = above >= 0
                && (DENIES.matcher(text.folded(above)).find()
                        || BEGINS_A_QUOTATION.matcher(text.folded(above)).find());
        boolean isNear = below >= 0 && below <= to + 2;
        return byAbove
                || (isNear
                        && (DENIES.matcher(text.folded(below)).find()
                                || GOES_ON.matcher(text.folded(below)).find()));
    }

    /** Whether a sentence stands in it, or the long beginning of one, in either language. */
    static boolean holdsSentence(String folded) {
        return endsSentence(folded) || isManyWords(folded) || isBeginning(folded);
    }

    /** What is done to what: no label says that at such length. */
    private static boolean isBeginning(String folded) {
        return folded.length() >= LENGTH_OF_A_BEGINNING && folded.indexOf('を') >= 0;
    }

    /** Whether a sentence ends in it, by its mark or its verb. */
    static boolean endsSentence(String folded) {
        return SENTENCE_END.matcher(folded).find()
                || ENDS_AS_SENTENCE.matcher(folded).find();
    }

    /** Whether the mark that ends a sentence stands in it. */
    static boolean hasStop(String folded) {
        return SENTENCE_END.matcher(folded).find();
    }

    private static boolean isManyWords(String folded) {
        return folded.chars().noneMatch(c -> c > 0x2FF)
                && folded.split(" ").length >= WORDS_OF_A_SENTENCE
                && folded.chars().anyMatch(Character::isLetter);
    }

    static boolean holdsDash(String folded) {
        return INNER_DASH.matcher(folded).find();
    }
}
