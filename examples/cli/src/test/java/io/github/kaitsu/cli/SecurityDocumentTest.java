package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/security.md says is so: the tests that it names are there, and the libraries and licences are those of the build. */
class SecurityDocumentTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path DOCUMENT = ROOT.resolve("docs/security.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Contract))(?:#\\w+)?`");
    private static final Pattern LIST =
            Pattern.compile("(?<=<!-- dependencies -->\n).*(?=<!-- /dependencies -->)", Pattern.DOTALL);
    private static final Pattern LICENCES = Pattern.compile("<licenses>(.*?)</licenses>", Pattern.DOTALL);
    private static final Pattern PARENT = Pattern.compile("<parent>(.*?)</parent>", Pattern.DOTALL);
    /** What poms write, and what it is called; whatever else they write is not allowed before somebody has read it. */
    private static final Map<Pattern, String> ALLOWED = Map.ofEntries(
            Map.entry(Pattern.compile("(?i)apache"), "Apache-2.0"),
            Map.entry(Pattern.compile("(?i)\\bMIT\\b(?!-0)"), "MIT"),
            Map.entry(Pattern.compile("(?i)\\bMIT-0\\b"), "MIT-0"),
            Map.entry(Pattern.compile("(?i)bouncy castle"), "MIT (Bouncy Castle)"),
            Map.entry(Pattern.compile("(?i)\\b(?:BSD 2|BSD-2|2-clause)"), "BSD-2-Clause"),
            Map.entry(Pattern.compile("(?i)\\b(?:BSD 3|BSD-3|3-clause|Go License|new BSD)"), "BSD-3-Clause"),
            Map.entry(Pattern.compile("(?i)\\b(?:EPL|Eclipse Public License)[ -]*v?[. -]*2"), "EPL-2.0"),
            Map.entry(Pattern.compile("(?i)GPL2 w/ CPE"), "GPL-2.0 with Classpath exception"),
            Map.entry(Pattern.compile("\\bMPL 2\\.0"), "MPL-2.0"),
            Map.entry(Pattern.compile("\\bEPL 1\\.0"), "EPL-1.0"));

    @Test
    void everyTestThatIsNamed_isThere() throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(ROOT)) {
            classes = files.filter(f -> f.toString().contains("src" + File.separator + "test"))
                    .map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        for (Path document : List.of(DOCUMENT, ROOT.resolve("SECURITY.md"))) {
            Set<String> named = TEST.matcher(Files.readString(document))
                    .results()
                    .map(m -> m.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(named).as("%s", document).isNotEmpty().isSubsetOf(classes);
        }
    }

    /** A reader of foreign text that is fuzzed and not told of, or told of and not fuzzed. */
    @Test
    void fuzzTargets_areThoseOfTheDocument() throws IOException {
        Pattern target = Pattern.compile("@FuzzTest\\s+void (\\w+)\\(");
        Set<String> targets = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("hardening/src/test/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                target.matcher(Files.readString(file)).results().forEach(m -> targets.add(m.group(1)));
            }
        }
        Set<String> told = Pattern.compile("#(\\w+)`")
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(targets).hasSizeGreaterThan(30).isEqualTo(told);
    }

    /** Any row that protects or promises without a test would be a mere claim. */
    @Test
    void everyRowThatProtectsOrPromises_namesATest() throws IOException {
        String text = Files.readString(DOCUMENT);
        for (String chapter : List.of("## From whom, and what shows it", "## What is promised in numbers")) {
            List<String> rows = text.substring(text.indexOf(chapter) + chapter.length())
                    .split("\n## ", 2)[0]
                    .lines()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                    .skip(1)
                    .toList();

            assertThat(rows)
                    .as(chapter)
                    .hasSizeGreaterThan(5)
                    .allMatch(row -> TEST.matcher(row).find());
        }
    }

    @Test
    void libraries_areThoseOfTheBuild_withAllowedLicences() throws IOException {
        Map<String, String> libraries = new TreeMap<>();
        Set<String> foreign = new HashSet<>();
        for (Path jar : runtimeJars()) {
            Path version = jar.getParent();
            String artifact = version.getParent().getFileName().toString();
            if (artifact.equals("driver-bundle")) { // Node.js for a machine without, by a profile
                continue;
            }
            Path repository = repository(version);
            String group = repository
                    .relativize(version.getParent().getParent())
                    .toString()
                    .replace(File.separatorChar, '.');
            List<String> licences = new ArrayList<>();
            for (String written : written(repository, pom(version))) {
                ALLOWED.entrySet().stream()
                        .filter(allowed -> allowed.getKey().matcher(written).find())
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .ifPresentOrElse(licences::add, () -> foreign.add(artifact + ": " + written));
            }
            // of several, one may choose, or parts have different ones: all are named
            libraries.put(group + ":" + artifact, String.join(", ", new TreeSet<>(licences)));
        }
        assertThat(libraries).hasSizeGreaterThan(60);
        assertThat(foreign).as("licences that nobody has allowed").isEmpty();
        assertThat(libraries)
                .allSatisfy(
                        (library, licence) -> assertThat(licence).as(library).isNotEmpty());

        String list = libraries.entrySet().stream()
                .map(library -> "| " + library.getKey() + " | " + library.getValue() + " |\n")
                .collect(Collectors.joining("", "| Library | Licence |\n| --- | --- |\n", ""));
        String document = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("kaitsu.dependencies.write")) {
            Files.writeString(DOCUMENT, LIST.matcher(document).replaceFirst(Matcher.quoteReplacement(list)));
        } else {
            assertThat(LIST.matcher(document).results().map(MatchResult::group)).containsExactly(list);
        }
    }

    /** As the build wrote it, without what is ours. */
    private static List<Path> runtimeJars() throws IOException {
        try (InputStream in = SecurityDocumentTest.class.getResourceAsStream("/runtime.classpath")) {
            String classPath = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Stream.of(classPath.split(File.pathSeparator))
                    .map(Path::of)
                    .filter(jar -> jar.toString().endsWith(".jar")
                            && !jar.getFileName().toString().startsWith("kaitsu-"))
                    .toList();
        }
    }

    /** The folder whose sub-folders are the first parts of groups: the local repository, wherever Maven has it. */
    private static Path repository(Path version) {
        for (Path folder = version; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("org/apache/maven"))) {
                return folder;
            }
        }
        throw new AssertionError("no local repository above " + version);
    }

    private static Path pom(Path version) {
        return version.resolve(version.getParent().getFileName() + "-" + version.getFileName() + ".pom");
    }

    /** The licences' names with their addresses; a pom that has none has its parent's. */
    private static List<String> written(Path repository, Path pom) throws IOException {
        String text = Files.readString(pom).replaceAll("(?s)<!--.*?-->", "");
        Matcher licences = LICENCES.matcher(text);
        if (licences.find()) {
            return Stream.of(licences.group(1).split("</license>"))
                    .map(String::strip)
                    .filter(one -> !one.isEmpty())
                    .map(one -> one.replaceAll("(?s)<(\\w+)>(.*?)</\\1>", "$2 ").replaceAll("\\s+", " "))
                    .toList();
        }
        Matcher parent = PARENT.matcher(text);
        if (!parent.find()) {
            return List.of();
        }
        String version = tag(parent.group(1), "version");
        Path folder = repository
                .resolve(tag(parent.group(1), "groupId").replace('.', '/'))
                .resolve(tag(parent.group(1), "artifactId"))
                .resolve(version);
        return written(repository, pom(folder));
    }

    private static String tag(String text, String name) {
        Matcher m =
                Pattern.compile("<" + name + ">\\s*(.*?)\\s*</" + name + ">").matcher(text);
        assertThat(m.find()).as("%s of %s", name, text).isTrue();
        return m.group(1);
    }
}
