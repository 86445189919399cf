package io.github.kaitsu.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.Statement;
import io.github.kaitsu.provision.Mender;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallRetryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private final List<Duration> waits = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    private CallRetry.Builder retry() {
        return CallRetry.builder().sleeper(waits::add).random(() -> 0.5);
    }

    private static VendorCallException refusal(int status, String retryAfter) {
        return VendorCallException.of("GET /x", status)
                .retryAfter(retryAfter, NOW)
                .build();
    }

    private String failing(int times, VendorCallException e) {
        if (calls.incrementAndGet() <= times) {
            throw e;
        }
        return "ok";
    }

    @Test
    void call_whenItWorksAtOnce_waitsNever() throws Exception {
        assertThat(retry().build().call(() -> "ok")).isEqualTo("ok");
        assertThat(waits).isEmpty();
    }

    @Test
    void call_whenItFailsForAMoment_isRepeatedWithDoublingWaits() throws Exception {
        assertThat(retry().build().call(() -> failing(3, refusal(503, null)))).isEqualTo("ok");
        assertThat(waits).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void call_whenItFailsForEver_endsAfterTheAttemptsWithTheLastRefusal() {
        VendorCallException refusal = refusal(500, null);
        assertThatThrownBy(() -> retry().attempts(3).build().call(() -> failing(99, refusal)))
                .isSameAs(refusal);
        assertThat(calls).hasValue(3);
    }

    @Test
    void call_whenRandomVaries_keepsEachWaitWithinTheJitter() throws Exception {
        retry().random(() -> 0.0).jitter(0.25).build().call(() -> failing(1, refusal(0, null)));
        calls.set(0);
        retry().random(() -> 1.0).jitter(0.25).build().call(() -> failing(1, refusal(0, null)));
        assertThat(waits).containsExactly(Duration.ofMillis(375), Duration.ofMillis(625));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 412})
    void call_whenARetryCannotHelp_isMadeOnce(int status) {
        assertThatThrownBy(() -> retry().build().call(() -> failing(99, refusal(status, null))))
                .isInstanceOf(VendorCallException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void call_whenRetryAfterIsInSeconds_waitsJustThat() throws Exception {
        retry().build().call(() -> failing(1, refusal(429, " 7 ")));
        assertThat(waits).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void call_whenRetryAfterIsAnHttpDate_waitsUntilThen() throws Exception {
        retry().build().call(() -> failing(1, refusal(503, "Sat, 21 Nov 2026 00:00:09 GMT")));
        assertThat(waits).containsExactly(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-5",
                "0",
                "",
                "soon",
                "1.5",
                "99999999999999999999",
                "Sat, 21 Nov 2020 00:00:00 GMT",
                "Sat, 32 Nov"
            })
    void call_whenRetryAfterIsNegativePastOrGarbage_ignoresIt(String header) throws Exception {
        retry().build().call(() -> failing(1, refusal(429, header)));
        assertThat(waits).containsExactly(Duration.ofMillis(500));
    }

    @Test
    void call_whenRetryAfterIsBeyondTheBudget_givesUpAtOnceAndTellsWhen() {
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class, () -> retry().build().call(() -> failing(99, refusal(429, "3600"))));
        assertThat(waits).isEmpty();
        assertThat(e.retryAfter()).contains(Duration.ofHours(1));
        assertThat(e.asLook(NOW))
                .isEqualTo(ProbeResult.notBefore(NOW.plusSeconds(3600), "vendor-refused", "GET /x", 429));
    }

    @Test
    void call_whenTheWaitsTogetherExceedTheBudget_givesUp() {
        assertThatThrownBy(() -> retry().attempts(9).build().call(() -> failing(99, refusal(429, "8"))))
                .isInstanceOf(VendorCallException.class);
        assertThat(waits).containsExactly(Duration.ofSeconds(8), Duration.ofSeconds(8));
    }

    @Test
    void call_whenInterruptedBetweenAttempts_endsWithTheInterruption() {
        CallRetry.Sleeper interrupted = time -> {
            throw new InterruptedException();
        };
        assertThatThrownBy(() -> retry().sleeper(interrupted).build().call(() -> failing(1, refusal(503, null))))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void authorizedCall_whenTheTokenIsRefusedOnce_goesOnWithANewOne() throws Exception {
        List<String> used = new ArrayList<>();
        String result = retry().build().call(tokens(), token -> {
            used.add(token);
            if (token.equals("t1")) {
                throw refusal(401, null);
            }
            return "ok";
        });
        assertThat(result).isEqualTo("ok");
        assertThat(used).containsExactly("t1", "t2");
        assertThat(waits).isEmpty();
    }

    @Test
    void authorizedCall_whenEveryTokenIsRefused_refreshesOnce() {
        AtomicInteger refreshes = new AtomicInteger();
        AccessTokens tokens = counting(refreshes);
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class,
                () -> retry().build().call(tokens, token -> failing(99, refusal(401, null))));
        assertThat(e.refusal()).contains(Refusal.NO_RIGHTS);
        assertThat(e.asLook(NOW)).isEqualTo(ProbeResult.noAccess("vendor-refused", "GET /x", 401));
        assertThat(refreshes).hasValue(2); // the first token and its one replacement
        assertThat(calls).hasValue(2);
    }

    /** Only a token that is new and is refused for the same reason says that the grant is in order. */
    @ParameterizedTest
    @CsvSource({
        "authError, authError, true, true",
        "expired_access_token, missing_scope, true, false",
        "authError, authError, false, false",
        ", , true, true",
        ", , false, false",
        "authError, , true, false"
    })
    void authorizedCall_whenEveryTokenIsRefused_isALackOfRights_ifANewOneMeetsTheSameWord(
            String first, String then, boolean isFresh, boolean lacksRights) {
        List<String> words = new ArrayList<>();
        words.add(first);
        words.add(then);
        AccessTokens tokens = isFresh
                ? tokens()
                : AccessTokens.singleFlight(
                        spent -> new AccessTokens.Token("always", Optional.empty()), Clock.fixed(NOW, ZoneOffset.UTC));
        VendorCallException e = catchThrowableOfType(
                VendorCallException.class,
                () -> retry().build().call(tokens, token -> {
                    throw VendorCallException.of("GET /x", 401)
                            .code(words.remove(0))
                            .build();
                }));
        assertThat(e.authorizationLost()).isEqualTo(!lacksRights);
        assertThat(e.asLook(NOW)).isInstanceOf(lacksRights ? ProbeResult.NoAccess.class : ProbeResult.AccessLost.class);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void asLook_ofARefusalThatIsUnderstood_goesToWhoCanMendIt(Refusal why) {
        VendorCallException refused = VendorCallException.of("POST /token", 401)
                .code("invalid_client")
                .detail("AADSTS7000222")
                .build()
                .meaning(why, "app-1");
        Statement seen = Statement.of("vendor-refused", "POST /token", 401).quoting("AADSTS7000222");
        assertThat(refused.asLook(NOW))
                .isEqualTo(
                        switch (why) {
                            case DENIED, NOT_ADMINISTRATOR, WRONG_ACCOUNT, EXPIRED, SIGN_IN_REQUIRED ->
                                new ProbeResult.AccessLost(seen);
                            case BLOCKED_BY_POLICY, TENANT -> new ProbeResult.Refused(Mender.CUSTOMER, "app-1", seen);
                            case APP -> new ProbeResult.Refused(Mender.APP_OWNER, "app-1", seen);
                            case OTHER -> new ProbeResult.Refused(Mender.UNKNOWN, "app-1", seen);
                            case NO_RIGHTS -> new ProbeResult.NoAccess(seen);
                            case PASSING -> new ProbeResult.Unclear(seen);
                        });
        assertThat(refused.withoutToken()).isEqualTo(why != Refusal.NO_RIGHTS);
    }

    @Test
    void authorizedCall_whenRefusalsAlternateWithOutages_stillRefreshesOnce() {
        AtomicInteger refreshes = new AtomicInteger();
        AtomicInteger turn = new AtomicInteger();
        assertThatThrownBy(() -> retry().build().call(counting(refreshes), token -> {
                    throw refusal(turn.getAndIncrement() % 2 == 0 ? 401 : 503, null);
                }))
                .hasMessageContaining("401");
        assertThat(refreshes).hasValue(2);
    }

    @Test
    void vendorCallException_whenTheVendorTalks_keepsWordsAndNoSentences() {
        VendorCallException e = VendorCallException.of("GET /2.0/users/me", 403)
                .code("insufficient_scope")
                .requestId("abc123")
                .build();
        assertThat(e).hasMessage("GET /2.0/users/me: status 403 insufficient_scope (request abc123)");
        VendorCallException talkative = VendorCallException.of("GET /x", 401)
                .code("token tok_123 is bad")
                .requestId("Bearer tok_123")
                .build();
        assertThat(talkative).hasMessage("GET /x: status 401");
        assertThat(talkative.code()).isEmpty();
        assertThat(talkative.requestId()).isEmpty();
    }

    @Test
    void asLook_whenOurOwnGrantIsGone_isAccessLost_whenItMayNotRead_isNoAccess_elseUnclear() {
        assertThat(refusal(401, null).asLook(NOW)).isInstanceOf(ProbeResult.AccessLost.class);
        assertThat(refusal(403, "5").asLook(NOW)).isInstanceOf(ProbeResult.NoAccess.class);
        assertThat(VendorCallException.of("POST /token", 400)
                        .code("invalid_grant")
                        .build()
                        .asLook(NOW))
                .isInstanceOf(ProbeResult.AccessLost.class);
        assertThat(refusal(500, null).asLook(NOW)).isEqualTo(ProbeResult.unclear("vendor-refused", "GET /x", 500));
        assertThat(refusal(0, null).asLook(NOW)).isEqualTo(ProbeResult.unclear("vendor-silent", "GET /x"));
    }

    @Test
    void asLook_whenA403MayBeRetried_isNoLackOfAccess() {
        VendorCallException.Builder quota =
                VendorCallException.of("GET /x", 403).retryable(true);
        assertThat(quota.build().asLook(NOW)).isEqualTo(ProbeResult.unclear("vendor-refused", "GET /x", 403));
        assertThat(quota.retryAfter("600", NOW).build().asLook(NOW))
                .isEqualTo(ProbeResult.notBefore(NOW.plusSeconds(600), "vendor-refused", "GET /x", 403));
    }

    @Test
    void retryAfter_whenItIsYears_countsAsADay() {
        assertThat(refusal(429, "999999999").retryAfter()).contains(Duration.ofDays(1));
        assertThat(refusal(429, "Sat, 21 Nov 2096 00:00:00 GMT").retryAfter()).isEmpty(); // a Wednesday: garbage
        assertThat(refusal(429, "Wed, 21 Nov 2096 00:00:00 GMT").retryAfter()).contains(Duration.ofDays(1));
    }

    private static AccessTokens tokens() {
        return counting(new AtomicInteger());
    }

    private static AccessTokens counting(AtomicInteger refreshes) {
        return AccessTokens.singleFlight(
                spent -> new AccessTokens.Token("t" + refreshes.incrementAndGet(), Optional.empty()),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
