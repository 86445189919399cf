package io.github.kaitsu.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that the recipes' README names, in a project whose build and Java only say what they are asked. */
class RunScriptIT {
    private static final String MAVEN = """
            #!/bin/sh
            echo "$*" >>"$(dirname "$0")/builds"
            [ ! -f "$(dirname "$0")/broken" ] || exit 1
            mkdir -p examples/recipes/target/fast
            echo /jars/a.jar:/jars/b.jar >examples/recipes/target/fast/run.classpath
            """;
    private static final String JAVA = """
            #!/bin/sh
            echo "java $*"
            """;

    @TempDir
    Path temp;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = temp.toRealPath().resolve("my project");
        Path sources = Path.of("src/main/java/io/github/kaitsu/recipes");
        Files.createDirectories(project.resolve("examples/recipes").resolve(sources));
        Files.copy(
                sources.resolve("PlanOnly.java"),
                project.resolve("examples/recipes").resolve(sources).resolve("PlanOnly.java"));
        for (String pom : List.of("pom.xml", "examples/pom.xml", "examples/recipes/pom.xml")) {
            Files.writeString(project.resolve(pom), "");
        }
        executable(project.resolve("examples/recipes/run"), Files.readString(Path.of("run")));
        executable(project.resolve("mvnw"), MAVEN);
        executable(temp.resolve("jdk/bin/java"), JAVA);
    }

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int exit, String out) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(project.resolve("examples/recipes/run").toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(new File("/")).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", temp.resolve("jdk").toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(project.resolve("builds"));
    }

    @Test
    void recipe_isBuiltOnFirstUseAndWhenSomethingHasChanged() throws IOException, InterruptedException {
        Ended first = run("PlanOnly", "argument");
        assertThat(first.exit()).isZero();
        assertThat(first.out())
                .contains("/examples/recipes/target/fast/classes:/jars/a.jar:/jars/b.jar")
                .endsWith(" io.github.kaitsu.recipes.PlanOnly argument\n");
        run("PlanOnly");
        assertThat(builds()).hasSize(1).first().asString().contains("--projects examples/recipes --also-make package");

        Path changed = project.resolve("examples/recipes/pom.xml");
        Files.setLastModifiedTime(changed, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        run("PlanOnly");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void recipe_whoseBuildFails_isNotRun() throws IOException, InterruptedException {
        Files.writeString(project.resolve("broken"), "");
        assertThat(run("PlanOnly")).isEqualTo(new Ended(5, ""));
    }
}
