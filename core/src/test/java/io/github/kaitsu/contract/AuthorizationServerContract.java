package io.github.kaitsu.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.AuthorizationServer.Code;
import io.github.kaitsu.consent.AuthorizationServer.Identity;
import io.github.kaitsu.consent.AuthorizationServer.Question;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.provision.Mender;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link AuthorizationServer} must keep to: a code and a refresh token are sent once, what comes back is taken whole,
 * and a refusal says its word and no secret.
 *
 * <p>Extend it in your module's tests. The vendor is a server that answers in turn what {@link #answer} was told.
 */
@Timeout(60)
public abstract class AuthorizationServerContract {
    protected static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    protected static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    protected static final String CLIENT = "5a4db0c5-0c5a-4c5a-8b0c-5a4db0c50c5a";
    protected static final String SECRET = "client_secret_1";
    protected static final String STATE = "0123456789abcdef012345";
    protected static final URI BACK = URI.create("http://127.0.0.1:4000/back");
    protected static final String VERIFIER = "verifier_secret_verifier_secret_verifier_secret";

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private final HttpServer vendor = listening();
    private AuthorizationServer server = server(base());

    /** For those who extend it. */
    protected AuthorizationServerContract() {}

    /** One for the app {@link #CLIENT}, with {@link #SECRET} if it takes one, all its addresses behind this one, and {@link #CLOCK}. */
    protected abstract AuthorizationServer server(URI base);

    protected abstract CloudService.Provider provider();

    protected abstract String tokenPath();

    /** Scopes that the vendor knows. */
    protected abstract Set<String> asked();

    /** An answer of the vendor's with every field it has: {@code access_secret}, {@code refresh_secret_2}, a life of an hour. */
    protected abstract String tokens();

    /** The scopes that {@link #tokens} leaves, as they were asked for. */
    protected abstract Set<String> granted();

    /** What errors mean; all others mean nothing. */
    protected abstract Map<String, Refusal> refusals();

    /** What the vendor answers when it is asked who consented, in turn: an administrator with all {@link #names}. */
    protected abstract List<Answer> person();

    /** The names that the vendor vouches for; the first one is the account. */
    protected abstract List<String> names();

    /** Names in {@link #person} that nobody vouches for. */
    protected List<String> foreignNames() {
        return List.of();
    }

    /** Other forms in which the vendor lists a scope, by the form in which it was asked for. */
    protected Map<String, List<String>> scopeForms() {
        return Map.of();
    }

    /** What the vendor calls itself (RFC 9207). */
    protected List<String> issuers() {
        URI page = server.authorizationUrl(question(Optional.empty()));
        return List.of(page.getScheme() + "://" + page.getRawAuthority());
    }

    /** Whether the app has a secret, which then goes with each form. */
    protected boolean hasSecret() {
        return false;
    }

    /** The answers to an end of a grant that is gone already; empty if the vendor ends none. */
    protected List<Answer> goneAlready() {
        return List.of();
    }

    // ---- the vendor

    /** What the vendor answers; with status 0 it hangs up instead. */
    public record Answer(int status, String body) {}

    /** What the vendor was asked. */
    public record Asked(String line, Map<String, String> headers, String body) {
        /** The fields of a form. */
        public Map<String, String> form() {
            return parameters(body);
        }
    }

