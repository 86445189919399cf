package io.github.kaitsu.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.RecordKeeper;
import io.github.kaitsu.browser.internal.Profiles;
import io.github.kaitsu.operator.RecordedChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was done in a browser operator's windows, read from its folder; a browser may be at work there. For the report:
 * {@code ActivationReport.of(view).with(BrowserRecord.read(folder, customer))}.
 */
public final class BrowserRecord {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PICTURE = Pattern.compile("[0-9]+\\.png");

    private BrowserRecord() {}

    /**
     * All changes of a customer's activations, oldest first; empty if no browser ever worked for them. A line that cannot be read
     * is left out: whoever wrote it died meanwhile.
     *
     * @param folder as of {@link BrowserOperator.Builder#folder}
     * @throws KaitsuException IO_ERROR
     */
    public static List<RecordedChange> read(Path folder, CustomerId customer) {
        Path record = new Profiles(folder).whereRecordIs(customer);
        Path lines = record.resolve(Profiles.RECORD_FILE);
        if (!Files.exists(lines)) {
            return List.of();
        }
        List<RecordedChange> changes = new ArrayList<>();
        try {
            for (String line : new String(Files.readAllBytes(lines), StandardCharsets.UTF_8).split("\n")) {
                parse(line, record).ifPresent(changes::add);
            }
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", lines);
        }
        return List.copyOf(changes);
    }

    /**
     * Erases what such a folder keeps of a run when that is forgotten: its lines, also of what was handed back, and their pictures. The
     * browser may be at work meanwhile, for other runs of the same customer too.
     *
     * @param folder as of {@link BrowserOperator.Builder#folder}
     */
    public static RecordKeeper keeper(Path folder) {
        return (activation, customer) -> {
            Path record = new Profiles(folder).whereRecordIs(customer);
            Path lines = record.resolve(Profiles.RECORD_FILE);
            if (Files.exists(lines)) {
                try {
                    forget(activation, record, lines);
                } catch (IOException e) {
                    throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", lines);
                }
            }
        };
    }

    /** Lines are blanked where they stand, pictures first: so nothing that is appended meanwhile gets lost, and it can be repeated. */
    private static void forget(ActivationId activation, Path record, Path lines) throws IOException {
        try (FileChannel file = FileChannel.open(lines, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            byte[] bytes = Channels.newInputStream(file).readAllBytes();
            int start = 0;
            for (int at = 0; at <= bytes.length; at++) {
                if (at == bytes.length || bytes[at] == '\n') {
                    byte[] line = Arrays.copyOfRange(bytes, start, at);
                    if (isOf(activation, line)) {
                        erasePictures(line, record);
                        Arrays.fill(line, (byte) ' ');
                        file.write(ByteBuffer.wrap(line), start);
                    }
                    start = at + 1;
                }
            }
            file.force(true);
        }
    }

    private static boolean isOf(ActivationId activation, byte[] line) {
        return tree(line).path("activation").asText().equals(activation.value());
    }

    private static void erasePictures(byte[] line, Path record) throws IOException {
        JsonNode json = tree(line);
        for (String name : List.of("before", "after", "handedBack")) {
            String picture = json.path(name).asText();
            if (PICTURE.matcher(picture).matches()) {
                Files.deleteIfExists(record.resolve(picture));
            }
        }
    }

    /** What a dead writer left half is nothing. */
    private static JsonNode tree(byte[] line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static Optional<RecordedChange> parse(String line, Path folder) {
        try {
            JsonNode json = JSON.readTree(line);
            return Optional.of(new RecordedChange(
                    Instant.parse(json.path("time").asText()),
                    ActivationId.of(json.path("activation").asText()),
                    new ActionId(json.path("action").asText()),
                    RecordedChange.By.valueOf(json.path("by").asText().toUpperCase(Locale.ROOT)),
                    json.path("what").asText(),
                    json.path("address").asText(),
                    picture(json, "before", folder),
                    picture(json, "after", folder)));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException | KaitsuException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> picture(JsonNode json, String name, Path folder) {
        return Optional.ofNullable(json.path(name).textValue()).map(folder::resolve);
    }
}
