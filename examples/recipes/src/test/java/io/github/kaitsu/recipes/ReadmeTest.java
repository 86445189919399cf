package io.github.kaitsu.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of the README are the recipes, to the letter, and they run. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern PROGRAM =
            Pattern.compile("<!-- (\\S+\\.java) -->\\n```java\\n(.*?)\\n```", Pattern.DOTALL);
    /** To something of ours. */
    private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ja.md"})
    void programs_inTheReadme_areTheRecipes(String readme) throws IOException {
        Matcher m = PROGRAM.matcher(Files.readString(ROOT.resolve(readme)));
        int programs = 0;
        while (m.find()) {
            String recipe = Files.readString(ROOT.resolve(m.group(1)));
            assertThat(m.group(2))
                    .isEqualTo(recipe.substring(recipe.indexOf("import ")).stripTrailing());
            programs++;
        }
        assertThat(programs).isEqualTo(2);
    }

    /** Files and headings that our documents lead to are there. */
    @Test
    void links_leadSomewhere() throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            List<Path> documents = all.filter(f -> f.toString().endsWith(".md"))
                    .filter(f ->
                            !f.toString().contains("target") && !f.toString().contains("node_modules"))
                    .toList();
            assertThat(documents).hasSizeGreaterThan(5);
            for (Path document : documents) {
                Matcher m = LINK.matcher(Files.readString(document));
                while (m.find()) {
                    Path target = m.group(1).isEmpty()
                            ? document
                            : document.resolveSibling(m.group(1)).normalize();
                    assertThat(target).as("%s links to %s", document, m.group()).exists();
                    if (m.group(2) != null) {
                        assertThat(headings(target))
                                .as("%s links to %s", document, m.group())
                                .contains(m.group(2));
                    }
                }
            }
        }
    }

    /** As they are named in links to them. */
    private static List<String> headings(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void firstActivation_endsWithAllEightServicesProtected() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FirstActivation.run(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("8 of 8 services are linked");
    }

    @Test
    void embeddedInAPortal_asksAndTakesAnswers(@TempDir Path folder) throws InterruptedException {
        try (ActivationClient client = EmbeddedInAPortal.client(folder.resolve("activations"))) {
            Activation activation = client.begin(
                    ActivationId.of("contract-1001"),
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .services(CloudService.BOX)
                            .build());
            client.advance(activation.id());
            activation.answer(new ActionId("console.password.1"), Answer.done("sato"));
            client.advance(activation.id());

            assertThat(activation.openActions()).anyMatch(a -> a.id().value().equals("console.sign-in.1"));
        }
    }
}
