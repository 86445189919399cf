package io.github.kaitsu.consent;

import static io.github.kaitsu.consent.Consents.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.ConsentOutcome.Granted;
import io.github.kaitsu.consent.LoopbackReceiver.Waited;
import io.github.kaitsu.consent.OwnAccess.Returned;
import io.github.kaitsu.contract.HandClock;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The flow against an authorization server that nobody here wrote, the browser being an HTTP client that follows redirects. */
@Timeout(60)
class IndependentServerTest {
    private static final String ISSUER = "tenant-1";
    private static final String ACCOUNT = "山田@example.co.jp";

    private static final MockOAuth2Server SERVER = new MockOAuth2Server();
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
    private final HandClock clock = new HandClock();
    private final Standard vendor = new Standard();
    private final ConsentClient client = ConsentClient.builder()
            .store(new MemoryCredentialStore())
            .server(vendor)
            .clock(clock)
            .build();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.shutdown();
    }

    @BeforeEach
    void sayWho() {
        SERVER.enqueueCallback(new DefaultOAuth2TokenCallback(ISSUER, ACCOUNT));
    }

    private ConsentOutcome consent() throws IOException, InterruptedException {
        try (LoopbackReceiver receiver = LoopbackReceiver.open(client)) {
            PendingConsent pending =
                    client.begin(ConsentRequest.builder(CUSTOMER, CloudService.Provider.DROPBOX, receiver.redirectUri())
                            .build());
            HttpResponse<String> page =
                    http.send(HttpRequest.newBuilder(pending.authorizationUrl()).build(), BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            return ((Waited.Answered) receiver.await(pending, Duration.ofSeconds(50))).outcome();
        }
    }

    @Test
    void consent_atAServerNobodyHereWrote_isGranted() throws Exception {
        assertThat(consent())
                .isEqualTo(new Granted(
                        CUSTOMER, CloudService.Provider.DROPBOX, ACCOUNT, ISSUER, Standard.SCOPES, Set.of()));
    }

    @Test
    void consent_withAnotherVerifierThanTheChallenges_isNot() throws Exception {
        vendor.wrongVerifier = true;

        assertThat(consent()).isNotInstanceOf(Granted.class);
        assertThat(client.held(CUSTOMER)).isEmpty();
    }

    @Test
    void tokens_whenTheyEnd_areRefreshed() throws Exception {
        consent();
        AccessTokens tokens =
                client.tokens(CUSTOMER, CloudService.Provider.DROPBOX).orElseThrow();
        String first = tokens.get();
        assertThat(tokens.get()).isEqualTo(first);

        clock.pass(Duration.ofDays(1));
        assertThat(tokens.get()).isNotEqualTo(first);
        assertThat(vendor.refreshes).hasValue(1);
    }

    @Test
    void disconnect_always_asksTheServerToEndTheGrant() throws Exception {
        consent();
        AccessTokens tokens =
                client.tokens(CUSTOMER, CloudService.Provider.DROPBOX).orElseThrow();

        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.DROPBOX)).isEqualTo(Returned.REVOKED);
        assertThatThrownBy(tokens::get)
                .isInstanceOfSatisfying(
                        VendorCallException.class,
                        e -> assertThat(e.authorizationLost()).isTrue());
        assertThat(vendor.revocations).hasValue(1);
    }

    /** What the standards say, and nothing of any vendor's. */
    private final class Standard implements AuthorizationServer {
        static final Set<String> SCOPES = Set.of("openid", "files.read");

        private final ObjectMapper json = new ObjectMapper();
        private volatile boolean wrongVerifier;
        private final AtomicInteger refreshes = new AtomicInteger();
        private final AtomicInteger revocations = new AtomicInteger();

        @Override
        public CloudService.Provider provider() {
            return CloudService.Provider.DROPBOX;
        }

        @Override
        public Set<String> scopes() {
            return SCOPES;
        }

        @Override
        public boolean pkce() {
            return true;
        }

        @Override
        public URI authorizationUrl(Question question) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("response_type", "code");
            query.put("client_id", "kaitsu");
            query.put("redirect_uri", question.redirectUri().toString());
            query.put("state", question.state());
            query.put("scope", String.join(" ", question.scopes()));
            query.put("code_challenge", question.challenge().orElseThrow());
            query.put("code_challenge_method", "S256");
            return URI.create(url("authorize") + "?" + form(query));
        }

        @Override
        public TokenGrant redeem(Code code) throws InterruptedException {
            return token(Map.of(
                    "grant_type",
                    "authorization_code",
                    "code",
                    code.value(),
                    "redirect_uri",
                    code.redirectUri().toString(),
                    "client_id",
                    "kaitsu",
                    "code_verifier",
                    wrongVerifier ? "x".repeat(43) : code.verifier().orElseThrow()));
        }

        @Override
        public TokenGrant refresh(TokenGrant grant) throws InterruptedException {
            refreshes.incrementAndGet();
            return token(Map.of(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    grant.refreshToken().orElseThrow(),
                    "client_id",
                    "kaitsu"));
        }

        private TokenGrant token(Map<String, String> form) throws InterruptedException {
            JsonNode answer = post(url("token"), form);
            return new TokenGrant(
                    answer.required("access_token").asText(),
                    Optional.of(clock.instant()
                            .plusSeconds(answer.required("expires_in").asLong())),
                    Optional.ofNullable(answer.get("refresh_token")).map(JsonNode::asText),
                    SCOPES);
        }

        @Override
        public Identity identify(TokenGrant grant) throws InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url("userinfo")))
                    .header("Authorization", "Bearer " + grant.accessToken());
            return new Identity(send(request).required("sub").asText(), ISSUER, Optional.empty());
        }

        @Override
        public void revoke(TokenGrant grant) throws InterruptedException {
            post(
                    url("revoke"),
                    Map.of(
                            "token",
                            grant.refreshToken().orElseThrow(),
                            "token_type_hint",
                            "refresh_token",
                            "client_id",
                            "kaitsu"));
            revocations.incrementAndGet();
        }

        @Override
        public Refusal refusal(String error, String description) {
            return Refusal.OTHER;
        }

        private JsonNode post(String address, Map<String, String> form) throws InterruptedException {
            return send(HttpRequest.newBuilder(URI.create(address))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form(form))));
        }

        private JsonNode send(HttpRequest.Builder request) throws InterruptedException {
            try {
                HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
                JsonNode body = json.readTree(answer.body().startsWith("{") ? answer.body() : "{}"); // RFC 7009 §2.2
                if (answer.statusCode() != 200) {
                    throw VendorCallException.of("call", answer.statusCode())
                            .code(body.path("error").asText())
                            .build();
                }
                return body;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String url(String endpoint) {
            int port = SERVER.getConfig().getHttpServer().port();
            return "http://localhost:" + port + "/" + ISSUER + "/" + endpoint;
        }

        private static String form(Map<String, String> values) {
            return values.entrySet().stream()
                    .map(e -> e.getKey() + "=" + SmallVendor.encode(e.getValue()))
                    .collect(Collectors.joining("&"));
        }
    }
}