    /** Sorted and decoded. */
    protected static Map<String, String> parameters(String text) {
        Map<String, String> found = new TreeMap<>();
        Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .forEach(p -> found.put(p[0], URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
        return found;
    }

    private HttpServer listening() {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            listening.createContext("/", this::handle);
            return listening;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Asked(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers, body));
        Answer answer = answers.poll();
        if (answer != null && answer.status() != 0) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @BeforeEach
    void start() {
        vendor.start();
    }

    @AfterEach
    void stop() {
        vendor.stop(0);
    }

    protected final URI base() {
        return URI.create("http://127.0.0.1:" + vendor.getAddress().getPort());
    }

    /** Tells the vendor what to answer next. */
    protected final void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    /** What the vendor was asked, in turn. */
    protected final List<Asked> requests() {
        return requests;
    }

    protected final AuthorizationServer server() {
        return server;
    }

    protected final Question question(Optional<String> account) {
        return new Question(BACK, STATE, Optional.of("challenge"), asked(), account, Locale.JAPANESE);
    }

    protected final Code code() {
        return new Code("code_secret", BACK, Optional.of(VERIFIER).filter(v -> server.pkce()), asked());
    }

    protected final TokenGrant grant() {
        return new TokenGrant("access_old", Optional.of(NOW), Optional.of("refresh_secret_1"), asked());
    }

    private VendorCallException refused() {
        return catchThrowableOfType(VendorCallException.class, () -> server.redeem(code()));
    }

    // ---- what it is

    @Test
    void itSaysWhatItIs_andHidesTheSecret() {
        assertThat(server.provider()).isEqualTo(provider());
        assertThat(server.client()).isEqualTo(CLIENT);
        assertThat(server.scopes()).isNotEmpty();
        assertThat(server.toString() + question(Optional.empty()) + code() + grant())
                .contains(CLIENT)
                .doesNotContain("secret", STATE);
    }

    @Test
    void refusal_isTheErrorsMeaning_whateverItsDescriptionSays() {
        refusals()
                .forEach((error, meaning) -> assertThat(server.refusal(error, "access_denied"))
                        .as(error)
                        .isEqualTo(meaning));
        for (String other : List.of("", "who_knows", "invalid_request", "Unauthorized.")) {
            assertThat(server.refusal(other, "")).as(other).isEqualTo(Refusal.OTHER);
        }
    }

    /** What the standards name means the same at every vendor: RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6. */
    @ParameterizedTest
    @CsvSource({
        "access_denied, DENIED",
        "invalid_grant, EXPIRED",
        "invalid_client, APP",
        "invalid_client: Invalid client_id or client_secret, APP",
        "redirect_uri_mismatch, APP",
        "unsupported_response_type, APP",
        "unsupported_grant_type, APP",
        "interaction_required, SIGN_IN_REQUIRED",
        "login_required, SIGN_IN_REQUIRED",
        "consent_required, SIGN_IN_REQUIRED",
        "temporarily_unavailable, PASSING",
        "server_error, PASSING"
    })
    void refusal_ofAStandardWord_isTheSameEverywhere(String error, Refusal meaning) {
        assertThat(server.refusal(error, "")).isEqualTo(meaning);
    }

    // ---- the consent page

    @Test
    void authorizationUrl_asksForACodeWithStateAndChallenge() {
        Map<String, String> query =
                parameters(server.authorizationUrl(question(Optional.empty())).getRawQuery());
        assertThat(query)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", CLIENT)
                .containsEntry("redirect_uri", BACK.toString())
                .containsEntry("state", STATE);
        assertThat(query.get("code_challenge")).isEqualTo(server.pkce() ? "challenge" : null);
        assertThat(query.get("code_challenge_method")).isEqualTo(server.pkce() ? "S256" : null);
    }

    @ParameterizedTest
    @CsvSource({
        "https://portal.example/, short, state",
        "http://portal.example/, 0123456789abcdef012345, redirectUri",
        "http://127.0.0.1.portal.example/, 0123456789abcdef012345, redirectUri",
        "https://portal.example/#x, 0123456789abcdef012345, redirectUri",
        "urn:ietf:wg:oauth:2.0:oob, 0123456789abcdef012345, redirectUri"
    })
    void authorizationUrl_whenAPartIsUnsafe_isRefused(URI back, String state, String part) {
        Question question = new Question(back, state, Optional.of("c"), asked(), Optional.empty(), Locale.JAPANESE);
        assertThatThrownBy(() -> server.authorizationUrl(question))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }

    @Test
    void authorizationUrl_whenNothingIsAskedFor_isRefused() {
        Question question = new Question(BACK, STATE, Optional.of("c"), Set.of(), Optional.empty(), Locale.JAPANESE);
        assertThatThrownBy(() -> server.authorizationUrl(question)).hasMessageContaining("scopes");
    }

    // ---- tokens

    /** By whatever process the consent was begun. */
    @Test
    void redeem_sendsOneForm_andGivesWhatWasGranted() throws Exception {
        answer(200, tokens());
        assertThat(server.redeem(code()))
                .isEqualTo(new TokenGrant(
                        "access_secret",
                        Optional.of(NOW.plus(Duration.ofHours(1))),
                        Optional.of("refresh_secret_2"),
                        granted()));
        assertThat(requests).hasSize(1);
        Asked sent = requests.get(0);
        assertThat(sent.line()).isEqualTo("POST " + tokenPath());
        assertThat(sent.headers().get("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(sent.headers()).doesNotContainKey("Authorization");
        assertThat(sent.form())
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "code_secret")
                .containsEntry("redirect_uri", BACK.toString())
                .containsEntry("client_id", CLIENT);
        assertThat(sent.form().get("code_verifier")).isEqualTo(server.pkce() ? VERIFIER : null);
        assertThat(sent.form().get("client_secret")).isEqualTo(hasSecret() ? SECRET : null);
    }

    @Test
    void refresh_sendsOneForm_andTakesTheNewRefreshToken() throws Exception {
        answer(200, tokens());
        assertThat(server.refresh(grant()).refreshToken()).contains("refresh_secret_2");
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).form())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "refresh_secret_1")
                .containsEntry("client_id", CLIENT);
        assertThat(requests.get(0).form().get("client_secret")).isEqualTo(hasSecret() ? SECRET : null);
    }

