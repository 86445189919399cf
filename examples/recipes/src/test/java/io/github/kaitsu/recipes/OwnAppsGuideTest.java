package io.github.kaitsu.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.dropbox.DropboxConnection;
import io.github.kaitsu.google.GoogleConnection;
import io.github.kaitsu.microsoft365.GraphConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/guides/own-apps.md} tells to tick is what the looks need, no more and no less. */
class OwnAppsGuideTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (.+) \\|$");

    @Test
    void scopes_areThoseOfTheCode() throws IOException {
        String guide = Files.readString(Path.of("..", "..", "docs", "guides", "own-apps.md"));
        Map<String, Set<String>> needed = Map.of(
                "Box", BoxConnection.SCOPES,
                "Dropbox", DropboxConnection.SCOPES,
                "Google", GoogleConnection.SCOPES,
                "Microsoft", GraphConnection.SCOPES);
        needed.forEach((vendor, scopes) -> {
            String chapter = guide.split("(?m)^## " + vendor + "$")[1].split("(?m)^## ")[0];
            List<String> told =
                    ROW.matcher(chapter).results().map(m -> m.group(1)).toList();
            assertThat(told).as(vendor).containsExactlyInAnyOrderElementsOf(scopes);
        });
    }
}
