package io.github.kaitsu.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.store.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How each run of a state folder was started, so that the next command goes on in the same way: {@code command.json}. Losing
 * it loses nothing but these choices.
 */
final class Choices {
    private static final String FILE = "command.json";
    private static final String FORMAT = "kaitsu-command";
    private static final int VERSION = 1;

    private final PrivateFile file;

    Choices(Path folder) {
        this.file = PrivateFile.at(folder.resolve(FILE));
    }

    /**
     * How one run was started.
     *
     * @param sandbox the folder of its sandbox within the state folder; empty for a real run
     * @param connected whether the providers are looked at
     */
    record Choice(OperatorKind operator, Optional<String> sandbox, boolean connected) {}

    /** Empty if it was not written down: the process died first, or somebody took the file away. */
    Optional<Choice> of(ActivationId run) {
        return file.read()
                .map(content -> runs(content).path(run.value()))
                .filter(node -> !node.isMissingNode())
                .map(Choices::choice);
    }

    /** Of every run of which it was written down. */
    Map<ActivationId, Choice> all() {
        Map<ActivationId, Choice> all = new HashMap<>();
        file.read()
                .map(Choices::runs)
                .ifPresent(runs -> runs.properties()
                        .forEach(run -> all.put(ActivationId.of(run.getKey()), choice(run.getValue()))));
        return all;
    }

    private static Choice choice(JsonNode node) {
        return new Choice(
                operator(node.path("operator").asText()),
                Optional.ofNullable(node.path("sandbox").textValue()),
                node.path("connected").asBoolean(true));
    }

    void save(ActivationId run, Choice choice) {
        change(runs -> put(runs, run, choice));
    }

    /** Saves those of which nothing is written down yet, all at once. */
    void saveNew(Map<ActivationId, Choice> choices) {
        change(runs -> choices.forEach((run, choice) -> {
            if (!runs.has(run.value())) {
                put(runs, run, choice);
            }
        }));
    }

    private static void put(ObjectNode runs, ActivationId run, Choice choice) {
        runs.putObject(run.value())
                .put("operator", choice.operator().id())
                .put("sandbox", choice.sandbox().orElse(null))
                .put("connected", choice.connected());
    }

    void drop(ActivationId run) {
        if (of(run).isPresent()) {
            change(runs -> runs.remove(run.value()));
        }
    }

    private void change(Consumer<ObjectNode> what) {
        file.change(before -> {
            ObjectNode all = Json.object().put("format", FORMAT).put("version", VERSION);
            ObjectNode runs = all.putObject("runs");
            before.ifPresent(content -> runs.setAll((ObjectNode) runs(content)));
            what.accept(runs);
            return (Json.write(all) + "\n").getBytes(StandardCharsets.UTF_8);
        });
    }

    /** @throws Refusal STORE_CORRUPT, and the file stays as it is */
    private static JsonNode runs(byte[] content) {
        if (content.length == 0) {
            throw torn("empty");
        }
        JsonNode all;
        try {
            all = Json.read(new String(content, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw torn(content[0] == '{' && !endsWhole(content) ? "cut" : "other");
        }
        if (!all.path("format").asText().equals(FORMAT) || !all.path("runs").isObject()) {
            throw torn("other");
        }
        if (all.path("version").asInt() > VERSION) {
            throw KaitsuException.of(ErrorCode.STORE_NEWER, "", FILE, 1);
        }
        return all.path("runs");
    }

    private static boolean endsWhole(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).endsWith("\n}\n");
    }

    private static OperatorKind operator(String id) {
        try {
            return OperatorKind.parse(id);
        } catch (Refusal e) {
            throw torn("other");
        }
    }

    private static Refusal torn(String how) {
        return Refusal.of(ErrorCode.STORE_CORRUPT, "error.choices-" + how, FILE);
    }
}
