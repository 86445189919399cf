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
    void readme_hasTheProgramsThatABeginnerNeeds(String readme) throws IOException {
        assertThat(PROGRAM.matcher(Files.readString(ROOT.resolve(readme))).results())
                .hasSizeGreaterThanOrEqualTo(2);
    }

    /** Such a file is compiled and run by a test of its module. */
    @Test
    void programs_inAnyDocument_areFilesOfTheRepositoryToTheLetter() throws IOException {
        for (Path document : documents()) {
            Matcher m = PROGRAM.matcher(Files.readString(document));
            while (m.find()) {
                String file = Files.readString(ROOT.resolve(m.group(1)));
                assertThat(m.group(2))
                        .as("%s in %s", m.group(1), document)
                        .isEqualTo(file.substring(file.indexOf("import ")).stripTrailing());
            }
        }
    }

    /** Nowhere is a program of which nobody would notice that it is wrong. */
    @Test
    void programs_ofReadmeAndGuides_areAllSuchFiles() throws IOException {
        for (Path guide : documents()) {
            if (guide.getParent().endsWith("guides") || guide.getParent().equals(ROOT)) {
                String text = Files.readString(guide);
                assertThat(PROGRAM.matcher(text).results().count())
                        .as("%s", guide)
                        .isEqualTo(text.split("```java", -1).length - 1);
            }
        }
    }

    /** Files and headings that our documents lead to are there. */
    @Test
    void links_leadSomewhere() throws IOException {
        for (Path document : documents()) {
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

    /** Recipes that are named are there, and so are the commands that a guide tells to run. */
    @Test
    void recipes_thatAreNamed_areThere() throws IOException {
        Pattern recipe = Pattern.compile("examples/recipes/run ([A-Z]\\w+)");
        for (Path document : documents()) {
            recipe.matcher(Files.readString(document))
                    .results()
                    .map(m -> Path.of("src/main/java/io/github/kaitsu/recipes", m.group(1) + ".java"))
                    .filter(file -> !file.endsWith("NAME.java"))
                    .forEach(file -> assertThat(file).as("%s", document).exists());
        }
    }

    @Test
    void guides_areAllInTheIndexAndInTheListForPrograms() throws IOException {
        String index = Files.readString(ROOT.resolve("docs/guides/README.md"));
        String llms = Files.readString(ROOT.resolve("llms.txt"));
        for (Path document : documents()) {
            String name = document.getFileName().toString();
            if (document.getParent().endsWith("guides") && !name.equals("README.md")) {
                assertThat(index).contains("(" + name + ")");
                assertThat(llms).contains("(docs/guides/" + name + ")");
            }
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            List<Path> documents = all.filter(f -> f.toString().endsWith(".md") || f.endsWith("llms.txt"))
                    .filter(f ->
                            !f.toString().contains("target") && !f.toString().contains("node_modules"))
                    .toList();
            assertThat(documents).hasSizeGreaterThan(20);
            return documents;
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
