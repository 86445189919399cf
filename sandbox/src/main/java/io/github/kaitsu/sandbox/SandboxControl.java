package io.github.kaitsu.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.sandbox.internal.Loopback;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A sandbox's controls as HTTP on 127.0.0.1, for programs that are not in Java: where everything is, tokens, the clock, the mail, the
 * code on the administrator's phone, and what happened. Answers are JSON, errors {@code {"error":{"code","message"}}} with 400, 404 or
 * 405. Thread-safe.
 *
 * <pre>
 * GET  /                                   all addresses, accounts, passwords, apps and the time
 * GET  /clock                              {"clock":"2026-11-24T00:00:00Z"}
 * POST /clock?advance=PT4H                 lets time pass; or ?to=2026-11-25T00:00:00Z; never backwards
 * POST /tokens?provider=box&amp;scope=…        {"accessToken","refreshToken"} as a consent would bring; scope may be repeated or left out
 * POST /revoke?provider=box                ends all grants to the own app
 * GET  /code                               {"code":"123456"}: what the administrator's phone shows now
 * GET  /opening-mail                       the mail as plain text
 * GET  /summary                            grants, violations, and the time
 * </pre>
 */
public final class SandboxControl implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Sandbox sandbox;
    private final HttpServer server;

    private SandboxControl(Sandbox sandbox, HttpServer server) {
        this.sandbox = sandbox;
        this.server = server;
    }

    /**
     * Serves the controls of a sandbox, which stays the caller's to close.
     *
     * @param port 0: any that is free
     * @throws KaitsuException IO_ERROR if the port is in use
     */
    public static SandboxControl start(Sandbox sandbox, int port) {
        SandboxControl control = new SandboxControl(sandbox, Loopback.server(port));
        control.server.createContext("/", control::handle);
        control.server.start();
        return control;
    }

    /** Where the controls are, on loopback. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What {@code GET /} answers: one JSON object, indented. */
    public String description() {
        return describe().toPrettyString();
    }

    /** The addresses of the servers by name, in a fixed order. */
    public Map<String, URI> addresses() {
        Map<String, URI> all = new LinkedHashMap<>();
        all.put("control", address());
        all.put("console", sandbox.console());
        all.put("box", sandbox.box());
        all.put("boxApi", sandbox.boxApi());
        all.put("dropbox", sandbox.dropbox());
        all.put("dropboxApi", sandbox.dropboxApi());
        all.put("google", sandbox.google());
        all.put("googleApi", sandbox.googleApi());
        all.put("microsoft", sandbox.microsoft());
        all.put("graph", sandbox.graph());
        all.put("sharePointAdmin", sandbox.sharePointAdmin());
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    // ---- what is asked

    private record Reply(int status, String type, String body) {
        static Reply json(JsonNode json) {
            return new Reply(200, "application/json", json.toPrettyString());
        }

        static Reply error(int status, String code, String message) {
            ObjectNode json = JSON.objectNode();
            json.putObject("error").put("code", code).put("message", message);
            return new Reply(status, "application/json", json.toPrettyString());
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Reply reply;
        try {
            reply = answer(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    parameters(Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                            .orElse("")));
        } catch (IllegalArgumentException | DateTimeException e) {
            reply = Reply.error(400, "INVALID_REQUEST", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            reply = Reply.error(500, "INTERNAL", e.getClass().getName());
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", reply.type() + "; charset=utf-8");
        exchange.getResponseHeaders().add("Cache-Control", "no-store");
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Reply answer(String method, String path, Map<String, List<String>> query) {
        return switch (method + " " + path) {
            case "GET /" -> Reply.json(describe());
            case "GET /clock" -> Reply.json(clock());
            case "POST /clock" -> {
                setClock(query);
                yield Reply.json(clock());
            }
            case "POST /tokens" -> {
                Sandbox.Tokens tokens = sandbox.mintTokens(
                        provider(query), query.getOrDefault("scope", List.of()).toArray(String[]::new));
                yield Reply.json(JSON.objectNode()
                        .put("accessToken", tokens.accessToken())
                        .put("refreshToken", tokens.refreshToken()));
            }
            case "POST /revoke" -> {
                sandbox.revokeGrants(provider(query));
                yield Reply.json(JSON.objectNode());
            }
            case "GET /code" -> Reply.json(JSON.objectNode().put("code", sandbox.code()));
            case "GET /opening-mail" -> new Reply(200, "text/plain", sandbox.openingMail());
            case "GET /summary" -> Reply.json(summary());
            default -> unknown(path);
        };
    }

    private static Reply unknown(String path) {
        return List.of("/", "/clock", "/tokens", "/revoke", "/code", "/opening-mail", "/summary")
                        .contains(path)
                ? Reply.error(405, "METHOD_NOT_ALLOWED", "reading is GET; clock, tokens and revoke are changed by POST")
                : Reply.error(404, "NOT_FOUND", "GET / tells what there is");
    }

    private void setClock(Map<String, List<String>> query) {
        if (query.containsKey("advance") == query.containsKey("to")) {
            throw new IllegalArgumentException("say advance=PT1H or to=2026-11-25T00:00:00Z");
        }
        if (query.containsKey("advance")) {
            sandbox.clock().advance(Duration.parse(only(query, "advance")));
        } else {
            sandbox.clock().advanceTo(Instant.parse(only(query, "to")));
        }
    }

    private static CloudService.Provider provider(Map<String, List<String>> query) {
        String name = only(query, "provider");
        return Arrays.stream(CloudService.Provider.values())
                .filter(p -> p.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("provider is box, dropbox, google or microsoft365"));
    }

    private static String only(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new IllegalArgumentException("give " + name + " once");
        }
        return values.get(0);
    }

    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> all = new TreeMap<>();
        for (String pair : query.split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                String name = URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8);
                all.computeIfAbsent(name, k -> new ArrayList<>())
                        .add(URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
        return all;
    }

    // ---- what is told

    private ObjectNode clock() {
        return JSON.objectNode().put("clock", sandbox.clock().instant().toString());
    }

    private ObjectNode describe() {
        ObjectNode json = JSON.objectNode();
        ObjectNode addresses = json.putObject("addresses");
        addresses().forEach((name, address) -> addresses.put(name, address.toString()));
        json.put("site", sandbox.site().name())
                .put("account", sandbox.account())
                .put("consolePassword", sandbox.consolePassword())
                .put("passwordPage", sandbox.passwordPage().toString())
                .put("administrator", sandbox.administrator());
        json.putArray("organisations")
                .addAll(sandbox.organisations().stream().map(JSON::textNode).toList());
        ObjectNode providers = json.putObject("providers");
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            providers
                    .putObject(provider.name().toLowerCase(Locale.ROOT))
                    .put("password", sandbox.password(provider))
                    .put("tenant", sandbox.tenant(provider))
                    .put("clientId", sandbox.clientId(provider))
                    .put("clientSecret", sandbox.clientSecret(provider).orElse(null));
        }
        json.put("sharePointScope", sandbox.sharePointScope())
                .put("edition", sandbox.edition().id())
                .put("scenario", sandbox.scenario().text())
                .put("users", sandbox.users());
        return json.setAll(clock());
    }

    private ObjectNode summary() {
        SandboxSummary summary = sandbox.summary();
        ObjectNode json = JSON.objectNode();
        ObjectNode grants = json.putObject("grants");
        new TreeMap<>(summary.grants()).forEach((service, times) -> grants.put(service.name(), times));
        summary.violations()
                .forEach(v -> json.withArray("violations")
                        .addObject()
                        .put("kind", v.kind().name())
                        .put("service", v.service().name())
                        .put("time", v.at().toString())
                        .put("detail", v.detail()));
        json.withArray("violations");
        return json.setAll(clock());
    }
}
