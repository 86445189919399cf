package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.Statement;
import io.github.kaitsu.text.Sentences;
import io.github.kaitsu.text.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever this module sees, it says as data, and there is a sentence for it in both languages. */
class StatementTextsTest {
    private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);
    private static final Pattern CALL = Pattern.compile(
            "(?:ProbeResult\\.(holds|fails|unclear|noAccess|accessLost|notBefore)|Statement\\.(of))\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)}");

    /** A statement made in the main code. */
    record Said(String by, String code, List<String> arguments) {}

    @Test
    void m365_1_whenSomethingIsSeen_itIsSaidInBothLanguages() {
        for (Said said : said()) {
            Statement statement = new Statement(said.code(), values(said), "");
            for (Edition edition : Edition.values()) {
                for (Locale language : LANGUAGES) {
                    assertThat(Sentences.say(Microsoft365Provisioners.class, statement, edition, language))
                            .as("%s in %s", said.code(), language)
                            .isNotBlank()
                            .satisfies(text ->
                                    values(said).forEach(v -> assertThat(text).contains(v)))
                            .doesNotContain("{", "}");
                }
            }
        }
    }

    private static List<String> values(Said said) {
        return IntStream.range(0, said.arguments().size())
                .mapToObj(i -> "<value-" + i + ">")
                .toList();
    }

    /** Neither more than the code gives, nor less: what was seen is not lost on the way to the person. */
    @Test
    void m365_1_whenSomethingIsSeen_everyArgumentIsSaid() {
        for (Said said : said()) {
            Set<Integer> given =
                    IntStream.range(0, said.arguments().size()).boxed().collect(Collectors.toCollection(TreeSet::new));
            for (Locale language : LANGUAGES) {
                texts(language)
                        .find("seen." + said.code())
                        .ifPresent(text -> assertThat(placeholders(text))
                                .as("%s in %s", said.code(), language)
                                .isEqualTo(given));
            }
        }
    }

    private static Set<Integer> placeholders(String text) {
        Set<Integer> found = new TreeSet<>();
        Matcher m = PLACEHOLDER.matcher(text);
        while (m.find()) {
            found.add(Integer.valueOf(m.group(1)));
        }
        return found;
    }

    @Test
    void common20_whenSomethingIsSaid_eachLanguageIsItsOwn() {
        for (String key : texts(Locale.ENGLISH).keys()) {
            if (key.startsWith("seen.") || key.startsWith("expected.") || key.startsWith("limit.")) {
                assertThat(texts(Locale.ENGLISH).get(key))
                        .as(key)
                        .doesNotContainPattern("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]");
                assertThat(texts(Locale.JAPANESE).get(key))
                        .as(key)
                        .containsPattern("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]|\\{sharepoint\\.")
                        .doesNotContainPattern("\\b[a-z]+ [a-z]+\\b") // names are capitalised or one word
                        .doesNotContainPattern("(?:M365|MIP|COMMON)-\\d");
            }
        }
    }

    /** Prose in the code would be prose in one language only. */
    @Test
    void common20_whenSomethingIsSaidInTheCode_itIsNoSentence() {
        for (Said said : said()) {
            assertThat(said.code()).as(said.by()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            for (String argument : said.arguments()) {
                Matcher m = LITERAL.matcher(argument);
                while (m.find()) {
                    assertThat(m.group(1)).as("%s: %s", said.by(), said.code()).doesNotContain(" ");
                }
            }
        }
        assertThat(sources())
                .allSatisfy((file, text) -> assertThat(text)
                        .as(file)
                        .doesNotContainPattern("new ProbeResult\\.")
                        .doesNotContain("new Statement("));
    }

    /** Every code that this module can produce. */
    static Set<String> codes() {
        return said().stream().map(Said::code).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Said> said() {
        List<Said> all = new ArrayList<>();
        sources().forEach((file, text) -> {
            Matcher call = CALL.matcher(text);
            while (call.find()) {
                List<String> arguments = arguments(text, call.end());
                List<String> own =
                        "notBefore".equals(call.group(1)) ? arguments.subList(1, arguments.size()) : arguments;
                all.add(new Said(file, code(file, own.get(0)), own.subList(1, own.size())));
            }
        });
        assertThat(all).hasSizeGreaterThan(50);
        return all;
    }

    /** The code stands there as it is, so that it can be found. */
    private static String code(String file, String argument) {
        if (argument.equals("ProbeResult.WRONG_TENANT")) {
            return "wrong-tenant";
        }
        Matcher literal = LITERAL.matcher(argument);
        assertThat(literal.matches()).as("%s: %s is no literal", file, argument).isTrue();
        return literal.group(1);
    }

    /** Of a call whose opening parenthesis ends before a position. */
    private static List<String> arguments(String text, int from) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int start = from;
        for (int i = from; ; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                Matcher literal = LITERAL.matcher(text).region(i, text.length());
                assertThat(literal.lookingAt()).isTrue();
                i = literal.end() - 1;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0 && (c == ',' || c == ')')) {
                arguments.add(text.substring(start, i).strip());
                start = i + 1;
                if (c == ')') {
                    return arguments;
                }
            }
        }
    }

    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            f -> f.getFileName().toString(), StatementTextsTest::read, (a, b) -> a + b));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Texts texts(Locale language) {
        return Texts.load(Microsoft365Provisioners.class, "actions", language);
    }
}
