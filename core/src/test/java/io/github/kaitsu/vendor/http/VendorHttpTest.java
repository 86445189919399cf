package io.github.kaitsu.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.consent.SmallApp;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class VendorHttpTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T00:00:00Z"), ZoneOffset.UTC);
    private static final Map<String, String> FORM = Map.of("refresh_token", "secret_1");

    private static final VendorHttp HTTP = VendorHttp.create();

    private static VendorAnswer post(RawServer server) throws InterruptedException {
        return post(server.address(), FORM);
    }

    private static VendorAnswer post(URI base, Map<String, String> form) throws InterruptedException {
        return new SmallApp(base, CLOCK).posted(base.resolve("/oauth2/token"), form);
    }

    private static VendorCallException refused(RawServer server) {
        return catchThrowableOfType(VendorCallException.class, () -> post(server));
    }

    private static VendorAnswer get(VendorHttp http, URI base, Map<String, String> headers)
            throws InterruptedException {
        return http.exchange("GET", base.resolve("/me?x=1,2"), headers, new byte[0]);
    }

    @Test
    void over_aClientThatFollowsRedirects_isRefused() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThatThrownBy(() -> VendorHttp.over(following)).hasMessageContaining("redirects");
    }

    @Test
    void over_anothersClient_keepsTheLimits() throws Exception {
        try (RawServer server = RawServer.json(200, "{\"id\": 7}")) {
            VendorHttp http = VendorHttp.over(HttpClient.newHttpClient());

            assertThat(get(http, server.address(), Map.of()).number("/id")).hasValue(7);
            assertThatThrownBy(() -> get(http.reading(Duration.ofSeconds(30), 3), server.address(), Map.of()))
                    .isInstanceOfSatisfying(
                            VendorCallException.class, e -> assertThat(e.code()).contains(VendorHttp.TOO_LONG));
        }
    }

    /** The proxy, the redirects and the deadline of every call are this client's: it must be one for all. */
    @Test
    void readingWithOtherLimits_needsNoFurtherThread() throws Exception {
        try (RawServer server = RawServer.json(200, "{}")) {
            get(HTTP, server.address(), Map.of());
            long before = clients();
            for (int i = 0; i < 20; i++) {
                get(HTTP.reading(Duration.ofSeconds(30), 1 << 24), server.address(), Map.of());
            }
            assertThat(clients()).isEqualTo(before);
        }
    }

    private static long clients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 409, 503})
    void exchange_givesAnswersOfAnyStatus(int status) throws Exception {
        try (RawServer server = RawServer.json(status, "{\"a\":\"b\"}", "Location: /elsewhere")) {
            VendorAnswer answer = get(HTTP, server.address(), Map.of("Content-Length", "7", "Host", "x", "X-A", "1"));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text("/a")).contains("b");
            assertThat(answer.bytes()).asString().isEqualTo(answer.body());
            assertThat(server.requests).hasSize(1);
            assertThat(server.requests.get(0))
                    .startsWith("GET /me?x=1,2 HTTP/1.1\r\n")
                    .contains("X-A: 1\r\n");
        }
    }

    @Test
    void exchange_whenATokenIsNoHeader_saysSoWithoutIt() {
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class,
                () -> get(HTTP, URI.create("http://127.0.0.1:1"), Map.of("Authorization", "Bearer secret\n1")));
        assertThat(e.code()).contains("token_is_no_header");
        assertThat(trace(e)).doesNotContain("secret");
    }

    @Test
    void exchange_whenTheAnswerOfAReadIsTooLong_isNotAskedForAgain() throws Exception {
        try (RawServer server = RawServer.json(200, "x".repeat(100))) {
            VendorHttp small = HTTP.reading(Duration.ofSeconds(30), 99);
            VendorCallException e =
                    catchThrowableOfType(VendorCallException.class, () -> get(small, server.address(), Map.of()));
            assertThat(e.code()).contains(VendorHttp.TOO_LONG);
            assertThat(e.retryable()).isFalse();
        }
    }

    @Test
    void exchange_whenAPostOnlyReads_itMayBeRepeated() throws Exception {
        try (RawServer server = RawServer.saying("x")) {
            VendorHttp reading = HTTP.reading(Duration.ofSeconds(30), 99);
            VendorCallException e = catchThrowableOfType(
                    VendorCallException.class,
                    () -> reading.exchange("POST", server.address(), Map.of(), new byte[] {1}));
            assertThat(e.code()).contains(VendorHttp.ANSWER_LOST);
            assertThat(e.retryable()).isTrue();
        }
    }

    @Test
    void post_sendsTheFormAsItIsWritten_once() throws Exception {
        try (RawServer server = RawServer.json(200, "{\"access_token\":\"secret_2\",\"expires_in\":3600}")) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "authorization_code");
            form.put("redirect_uri", "http://127.0.0.1:4000/back?x=1&y=é +");
            VendorAnswer answer = post(server.address(), form);
            assertThat(answer.need("/access_token")).isEqualTo("secret_2");
            assertThat(answer.number("/expires_in")).isEqualTo(OptionalLong.of(3600));
            assertThat(server.requests).hasSize(1);
            assertThat(server.requests.get(0))
                    .startsWith("POST /oauth2/token HTTP/1.1\r\n")
                    .contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n")
                    .doesNotContain("Upgrade")
                    .endsWith("\r\n\r\ngrant_type=authorization_code"
                            + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fback%3Fx%3D1%26y%3D%C3%A9%20%2B");
        }
    }

    @Test
    void get_carriesTheTokenInItsHeaderAlone() throws Exception {
        try (RawServer server = RawServer.json(200, "{}")) {
            new SmallApp(server.address(), CLOCK)
                    .read(
                            server.address().resolve("/2.0/users/me?fields=id,login"),
                            new TokenGrant("secret_1", Optional.empty(), Optional.empty(), Set.of()));
            assertThat(server.requests.get(0))
                    .startsWith("GET /2.0/users/me?fields=id,login HTTP/1.1\r\n")
                    .contains("\r\nAuthorization: Bearer secret_1\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"invalid_grant\",\"error_description\":\"secret_1 is spent\"} | invalid_grant",
                "401 | {\"error\":{\".tag\":\"expired_access_token\"},\"error_summary\":\"x/..\"} | expired_access_token",
                "403 | {\"error\":{\"code\":403,\"errors\":[{\"reason\":\"forbidden\"}],\"status\":\"DENIED\"}} | forbidden",
                "403 | {\"error\":{\"code\":\"Authorization_RequestDenied\"}} | Authorization_RequestDenied",
                "404 | {\"type\":\"error\",\"code\":\"not_found\",\"message\":\"secret_1\"} | not_found",
                "400 | {\"error\":\"secret_1 is no good\"} | ",
                "400 | {\"error\":{}} | ",
                "500 | secret_1 | ",
                "502 | '' | ",
                "302 | {\"error\":\"x\"} | redirect",
                "307 | {} | redirect",
                "401 | {} | "
            })
    void post_whenRefused_saysTheWordAndNothingElse(int status, String body, String word) throws Exception {
        try (RawServer server = RawServer.json(
                status,
                body,
                "Retry-After: Sat, 21 Nov 2026 00:00:05 GMT",
                "Location: /elsewhere",
                "x-ms-request-id: r-1")) {
            VendorCallException e = refused(server);
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.code()).isEqualTo(Optional.ofNullable(word));
            assertThat(e.retryAfter()).contains(Duration.ofSeconds(5));
            assertThat(e.requestId()).contains("r-1");
            assertThat(e.operation()).isEqualTo("POST /oauth2/token");
            assertThat(trace(e)).doesNotContain("secret");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void post_whenTheAnswerIsLost_isNotRepeatedAndSaysThatItMustNot() throws Exception {
        for (String part :
                new String[] {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":\"se", "x"}) {
            try (RawServer server = RawServer.saying(part)) {
                VendorCallException e = refused(server);
                assertThat(e.code()).contains(VendorHttp.ANSWER_LOST);
                assertThat(e.retryable()).isFalse();
                assertThat(e.status()).isZero();
                assertThat(trace(e)).doesNotContain("secret");
                assertThat(server.requests).hasSize(1);
            }
        }
    }

    @Test
    void get_whenTheAnswerIsLost_mayBeRepeated() throws Exception {
        try (RawServer server = RawServer.saying("x")) {
            VendorCallException e =
                    catchThrowableOfType(VendorCallException.class, () -> get(HTTP, server.address(), Map.of()));
            assertThat(e.code()).contains(VendorHttp.ANSWER_LOST);
            assertThat(e.retryable()).isTrue();
        }
    }

    @Test
    void post_whenNobodyListens_didNothingAndMayBeRepeated() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> post(nobody, FORM));
        assertThat(e.code()).contains(VendorHttp.NOT_SENT);
        assertThat(e.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"})
    void post_whenTheVendorFallsSilent_endsByItself(String part) throws Exception {
        try (RawServer server = RawServer.stoppingAfter(part)) {
            VendorHttp hasty = HTTP.within(Duration.ofMillis(300));
            VendorCallException e = catchThrowableOfType(
                    VendorCallException.class,
                    () -> hasty.exchange("POST", server.address(), Map.of(), new byte[] {1}));
            assertThat(e.code()).contains(VendorHttp.ANSWER_LOST);
            assertThat(e.retryable()).isFalse();
        }
    }

    @Test
    void post_whenInterrupted_endsAtOnce() throws Exception {
        try (RawServer server = RawServer.stoppingAfter("HTTP/1.1 200 OK\r\n")) {
            CompletableFuture<Class<?>> ended = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    post(server);
                    ended.complete(Void.class);
                } catch (InterruptedException | RuntimeException e) {
                    ended.complete(e.getClass());
                }
            });
            caller.start();
            server.asked.await();
            caller.interrupt();
            assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(InterruptedException.class);
        }
    }

    @Test
    void post_whenTheAnswerDoesNotEnd_isGivenUp() throws Exception {
        String much = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
        try (RawServer server = RawServer.json(200, much)) {
            assertThat(refused(server).code()).contains(VendorHttp.ANSWER_LOST);
        }
        String fits = "{\"a\":\"" + "x".repeat((1 << 20) - 20) + "\"}";
        try (RawServer server = RawServer.json(200, fits)) {
            assertThat(post(server).need("/a")).hasSize((1 << 20) - 20);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "\"text\"",
                "<html>",
                "{\"access_token\":",
                "{\"access_token\":{}}",
                "{\"access_token\":\"\"}"
            })
    void answer_whenItIsNone_isMalformed(String body) throws Exception {
        try (RawServer server = RawServer.json(200, body)) {
            VendorAnswer answer = post(server);
            assertThat(answer.number("/expires_in")).isEmpty();
            assertThat(answer.texts("/value", "/id")).isEmpty();
            assertThatThrownBy(() -> answer.need("/access_token"))
                    .isInstanceOf(VendorCallException.class)
                    .hasMessage("POST /oauth2/token: status 200 malformed_answer");
        }
    }

    @Test
    void noText_holdsAnythingOfTheCall() throws Exception {
        try (RawServer server = RawServer.json(200, "{\"access_token\":\"secret_2\"}")) {
            assertThat(post(server).toString() + HTTP).doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://api.box.com", "http://127.0.0.1.evil.example", "https://u@api.box.com", "ftp://127.0.0.1"
            })
    void post_whenTheAddressIsNeitherHttpsNorThisMachine_isRefused(String address) {
        assertThatThrownBy(() -> post(URI.create(address), FORM)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String trace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
