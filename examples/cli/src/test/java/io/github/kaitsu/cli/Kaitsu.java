package io.github.kaitsu.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Runs the command within the test's JVM. */
final class Kaitsu {
    private final byte[] in;
    private final Io.Terminal terminal;
    private final Map<String, String> environment;

    private Kaitsu(byte[] in, Io.Terminal terminal, Map<String, String> environment) {
        this.in = in;
        this.terminal = terminal;
        this.environment = environment;
    }

    static Kaitsu in(String locale) {
        return new Kaitsu(new byte[0], Io.Terminal.NONE, Map.of("LANG", locale));
    }

    static Kaitsu with(Map<String, String> environment) {
        return new Kaitsu(new byte[0], Io.Terminal.NONE, environment);
    }

    Kaitsu reads(String text) {
        return new Kaitsu(text.getBytes(StandardCharsets.UTF_8), terminal, environment);
    }

    static Result run(Object... arguments) {
        return in("en_US.UTF-8").call(arguments);
    }

    static Result json(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return run(all.toArray());
    }

    static Kaitsu reading(String text) {
        return reading(text.getBytes(StandardCharsets.UTF_8));
    }

    static Kaitsu reading(byte[] text) {
        return new Kaitsu(text, Io.Terminal.NONE, Map.of("LANG", "en_US.UTF-8"));
    }

    static Kaitsu atTerminal(int columns) {
        Map<String, String> environment = Map.of("TERM", "xterm", "LANG", "ja_JP.UTF-8");
        return new Kaitsu(new byte[0], Io.Terminal.real(environment, columns), environment);
    }

    Result call(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(
                new ByteArrayInputStream(in),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                terminal,
                environment);
        String[] words = List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
        int exit = Main.run(io, words);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Streams that nobody reads. */
    static Io io() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Io(InputStream.nullInputStream(), nowhere, nowhere, Io.Terminal.NONE, Io.Terminal.NONE, Map.of());
    }

    record Result(int exit, String out, String err) {
        JsonNode json() {
            try {
                return Json.read(out);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException("no JSON: " + out + err, e);
            }
        }

        String errorCode() {
            return json().path("error").path("code").asText();
        }

        JsonNode service(String name) {
            return StreamSupport.stream(json().path("services").spliterator(), false)
                    .filter(s -> s.path("service").asText().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        List<String> statuses() {
            return json().path("services").findValuesAsText("status");
        }

        int grants(String service) {
            return json().path("sandbox").path("grants").path(service).asInt();
        }

        List<String> openActions() {
            List<String> ids = new ArrayList<>();
            json().path("openActions").forEach(a -> ids.add(a.path("id").asText()));
            return ids;
        }
    }

    /** An activation of Box in a sandbox of a folder. */
    static Result activateBox(Path state) {
        return json("activate", "--sandbox", "--services", "box", "--state", state);
    }
}
