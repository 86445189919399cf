package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The world and the log that it is a fold of; each change is on disk before anybody sees its effect.
 *
 * <p>A line is {@code {"n":7,"at":"…","change":"Linked","data":{…}}}. Lines count from 1 without gaps. Thread-safe: its own
 * monitor guards the world, and whoever needs several reads and changes as one takes it.
 */
public final class Ledger implements AutoCloseable {
    private static final ObjectMapper JSON = mapper();
    private static final Map<String, Class<?>> CHANGES = Arrays.stream(Change.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    private final World world = new World();
    private final @Nullable LogFile file;
    private long lines;
    private boolean closed;

    private Ledger(@Nullable LogFile file) {
        this.file = file;
    }

    /** A ledger without a file: its world ends with it. */
    public static Ledger inMemory(Setup setup) {
        Ledger ledger = new Ledger(null);
        ledger.record(new Change.Began(setup));
        return ledger;
    }

    /**
     * Opens the log in a folder, or begins one there; what the log says about the setup wins.
     *
     * @throws KaitsuException {@code STORE_BUSY} while another sandbox has the folder, {@code STORE_CORRUPT} if a line other
     *     than a torn last one cannot be read, {@code IO_ERROR}
     */
    public static Ledger open(Path folder, Setup setup) {
        LogFile file = LogFile.open(folder);
        try {
            Ledger ledger = new Ledger(file);
            ledger.fold(folder, file.lines());
            if (ledger.lines == 0) {
                ledger.record(new Change.Began(setup));
            }
            return ledger;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Reads a folder's log as it is now, without a lock and without writing; empty if there is none. */
    public static @Nullable World peek(Path folder) {
        Ledger ledger = new Ledger(null);
        ledger.fold(folder, LogFile.peek(folder));
        return ledger.lines == 0 ? null : ledger.world;
    }

    /** The world; only to be read while holding this ledger's monitor. */
    World world() {
        return world;
    }

    public synchronized <T> T read(Function<World, T> question) {
        return question.apply(world);
    }

    public synchronized Instant now() {
        return world.now();
    }

    public synchronized void advanceTo(Instant instant) {
        if (instant.isAfter(world.now())) {
            record(new Change.ClockMoved(instant));
        }
    }

    public synchronized void advanceBy(Duration duration) {
        advanceTo(world.now().plus(duration));
    }

    /** Appends the changes in one write, makes them durable, then applies them. */
    public synchronized void record(Change... changes) {
        if (closed) {
            throw new IllegalStateException("the sandbox is closed");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < changes.length; i++) {
            text.append(line(lines + i + 1, world.now(), changes[i])).append('\n');
        }
        if (file != null) {
            file.append(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        for (Change change : changes) {
            change.applyTo(world);
        }
        lines += changes.length;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (file != null) {
            file.close();
        }
    }

    private void fold(Path folder, List<String> text) {
        for (String line : text) {
            Change change = parse(line, lines + 1);
            if (change == null) {
                throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "sandbox", folder, lines + 1);
            }
            change.applyTo(world);
            lines++;
        }
    }

    private static String line(long n, Instant at, Change change) {
        ObjectNode node = JSON.createObjectNode();
        node.put("n", n)
                .put("at", at.toString())
                .put("change", change.getClass().getSimpleName());
        node.set("data", JSON.valueToTree(change));
        return node.toString();
    }

    private static @Nullable Change parse(String line, long expected) {
        try {
            JsonNode node = JSON.readTree(line);
            Class<?> type = CHANGES.get(node.path("change").asText());
            boolean ours = type != null && node.path("n").asLong() == expected;
            return ours ? (Change) JSON.treeToValue(inTodaysWords(node.path("data")), type) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Older logs call a click a press. */
    private static JsonNode inTodaysWords(JsonNode data) {
        if (data.path("what") instanceof ObjectNode what && what.has("presses")) {
            what.set("clicks", what.remove("presses"));
        }
        return data;
    }

    private static ObjectMapper mapper() {
        SimpleModule instants = new SimpleModule()
                .addSerializer(Instant.class, new InstantWriter())
                .addDeserializer(Instant.class, new InstantReader());
        return JsonMapper.builder()
                .addModule(instants)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
    }

    private static final class InstantWriter extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider p) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext c) throws IOException {
            return Instant.parse(in.getText());
        }
    }
}