    /** The code is spent: what is wrong with the rest of an answer must not cost the grant. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"expires_in\":\"soon\"", ",\"expires_in\":null,\"scope\":7,\"id_token\":\"none\""})
    void redeem_whenOnlyTheTokensCanBeRead_theyAreTaken(String rest) throws Exception {
        answer(200, "{\"access_token\":\"access_secret\",\"refresh_token\":\"refresh_secret_2\"" + rest + "}");
        TokenGrant grant = server.redeem(code());
        assertThat(grant.refreshToken()).contains("refresh_secret_2");
        assertThat(grant.expiresAt()).isEmpty();
        assertThat(grant.scopes()).isEqualTo(asked());
    }

    /** Seconds as number or text; what no token lives is unknown, what lives too long is refreshed in time. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3599 | 3599",
                "\"3599\" | 3599",
                "\" 3599 \" | 3599",
                "3599.97 | 3599",
                "\"3599.97\" | 3599",
                "3.6e3 | 3600",
                "1 | 1",
                "86401 | 86400",
                "2147483648 | 86400",
                "9223372036854775807 | 86400",
                "\"9223372036854775807\" | 86400",
                "-9223372036854775808 | ",
                "99999999999999999999999999 | 86400",
                "1e300 | 86400",
                "\"1e2147483647\" | 86400",
                "1e400 | ",
                "0 | ",
                "0.5 | ",
                "-1 | ",
                "\"-3600\" | ",
                "\"\" | ",
                "\"one hour\" | ",
                "\"NaN\" | ",
                "\"1e99999999999\" | ",
                "true | ",
                "[3600] | ",
                "{} | ",
            })
    void redeemAndRefresh_whateverLifeIsWritten_takeTheTokens(String written, Long seconds) throws Exception {
        String body = tokens().replace("\"expires_in\":3600", "\"expires_in\":" + written);
        Optional<Instant> end = Optional.ofNullable(seconds).map(NOW::plusSeconds);
        answer(200, body);
        answer(200, body);
        assertThat(server.redeem(code()).expiresAt()).isEqualTo(end);
        TokenGrant fresh = server.refresh(grant());
        assertThat(fresh.expiresAt()).isEqualTo(end);
        assertThat(fresh.accessToken()).isEqualTo("access_secret");
    }

    @Test
    void aByteOrderMarkBeforeAnAnswer_isDropped() throws Exception {
        answer(200, "\uFEFF" + tokens());
        assertThat(server.redeem(code()).accessToken()).isEqualTo("access_secret");
        answer(400, "\uFEFF{\"error\":\"invalid_grant\"}");
        assertThat(refused().authorizationLost()).isTrue();
        for (Answer a : person()) {
            answer(a.status(), "\uFEFF" + a.body());
        }
        assertThat(server.identify(grant()).account()).isEqualTo(names().get(0));
    }

    /** A scope that was granted is not missing, however the vendor lists it. */
    @Test
    void redeem_inWhateverFormScopesAreListed_theyAreThoseThatWereAsked() throws Exception {
        String listed = String.join(" ", asked());
        for (String form : List.of(
                listed,
                listed.toUpperCase(Locale.ROOT),
                String.join("  ", asked().stream().sorted().toList()),
                " " + listed)) {
            answer(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"scope\":\"" + form + "\"}");
            assertThat(server.redeem(code()).scopes()).as(form).containsAll(asked());
        }
        for (Map.Entry<String, List<String>> one : scopeForms().entrySet()) {
            for (String form : one.getValue()) {
                answer(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"scope\":\"" + form + "\"}");
                Code code = new Code("c", BACK, Optional.of(VERIFIER), Set.of(one.getKey(), "not-granted"));
                assertThat(server.redeem(code).scopes())
                        .as(form)
                        .contains(one.getKey())
                        .doesNotContain("not-granted");
            }
        }
    }

