package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code kaitsu} in a project of its own, with a Maven and a Java that only say that they were called. */
class LauncherIT {
    private static final String MAVEN = """
            #!/bin/sh
            echo "built $*" >>"$(dirname "$0")/builds"
            [ ! -f "$(dirname "$0")/broken" ] || exit 1
            mkdir -p examples/cli/target/fast
            : >examples/cli/target/fast/kaitsu-cli-1.jar
            """;
    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then
              echo 'openjdk version "17.0.1"' >&2
            else
              for last; do :; done
              echo "java $last"
            fi
            """;

    @TempDir
    Path temp;

    private Path project;
    private Path script;

    @BeforeEach
    void makeProject() throws IOException {
        project = temp.toRealPath().resolve("my project");
        for (String module : List.of("core", "examples/cli")) {
            Files.createDirectories(project.resolve(module).resolve("src/main/java"));
            Files.writeString(project.resolve(module).resolve("pom.xml"), "");
        }
        for (String pom : List.of("pom.xml", "examples/pom.xml")) {
            Files.writeString(project.resolve(pom), "");
        }
        script = project.resolve("examples/cli/kaitsu");
        executable(script, Files.readString(Path.of("kaitsu")));
        executable(project.resolve("mvnw"), MAVEN);
        executable(temp.resolve("jdk/bin/java"), JAVA);
    }

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int exit, String out, String err) {}

    private Process start(Path launched, Map<String, String> environment) throws IOException {
        return start(launched, environment, "argument");
    }

    private Process start(Path launched, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launched.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectError(temp.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", temp.resolve("jdk").toString());
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Ended launch(Path launched) throws IOException, InterruptedException {
        return ended(start(launched, Map.of()));
    }

    private Ended ended(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(temp.resolve("err")));
    }

    private int builds() throws IOException {
        Path log = project.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void firstUse_builds_andTheSecondDoesNot() throws IOException, InterruptedException {
        Ended first = launch(script);
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo("java argument\n");
        assertThat(first.err()).contains("building").hasLineCount(1);
        Ended second = launch(script);
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isOne();
    }

    @Test
    void changedSource_buildsAgain() throws IOException, InterruptedException {
        launch(script);
        Path source = Files.writeString(project.resolve("core/src/main/java/A.java"), "");
        Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        launch(script);
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void linksToTheScript_areFollowed() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(temp.resolve("one"), temp.relativize(temp.resolve("two")));
        Files.createSymbolicLink(temp.resolve("two"), script);
        assertThat(launch(link).out()).isEqualTo("java argument\n");
    }

    @Test
    void severalAtOnce_buildOnce() throws IOException, InterruptedException {
        List<Process> all = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            all.add(start(script, Map.of()));
        }
        for (Process process : all) {
            assertThat(ended(process).out()).isEqualTo("java argument\n");
        }
        assertThat(builds()).isOne();
    }

    @Test
    void lockOfADeadProcess_isStale() throws IOException, InterruptedException {
        Path lock = Files.createDirectories(project.resolve("examples/cli/target/.kaitsu-building"));
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
        assertThat(launch(script).out()).isEqualTo("java argument\n");
        assertThat(lock).doesNotExist();
    }

    @Test
    void brokenBuild_endsWith5_andIsTriedAgain() throws IOException, InterruptedException {
        Files.writeString(project.resolve("broken"), "");
        Ended broken = launch(script);
        assertThat(broken.exit()).isEqualTo(Exits.ERROR);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.err()).contains("the build failed");
        Files.delete(project.resolve("broken"));
        assertThat(launch(script).exit()).isZero();
    }

    /** 200 MB are fetched only for a browser, and only where the machine has no Node.js that will do. */
    @Test
    void driversNode_isTheMachinesWhereItIsNewEnough() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));
        executable(temp.resolve("bin/node"), "#!/bin/sh\nexit 0\n");
        ended(start(script, environment, "activate", "--operator", "browser"));
        executable(temp.resolve("bin/node"), "#!/bin/sh\nexit 1\n");
        ended(start(script, environment, "activate", "--operator=browser"));

        List<String> builds = Files.readAllLines(project.resolve("builds"));
        assertThat(builds).hasSize(2);
        assertThat(builds.get(0)).doesNotContain("bundled-node");
        assertThat(builds.get(1)).contains("bundled-node");
    }

    @Test
    void noJava_isSaidInTheEnvironmentsLanguage() throws IOException, InterruptedException {
        executable(temp.resolve("jdk/bin/java"), JAVA.replace("17.0.1", "11.0.1"));
        Ended old = ended(start(script, Map.of("LC_ALL", "ja_JP.UTF-8")));
        assertThat(old.exit()).isEqualTo(Exits.ERROR);
        assertThat(old.err()).contains("Java 17");
        assertThat(old.err()).contains("インストール");
    }
}
