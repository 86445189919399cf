package io.github.kaitsu.hardening;

import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.AccessTokens.Token;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/** Somebody in a vendor's place who gives one and the same answer to whatever is asked. */
public final class Vendor {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T00:00:00Z"), ZoneOffset.UTC);
    private static final int[] STATUSES = {200, 400, 401, 403, 404, 409, 429, 500};

    private final HttpServer server;
    private volatile int status;
    private volatile byte[] body = {};

    private Vendor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] answer = body;
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer);
            }
        });
        server.start();
    }

    /** One for all inputs. */
    public static Vendor started() {
        try {
            return new Vendor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first byte says what is asked, the second the status, the rest is the answer. @return what is asked */
    public int answers(byte[] data) {
        status = data.length < 2 ? 200 : STATUSES[(data[1] & 0xFF) % STATUSES.length];
        body = data.length < 2 ? data : Arrays.copyOfRange(data, 2, data.length);
        return data.length == 0 ? 0 : data[0] & 0xFF;
    }

    /** Where it is reached. */
    public VendorAccess access() {
        AccessTokens tokens = AccessTokens.singleFlight(spent -> new Token(Foreign.SECRET, Optional.empty()), CLOCK);
        CallRetry once = CallRetry.builder().attempts(1).sleeper(time -> {}).build();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        return new VendorAccess(tokens, base, once, CLOCK, Duration.ofSeconds(30), new LookNotes());
    }
}