    // ---- who

    @Test
    void identify_knowsOnePersonByAllNames_andNobodyElse() throws Exception {
        answers.addAll(person());
        Identity who = server.identify(grant());
        assertThat(who.account()).isEqualTo(names().get(0));
        for (String name : names()) {
            assertThat(List.of(name, name.toUpperCase(Locale.ROOT), " " + name + "\n", name.replace('@', '＠')))
                    .allMatch(who::isCalled);
        }
        List<String> others = new ArrayList<>(foreignNames());
        others.addAll(List.of(
                "",
                "@",
                "x" + names().get(0),
                names().get(0) + ".example",
                names().get(0).split("@")[0]));
        assertThat(others).noneMatch(who::isCalled);
    }

    @Test
    void isIssuer_isTheVendorAlone() {
        assertThat(issuers()).isNotEmpty().allMatch(server::isIssuer);
        List<String> others = new ArrayList<>(List.of(
                "",
                "https://evil.example",
                "https://accounts.google.com.evil.example",
                "https://login.microsoftonline.com/common/v2.0"));
        for (String own : issuers()) {
            others.addAll(List.of(
                    own + "/",
                    own + ".evil.example",
                    own + "?x",
                    " " + own,
                    own.toUpperCase(Locale.ROOT),
                    own.replaceFirst("^https?://", ""),
                    own.replaceFirst("^http", "ftp"),
                    own.replaceFirst("://", "://x@")));
        }
        assertThat(others).noneMatch(server::isIssuer);
    }

    @Test
    void redeem_whenAScopeComesTwice_itIsOne() throws Exception {
        String twice = "\"scope\":\"" + String.join("  ", asked()) + " " + String.join(" ", asked()) + "\"";
        answer(200, "{\"access_token\":\"access_secret\",\"refresh_token\":\"r\"," + twice + "}");
        assertThat(server.redeem(code()).scopes()).containsAll(asked());
    }

