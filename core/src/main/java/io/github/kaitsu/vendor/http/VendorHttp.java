package io.github.kaitsu.vendor.http;

import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which vendors are called, except by the SDKs that bring OkHttp: one request, one bounded answer of any status,
 * one deadline for all of it. Follows no redirect, uses no proxy to this very machine, and goes nowhere else without https.
 *
 * <p>Nothing is repeated: a code, and Box's refresh token, work a single time. An exception says what may have happened:
 * {@link #NOT_SENT} is as if nothing had been done, and may be retried; after {@link #ANSWER_LOST} only what reads may be, since the
 * vendor may have spent what was sent.
 *
 * <p>The first call through what {@link #create} gives starts a thread of the JDK's client, which ends with it. So a connection to a customer has none of its
 * own: who looks through the connections, a provisioner, has one for all of them, and a vendor's app one for all its addresses.
 * Thread-safe.
 */
public final class VendorHttp {
    /** The code of an exception: the vendor could not be reached, so nothing happened there. */
    public static final String NOT_SENT = "not_sent";

    /** The code of an exception: the request was sent, and its answer did not arrive whole or in time. */
    public static final String ANSWER_LOST = "answer_lost";

    /** The code of an exception: a read was cut off, since its answer had not come whole in time; it would hardly in a moment. */
    public static final String TOO_SLOW = "answer_too_slow";

    /** The code of an exception: the answer of a read is longer than it may be, and would be again. */
    public static final String TOO_LONG = "answer_too_long";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** How long a call may take at most, from its beginning to the last byte of its answer. */
    public static final Duration WHOLE_CALL = Duration.ofSeconds(30);

    private static final long MOST_BYTES = 1 << 20;
    /** What the JDK's client writes itself and refuses to be told. */
    private static final Set<String> CLIENTS_OWN = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final Client client;
    private final Duration whole;
    private final long mostBytes;
    private final boolean reading;

    /** The JDK's client, whose thread is not started for who never calls anybody. */
    private static final class Client {
        private @Nullable HttpClient started;

        Client(@Nullable HttpClient started) {
            this.started = started;
        }

        synchronized HttpClient started() {
            if (started == null) {
                started = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(new ProxyElsewhere())
                        .build();
            }
            return started;
        }
    }

    private VendorHttp(Client client, Duration whole, long mostBytes, boolean reading) {
        this.client = client;
        this.whole = whole;
        this.mostBytes = mostBytes;
        this.reading = reading;
    }

    /** A new client, for calls of at most half a minute and answers of at most a mebibyte. */
    public static VendorHttp create() {
        return new VendorHttp(new Client(null), WHOLE_CALL, MOST_BYTES, false);
    }

    /**
     * The same over a client that somebody else has made, with an own way to the network or none; the limits are these.
     *
     * @param client one that follows no redirect
     * @throws IllegalArgumentException if it follows redirects: the token would go with them
     */
    public static VendorHttp over(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the client follows redirects");
        }
        return new VendorHttp(new Client(client), WHOLE_CALL, MOST_BYTES, false);
    }

    /**
     * The same client for an SDK that only reads: every call may be repeated, whatever its method.
     *
     * @param wholeCall from the beginning of a call to the last byte of its answer
     * @param longest bytes of an answer as sent; unpacked it may be longer
     */
    public VendorHttp reading(Duration wholeCall, long longest) {
        return new VendorHttp(client, limit(wholeCall), longest, true);
    }

    /**
     * A limit of a call.
     *
     * @throws IllegalArgumentException if it is longer than {@link #WHOLE_CALL}, or no time at all
     */
    public static Duration limit(Duration whole) {
        if (whole.isNegative() || whole.isZero() || whole.compareTo(WHOLE_CALL) > 0) {
            throw new IllegalArgumentException("callLimit: " + whole);
        }
        return whole;
    }

    /** The same client with another limit. */
    public VendorHttp within(Duration wholeCall) {
        return new VendorHttp(client, limit(wholeCall), mostBytes, reading);
    }

    /**
     * Sends a request once and waits for its answer, whatever its status.
     *
     * @param headers what the client itself writes, as {@code Content-Length}, is left out
     * @param body empty for none
     * @throws VendorCallException with status 0 if there is no answer
     * @throws IllegalArgumentException if the address is neither https nor http to this very machine
     */
    public VendorAnswer exchange(String method, URI address, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        if (!Addresses.isHttps(address) && !Addresses.isLoopbackHttp(address)) {
            throw new IllegalArgumentException("neither https nor this very machine");
        }
        String operation = method + " " + address.getRawPath();
        HttpResponse<byte[]> answer = answer(operation, request(operation, method, address, headers, body));
        String token = headers.getOrDefault("Authorization", "").replaceFirst("^\\S+ ", "");
        String sent = token + "\n" + new String(body, StandardCharsets.UTF_8);
        return new VendorAnswer(
                operation, answer.statusCode(), answer.headers(), answer.body(), sent, Addresses.isHttps(address));
    }

    private static HttpRequest request(
            String operation, String method, URI address, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        try {
            headers.forEach((name, value) -> {
                if (!CLIENTS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    request.header(name, value);
                }
            });
        } catch (IllegalArgumentException e) { // its message quotes the token
            throw VendorCallException.of(operation, 0)
                    .code("token_is_no_header")
                    .retryable(false)
                    .build();
        }
        return request.build();
    }

    private HttpResponse<byte[]> answer(String operation, HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> flight =
                client.started().sendAsync(request, BoundedBody.upTo(mostBytes));
        boolean repeatable = reading || request.method().equals("GET");
        try {
            return flight.get(whole.toMillis(), TimeUnit.MILLISECONDS); // a request's own limit ends with the headers
        } catch (ExecutionException e) { // whose text may tell what was sent
            if (reading && isBecause(e, BoundedBody.TooLong.class)) {
                throw silence(operation, TOO_LONG, false);
            }
            boolean unsent = isBecause(
                    e,
                    ConnectException.class,
                    HttpConnectTimeoutException.class,
                    UnresolvedAddressException.class,
                    SSLHandshakeException.class);
            throw silence(operation, unsent ? NOT_SENT : ANSWER_LOST, unsent || repeatable);
        } catch (TimeoutException e) {
            throw reading ? silence(operation, TOO_SLOW, false) : silence(operation, ANSWER_LOST, repeatable);
        } finally {
            flight.cancel(true); // does nothing to what has come
        }
    }

    private static VendorCallException silence(String operation, String code, boolean retryable) {
        return VendorCallException.of(operation, 0)
                .code(code)
                .retryable(retryable)
                .build();
    }

    private static boolean isBecause(ExecutionException e, Class<?>... reasons) {
        return Stream.iterate(e.getCause(), cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> Stream.of(reasons).anyMatch(reason -> reason.isInstance(cause)));
    }

    /** The system's proxy, but none to this very machine. */
    private static final class ProxyElsewhere extends ProxySelector {
        @Override
        public List<Proxy> select(URI address) {
            ProxySelector system = ProxySelector.getDefault();
            return system == null || Addresses.isLoopbackHttp(address)
                    ? List.of(Proxy.NO_PROXY)
                    : system.select(address);
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
            ProxySelector system = ProxySelector.getDefault();
            if (system != null) {
                system.connectFailed(address, proxy, failure);
            }
        }
    }

    @Override
    public String toString() {
        return "VendorHttp[" + whole + ", " + mostBytes + "]";
    }
}
