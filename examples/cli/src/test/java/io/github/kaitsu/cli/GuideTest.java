package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of {@code docs/guides/command-line.md}, one after the other, end as the guide says. */
class GuideTest {
    private static final Pattern LINE = Pattern.compile("(?m)^kaitsu (.*?) +# exit (\\d)");

    @TempDir
    Path folder;

    @Test
    void everyLine_endsAsTheGuideSays() throws IOException {
        String guide = Files.readString(Path.of("..", "..", "docs", "guides", "command-line.md"));
        List<MatchResult> lines = LINE.matcher(guide).results().toList();
        assertThat(lines).hasSizeGreaterThan(5);
        for (MatchResult line : lines) {
            Object[] words = line.group(1)
                    .replace("DIR", folder.resolve("state").toString())
                    .split(" ");
            Kaitsu.Result result = Kaitsu.run(words);
            assertThat(result.exit())
                    .as("%s%n%s%s", line.group(), result.out(), result.err())
                    .isEqualTo(Integer.parseInt(line.group(2)));
        }
    }
}
