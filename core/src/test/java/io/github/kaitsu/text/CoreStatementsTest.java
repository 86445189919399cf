package io.github.kaitsu.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.console.NotProof;
import io.github.kaitsu.operator.BlockReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the core says is a code with a sentence in both languages, never prose. */
class CoreStatementsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern SAID = Pattern.compile("Statement\\.of\\(\\s*\"([^\"]*)\"(?!\\s*\\+)");
    private static final Pattern JAPANESE = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]");

    @Test
    void everyCode_hasASentenceInBothLanguages() throws IOException {
        List<String> arguments = Collections.nCopies(6, "7");
        Set<String> codes = new TreeSet<>(literal());
        codes.addAll(composed());
        assertThat(codes).hasSizeGreaterThan(80);
        for (String code : codes) {
            Statement statement = new Statement(code, arguments, "");
            for (Edition edition : Edition.values()) {
                String ja = Sentences.say(Texts.class, statement, edition, Locale.JAPANESE);
                String en = Sentences.say(Texts.class, statement, edition, Locale.ENGLISH);
                assertThat(ja).as(code).isNotBlank().doesNotContain("{").containsPattern(JAPANESE);
                assertThat(en).as(code).isNotBlank().doesNotContain("{");
            }
        }
    }

    /** A sentence cannot be a code: the constructor refuses it, and nobody writes one all the same. */
    @Test
    void noLiteralThatIsSaid_isProse() throws IOException {
        assertThat(literal()).isNotEmpty().allMatch(code -> code.matches("[a-z0-9-]+"));
    }

    private static Set<String> literal() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .flatMap(f -> SAID.matcher(read(f)).results().map((MatchResult m) -> m.group(1)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Codes that follow from a closed list. */
    private static Set<String> composed() {
        Set<String> codes = new TreeSet<>();
        named("blocked-", BlockReason.values()).forEach(codes::add);
        named("skipped-", SkipReason.values()).forEach(codes::add);
        named("not-proof-", NotProof.Reason.values()).forEach(codes::add);
        for (PartState state : List.of(PartState.MISSING, PartState.UNREADABLE)) {
            named("read-lacked-", Part.values())
                    .map(c -> c + "-" + state.name().toLowerCase(Locale.ROOT))
                    .forEach(codes::add);
        }
        return codes;
    }

    private static Stream<String> named(String prefix, Enum<?>[] values) {
        return Arrays.stream(values)
                .map(v -> prefix + v.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
