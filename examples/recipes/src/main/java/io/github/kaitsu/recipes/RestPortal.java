package io.github.kaitsu.recipes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.report.ScreenJson;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * For real: a portal's REST endpoint, on the JDK's own server. Who may call it is your portal's affair, and so is who answers: take
 * the name from the session, never from the request.
 *
 * <pre>
 * PUT  /contracts/1001/CAS0001                        begins; again: the same run
 * GET  /contracts/1001                                the run, with what somebody must do now
 * POST /contracts/1001/actions/console.password.1     the answer: done, blocked WRONG_ROLE, or "saw" and what was pasted behind it
 * </pre>
 */
public final class RestPortal {
    private final ActivationClient client;

    private RestPortal(ActivationClient client) {
        this.client = client;
    }

    public static void main(String... args) throws IOException {
        ActivationClient client = ActivationClient.builder()
                .provisioner(BoxProvisioner.create()) // without a connection a person is asked
                .store(FileActivationStore.at(Path.of("activations")))
                .build();
        client.start();
        HttpServer server = serve(client, args.length == 0 ? 8080 : Integer.parseInt(args[0]));
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/contracts/…");
    }

    /** On loopback; port 0 takes one that is free. */
    static HttpServer serve(ActivationClient client, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/contracts/", new RestPortal(client)::handle);
        server.start();
        return server;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Locale language = "ja".equals(exchange.getRequestHeaders().getFirst("Accept-Language"))
                ? Locale.JAPANESE
                : Locale.ENGLISH;
        try {
            send(exchange, 200, "application/json", ScreenJson.of(view(exchange), language));
        } catch (KaitsuException e) { // it knows what is wrong, and what to do about it
            send(
                    exchange,
                    422,
                    "text/plain",
                    e.code() + "\n" + e.message(language) + "\n" + e.nextStep(language) + "\n");
        }
    }

    /** The run, after what was asked for: PUT and POST change it, GET only looks. */
    private ActivationView view(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/"); // "", contracts, 1001, …
        ActivationId run = ActivationId.of(path[2]);
        if (exchange.getRequestMethod().equals("PUT")) {
            CustomerId customer = CustomerId.of(ConsoleSite.JP, path[3]);
            client.begin(
                    run,
                    ActivationRequest.builder(customer)
                            .services(CloudService.BOX)
                            .build());
        }
        if (exchange.getRequestMethod().equals("POST")) {
            client.answer(run, ActionId.of(path[4]), answer(exchange));
        }
        return client.find(run)
                .orElseThrow(() -> KaitsuException.of(ErrorCode.ACTIVATION_NOT_FOUND, "", run))
                .view();
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Answer answer(HttpExchange exchange) throws IOException {
        String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String by = "sato@example.co.jp"; // whoever is signed in
        String[] word = said.split("\\s", 2);
        return switch (word[0]) {
            case "done" -> Answer.done(by);
            case "declined" -> Answer.declined(by);
            case "blocked" ->
                Answer.blocked(by, BlockReason.parse(word[1].strip()).orElse(BlockReason.OTHER));
            case "saw" -> Answer.saw(by, word[1]);
            default -> Answer.notYet(by);
        };
    }
}
