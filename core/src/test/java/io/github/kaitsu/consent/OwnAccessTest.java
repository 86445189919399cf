package io.github.kaitsu.consent;

import static io.github.kaitsu.consent.Consents.CUSTOMER;
import static io.github.kaitsu.consent.Consents.OTHER_CUSTOMER;
import static io.github.kaitsu.consent.Consents.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentOutcome.Granted;
import io.github.kaitsu.consent.ConsentOutcome.WrongAccount;
import io.github.kaitsu.consent.OwnAccess.Returned;
import io.github.kaitsu.consent.internal.GrantRecord;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.vendor.AccessTokens;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held of a customer: who uses it, and how it goes back. */
@Timeout(60)
class OwnAccessTest {
    private final BrokenStore store = new BrokenStore();
    private final Consents consents = new Consents(store);
    private final SmallVendor vendor = consents.vendor;
    private final ConsentClient client = consents.client;

    @AfterEach
    void close() {
        consents.close();
    }

    @Test
    void complete_always_notesTheAppThatTheGrantBelongsTo() throws InterruptedException {
        consents.granted();
        assertThat(consents.stored().orElseThrow().client()).isEqualTo("small-app");
    }

    // ---- replacing

    @Test
    void complete_byTheSameAccountAgain_replacesTheGrantAndEndsNothing() throws InterruptedException {
        consents.granted();
        String first = token();
        consents.granted();

        assertThat(token()).isNotEqualTo(first);
        assertThat(vendor.revoked).isEmpty(); // some vendors would end the new one with the old one
    }

    @Test
    void complete_byAnotherAccount_replacesTheGrantAndEndsTheOldOne() throws InterruptedException {
        consents.granted();
        String first = token();
        vendor.account = "boss@example.co.jp";
        consents.granted();

        assertThat(vendor.revoked).containsExactly(first);
        assertThat(consents.keys(CredentialStore.Kind.GRANT))
                .containsExactly(CredentialStore.Key.grant(CUSTOMER, CloudService.Provider.GOOGLE));
        assertThat(client.grant(CUSTOMER, CloudService.Provider.GOOGLE)
                        .orElseThrow()
                        .account())
                .isEqualTo("boss@example.co.jp");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void complete_againByAnotherTenant_isRefusedAndKeepsTheOldGrant(boolean dead) throws InterruptedException {
        consents.granted();
        String first = token();
        if (dead) {
            kill();
            first = token();
        }
        vendor.tenant = "tenant-2";

        assertThat(consents.granted()).isInstanceOf(WrongAccount.class);
        assertThat(token()).isEqualTo(first);
        assertThat(consents.stored().orElseThrow().tenant()).isEqualTo("tenant-1");
        assertThat(vendor.revoked).hasSize(1).doesNotContain(first);
    }

    @Test
    void complete_againByAnotherTenantThatWasAskedFor_replacesTheGrant() throws InterruptedException {
        consents.granted();
        vendor.tenant = "tenant-2";
        PendingConsent pending = client.begin(request().tenant("tenant-2").build());

        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isInstanceOf(Granted.class);
        assertThat(consents.stored().orElseThrow().tenant()).isEqualTo("tenant-2");
    }

    @Test
    void complete_byAnotherTenantAfterDisconnecting_isTaken() throws InterruptedException {
        consents.granted();
        client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE);
        vendor.tenant = "tenant-2";

        assertThat(consents.granted()).isInstanceOf(Granted.class);
    }

