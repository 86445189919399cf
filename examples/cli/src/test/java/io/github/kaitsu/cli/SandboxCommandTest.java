package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kaitsu sandbox}: runs until it is ended. */
@Timeout(120)
class SandboxCommandTest {
    /** What it printed up to a line, after which it is ended; and its exit code. */
    private record Run(String out, int exit) {}

    private interface While {
        void running(String printed) throws Exception;
    }

    private static Run run(String lastLine, While running, String... arguments) throws Exception {
        PipedInputStream read = new PipedInputStream(1 << 16);
        PrintStream out = new PrintStream(new PipedOutputStream(read), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                err,
                Io.Terminal.NONE,
                Io.Terminal.NONE,
                Map.of("LANG", "en_US.UTF-8"));
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread command = new Thread(() -> exit.complete(Main.run(io, arguments)));
        command.start();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).contains(lastLine)) {
            bytes.write(read.read());
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        running.running(printed);
        command.interrupt(); // as Ctrl-C does, but for the JVM's end
        return new Run(printed, exit.get());
    }

    private static String get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void json_isOneDocumentWithEverything_andTheServersEndWithIt() throws Exception {
        Run run = run(
                "\n}",
                printed -> {
                    JsonNode all = Json.read(printed);
                    String control = all.at("/addresses/control").asText();
                    assertThat(Json.read(get(control + "/")).path("account").asText())
                            .isEqualTo("CAS0042");
                    assertThat(Json.read(get(control + "/clock")).path("clock").asText())
                            .endsWith("Z");
                    assertThat(get(all.at("/addresses/console").asText() + "/")).isNotEmpty();
                },
                List.of("sandbox", "--port", "0", "--account", "CAS0042", "--users", "20000", "--json")
                        .toArray(String[]::new));
        assertThat(run.exit()).isZero();
        assertThat(Json.read(run.out()).path("users").asInt()).isEqualTo(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void text_tellsTheAddressesTheTokensAndTheClock(String language) throws Exception {
        Run run = run("/revoke?provider=", printed -> {}, "sandbox", "--port", "0", "--lang", language);
        assertThat(run.out())
                .contains(
                        "sharePointAdmin",
                        "http://127.0.0.1:",
                        "/clock?advance=PT4H",
                        "/tokens?provider=box",
                        "CAS0001")
                .contains(language.equals("ja") ? "Ctrl-C で終了" : "Ctrl-C ends it");
        assertThat(run.exit()).isZero();
    }

    @Test
    void portInUse_isAClearError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = taken.getLocalPort();
            Result first = Kaitsu.json("sandbox", "--port", port - 1); // the console's
            Result control = Kaitsu.json("sandbox", "--port", port);
            for (Result result : List.of(first, control)) {
                assertThat(result.exit()).isEqualTo(Exits.ERROR);
                assertThat(result.errorCode()).isEqualTo("IO_ERROR");
                assertThat(result.json().at("/error/message").asText()).contains(String.valueOf(port));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65526", "99999999999", "http", ""})
    void noPort_isRefused(String port) {
        Result result = Kaitsu.json("sandbox", "--port=" + port);
        assertThat(result.exit()).isEqualTo(Exits.REFUSED);
        assertThat(result.errorCode()).isEqualTo("USAGE");
    }

    @Test
    void withoutAPort_itIsAskedFor() {
        assertThat(Kaitsu.json("sandbox").errorCode()).isEqualTo("USAGE");
    }
}
