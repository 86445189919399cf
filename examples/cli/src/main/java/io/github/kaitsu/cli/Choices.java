package io.github.kaitsu.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * How each run of a state folder was started, so that the next command goes on in the same way: {@code command.json}. Losing
 * it loses nothing but the choice of the operator.
 */
final class Choices {
    private static final String FILE = "command.json";
    private static final String FORMAT = "kaitsu-command";

    private final Path file;

    Choices(Path folder) {
        this.file = folder.resolve(FILE);
    }

    /**
     * How one run was started.
     *
     * @param sandbox the folder of its sandbox within the state folder; empty for a real run
     * @param connected whether the providers are looked at
     */
    record Choice(OperatorKind operator, Optional<String> sandbox, boolean connected) {}

    Optional<Choice> of(ActivationId run) {
        JsonNode node = runs().path(run.value());
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(new Choice(
                OperatorKind.parse(node.path("operator").asText()),
                Optional.ofNullable(node.path("sandbox").textValue()),
                node.path("connected").asBoolean(true)));
    }

    void save(ActivationId run, Choice choice) {
        ObjectNode all = Json.object().put("format", FORMAT).put("version", 1);
        ObjectNode runs = all.putObject("runs");
        runs.setAll((ObjectNode) runs());
        runs.putObject(run.value())
                .put("operator", choice.operator().id())
                .put("sandbox", choice.sandbox().orElse(null))
                .put("connected", choice.connected());
        try {
            Path unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".tmp", ownerOnly());
            Files.writeString(unfinished, Json.write(all) + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", FILE);
        }
    }

    private JsonNode runs() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Json.object();
        }
        try {
            JsonNode all = Json.read(Files.readString(file, StandardCharsets.UTF_8));
            if (all.path("format").asText().equals(FORMAT) && all.path("runs").isObject()) {
                return all.path("runs");
            }
            throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", FILE, 1);
        } catch (JsonProcessingException e) {
            throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", FILE, 1);
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", FILE);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
