package io.github.kaitsu.consent;

import static io.github.kaitsu.consent.Consents.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentOutcome.Granted;
import io.github.kaitsu.consent.ConsentOutcome.StateMismatch;
import io.github.kaitsu.consent.LoopbackReceiver.Waited;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoopbackReceiverTest {
    private static final Duration LONG = Duration.ofSeconds(50); // a safety net
    private static final int STRAY_REQUESTS = 1000;
    private static final int SLOW_CLIENTS = 200;
    private static final int MANY_SLOW_CLIENTS = 400;

    private final Consents consents = new Consents();
    private final SmallVendor vendor = consents.vendor;
    private final ConsentClient client = consents.client;
    private final List<AutoCloseable> open = new ArrayList<>();
    private LoopbackReceiver receiver;
    private PendingConsent pending;

    @BeforeEach
    void begin() {
        receiver = LoopbackReceiver.open(client);
        pending = begin(receiver);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        receiver.close();
        consents.close();
    }

    private PendingConsent begin(LoopbackReceiver at) {
        return client.begin(ConsentRequest.builder(CUSTOMER, CloudService.Provider.GOOGLE, at.redirectUri())
                .build());
    }

    private URI rightAnswer() {
        return vendor.consent(pending.authorizationUrl());
    }

    /** Shows that whatever was done before, the flow lives on. */
    private void assertStillCompletes() throws Exception {
        assertThat(get(rightAnswer()).status).isEqualTo(200);
        assertThat(receiver.await(pending, LONG))
                .isInstanceOfSatisfying(
                        Waited.Answered.class, w -> assertThat(w.outcome()).isInstanceOf(Granted.class));
    }

    // ---- the good path

    @Test
    void await_whenTheAnswerComes_saysHowItEnded() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Waited> waiting = threads.submit(() -> receiver.await(pending, LONG));
            Page page = get(rightAnswer());

            assertThat(waiting.get()).isEqualTo(new Waited.Answered(outcome()));
            assertThat(page.status).isEqualTo(200);
            assertThat(page.body).contains("Consent complete", "admin@example.co.jp", "close this page");
        } finally {
            threads.shutdownNow();
        }
    }

    private ConsentOutcome outcome() {
        OwnGrant grant = client.grant(CUSTOMER, CloudService.Provider.GOOGLE).orElseThrow();
        return new Granted(
                CUSTOMER, CloudService.Provider.GOOGLE, grant.account(), grant.tenant(), grant.scopes(), Set.of());
    }

    @Test
    void await_whenItWasAnsweredBefore_saysSoAtOnce() throws Exception {
        get(rightAnswer());

        assertThat(receiver.await(pending, Duration.ZERO)).isEqualTo(new Waited.Answered(outcome()));
    }

    @Test
    void await_whenTheVendorRefuses_saysWhy() throws Exception {
        Page page = get(SmallVendor.back(pending.authorizationUrl(), "error=access_denied"));

        assertThat(receiver.await(pending, LONG))
                .isEqualTo(new Waited.Answered(new ConsentOutcome.Denied(CloudService.Provider.GOOGLE)));
        assertThat(page.body).contains("Consent not complete", "begin the consent again");
    }

    @Test
    void await_whenTwoConsentsAreAsked_keepsThemApart() throws Exception {
        PendingConsent other = begin(receiver);
        get(vendor.consent(other.authorizationUrl()));

        assertThat(receiver.await(pending, Duration.ZERO)).isEqualTo(new Waited.TimedOut());
        assertThat(receiver.await(other, LONG)).isInstanceOf(Waited.Answered.class);
        assertStillCompletes();
    }

    // ---- waiting

    @Test
    void await_whenTheTimeIsOver_saysSoAndTheConsentStillWaits() throws Exception {
        assertThat(receiver.await(pending, Duration.ZERO)).isEqualTo(new Waited.TimedOut());
        assertStillCompletes();
    }

    @Test
    void await_whenClosed_isCancelledAndTheConsentStillWaits() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Waited> waiting = threads.submit(() -> receiver.await(pending, LONG));
            receiver.close();

            assertThat(waiting.get()).isEqualTo(new Waited.Cancelled());
            assertThat(receiver.await(pending, LONG)).isEqualTo(new Waited.Cancelled());
            assertThat(client.answer(rightAnswer()).outcome()).isInstanceOf(Granted.class);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void await_whenInterrupted_endsAndTheConsentStillWaits() throws Exception {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> receiver.await(pending, LONG)).isInstanceOf(InterruptedException.class);
        assertStillCompletes();
    }

    @Test
    void await_whenTheStoreFails_throwsWhatItThrewAndMayBeCalledAgain() throws Exception {
        BrokenStore broken = new BrokenStore();
        try (Consents others = new Consents(broken);
                LoopbackReceiver at = LoopbackReceiver.open(others.client)) {
            PendingConsent asked =
                    others.client.begin(ConsentRequest.builder(CUSTOMER, CloudService.Provider.GOOGLE, at.redirectUri())
                            .build());
            URI answer = others.vendor.consent(asked.authorizationUrl());
            assertThat(at.await(asked, Duration.ZERO)).isEqualTo(new Waited.TimedOut());
            broken.broken = true;

            assertThat(get(answer).status).isEqualTo(500);
            assertThatThrownBy(() -> at.await(asked, LONG))
                    .isInstanceOfSatisfying(
                            KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR));
            broken.broken = false;
            assertThat(get(answer).status).isEqualTo(200); // the person reloads the page
            assertThat(at.await(asked, LONG)).isInstanceOf(Waited.Answered.class);
        }
    }

    // ---- pasted meanwhile

    @Test
    void paste_whileItIsAwaited_countsAndTheBrowserComesTooLate() throws Exception {
        URI answer = rightAnswer();

        assertThat(receiver.paste(pending, " " + answer + "\n")).isInstanceOf(Granted.class);
        assertThat(receiver.await(pending, LONG)).isEqualTo(new Waited.Answered(outcome()));
        Page late = get(answer);
        assertThat(late.status).isEqualTo(400);
        assertThat(late.body).contains("nothing is left to do");
    }

    @Test
    void paste_afterTheBrowser_isAMismatch() throws Exception {
        URI answer = rightAnswer();
        get(answer);

        assertThat(receiver.paste(pending, answer.toString())).isEqualTo(new StateMismatch());
        assertThat(receiver.await(pending, LONG)).isEqualTo(new Waited.Answered(outcome()));
    }

    // ---- strangers

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /favicon.ico",
        "GET, /callback/",
        "GET, /callback2?code=1",
        "GET, //callback",
        "GET, /%63allback",
        "POST, /callback",
        "HEAD, /callback",
        "PUT, /callback",
        "OPTIONS, /callback"
    })
    void strangers_whateverTheyWant_findNothing(String method, String target) throws Exception {
        assertThat(send(method, target, host()).status).isEqualTo(404);
        assertStillCompletes();
    }

    /** DNS rebinding: a page of somebody else's has its own name lead here. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example.com", "evil.example.com:%d", "localhost:%d", "127.0.0.1", "127.0.0.1:1", ""})
    void strangers_underAnotherName_findNothing(String host) throws Exception {
        URI answer = rightAnswer();
        String name = host.formatted(answer.getPort());

        assertThat(send("GET", answer.getRawPath() + "?" + answer.getRawQuery(), name).status)
                .isEqualTo(404);
        assertThat(vendor.redeemed).hasValue(0);
        assertStillCompletes();
    }

    @Test
    void strangers_withTwoNamesOrNone_findNothing() throws Exception {
        String target = target(rightAnswer());

        assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\nHost: evil.example.com\r\n\r\n").status)
                .isIn(400, 404);
        assertThat(raw("GET " + target + " HTTP/1.1\r\n\r\n").status).isIn(400, 404);
        assertThat(raw("GET http://evil.example.com" + target + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n").status)
                .isEqualTo(404);
        assertThat(vendor.redeemed).hasValue(0);
        assertStillCompletes();
    }

    @Test
    void strangers_withWrongAnswers_areRefusedOnAPage() throws Exception {
        for (String query : List.of(
                "?code=1&state=forged",
                "?error=access_denied",
                "?code=1",
                "",
                "?",
                "?state=" + pending.id() + ".&code=1",
                "?code=1&code=2&state=x",
                "?x=%zz",
                "?state=%00&code=1",
                "?" + "a".repeat(20_000))) {
            Page page = send("GET", "/callback" + query, host());
            assertThat(page.status).as(query).isEqualTo(400);
        }
        assertThat(vendor.redeemed).hasValue(0);
        assertStillCompletes();
    }

    @Test
    void strangers_withScripts_seeNoneOfThem() throws Exception {
        String script = "%3Cscript%3Ealert(1)%3C/script%3E";
        for (String query : List.of(
                "?error=" + script + "&error_description=" + script,
                "?code=" + script + "&state=" + script,
                "?" + script + "=1&" + script + "=2",
                "?<script>alert(1)</script>")) {
            Page page = send("GET", "/callback" + query, host());
            assertThat(page.status).isEqualTo(400);
            assertThat(page.body.toLowerCase(Locale.ROOT)).doesNotContain("<script", "alert(");
        }
        assertStillCompletes();
    }

    @Test
    void strangers_athousandOfThem_endNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> strays = new ArrayList<>();
            for (int n = 0; n < STRAY_REQUESTS; n++) {
                String target = n % 2 == 0 ? "/stray" + n : "/callback?code=" + n + "&state=" + n;
                strays.add(() -> send("GET", target, host()).status);
            }
            for (Future<Integer> stray : threads.invokeAll(strays)) {
                assertThat(stray.get()).isIn(400, 404);
            }
        } finally {
            threads.shutdownNow();
        }
        assertStillCompletes();
    }

    @Test
    void strangers_thatNeverFinishTheirRequest_hinderNobody() throws Exception {
        for (int n = 0; n < SLOW_CLIENTS; n++) {
            Socket half = connect();
            open.add(half);
            half.getOutputStream()
                    .write((n % 2 == 0 ? "GET /callback HTTP/1.1\r\nHost: " : "GE")
                            .getBytes(StandardCharsets.US_ASCII));
            half.getOutputStream().flush();
        }
        assertStillCompletes();
    }

    /** They had a thread each once. */
    @Test
    void strangers_thatNeverFinishTheirRequest_haveFewThreads() throws Exception {
        for (int n = 0; n < MANY_SLOW_CLIENTS; n++) {
            Socket half = connect();
            open.add(half);
            half.getOutputStream().write("GET /callback HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            half.getOutputStream().flush();
        }
        assertStillCompletes();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(t -> t.getName().equals("kaitsu-consent"))
                        .count())
                .isLessThan(60); // of this receiver and those that tests beside this one have open
    }

    /** A browser that runs ahead, or shows a picture, has brought nobody back. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Purpose: prefetch",
                "Sec-Purpose: prefetch;prerender",
                "Sec-Purpose: prefetch;anonymous-client-ip",
                "sec-purpose: PREFETCH",
                "Purpose: prefetch",
                "Purpose: preview",
                "X-Purpose: preview",
                "X-Moz: prefetch",
                "Sec-Fetch-Dest: image",
                "Sec-Fetch-Dest: iframe",
                "Sec-Fetch-Dest: empty",
                "Sec-Fetch-Dest: document\r\nSec-Fetch-Dest: image",
                "Sec-Fetch-Mode: no-cors",
                "Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nPurpose: prefetch"
            })
    void strangers_thatOnlyFetchTheAddress_useNothingUp(String headers) throws Exception {
        String target = target(rightAnswer());
        Page page = raw("GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n" + headers + "\r\n\r\n");

        assertThat(page.status).isEqualTo(404);
        assertThat(page.head.toLowerCase(Locale.ROOT)).contains("cache-control: no-store");
        assertThat(raw("HEAD " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n").status)
                .isEqualTo(404);
        assertThat(vendor.redeemed).hasValue(0);
        assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\nSec-Fetch-Dest: document\r\n"
                                + "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Site: cross-site\r\n\r\n")
                        .status)
                .isEqualTo(200);
    }

    @Test
    void strangers_withHugeHeaders_hinderNobody() throws Exception {
        String line = "X-Much: " + "x".repeat(8000) + "\r\n";
        try (Socket socket = connect()) {
            StringBuilder request = new StringBuilder("GET /callback HTTP/1.1\r\nHost: " + host() + "\r\n");
            for (int n = 0; n < 300; n++) {
                request.append("X-").append(n).append(line);
            }
            try {
                socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                assertThat(e).isNotNull(); // thrown out meanwhile
            }
        }
        assertThat(raw("\u0000\u0001\u0002 nonsense\r\n\r\n").status).isIn(0, 400);
        assertStillCompletes();
    }

    // ---- the page

    @Test
    void page_always_isSealed() throws Exception {
        Page page = get(rightAnswer());

        assertThat(page.head.toLowerCase(Locale.ROOT))
                .contains("cache-control: no-store")
                .contains("referrer-policy: no-referrer")
                .contains("x-content-type-options: nosniff")
                .contains("content-type: text/html; charset=utf-8")
                .contains("content-security-policy: default-src 'none';")
                .contains("frame-ancestors 'none'");
        assertThat(page.body).doesNotContain("<script", "code-", "token-", pending.id());
    }

    @Test
    void page_withWhatAVendorWrote_escapesIt() throws Exception {
        vendor.account = "<img src=x onerror=alert(1)>\"'&@example.com";
        Page page = get(rightAnswer());

        assertThat(page.body).contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;@example.com");
        assertThat(page.body).doesNotContain("<img");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ja                   | ja",
                "ja-JP,en;q=0.5       | ja",
                "de,ja;q=0.5,en;q=0.4 | ja",
                "en-GB                | en",
                "de                   | ja",
                "*;;;                 | ja"
            })
    void page_always_speaksTheBrowsersLanguageElseTheGivenOne(String wish, String language) throws Exception {
        receiver.close();
        receiver = LoopbackReceiver.builder(client).language(Locale.JAPANESE).open();
        pending = begin(receiver);

        Page page = raw("GET " + target(rightAnswer()) + " HTTP/1.1\r\nHost: " + host() + "\r\nAccept-Language: " + wish
                + "\r\n\r\n");
        assertThat(page.body)
                .contains("<html lang=\"" + language + "\">")
                .contains(language.equals("ja") ? "同意が完了しました" : "Consent complete");
    }

    // ---- addresses

    @Test
    void open_always_isOutOfReachFromOutside() throws Exception {
        Optional<InetAddress> outside = outsideAddress();
        Assumptions.assumeTrue(outside.isPresent(), "this machine has no address but loopback");

        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(
                                new InetSocketAddress(
                                        outside.get(), receiver.redirectUri().getPort()),
                                5000);
                    }
                })
                .isInstanceOf(ConnectException.class);
    }

    private static Optional<InetAddress> outsideAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> !a.isLoopbackAddress() && !(a instanceof Inet6Address))
                .findFirst();
    }

    @Test
    void open_underTheNameLocalhost_listensAtBothAddressesOrNot() throws Exception {
        receiver.close();
        if (!hasIpv6()) {
            assertThatThrownBy(() -> localhost(0)).isInstanceOf(KaitsuException.class);
            return;
        }
        receiver = localhost(0);
        pending = begin(receiver);
        String target = target(rightAnswer());

        for (String address : List.of("::1", "127.0.0.1")) {
            try (Socket socket =
                    new Socket(address(address), receiver.redirectUri().getPort())) {
                assertThat(exchange(socket, "GET /x HTTP/1.1\r\nHost: " + host() + "\r\n\r\n").status)
                        .isEqualTo(404);
            }
        }
        try (Socket socket = new Socket(address("::1"), receiver.redirectUri().getPort())) {
            assertThat(exchange(socket, "GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n").status)
                    .isEqualTo(200);
        }
    }

    @Test
    void open_whereSomebodyElseHasTheOtherAddressOfLocalhost_isRefused() throws Exception {
        Assumptions.assumeTrue(hasIpv6(), "this machine has no ::1");
        try (ServerSocket thief = new ServerSocket(0, 1, address("::1"))) {
            assertThatThrownBy(() -> localhost(thief.getLocalPort()))
                    .isInstanceOfSatisfying(KaitsuException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                        assertThat(e.nextStep(Locale.ENGLISH)).contains("127.0.0.1");
                    });
            new ServerSocket(thief.getLocalPort(), 1, address("127.0.0.1")).close(); // let go of again
        }
    }

    private LoopbackReceiver localhost(int port) {
        return LoopbackReceiver.builder(client)
                .redirectUri(URI.create("http://localhost:" + port + "/callback"))
                .open();
    }

    private static InetAddress address(String literal) {
        return new InetSocketAddress(literal, 0).getAddress();
    }

    private static boolean hasIpv6() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, address("::1"))) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    @Test
    void open_atAPortThatIsTaken_isRefused() {
        assertThatThrownBy(() -> LoopbackReceiver.builder(client)
                        .redirectUri(receiver.redirectUri())
                        .open())
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.co.jp/x",
                "https://127.0.0.1/x",
                "http://10.0.0.1/x",
                "http://127.0.0.1/x?y=z"
            })
    void open_elsewhere_isRefused(String address) {
        assertThatThrownBy(() -> LoopbackReceiver.builder(client).redirectUri(URI.create(address)))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    // ---- HTTP by hand, since clients correct what a test wants wrong

    private record Page(int status, String head, String body) {}

    private Page get(URI address) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return exchange(
                    socket, "GET " + target(address) + " HTTP/1.1\r\nHost: " + address.getRawAuthority() + "\r\n\r\n");
        }
    }

    private Page send(String method, String target, String host) throws IOException {
        return raw(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");
    }

    private Page raw(String request) throws IOException {
        try (Socket socket = connect()) {
            return exchange(socket, request);
        }
    }

    private static Page exchange(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        InputStream in = socket.getInputStream();
        String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Page(0, answer, "");
        }
        return new Page(Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(0, end), answer.substring(end + 4));
    }

    private Socket connect() throws IOException {
        URI at = receiver.redirectUri();
        return new Socket(at.getHost(), at.getPort());
    }

    private String host() {
        return receiver.redirectUri().getRawAuthority();
    }

    private static String target(URI address) {
        return address.getRawPath() + "?" + address.getRawQuery();
    }
}
