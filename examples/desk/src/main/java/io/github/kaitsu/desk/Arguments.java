package io.github.kaitsu.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the command line says.
 *
 * @param rest what Spring Boot reads: {@code --name=value}
 * @param properties what follows from the desk's own options
 * @param temporary a folder that is to go with the process
 */
record Arguments(
        boolean isHelp,
        boolean isSandbox,
        List<String> rest,
        Map<String, Object> properties,
        Optional<Path> temporary) {
    static final String USAGE = """
        kaitsu-desk [--sandbox] [--port N] [--state DIR] [--name=value …]
          --sandbox    30 sandbox customers on embedded storage; prints one address with a one-time sign-in
          --port N     where it listens; 0: on any free port (8087)
          --state DIR  keeps everything there (--sandbox: in a folder that goes with the process)
          --name=value any property of docs/desk.md or Spring Boot\
        """;

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final int LAST_PORT = 65_535;

    static Arguments parse(List<String> given) {
        boolean isHelp = false;
        boolean isSandbox = false;
        String port = "8087";
        String state = "";
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String one = given.get(i);
            if (one.equals("--sandbox")) {
                isSandbox = true;
            } else if (one.equals("--help") || one.equals("-h")) {
                isHelp = true;
            } else if (one.equals("--port") || one.equals("--state")) {
                if (i + 1 == given.size()) {
                    throw new IllegalArgumentException(one + " needs a value");
                }
                i++;
                if (one.equals("--port")) {
                    port = given.get(i);
                } else {
                    state = given.get(i);
                }
            } else if (one.startsWith("--port=")) {
                port = one.substring("--port=".length());
            } else if (one.startsWith("--state=")) {
                state = one.substring("--state=".length());
            } else if (one.startsWith("--")) {
                rest.add(one);
            } else {
                throw new IllegalArgumentException("unknown argument " + one);
            }
        }
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > LAST_PORT) {
            throw new IllegalArgumentException("no port: " + port);
        }
        if (isHelp) {
            return new Arguments(true, isSandbox, List.copyOf(rest), Map.of(), Optional.empty());
        }
        Optional<Path> temporary = isSandbox && state.isEmpty() ? Optional.of(temporaryFolder()) : Optional.empty();
        return new Arguments(false, isSandbox, List.copyOf(rest), properties(port, state, temporary), temporary);
    }

    private static Map<String, Object> properties(String port, String state, Optional<Path> temporary) {
        int free = port.equals("0") ? freePort() : Integer.parseInt(port);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", free);
        properties.put("desk.url", "http://127.0.0.1:" + free);
        temporary
                .or(() -> state.isEmpty() ? Optional.empty() : Optional.of(Path.of(state)))
                .ifPresent(folder ->
                        properties.put("desk.state", folder.toAbsolutePath().toString()));
        return properties;
    }

    /** The pages' own address stands in links that are made before the server listens. */
    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("kaitsu-desk-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
