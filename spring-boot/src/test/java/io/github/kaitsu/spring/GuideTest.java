package io.github.kaitsu.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

/** What {@code docs/spring-boot.md} shows is what is compiled and run elsewhere, and its properties are there. */
class GuideTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern PROGRAM =
            Pattern.compile("<!-- (\\S+\\.java) -->\\n```java\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)\\n```", Pattern.DOTALL);

    private static String guide;

    @BeforeAll
    static void read() throws IOException {
        guide = Files.readString(ROOT.resolve("docs/spring-boot.md"));
    }

    @Test
    void programs_areThoseThatRun() throws IOException {
        List<String> shown = new ArrayList<>();
        Matcher m = PROGRAM.matcher(guide);
        while (m.find()) {
            String source = Files.readString(ROOT.resolve(m.group(1)));
            assertThat(m.group(2))
                    .isEqualTo(source.substring(source.indexOf("import ")).stripTrailing());
            shown.add(Path.of(m.group(1)).getFileName().toString());
        }
        assertThat(shown).containsExactly("Portal.java", "KaitsuConfiguration.java");
    }

    /** Every property of ours that is shown is one, and can be read. */
    @Test
    void settings_canBeRead() throws IOException {
        Matcher m = YAML.matcher(guide);
        int settings = 0;
        while (m.find()) {
            MutablePropertySources sources = new MutablePropertySources();
            new YamlPropertySourceLoader()
                    .load(
                            "guide",
                            new ByteArrayResource(
                                    m.group(1).replaceAll("\\$\\{[^}]*}", "x").getBytes(StandardCharsets.UTF_8)))
                    .forEach(sources::addLast);
            Binder binder = new Binder(ConfigurationPropertySources.from(sources));
            KaitsuProperties read = binder.bindOrCreate("kaitsu", KaitsuProperties.class);
            assertThat(read.store().folder()).isNotNull();
            settings++;
        }
        assertThat(settings).isPositive();
    }

    /** The table lists every property that is no part of the policy. */
    @Test
    void properties_areAllListed() {
        TreeSet<String> listed = Pattern.compile("^\\| `(kaitsu\\.[a-z0-9.*-]+)`", Pattern.MULTILINE)
                .matcher(guide.substring(guide.indexOf("## Properties"), guide.indexOf("## Consent")))
                .results()
                .map((MatchResult r) -> r.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> all = new TreeSet<>();
        for (String name : PropertiesTest.named("kaitsu", KaitsuProperties.class)) {
            all.add(name.replaceFirst("^(kaitsu\\.policy)\\..*", "$1.*")
                    .replaceFirst("\\.(box|dropbox|google|microsoft365)\\.", ".*."));
        }
        assertThat(listed).isEqualTo(all);
    }
}
