package io.github.kaitsu.consent.internal;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Waits on this machine's loopback addresses for the browser to bring an answer. Whatever else comes is answered with 404: only
 * a {@linkplain Navigation navigation} to the one path counts, and only under the name that was agreed on, since a page in the browser
 * may have another name lead here (DNS rebinding).
 *
 * <p>Requests have few threads and little time to arrive, so those that never end hinder nobody.
 */
public final class Listener implements AutoCloseable {
    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "[::1]";
    private static final String BOTH = "localhost";
    /** A free port of one address may be taken at the other. */
    private static final int TRIES = 20;

    private static final int NOT_FOUND = 404;

    private final URI redirect;
    private final Locale language;
    private final Answerer answerer;
    private final List<HttpServer> servers;
    private final RequestThreads threads;

    /** Says what to show, and what to do once it is shown. */
    public interface Answerer {
        Reply answer(URI returned, Locale language);
    }

    /**
     * What becomes of an answer.
     *
     * @param afterwards run when the page is on its way, also if the browser did not wait for it
     */
    public record Reply(AnswerPage page, Runnable afterwards) {}

    private Listener(URI redirect, Locale language, Answerer answerer, List<HttpServer> servers, Duration longestRead) {
        this.redirect = redirect;
        this.language = language;
        this.answerer = answerer;
        this.servers = servers;
        this.threads = new RequestThreads(longestRead);
    }

    /**
     * Begins to listen.
     *
     * @param wanted without a port, or with port 0: any free one
     * @throws KaitsuException IO_ERROR if an address is taken
     */
    public static Listener open(URI wanted, Locale language, Answerer answerer) {
        return open(wanted, language, answerer, RequestThreads.LONGEST_READ);
    }

    static Listener open(URI wanted, Locale language, Answerer answerer, Duration longestRead) {
        int port = Math.max(wanted.getPort(), 0);
        List<HttpServer> servers = bind(wanted.getHost(), port);
        int bound = servers.get(0).getAddress().getPort();
        URI redirect = URI.create("http://" + wanted.getHost() + ":" + bound + Redirect.path(wanted));
        Listener listener = new Listener(redirect, language, answerer, servers, longestRead);
        servers.forEach(listener::start);
        return listener;
    }

    // ---- addresses

    private static List<HttpServer> bind(String host, int port) {
        if (!host.equalsIgnoreCase(BOTH)) {
            return List.of(bind(host, port, "listener"));
        }
        for (int n = 1; ; n++) {
            HttpServer first = bind(IPV4, port, "listener");
            try {
                // Or whoever has this port at the other address of localhost would be sent the code.
                return List.of(first, bind(IPV6, first.getAddress().getPort(), "listener-ipv6"));
            } catch (KaitsuException e) {
                first.start(); // one that never ran keeps its port when it is stopped
                first.stop(0);
                if (port != 0 || n == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static HttpServer bind(String host, int port, String refusal) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, refusal, host + ":" + port);
        }
    }

    private void start(HttpServer server) {
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** As it is to be registered, with the port that was found. */
    public URI redirectUri() {
        return redirect;
    }

    List<InetSocketAddress> addresses() {
        List<InetSocketAddress> addresses = new ArrayList<>();
        servers.forEach(server -> addresses.add(server.getAddress()));
        return addresses;
    }

    // ---- requests

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!threads.isRead()) {
                return;
            }
            if (!isForUs(exchange)) {
                exchange.getResponseHeaders().set("Connection", "close");
                exchange.getResponseHeaders().set("Cache-Control", "no-store"); // who prefetched it may still come
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            String query = exchange.getRequestURI().getRawQuery();
            URI returned = URI.create(redirect + (query == null ? "" : "?" + query));
            Locale wish = AnswerPage.language(exchange.getRequestHeaders().getFirst("Accept-Language"), language);
            Reply reply = answerer.answer(returned, wish);
            try {
                show(exchange, reply.page());
            } finally {
                reply.afterwards().run();
            }
        }
    }

    private boolean isForUs(HttpExchange exchange) {
        URI asked = exchange.getRequestURI();
        Headers headers = exchange.getRequestHeaders();
        List<String> hosts = headers.getOrDefault("Host", List.of());
        return Navigation.isOne(
                        exchange.getRequestMethod(), name -> String.join(", ", headers.getOrDefault(name, List.of())))
                && Redirect.path(redirect).equals(asked.getRawPath())
                && hosts.size() == 1
                && isOurName(hosts.get(0))
                && (asked.getRawAuthority() == null || isOurName(asked.getRawAuthority()));
    }

    private boolean isOurName(String authority) {
        return Redirect.isAuthority(redirect, authority);
    }

    private static void show(HttpExchange exchange, AnswerPage page) throws IOException {
        byte[] html = page.html();
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Content-Security-Policy", AnswerPage.CONTENT_SECURITY_POLICY);
        headers.set("Cache-Control", "no-store");
        headers.set("Referrer-Policy", "no-referrer"); // the address holds the code
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Connection", "close");
        exchange.sendResponseHeaders(page.status(), html.length);
        exchange.getResponseBody().write(html);
    }

    /** Ends every connection; what an answer has begun at the vendor goes on to its end. */
    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.close();
    }
}
