package io.github.kaitsu.consent;

import static io.github.kaitsu.consent.Consents.CUSTOMER;
import static io.github.kaitsu.consent.Consents.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentOutcome.Denied;
import io.github.kaitsu.consent.ConsentOutcome.Expired;
import io.github.kaitsu.consent.ConsentOutcome.Granted;
import io.github.kaitsu.consent.ConsentOutcome.NotAdministrator;
import io.github.kaitsu.consent.ConsentOutcome.ProviderError;
import io.github.kaitsu.consent.ConsentOutcome.StateMismatch;
import io.github.kaitsu.consent.ConsentOutcome.WrongAccount;
import io.github.kaitsu.console.ConsoleSite;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConsentClientTest {
    private static final int RACERS = 16;

    private final BrokenStore store = new BrokenStore();
    private final Consents consents = new Consents(store);
    private final SmallVendor vendor = consents.vendor;
    private final ConsentClient client = consents.client;

    @AfterEach
    void close() {
        consents.close();
    }

    // ---- asking

    @Test
    void begin_always_hasAStateThatNobodyGuesses() {
        Set<String> states = new HashSet<>();
        for (int n = 0; n < 50; n++) {
            String state = asked(consents.begin()).get("state");
            assertThat(state.substring(state.indexOf('.') + 1)).hasSize(43); // 256 bits
            states.add(state.substring(state.indexOf('.')));
        }
        assertThat(states).hasSize(50);
    }

    @Test
    void begin_whereTheVendorKnowsPkce_usesIt() throws InterruptedException {
        PendingConsent pending = consents.begin();
        assertThat(asked(pending))
                .containsEntry("code_challenge_method", "S256")
                .containsKey("code_challenge");

        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isInstanceOf(Granted.class);
    }

    @Test
    void begin_whereTheVendorKnowsNoPkce_doesWithout() throws InterruptedException {
        vendor.pkce = false;
        PendingConsent pending = consents.begin();
        assertThat(asked(pending)).doesNotContainKey("code_challenge");

        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isInstanceOf(Granted.class);
    }

    @Test
    void begin_withoutAnAppAtTheProvider_isRefused() {
        ConsentRequest request = ConsentRequest.builder(CUSTOMER, CloudService.Provider.BOX, Consents.REDIRECT)
                .build();
        assertThat(refusal(() -> client.begin(request))).isEqualTo(ErrorCode.SERVICE_NOT_CONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.co.jp/done",
                "http://127.0.0.1.example.com/done",
                "http://10.0.0.1/done",
                "https://user@app.example.co.jp/done",
                "https://app.example.co.jp/done#x",
                "https://app.example.co.jp/done?a=b",
                "custom:done",
                "urn:ietf:wg:oauth:2.0:oob",
                "done"
            })
    void request_whereTheAnswerCouldBeReadOnTheWay_isRefused(String redirect) {
        assertThat(refusal(() -> ConsentRequest.builder(CUSTOMER, CloudService.Provider.GOOGLE, URI.create(redirect))
                        .build()))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://app.example.co.jp", "http://127.0.0.1:80/x", "http://[::1]:1234/", "http://LOCALHOST/"})
    void request_toASafePlace_isAccepted(String redirect) {
        assertThat(ConsentRequest.builder(CUSTOMER, CloudService.Provider.GOOGLE, URI.create(redirect))
                        .build()
                        .redirectUri())
                .hasToString(redirect);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P31D"})
    void request_forNoTimeOrTooLong_isRefused(Duration life) {
        assertThat(refusal(() -> request().life(life).build())).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void pending_always_listsWhatStillWaits() throws InterruptedException {
        PendingConsent one = consents.begin();
        PendingConsent two = consents.begin();
        client.begin(ConsentRequest.builder(Consents.OTHER_CUSTOMER, CloudService.Provider.GOOGLE, Consents.REDIRECT)
                .build());

        assertThat(consents.anotherClient().pending(CUSTOMER)).containsExactlyInAnyOrder(one, two);

        client.answer(vendor.consent(one.authorizationUrl())).outcome();
        assertThat(client.pending(CUSTOMER)).containsExactly(two);

        consents.clock.pass(Duration.ofDays(1));
        assertThat(client.pending(CUSTOMER)).isEmpty();
    }

    // ---- answers

    @Test
    void complete_whenGranted_keepsTheGrant() throws InterruptedException {
        assertThat(consents.granted())
                .isEqualTo(new Granted(
                        CUSTOMER,
                        CloudService.Provider.GOOGLE,
                        "admin@example.co.jp",
                        "tenant-1",
                        SmallVendor.SCOPES,
                        Set.of()));
        assertThat(client.grant(CUSTOMER, CloudService.Provider.GOOGLE))
                .contains(new OwnGrant(
                        CUSTOMER,
                        CloudService.Provider.GOOGLE,
                        "admin@example.co.jp",
                        "tenant-1",
                        SmallVendor.SCOPES,
                        consents.clock.instant(),
                        true));
        assertThat(consents.keys(CredentialStore.Kind.PENDING)).isEmpty();
        assertThat(vendor.revoked).isEmpty();
    }

    @Test
    void complete_whenFewerScopesAreGranted_saysWhich() throws InterruptedException {
        vendor.grants = Set.of("users.read");

        Granted granted = (Granted) consents.granted();

        assertThat(granted.granted()).containsExactly("users.read");
        assertThat(granted.missing()).containsExactly("files.read");
    }

    @Test
    void complete_inAnotherProcess_works() throws InterruptedException {
        URI address = consents.begin().authorizationUrl(); // printed by a process that dies here

        assertThat(consents.anotherClient().answer(vendor.consent(address)).outcome())
                .isInstanceOf(Granted.class);
        assertThat(client.grant(CUSTOMER, CloudService.Provider.GOOGLE)).isPresent();
    }

    @Test
    void complete_whenReplayed_isAMismatchAndNothingHappens() throws InterruptedException {
        URI answer = vendor.consent(consents.begin().authorizationUrl());
        client.answer(answer).outcome();

        assertThat(client.answer(answer).outcome()).isEqualTo(new StateMismatch());
        assertThat(vendor.redeemed).hasValue(1);
        assertThat(consents.stored()).isPresent();
        assertThat(vendor.revoked).isEmpty();
    }

    @Test
    void complete_whenForged_isAMismatchAndTheRightAnswerStillCounts() throws InterruptedException {
        PendingConsent pending = consents.begin();
        String state = asked(pending).get("state");
        char last = state.charAt(state.length() - 1);
        String forged = state.substring(0, state.length() - 1) + (last == 'A' ? 'B' : 'A');

        for (String wrong :
                List.of(forged, state + "A", "", "x", pending.id(), pending.id() + ".", state.substring(0, 30))) {
            assertThat(client.answer(URI.create(Consents.REDIRECT + "?code=c&state=" + wrong))
                            .outcome())
                    .as(wrong)
                    .isEqualTo(new StateMismatch());
        }
        assertThat(client.answer(URI.create(Consents.REDIRECT + "?error=access_denied"))
                        .outcome())
                .isEqualTo(new StateMismatch());
        assertThat(vendor.redeemed).hasValue(0);

        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isInstanceOf(Granted.class);
    }

    @Test
    void complete_whenLate_isExpiredForADayAndThenUnknown() throws InterruptedException {
        PendingConsent pending =
                client.begin(request().life(Duration.ofHours(1)).build());
        URI answer = vendor.consent(pending.authorizationUrl());

        consents.clock.pass(Duration.ofHours(1));
        consents.begin();
        assertThat(client.answer(answer).outcome()).isEqualTo(new Expired(CloudService.Provider.GOOGLE));
        assertThat(client.answer(answer).outcome()).isEqualTo(new Expired(CloudService.Provider.GOOGLE));

        consents.clock.pass(Duration.ofDays(1));
        consents.begin();
        assertThat(client.answer(answer).outcome()).isEqualTo(new StateMismatch());
        assertThat(vendor.redeemed).hasValue(0);
    }

    @Test
    void complete_byManyAtOnce_oneWins() throws Exception {
        URI answer = vendor.consent(consents.begin().authorizationUrl());
        CyclicBarrier allHaveSeenIt = new CyclicBarrier(RACERS);
        store.beforeDeletion = () -> {
            try {
                allHaveSeenIt.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            List<Future<ConsentOutcome>> racers = new ArrayList<>();
            for (int n = 0; n < RACERS; n++) {
                ConsentClient racer = n % 2 == 0 ? client : consents.anotherClient();
                racers.add(threads.submit(() -> racer.answer(answer).outcome()));
            }
            List<ConsentOutcome> outcomes = new ArrayList<>();
            for (Future<ConsentOutcome> racer : racers) {
                outcomes.add(racer.get());
            }
            assertThat(outcomes).hasAtLeastOneElementOfType(Granted.class);
            assertThat(outcomes.stream().filter(o -> o.equals(new StateMismatch())))
                    .hasSize(RACERS - 1);
            assertThat(vendor.redeemed).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "error=access_denied, Denied",
        "error=access_denied&error_description=POLICY, BlockedByPolicy",
        "error=access_denied&code=stolen, Denied",
        "error=not_admin&admin_consent=True, NotAdministrator",
        "error=wrong_account, WrongAccount",
        "error=invalid_scope, ProviderError"
    })
    void complete_whenTheVendorRefuses_saysWhyAndIsOver(String answer, String outcome) throws InterruptedException {
        PendingConsent pending = consents.begin();

        assertThat(client.answer(SmallVendor.back(pending.authorizationUrl(), answer))
                        .outcome()
                        .getClass()
                        .getSimpleName())
                .isEqualTo(outcome);
        assertThat(vendor.redeemed).hasValue(0);
        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isEqualTo(new StateMismatch());
    }

    @Test
    void complete_whenTheErrorIsNoWord_repeatsNothingOfIt() throws InterruptedException {
        URI answer = SmallVendor.back(consents.begin().authorizationUrl(), "error=%3Cscript%3Ealert(1)%3C/script%3E");

        assertThat(client.answer(answer).outcome())
                .isEqualTo(new ProviderError(CloudService.Provider.GOOGLE, "", false));
    }

    @ParameterizedTest
    @CsvSource({"temporarily_unavailable, true", "server_error, true", "invalid_scope, false"})
    void complete_whenTheVendorIsInTrouble_saysWhetherToTryAgain(String error, boolean retryable)
            throws InterruptedException {
        URI answer = SmallVendor.back(consents.begin().authorizationUrl(), "error=" + error);

        assertThat(client.answer(answer).outcome())
                .isEqualTo(new ProviderError(CloudService.Provider.GOOGLE, error, retryable));
    }

    @Test
    void complete_whenTheCodeIsNoGood_isExpired() throws InterruptedException {
        URI answer = SmallVendor.back(consents.begin().authorizationUrl(), "code=spent");

        assertThat(client.answer(answer).outcome()).isEqualTo(new Expired(CloudService.Provider.GOOGLE));
    }

    @Test
    void complete_whenTheTokenEndpointFails_isTheProvidersTrouble() throws InterruptedException {
        vendor.tokenStatus = 503;

        assertThat(consents.granted()).isEqualTo(new ProviderError(CloudService.Provider.GOOGLE, "busy", true));
        assertThat(consents.stored()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.co.jp/consent/other",
        "http://app.example.co.jp/consent/done",
        "https://app.example.co.jp:8443/consent/done",
        "https://evil.example.com/consent/done",
        "https://user@app.example.co.jp/consent/done"
    })
    void complete_whenSentElsewhere_isRefusedAndTheRightAnswerStillCounts(String elsewhere)
            throws InterruptedException {
        URI answer = vendor.consent(consents.begin().authorizationUrl());

        assertThat(refusal(() -> client.answer(URI.create(elsewhere + "?" + answer.getRawQuery()))
                        .outcome()))
                .isEqualTo(ErrorCode.INVALID_CALLBACK);
        assertThat(client.answer(answer).outcome()).isInstanceOf(Granted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&code=2", "&state=x", "&x=1&x=2", "&%73tate=x", "&y=%zz", "&y=%", "#code=3"})
    void complete_whenItCanBeReadInTwoWays_isRefusedAndTheRightAnswerStillCounts(String more)
            throws InterruptedException {
        URI answer = vendor.consent(consents.begin().authorizationUrl());
        String odd = answer + more;

        assertThat(refusal(() -> client.complete("", odd))).isEqualTo(ErrorCode.INVALID_CALLBACK);
        assertThat(client.answer(answer).outcome()).isInstanceOf(Granted.class);
    }

    @Test
    void complete_whenTooLong_isRefused() {
        URI answer = URI.create(Consents.REDIRECT + "?code=" + "c".repeat(20_000));
        assertThat(refusal(() -> client.answer(answer).outcome())).isEqualTo(ErrorCode.INVALID_CALLBACK);
    }

    @Test
    void complete_whenCutOff_isRefusedAndTheWholeStillCounts() throws InterruptedException {
        PendingConsent pending = consents.begin();
        URI cut = URI.create(Consents.REDIRECT + "?state=" + asked(pending).get("state"));

        assertThat(refusal(() -> client.answer(cut).outcome())).isEqualTo(ErrorCode.INVALID_CALLBACK);
        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isInstanceOf(Granted.class);
    }

    // ---- whose answer it is

    /** Whoever has an answer, his own or another's, gets it counted only in the session that began its consent. */
    @Test
    void complete_inEverySession_countsForTheOneThatBeganItAlone() throws InterruptedException {
        List<CustomerId> customers = List.of(
                CUSTOMER,
                Consents.OTHER_CUSTOMER,
                CustomerId.of(ConsoleSite.JP, "third"),
                CustomerId.of(ConsoleSite.US, "example"));
        List<PendingConsent> asked = new ArrayList<>();
        List<URI> answers = new ArrayList<>();
        for (CustomerId customer : customers) {
            PendingConsent pending =
                    client.begin(ConsentRequest.builder(customer, CloudService.Provider.GOOGLE, Consents.REDIRECT)
                            .build());
            asked.add(pending);
            answers.add(vendor.consent(pending.authorizationUrl()));
        }
        for (PendingConsent session : asked) {
            for (int n = 0; n < answers.size(); n++) {
                if (!asked.get(n).equals(session)) {
                    for (ConsentClient any : List.of(client, consents.anotherClient())) {
                        assertThat(any.complete(session.id(), answers.get(n))).isEqualTo(new StateMismatch());
                        assertThat(any.complete(session.id(), answers.get(n).toString()))
                                .isEqualTo(new StateMismatch());
                    }
                }
            }
        }
        assertThat(client.complete("", answers.get(0))).isEqualTo(new StateMismatch());
        assertThat(vendor.redeemed).hasValue(0);
        for (int n = 0; n < answers.size(); n++) {
            vendor.account = "admin" + n + "@example.co.jp";
            vendor.tenant = "tenant-" + n;
            assertThat(client.complete(asked.get(n).id(), answers.get(n)))
                    .isInstanceOfSatisfying(
                            Granted.class,
                            g -> assertThat(g.customer())
                                    .isEqualTo(asked.get(g.tenant().charAt(7) - '0')
                                            .customer()));
        }
        for (int n = 0; n < answers.size(); n++) {
            assertThat(client.grant(customers.get(n), CloudService.Provider.GOOGLE)
                            .orElseThrow()
                            .account())
                    .isEqualTo("admin" + n + "@example.co.jp");
        }
    }

    /** RFC 9207: an answer of another vendor's must not have its code sent to this one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https%3A%2F%2Fevil.example",
                "https%3A%2F%2Fvendor.example%2F",
                "http%3A%2F%2Fvendor.example",
                "",
                "https%3A%2F%2Fvendor.example&iss=https%3A%2F%2Fvendor.example"
            })
    void complete_whenAnotherIssuerIsNamed_isRefusedAndTheRightAnswerStillCounts(String iss)
            throws InterruptedException {
        PendingConsent pending = consents.begin();
        URI answer = vendor.consent(pending.authorizationUrl());

        for (String how : List.of("&iss=" + iss, "&error=access_denied&iss=" + iss)) {
            assertThat(refusal(() -> client.complete(pending.id(), URI.create(answer + how))))
                    .isEqualTo(ErrorCode.INVALID_CALLBACK);
        }
        assertThat(vendor.redeemed).hasValue(0);
        assertThat(client.complete(pending.id(), URI.create(answer + "&iss=https%3A%2F%2Fvendor.example")))
                .isInstanceOf(Granted.class);
    }

    // ---- pasted

    @ParameterizedTest
    @ValueSource(strings = {"%s", "  %s \r\n", "\"%s\"", "「%s」", "<%s>", "\uFEFF%s\n\n", "%s#"})
    void complete_whenPastedWithWhatCameAlong_works(String pattern) throws InterruptedException {
        PendingConsent pending = consents.begin();
        String pasted = pattern.formatted(vendor.consent(pending.authorizationUrl()));

        assertThat(client.complete(pending.id(), pasted)).isInstanceOf(Granted.class);
    }

    @Test
    void complete_whenPastedInSeveralLines_works() throws InterruptedException {
        PendingConsent pending = consents.begin();
        String wrapped = vendor.consent(pending.authorizationUrl()).toString().replaceAll("(.{20})", "$1\r\n  ");

        assertThat(client.complete(pending.id(), wrapped)).isInstanceOf(Granted.class);
    }

    @Test
    void complete_whenPastedWithWhatBrowsersLeaveUnescaped_works() throws InterruptedException {
        PendingConsent pending = consents.begin();
        String pasted = vendor.consent(pending.authorizationUrl()) + "&session={\"a\"|`b`^\\}";

        assertThat(client.complete(pending.id(), pasted)).isInstanceOf(Granted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "code-1", "secret-code-4711", "ftp://127.0.0.1/", "https://", "http://?code=secret-4711"})
    void complete_whenPastedTextIsNoAddress_saysWhatToDoAndDoesNotRepeatIt(String pasted) {
        PendingConsent pending = consents.begin();

        assertThatThrownBy(() -> client.complete(pending.id(), pasted))
                .isInstanceOfSatisfying(KaitsuException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CALLBACK);
                    assertThat(e.nextStep(Locale.JAPANESE)).contains("アドレスバー");
                    assertThat(e).hasNoCause();
                    assertThat(e.getMessage()).doesNotContain("4711");
                });
        assertThat(client.pending(CUSTOMER)).containsExactly(pending);
    }

    @Test
    void complete_whenTheAddressOfTheQuestionIsPasted_saysToFinishFirst() throws InterruptedException {
        PendingConsent pending = consents.begin();

        assertThat(refusal(() ->
                        client.complete(pending.id(), pending.authorizationUrl().toString())))
                .isEqualTo(ErrorCode.INVALID_CALLBACK);
        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isInstanceOf(Granted.class);
    }

    @Test
    void complete_whenAnotherConsentsAnswerIsPasted_isAMismatch() throws InterruptedException {
        PendingConsent one = consents.begin();
        PendingConsent two = consents.begin();
        String answer = vendor.consent(two.authorizationUrl()).toString();

        assertThat(client.complete(one.id(), answer)).isEqualTo(new StateMismatch());
        assertThat(client.complete(two.id(), answer)).isInstanceOf(Granted.class);
    }

    // ---- the wrong one consented

    @Test
    void complete_byAnotherAccount_givesTheGrantBackAtOnce() throws InterruptedException {
        PendingConsent pending =
                client.begin(request().account("boss@example.co.jp").build());

        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isEqualTo(new WrongAccount(CloudService.Provider.GOOGLE, "admin@example.co.jp"));
        assertNothingKept();
    }

    @Test
    void complete_forAnotherTenant_givesTheGrantBackAtOnce() throws InterruptedException {
        PendingConsent pending = client.begin(request().tenant("tenant-2").build());

        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isInstanceOf(WrongAccount.class);
        assertNothingKept();
    }

    @Test
    void complete_byTheWantedAccountInOtherCase_isGranted() throws InterruptedException {
        PendingConsent pending =
                client.begin(request().account("Admin@Example.co.jp").build());

        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isInstanceOf(Granted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sato@example.co.jp",
                "SATO@example.co.jp",
                "u12345@example.onmicrosoft.com",
                "ｓａｔｏ@example.co.jp"
            })
    void complete_byTheWantedPersonUnderAnotherName_isGranted(String wanted) throws InterruptedException {
        vendor.account = "u12345@example.onmicrosoft.com";
        vendor.aliases = Set.of("sato@example.co.jp");
        PendingConsent pending = client.begin(request().account(wanted).build());

        assertThat(client.complete(pending.id(), vendor.consent(pending.authorizationUrl())))
                .isInstanceOf(Granted.class);
    }

    /** At some vendors to end the old grant would end the new one too. */
    @Test
    void complete_byThePersonWhoseNameWasChanged_doesNotEndTheGrantBefore() throws InterruptedException {
        consents.granted();
        vendor.aliases = Set.of(vendor.account);
        vendor.account = "new-name@example.co.jp";

        assertThat(consents.granted()).isInstanceOf(Granted.class);
        assertThat(vendor.revoked).isEmpty();
        vendor.aliases = Set.of();
        vendor.account = "other@example.co.jp";
        assertThat(consents.granted()).isInstanceOf(Granted.class);
        assertThat(vendor.revoked).hasSize(1);
    }

    @Test
    void complete_byNoAdministrator_givesTheGrantBackAtOnce() throws InterruptedException {
        vendor.administrator = Optional.of(false);

        assertThat(consents.granted()).isEqualTo(new NotAdministrator(CloudService.Provider.GOOGLE));
        assertNothingKept();
    }

    @Test
    void complete_whenTheVendorDoesNotSayWhoAdministers_isGranted() throws InterruptedException {
        vendor.administrator = Optional.empty();

        assertThat(consents.granted()).isInstanceOf(Granted.class);
    }

    @Test
    void complete_whenNobodyCanBeIdentified_givesTheGrantBackAtOnce() throws InterruptedException {
        vendor.meStatus = 503;

        assertThat(consents.granted()).isInstanceOf(ProviderError.class);
        assertNothingKept();
    }

    private void assertNothingKept() {
        assertThat(vendor.revoked).hasSize(1);
        assertThat(consents.store.keys()).isEmpty();
    }

    @Test
    void complete_whenDenied_leavesAnOlderGrantAlone() throws InterruptedException {
        consents.granted();

        assertThat(client.answer(SmallVendor.back(consents.begin().authorizationUrl(), "error=access_denied"))
                        .outcome())
                .isEqualTo(new Denied(CloudService.Provider.GOOGLE));
        assertThat(consents.stored()).isPresent();
        assertThat(vendor.revoked).isEmpty();
    }

    // ---- secrets

    @Test
    void texts_ofWhatIsHandedOut_hideStateAndCode() throws InterruptedException {
        PendingConsent pending = consents.begin();
        String state = asked(pending).get("state");

        assertThat(pending.toString()).doesNotContain(state.substring(17));
        assertThat(client.answer(vendor.consent(pending.authorizationUrl()))
                        .outcome()
                        .toString())
                .doesNotContain("token-")
                .doesNotContain("code-");
    }

    private static Map<String, String> asked(PendingConsent pending) {
        return SmallVendor.parameters(pending.authorizationUrl().getRawQuery());
    }

    private static ErrorCode refusal(Callable<?> call) {
        try {
            call.call();
        } catch (KaitsuException e) {
            return e.code();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("not refused");
    }
}