    @Test
    void whenTheAnswerIsLost_nothingIsRepeated() {
        answer(0, "");
        answer(200, tokens());
        VendorCallException e = refused();
        assertThat(e.code()).contains("answer_lost");
        assertThat(e.retryable()).isFalse();
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"access_token\":1,\"refresh_token\":\"r\"}",
                "{\"access_token\":\"\",\"refresh_token\":\"r\"}",
                "<html>",
                "{\"access_to"
            })
    void redeem_whenTheAnswerIsNone_isMalformed(String body) {
        answer(200, body);
        assertThat(refused())
                .hasMessage("POST " + tokenPath() + ": status 200 malformed_answer")
                .hasNoCause()
                .matches(e -> !e.retryable());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"invalid_grant\",\"error_description\":\"code_secret is spent\"} | invalid_grant",
                "401 | {\"error\":\"invalid_client\",\"error_description\":\"code_secret\"} | invalid_client",
                "400 | {\"error\":\"client_secret_1 is wrong\",\"error_description\":\"code_secret\"} | ",
                "429 | {\"error\":\"code_secret was sent too often\"} | ",
                "503 | code_secret | ",
                "302 | {} | redirect",
            })
    void redeem_whenRefused_saysOnlyTheWord_andAsksOnce(int status, String body, String word) {
        answer(status, body);
        VendorCallException e = refused();
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.code()).isEqualTo(Optional.ofNullable(word));
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("secret");
        assertThat(e).hasNoCause();
        assertThat(requests).hasSize(1);
    }

    /**
     * What is wrong with the app, or with what a tenant allows, is no lost grant: nobody is asked to connect again, and the tokens are
     * not deleted, whatever the status.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"invalid_client\"} | APP_OWNER",
                "401 | {\"error\":\"invalid_client\",\"error_description\":\"refresh_secret_1\"} | APP_OWNER",
                "401 | {\"error\":\"who_knows\"} | UNKNOWN",
                "401 | {} | UNKNOWN",
                "401 | not JSON | UNKNOWN",
                "400 | {\"error\":\"invalid_request\"} | UNKNOWN",
                "400 | {\"error\":\"interaction_required\"} | PERSON",
                "400 | {\"error\":\"invalid_grant\"} | PERSON",
                "400 | {\"error\":\"temporarily_unavailable\"} | VENDOR",
                "429 | {\"error\":\"invalid_client\"} | VENDOR",
                "503 | {} | VENDOR",
                "302 | {} | VENDOR"
            })
    void refresh_whenRefused_saysWhoCanMendIt_andOnlyAGrantThatIsGoneIsGone(int status, String body, Mender mender) {
        answer(status, body);
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> server.refresh(grant()));
        assertThat(e.refusal().map(Refusal::mender)).contains(mender);
        assertThat(e.grantGone()).isEqualTo(body.contains("invalid_grant"));
        assertThat(e.authorizationLost()).isEqualTo(mender == Mender.PERSON);
        assertThat(e.toString()).doesNotContain("secret");
        ProbeResult look = e.asLook(NOW);
        assertThat(look instanceof ProbeResult.Refused refused ? refused.app() : CLIENT)
                .isEqualTo(CLIENT);
    }

    /** No library remembers a refusal and answers in the vendor's place. */
    @Test
    void refresh_whenRefusedBefore_asksTheVendorAgain() throws Exception {
        answer(429, "{}");
        answer(400, "{\"error\":\"invalid_grant\"}");
        answer(200, tokens());
        assertThatThrownBy(() -> server.refresh(grant())).isInstanceOf(VendorCallException.class);
        assertThat(catchThrowableOfType(VendorCallException.class, () -> server.refresh(grant()))
                        .authorizationLost())
                .isTrue();
        assertThat(server.refresh(grant()).accessToken()).isEqualTo("access_secret");
        assertThat(requests).hasSize(3);
    }

    @Test
    void refresh_whenThereIsNothingToRefreshWith_theGrantIsGoneAndNobodyIsAsked() {
        TokenGrant without = new TokenGrant("access_old", Optional.empty(), Optional.empty(), asked());
        assertThat(catchThrowableOfType(VendorCallException.class, () -> server.refresh(without))
                        .code())
                .contains("invalid_grant");
        assertThat(requests).isEmpty();
    }

    @Test
    void redeem_whenTheThreadIsInterrupted_endsWithTheInterruption() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> server.redeem(code())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    // ---- the end

    @Test
    void revoke_whenGoneAlready_isDone_andWhenItFails_saysSo() throws Exception {
        if (!server.canRevoke()) {
            assertThat(catchThrowableOfType(VendorCallException.class, () -> server.revoke(grant()))
                            .retryable())
                    .isFalse();
            assertThat(requests).isEmpty();
            return;
        }
        answers.addAll(goneAlready());
        server.revoke(grant());
        assertThat(requests).hasSameSizeAs(goneAlready());
        for (int status : List.of(400, 503)) {
            answer(status, "{\"error\":\"unavailable\"}");
            assertThat(catchThrowableOfType(VendorCallException.class, () -> server.revoke(grant()))
                            .status())
                    .isEqualTo(status);
        }
    }
}
