package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The log that a sandbox's servers wrote: the judge of what really happened, read without any code of the sandbox. */
record SandboxLog(List<JsonNode> lines) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A service from the provider's consent until its 成功しました. */
    record Link(String service, Instant linkedAt, Instant ready) {}

    static SandboxLog read(Path folder) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("log.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return new SandboxLog(lines);
    }

    List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (JsonNode line : changes("Linked")) {
            JsonNode link = line.at("/data/link");
            String ready = link.path("ready").asText("");
            if (ready.isEmpty() || ready.equals("null")) { // Teams: from 完了 on
                ready = changes("TeamsFinished").stream()
                        .filter(f -> f.at("/data/wizard").equals(link.path("wizard")))
                        .map(f -> f.at("/data/until").asText())
                        .findFirst()
                        .orElseThrow();
            }
            Instant linkedAt = Instant.parse(link.path("linkedAt").asText());
            links.add(new Link(link.path("service").asText(), linkedAt, Instant.parse(ready)));
        }
        return links;
    }

    /** COMMON-13: no second service between link and 成功しました. */
    void assertOneAtATime() {
        List<Link> links = links();
        for (int i = 1; i < links.size(); i++) {
            assertThat(links.get(i).linkedAt())
                    .as("%s after %s", links.get(i), links.get(i - 1))
                    .isAfterOrEqualTo(links.get(i - 1).ready());
        }
    }

    List<List<String>> policies() {
        return changes("GrantStarted").stream()
                .map(line -> StreamSupport.stream(line.at("/data/policies").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList())
                .toList();
    }

    List<JsonNode> changes(String kind) {
        return lines.stream()
                .filter(l -> l.path("change").asText().equals(kind))
                .toList();
    }
}
