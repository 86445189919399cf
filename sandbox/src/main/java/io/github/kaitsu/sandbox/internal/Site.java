package io.github.kaitsu.sandbox.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.sandbox.Fault;
import io.github.kaitsu.sandbox.Faults;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One server on 127.0.0.1 and a port of its own.
 *
 * <p>Each request is answered while holding the ledger's monitor, so that it is one change of the world; faults and the wire
 * come before and after.
 */
final class Site implements AutoCloseable {
    /** Answers a request; called under the ledger's monitor. */
    interface Handler {
        Response answer(Request request);

        /** Whether a request to a site of pages is a program's, so that nobody's hands are counted. */
        default boolean isForPrograms(Request request) {
            return false;
        }
    }

    /** Counts what people do with pages; APIs are nobody's hands. */
    enum Kind {
        PAGES,
        API
    }

    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // The JDK's server sends headers and body in two packets; with Nagle's algorithm each answer costs 40 ms.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final String name;
    private final Kind kind;
    private final Ledger ledger;
    private final Visits visits;
    private final Faults faults;
    private final Clock clock;
    private final Executor executor;
    private final HttpServer server;
    private final Duration delay;
    private final URI base;
    private volatile boolean serving;

    /**
     * @param port 0: any that is free
     * @throws io.github.kaitsu.KaitsuException IO_ERROR if the port cannot be used
     */
    Site(
            String name,
            Kind kind,
            int port,
            Ledger ledger,
            Visits visits,
            Faults faults,
            Clock clock,
            Executor executor) {
        this.name = name;
        this.kind = kind;
        this.ledger = ledger;
        this.visits = visits;
        this.faults = faults;
        this.clock = clock;
        this.executor = executor;
        server = Loopback.server(port);
        server.setExecutor(executor);
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        visits.know(base);
        long millis = ledger.read(World::setup).pages().delayMillis();
        delay = Duration.ofMillis(kind == Kind.PAGES ? millis : 0);
    }

    URI base() {
        return base;
    }

    String url(String pathAndQuery) {
        return base + pathAndQuery;
    }

    void serve(PageFilter filter, Handler pages) {
        serve(filter.over(name, ledger.read(World::setup), pages));
    }

    void serve(Handler handler) {
        server.createContext("/", exchange -> handle(exchange, handler));
        serving = true;
        server.start();
    }

    @Override
    public void close() {
        if (!serving) {
            server.start(); // the JDK's server keeps the port of one that never was
        }
        server.stop(0);
    }

    private void handle(HttpExchange exchange, Handler handler) throws IOException {
        Request request = Request.read(exchange, base);
        Optional<Fault> fault = faults.draw(
                request.path(),
                kind == Kind.API || handler.isForPrograms(request),
                VendorErrors.tokensOf(name, request).orElse(null),
                clock);
        if (fault.isPresent() && !fault.get().carriedOut()) {
            spoil(exchange, fault.get(), Response.empty(500));
            return;
        }
        Response response = answer(request, handler);
        if (fault.isPresent()) {
            spoil(exchange, fault.get(), response);
        } else if (delay.isZero() || handler.isForPrograms(request)) {
            send(exchange, response, bytes(response.body()));
        } else {
            spoil(exchange, new Fault.Slow(delay), response);
        }
    }

    private Response answer(Request request, Handler handler) {
        if (request.path().equals("/favicon.ico")) {
            return Response.empty(204);
        }
        synchronized (ledger) {
            try {
                Response response = handler.answer(request);
                if (kind == Kind.PAGES && !handler.isForPrograms(request)) {
                    visits.count(ledger, name, request, response);
                    String language = request.query("lang");
                    return language.isEmpty()
                            ? response
                            : response.withCookie(
                                    Response.LANGUAGE_COOKIE, request.locale().getLanguage());
                }
                return response;
            } catch (RuntimeException e) {
                // A fault of the sandbox itself: say so to whoever debugs it, and let the server live.
                String text = "The sandbox failed: " + e;
                return Response.html(500, "<html><body><p>" + Html.escape(text) + "</p></body></html>");
            }
        }
    }

    private void spoil(HttpExchange exchange, Fault fault, Response response) throws IOException {
        byte[] body = bytes(response.body());
        if (fault instanceof Fault.Answer answer) {
            answer.headers().forEach((k, v) -> exchange.getResponseHeaders().add(k, v));
            send(exchange, Response.empty(answer.status()), bytes(answer.body()));
        } else if (fault instanceof Fault.VendorError error) {
            Response answer = VendorErrors.of(name, error, clock);
            send(exchange, answer, bytes(answer.body()));
        } else if (fault instanceof Fault.Truncated && body.length > 1) {
            send(exchange, response, body.length, Arrays.copyOf(body, body.length / 2));
        } else if (fault instanceof Fault.Malformed && body.length > 1) {
            send(exchange, response, Arrays.copyOf(body, body.length / 2));
        } else if (fault instanceof Fault.Slow slow) {
            Executor later =
                    CompletableFuture.delayedExecutor(slow.delay().toMillis(), TimeUnit.MILLISECONDS, executor);
            later.execute(() -> sendQuietly(exchange, response));
        } else {
            exchange.close();
        }
    }

    private static void sendQuietly(HttpExchange exchange, Response response) {
        try {
            send(exchange, response, bytes(response.body()));
        } catch (IOException e) {
            exchange.close(); // the caller did not wait
        }
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, Response response, byte[] body) throws IOException {
        send(exchange, response, body.length, body);
    }

    private static void send(HttpExchange exchange, Response response, int announced, byte[] body) throws IOException {
        response.headers().forEach(h -> exchange.getResponseHeaders().add(h.getKey(), h.getValue()));
        boolean bodiless = announced == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : announced);
        if (!bodiless) {
            OutputStream out = exchange.getResponseBody();
            out.write(body);
            out.flush();
        }
        exchange.close();
    }
}
