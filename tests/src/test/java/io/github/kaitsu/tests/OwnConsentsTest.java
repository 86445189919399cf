package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer.Code;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.microsoft365.MicrosoftAdminConsent;
import io.github.kaitsu.sandbox.ConsentFault;
import io.github.kaitsu.sandbox.Fault;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxSummary;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each vendor's half of the consent to the embedding team's own app, at the sandbox's pages and token endpoints. */
@Timeout(120)
class OwnConsentsTest {
    private final Sandbox sandbox = Sandbox.builder().start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private OwnConsent at(CloudService.Provider provider) {
        return new OwnConsent(sandbox, provider);
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void whenGranted_theGrantIsGoodForAllThatWasAsked_untilItIsRevoked(CloudService.Provider provider)
            throws Exception {
        OwnConsent consent = at(provider);
        TokenGrant grant = consent.server.redeem(consent.code());
        assertThat(grant.scopes()).containsAll(consent.server.scopes());
        assertThat(grant.expiresAt().orElseThrow()).isAfter(sandbox.clock().instant());
        sandbox.clock().advance(Duration.ofHours(5));
        assertThat(grant.expiresAt().orElseThrow()).isBefore(sandbox.clock().instant());

        TokenGrant renewed = consent.server.refresh(grant);
        assertThat(renewed.accessToken()).isNotEqualTo(grant.accessToken());
        assertThat(renewed.scopes()).containsAll(consent.server.scopes());
        assertThat(renewed.refreshToken()
                        .orElseThrow()
                        .equals(grant.refreshToken().orElseThrow()))
                .isEqualTo(provider == CloudService.Provider.DROPBOX || provider == CloudService.Provider.GOOGLE);
        assertThat(sandbox.summary().refreshes(provider)).isEqualTo(new SandboxSummary.Refreshes(1, 1));
        if (consent.server.canRevoke()) {
            consent.server.revoke(renewed);
            assertThatThrownBy(() -> consent.server.refresh(renewed)).hasMessageContaining("invalid_grant");
            consent.server.revoke(renewed); // gone already: no error
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void whenTheRefreshTokenIsUsedTwice_onlyBoxRefuses(CloudService.Provider provider) throws Exception {
        OwnConsent consent = at(provider);
        TokenGrant grant = consent.server.redeem(consent.code());
        consent.server.refresh(grant);
        if (provider == CloudService.Provider.BOX) {
            VendorCallException e =
                    catchThrowableOfType(VendorCallException.class, () -> consent.server.refresh(grant));
            assertThat(e.code()).contains("invalid_grant");
        } else {
            assertThat(consent.server.refresh(grant).accessToken()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void whenTheCodeIsReplayed_late_orUnknown_itIsExpired(CloudService.Provider provider) throws Exception {
        OwnConsent consent = at(provider);
        Code spent = consent.code();
        consent.server.redeem(spent);
        expired(consent, spent);
        Code late = consent.code();
        sandbox.clock().advance(Duration.ofMinutes(11));
        expired(consent, late);
        expired(consent, new Code("unknown", spent.redirectUri(), spent.verifier(), spent.scopes()));
    }

    private static void expired(OwnConsent consent, Code code) {
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> consent.server.redeem(code));
        assertThat(e.code()).contains("invalid_grant");
        assertThat(e.retryable()).isFalse();
        assertThat(consent.server.refusal(e.code().orElseThrow(), "")).isEqualTo(Refusal.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void whenTheVerifierIsAnothers_theCodeIsWorthNothing(CloudService.Provider provider) throws Exception {
        OwnConsent consent = at(provider);
        Code code = consent.code();
        assertThat(code.verifier().isPresent()).isEqualTo(provider != CloudService.Provider.BOX);
        if (provider != CloudService.Provider.BOX) {
            expired(consent, consent.with(code, Optional.of("b".repeat(64))));
            assertThatThrownBy(() -> consent.server.redeem(consent.with(code, Optional.empty())))
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(consent.server.redeem(code).accessToken()).isNotEmpty(); // it was good all the time
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void whenDenied_noAdministrator_orBlocked_theRefusalSaysWhich(CloudService.Provider provider) {
        OwnConsent consent = at(provider);
        sandbox.faults()
                .nextConsent(provider, new ConsentFault.Denied())
                .nextConsent(provider, new ConsentFault.NotAdministrator())
                .nextConsent(provider, new ConsentFault.BlockedByPolicy());
        assertThat(consent.refusal()).contains(Refusal.DENIED);
        Optional<Refusal> noAdministrator = consent.refusal();
        Optional<Refusal> blocked = consent.refusal();
        switch (provider) {
            case GOOGLE -> assertThat(noAdministrator).isEmpty(); // a page of Google's, and nobody comes back
            case BOX, DROPBOX, MICROSOFT365 -> assertThat(noAdministrator).contains(Refusal.NOT_ADMINISTRATOR);
        }
        if (provider == CloudService.Provider.GOOGLE) {
            assertThat(blocked).isEmpty();
        } else {
            assertThat(blocked).contains(Refusal.BLOCKED_BY_POLICY);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CloudService.Provider.class,
            names = {"DROPBOX", "GOOGLE", "MICROSOFT365"})
    void whenFewerScopesAreGranted_theGrantNamesThose(CloudService.Provider provider) throws Exception {
        OwnConsent consent = at(provider);
        String withheld = consent.server.scopes().stream()
                .filter(scope -> !scope.equals("openid"))
                .sorted()
                .findFirst()
                .orElseThrow();
        String prefix = provider == CloudService.Provider.MICROSOFT365 ? "https://graph.microsoft.com/" : "";
        sandbox.faults().nextConsent(provider, new ConsentFault.FewerScopes(Set.of(prefix + withheld)));
        TokenGrant grant = consent.server.redeem(consent.code());
        assertThat(grant.scopes()).doesNotContain(withheld);
        Set<String> rest = new HashSet<>(consent.server.scopes());
        rest.remove(withheld);
        assertThat(grant.scopes()).containsAll(rest);
        assertThat(consent.server.refresh(grant).scopes())
                .doesNotContain(withheld)
                .containsAll(rest);
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void whenTheAnswerOfARefreshIsLost_nothingIsRepeated(CloudService.Provider provider) throws Exception {
        OwnConsent consent = at(provider);
        TokenGrant grant = consent.server.redeem(consent.code());
        sandbox.faults().nextToken(1, provider, new Fault.LostAnswer());
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> consent.server.refresh(grant));
        assertThat(e.code()).contains("answer_lost");
        assertThat(e.retryable()).isFalse();
        assertThat(sandbox.summary().refreshes(provider)).isEqualTo(new SandboxSummary.Refreshes(1, 1));
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void whenTheTokenEndpointIsBusy_theVendorsTimeIsKept(CloudService.Provider provider) throws Exception {
        OwnConsent consent = at(provider);
        TokenGrant grant = consent.server.redeem(consent.code());
        sandbox.faults().nextToken(1, provider, Fault.tooManyRequests(Duration.ofSeconds(7)));
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> consent.server.refresh(grant));
        assertThat(e.status()).isEqualTo(429);
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(e.retryable()).isTrue();
        assertThat(consent.server.refresh(grant).accessToken()).isNotEmpty();
    }

    @Test
    void boxSaysWhoConsented() throws Exception {
        OwnConsent consent = at(CloudService.Provider.BOX);
        var who = consent.server.identify(consent.server.redeem(consent.code()));
        assertThat(who.account()).isEqualTo(sandbox.administrator());
        assertThat(who.tenant()).isEqualTo(sandbox.tenant(CloudService.Provider.BOX));
        assertThat(who.administrator()).contains(true);
    }

    @Test
    void microsoftsAdminConsent_isReadFromWhatComesBack() {
        String state = OwnConsent.random();
        URI url = MicrosoftAdminConsent.of(
                        sandbox.clientId(CloudService.Provider.MICROSOFT365),
                        sandbox.tenant(CloudService.Provider.MICROSOFT365))
                .loginUrl(sandbox.microsoft())
                .url(Set.of("User.Read", "Directory.Read.All"), OwnConsent.BACK, state);
        OwnConsent consent = at(CloudService.Provider.MICROSOFT365);
        String granted = consent.person.consent(url).orElseThrow().toString();
        assertThat(MicrosoftAdminConsent.read(granted, state))
                .isInstanceOfSatisfying(MicrosoftAdminConsent.Result.Claimed.class, result -> {
                    assertThat(result.tenant()).isEqualTo(sandbox.tenant(CloudService.Provider.MICROSOFT365));
                    assertThat(result.scopes()).anyMatch(scope -> scope.endsWith("Directory.Read.All"));
                });
        assertThat(MicrosoftAdminConsent.read(granted, OwnConsent.random()))
                .isEqualTo(new MicrosoftAdminConsent.Result.StateMismatch());
        sandbox.faults().nextConsent(CloudService.Provider.MICROSOFT365, new ConsentFault.Denied());
        String denied = consent.person.consent(url).orElseThrow().toString();
        assertThat(denied).contains("admin_consent=True");
        assertThat(MicrosoftAdminConsent.read(denied, state))
                .isEqualTo(new MicrosoftAdminConsent.Result.Refused(Refusal.DENIED, "AADSTS65004"));
    }
}
