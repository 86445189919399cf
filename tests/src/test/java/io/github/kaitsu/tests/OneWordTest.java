package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One word for one thing, in all Japanese texts of ours that a person reads: those of the core, the providers, the browser's banner, the
 * report and the command. What stands in 「」 is on somebody's screen and stays as the vendor writes it; so do the labels, which stand
 * in a catalogue of their own.
 */
class OneWordTest {
    private static final Pattern ON_A_SCREEN = Pattern.compile("「[^」]*」");

    /** What must not be written, and what is. */
    private static final Map<String, String> WORDS = Map.of(
            "フォルダ(?!ー)", "フォルダー",
            "ブラウザ(?!ー)", "ブラウザー",
            "ユーザ(?!ー)", "ユーザー",
            "サーバ(?!ー)", "サーバー",
            "ログイン|ログオン", "サインイン",
            "ログアウト|ログオフ", "サインアウト",
            "(?<!作業)項目の?ID|依頼のID", "作業項目のID");

    @Test
    void texts_useOneWordForOneThing() throws IOException {
        List<Path> texts = texts();
        assertThat(texts).as("texts of eight modules or more").hasSizeGreaterThanOrEqualTo(8);
        List<String> others = texts.stream().flatMap(OneWordTest::others).toList();
        assertThat(others).isEmpty();
    }

    private static List<Path> texts() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            return all.filter(file -> file.toString().replace('\\', '/').contains("/src/main/resources/"))
                    .filter(file -> file.toString().endsWith("_ja.properties"))
                    .filter(file -> !file.getFileName().toString().startsWith("labels"))
                    .toList();
        }
    }

    private static Stream<String> others(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .flatMap(line -> WORDS.entrySet().stream()
                            .filter(word -> Pattern.compile(word.getKey())
                                    .matcher(ON_A_SCREEN.matcher(line).replaceAll(""))
                                    .find())
                            .map(word -> file + ": not " + word.getValue() + " | " + line));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
