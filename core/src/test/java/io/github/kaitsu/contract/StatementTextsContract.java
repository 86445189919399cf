package io.github.kaitsu.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Statement;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.text.Sentences;
import io.github.kaitsu.text.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every module must keep to that says what it saw: codes with sentences in Japanese and English instead of prose, and for
 * every check what had to be seen.
 *
 * <p>Extend it in your module's tests, which must run in the module's own directory: the codes are read from its sources.
 */
public abstract class StatementTextsContract {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern SAID =
            Pattern.compile("(ProbeResult\\.(?:holds|fails|unclear|notBefore|noAccess|accessLost)|Statement\\.of)\\(");
    private static final Pattern CODE = Pattern.compile("^\\s*(?:\"([a-z0-9-]+)\"|(ProbeResult\\.WRONG_TENANT))");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern JAPANESE = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}、。「」（）]");
    private static final Pattern LATIN = Pattern.compile("[A-Za-z][A-Za-z.-]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

    /** For those who extend it. */
    protected StatementTextsContract() {}

    /** The class beside which the texts stand. */
    protected abstract Class<?> texts();

    /** Every step that the module can name. */
    protected abstract Stream<ActivationStep> steps();

    /** The words in Latin letters that its Japanese sentences may hold: names, not English. */
    protected abstract Set<String> names();

    /** Every code that the sources of the module say. */
    public static Set<String> codes() {
        return codesOf("ProbeResult\\..*|Statement\\.of");
    }

    /**
     * The codes of some factories alone.
     *
     * @param factories a pattern: {@code Look\.fails}
     */
    public static Set<String> codesOf(String factories) {
        Set<String> codes = new TreeSet<>();
        for (Said said : said()) {
            Matcher code = CODE.matcher(said.arguments);
            if (said.factory.matches(factories) && code.find()) {
                codes.add(Optional.ofNullable(code.group(1)).orElse(ProbeResult.WRONG_TENANT));
            }
        }
        assertThat(codes).isNotEmpty();
        return codes;
    }

    /** The keys that belong to what is seen: sentences of the codes, and what steps expect and leave open. */
    public static Set<String> keys(Class<?> texts, Stream<ActivationStep> steps) {
        Set<String> keys = new TreeSet<>();
        codes().stream()
                .filter(code ->
                        in(Texts.class, Locale.ENGLISH).find("seen." + code).isEmpty())
                .forEach(code -> keys.add("seen." + code));
        steps.forEach(step -> {
            for (String prefix : List.of("expected.", "limit.")) {
                String key = prefix + step.titleKey();
                boolean needed =
                        prefix.equals("expected.") && step.check().probe().isPresent();
                if (needed || in(texts, Locale.ENGLISH).find(key).isPresent()) {
                    keys.add(key);
                }
            }
        });
        return keys;
    }

    /** That something which was really seen can be said, with all that it speaks of. */
    public static void assertSaid(Class<?> texts, Statement seen) {
        Bilingual said = Sentences.say(texts, seen, Edition.AUTO);
        for (String sentence : List.of(said.ja(), said.en())) {
            assertThat(sentence).as(seen.code()).isNotBlank().doesNotContainPattern("\\{\\d}");
        }
        for (String argument : seen.arguments()) {
            assertThat(argument).as(seen.code()).isNotBlank();
            assertThat(said.ja()).contains(argument);
            assertThat(said.en()).contains(argument);
        }
    }

    @Test
    void evidence_whateverIsSeen_hasASentenceInBothLanguages() {
        for (String code : codes()) {
            Statement seen = Statement.of(code, "ZERO", "ONE", "TWO", "THREE", "FOUR");
            Bilingual said = Sentences.say(texts(), seen, Edition.AUTO);
            assertThat(said.ja()).as(code).isNotBlank().doesNotContain("{").containsPattern(JAPANESE);
            assertThat(said.en()).as(code).isNotBlank().doesNotContain("{");
        }
    }

    @Test
    void evidence_isSaidAsCodesAndData_neverAsProse() {
        for (Said said : said()) {
            assertThat(said.arguments)
                    .as("%s says a code, not a variable", said)
                    .containsPattern(CODE);
            LITERAL.matcher(said.arguments)
                    .results()
                    .forEach(literal ->
                            assertThat(literal.group(1)).as("%s", said).doesNotContain(" "));
        }
    }

    @Test
    void evidence_everyCheckByAMachine_saysWhatHadToBeSeen() {
        assertThat(in(texts(), Locale.JAPANESE).keys()).containsAll(keys(texts(), steps()));
        assertThat(in(texts(), Locale.ENGLISH).keys()).containsAll(keys(texts(), steps()));
    }

    @Test
    void evidence_isSaidInOneLanguageAtATime() {
        for (String key : keys(texts(), steps())) {
            String ja =
                    PLACEHOLDER.matcher(in(texts(), Locale.JAPANESE).get(key)).replaceAll("");
            String en =
                    PLACEHOLDER.matcher(in(texts(), Locale.ENGLISH).get(key)).replaceAll("");
            assertThat(en).as(key).doesNotContainPattern(JAPANESE);
            assertThat(ja).as(key).containsPattern(JAPANESE);
            assertThat(LATIN.matcher(ja).results().map(MatchResult::group).collect(Collectors.toSet()))
                    .as(key)
                    .isSubsetOf(names());
        }
    }

    /** Shown as they stand, without labels and arguments. */
    @Test
    void evidence_whatHadToBeSeen_isASentenceAsItStands() {
        for (String key : keys(texts(), steps())) {
            if (!key.startsWith("seen.")) {
                assertThat(in(texts(), Locale.JAPANESE).get(key))
                        .as(key)
                        .doesNotContain("{")
                        .endsWith("。");
                assertThat(in(texts(), Locale.ENGLISH).get(key))
                        .as(key)
                        .doesNotContain("{")
                        .endsWith(".");
            }
        }
    }

    /** One call of a factory, with what stands between its parentheses. */
    private record Said(Path file, String factory, String arguments) {
        @Override
        public String toString() {
            return file.getFileName() + ": " + factory + "(" + arguments.strip() + ")";
        }
    }

    private static List<Said> said() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .flatMap(StatementTextsContract::said)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Said> said(Path file) {
        String source = read(file);
        Stream<Said> byTheGuard = source.contains("new TenantGuard<")
                ? Stream.of(new Said(file, "ProbeResult.fails", "ProbeResult.WRONG_TENANT"))
                : Stream.of();
        return Stream.concat(byTheGuard, SAID.matcher(source).results().map(call -> {
            String arguments = upToItsEnd(source, call.end());
            boolean timeFirst = call.group(1).equals("ProbeResult.notBefore");
            return new Said(
                    file, call.group(1), timeFirst ? arguments.substring(arguments.indexOf(',') + 1) : arguments);
        }));
    }

    private static String upToItsEnd(String source, int from) {
        int open = 1;
        boolean quoted = false;
        for (int at = from; at < source.length(); at++) {
            char c = source.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                open++;
            } else if (!quoted && c == ')' && --open == 0) {
                return source.substring(from, at);
            }
        }
        throw new IllegalStateException("no end of a call");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Texts in(Class<?> texts, Locale language) {
        return Texts.load(texts, "actions", language);
    }
}