    @Test
    void complete_whenTheOldGrantCannotBeEnded_keepsItUntilItCan() throws InterruptedException {
        consents.granted();
        String first = token();
        vendor.account = "boss@example.co.jp";
        vendor.revokeStatus = 503;
        assertThat(consents.granted()).isInstanceOf(Granted.class);
        String second = token();
        assertThat(consents.keys(CredentialStore.Kind.GRANT)).hasSize(2);

        vendor.revokeStatus = 0;
        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.REVOKED);
        assertThat(vendor.revoked).containsExactlyInAnyOrder(first, second);
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void complete_whenTheGrantCannotBeStored_endsItAndKeepsTheOldOne() throws InterruptedException {
        consents.granted();
        String first = token();
        PendingConsent pending = consents.begin();
        vendor.account = "boss@example.co.jp";
        store.full = true;

        assertThatThrownBy(() -> client.answer(vendor.consent(pending.authorizationUrl()))
                        .outcome())
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR));
        store.full = false;
        assertThat(token()).isEqualTo(first);
        assertThat(vendor.revoked).hasSize(1).doesNotContain(first);
    }

    @Test
    void complete_whenAnUnwantedAccountServesAnotherCustomer_doesNotEndItsGrant() throws InterruptedException {
        client.answer(vendor.consent(client.begin(
                                ConsentRequest.builder(OTHER_CUSTOMER, CloudService.Provider.GOOGLE, Consents.REDIRECT)
                                        .build())
                        .authorizationUrl()))
                .outcome();
        PendingConsent pending =
                client.begin(request().account("boss@example.co.jp").build());

        assertThat(client.answer(vendor.consent(pending.authorizationUrl())).outcome())
                .isInstanceOf(WrongAccount.class);
        assertThat(vendor.revoked).isEmpty();
        assertThat(client.held(CUSTOMER)).isEmpty();
    }

    @Test
    void complete_whenAnUnwantedGrantCannotBeEnded_keepsItUntilItCan() throws InterruptedException {
        vendor.administrator = Optional.of(false);
        vendor.revokeStatus = 503;
        consents.granted();

        assertThat(client.tokens(CUSTOMER, CloudService.Provider.GOOGLE)).isEmpty();
        assertThat(client.held(CUSTOMER)).containsExactly(CloudService.Provider.GOOGLE);
        vendor.revokeStatus = 0;
        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.REVOKED);
        assertThat(client.held(CUSTOMER)).isEmpty();
    }

    // ---- giving back

    @Test
    void disconnect_always_endsTheGrantAtTheVendorAndDeletesIt() throws InterruptedException {
        consents.granted();
        String token = token();

        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.REVOKED);
        assertThat(vendor.revoked).containsExactly(token);
        assertThat(store.keys()).isEmpty();
        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.NOTHING_HELD);
    }

    @Test
    void disconnect_whenTheVendorCannotBeReached_usesTheGrantNoMoreAndTriesAgain() throws InterruptedException {
        Connections<AccessTokens> connections = client.connections(CloudService.Provider.GOOGLE, tokens -> tokens);
        consents.granted();
        assertThat(connections.find(CUSTOMER)).isPresent();
        vendor.revokeStatus = 503;

        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.NOT_REVOKED);
        assertThat(connections.find(CUSTOMER)).isEmpty();
        assertThat(client.tokens(CUSTOMER, CloudService.Provider.GOOGLE)).isEmpty();
        assertThat(client.grant(CUSTOMER, CloudService.Provider.GOOGLE)).isEmpty();
        assertThat(client.held(CUSTOMER)).containsExactly(CloudService.Provider.GOOGLE);
        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.NOT_REVOKED);

        vendor.revokeStatus = 0;
        assertThat(consents.anotherClient().giveBack(CUSTOMER, CloudService.Provider.GOOGLE))
                .isEqualTo(Returned.REVOKED);
        assertThat(client.held(CUSTOMER)).isEmpty();
    }

    @Test
    void disconnect_whereTheVendorHasNoCallForIt_deletesAndSaysSo() throws InterruptedException {
        vendor.canRevoke = false;
        consents.granted();

        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.DELETED);
        assertThat(vendor.revoked).isEmpty();
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void disconnect_ofAGrantThatIsDead_asksTheVendorNothing() throws InterruptedException {
        consents.granted();
        kill();

        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.REVOKED);
        assertThat(vendor.revoked).isEmpty();
    }

    @Test
    void disconnect_whileTheAccountServesAnotherCustomer_endsNothingAtTheVendor() throws InterruptedException {
        consents.granted();
        client.answer(vendor.consent(client.begin(
                                ConsentRequest.builder(OTHER_CUSTOMER, CloudService.Provider.GOOGLE, Consents.REDIRECT)
                                        .build())
                        .authorizationUrl()))
                .outcome();

        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.DELETED);
        assertThat(vendor.revoked).isEmpty();
        assertThat(client.held(CUSTOMER)).isEmpty();
        assertThat(client.disconnect(OTHER_CUSTOMER, CloudService.Provider.GOOGLE))
                .isEqualTo(Returned.REVOKED);
        assertThat(vendor.revoked).hasSize(1);
    }

    /** A deleted app, a changed secret: the same answer for ever. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void disconnect_whenTheVendorRefusesIt_deletesItHereAndSaysSo(int status) throws InterruptedException {
        consents.granted();
        vendor.revokeStatus = status;

        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.DELETED);
        assertThat(store.keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void disconnect_whenTheVendorIsBusy_keepsIt(int status) throws InterruptedException {
        consents.granted();
        vendor.revokeStatus = status;

        assertThat(client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE)).isEqualTo(Returned.NOT_REVOKED);
        assertThat(client.held(CUSTOMER)).containsExactly(CloudService.Provider.GOOGLE);
    }

    /** Or a refresh under way would leave a newer grant behind. */
    @Test
    void disconnect_always_holdsTheEntryWhileTheVendorEndsTheGrant() throws InterruptedException {
        consents.granted();
        Set<CredentialStore.Key> held = new HashSet<>();
        vendor.beforeRevocation = () -> held.addAll(store.held);

        client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE);

        assertThat(held).containsExactly(CredentialStore.Key.grant(CUSTOMER, CloudService.Provider.GOOGLE));
        assertThat(store.held).isEmpty();
    }

    @Test
    void disconnect_always_leavesOtherCustomersAlone() throws InterruptedException {
        consents.granted();

        assertThat(client.disconnect(OTHER_CUSTOMER, CloudService.Provider.GOOGLE))
                .isEqualTo(Returned.NOTHING_HELD);
        assertThat(consents.stored()).isPresent();
    }

    // ---- connections

    @Test
    void connections_whileTheGrantIsTheSame_areTheSame() throws InterruptedException {
        Connections<Object> connections = client.connections(CloudService.Provider.GOOGLE, tokens -> new Object());
        assertThat(connections.find(CUSTOMER)).isEmpty();

        consents.granted();
        Object first = connections.find(CUSTOMER).orElseThrow();
        assertThat(connections.find(CUSTOMER).orElseThrow()).isSameAs(first);
        assertThat(connections.find(OTHER_CUSTOMER)).isEmpty();

        consents.clock.pass(Duration.ofSeconds(1));
        consents.granted();
        assertThat(connections.find(CUSTOMER).orElseThrow()).isNotSameAs(first);

        client.disconnect(CUSTOMER, CloudService.Provider.GOOGLE);
        assertThat(connections.find(CUSTOMER)).isEmpty();
    }

    @Test
    void connections_whenTheGrantIsDead_areThereToSaySo() throws InterruptedException {
        Connections<AccessTokens> connections = client.connections(CloudService.Provider.GOOGLE, tokens -> tokens);
        consents.granted();
        kill();

        assertThat(connections.find(CUSTOMER)).isPresent();
        assertThat(client.grant(CUSTOMER, CloudService.Provider.GOOGLE)
                        .orElseThrow()
                        .usable())
                .isFalse();
    }

    @Test
    void connections_withoutAnAppAtTheProvider_areRefusedAtOnce() {
        assertThatThrownBy(() -> client.connections(CloudService.Provider.BOX, tokens -> tokens))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_NOT_CONFIGURED));
    }

    private void kill() {
        CredentialStore.Key key = CredentialStore.Key.grant(CUSTOMER, CloudService.Provider.GOOGLE);
        GrantRecord dead = consents.stored().orElseThrow().dead();
        store.put(key, store.version(key), dead.bytes());
    }

    private String token() {
        return consents.stored().orElseThrow().grant().accessToken();
    }
}
