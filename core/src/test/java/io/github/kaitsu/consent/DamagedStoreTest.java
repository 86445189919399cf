package io.github.kaitsu.consent;

import static io.github.kaitsu.consent.Consents.CUSTOMER;
import static io.github.kaitsu.consent.Consents.OTHER_CUSTOMER;
import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.consent.ConsentOutcome.Granted;
import io.github.kaitsu.consent.CredentialStore.Kind;
import io.github.kaitsu.consent.OwnAccess.Returned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One damaged entry is the trouble of whoever needs it, and of nobody else. */
@Timeout(60)
class DamagedStoreTest {
    private static final CloudService.Provider GOOGLE = CloudService.Provider.GOOGLE;

    @TempDir
    Path temp;

    private FileCredentialStore store;
    private Consents consents;
    private ConsentClient client;

    @BeforeEach
    void open() {
        store = FileCredentialStore.at(temp.resolve("store"), EncryptionKeys.of(new byte[32]));
        consents = new Consents(store);
        client = consents.client;
    }

    @AfterEach
    void close() {
        consents.close();
        store.close();
    }

    @Test
    void aDamagedPendingConsent_hindersNoOtherConsent() throws Exception {
        damaged(() -> begin(OTHER_CUSTOMER));

        assertThat(client.pending(CUSTOMER)).isEmpty();
        PendingConsent pending = consents.begin();
        assertThat(client.pending(CUSTOMER)).extracting(PendingConsent::id).containsExactly(pending.id());
        assertThat(client.answer(consents.vendor.consent(pending.authorizationUrl()))
                        .outcome())
                .isInstanceOf(Granted.class);
        assertThat(client.disconnect(CUSTOMER, GOOGLE)).isEqualTo(Returned.REVOKED);
    }

    @Test
    void aPendingConsentOfALaterVersion_hindersNoOtherConsent() throws Exception {
        CredentialStore.Key key = new CredentialStore.Key(Kind.PENDING, CUSTOMER, GOOGLE, "later");
        store.put(
                key,
                0,
                "{\"format\":\"kaitsu-pending\",\"version\":99}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        PendingConsent pending = consents.begin();
        assertThat(client.pending(CUSTOMER)).extracting(PendingConsent::id).containsExactly(pending.id());
    }

    @Test
    void aDamagedGrant_isToldOnlyWhoNeedsIt_untilItIsDiscarded() throws Exception {
        consents.granted();
        String file = damaged(() -> grant(OTHER_CUSTOMER));
        consents.vendor.administrator = java.util.Optional.of(false);
        consents.granted(); // and whether its account is in use is asked of all grants
        consents.vendor.administrator = java.util.Optional.of(true);

        assertThat(client.held(CUSTOMER)).containsExactly(GOOGLE);
        assertThat(client.held(OTHER_CUSTOMER)).containsExactly(GOOGLE);
        assertRefused(ErrorCode.STORE_CORRUPT, () -> client.disconnect(OTHER_CUSTOMER, GOOGLE));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> client.grant(OTHER_CUSTOMER, GOOGLE));

        assertThat(store.unreadable()).containsOnlyKeys(file);
        assertThat(store.discard(file)).isTrue();
        assertThat(client.held(OTHER_CUSTOMER)).isEmpty();
        grant(OTHER_CUSTOMER);
        assertThat(client.grant(OTHER_CUSTOMER, GOOGLE)).isPresent();
    }

    private PendingConsent begin(CustomerId customer) {
        return client.begin(
                ConsentRequest.builder(customer, GOOGLE, Consents.REDIRECT).build());
    }

    private void grant(CustomerId customer) throws InterruptedException {
        client.answer(consents.vendor.consent(begin(customer).authorizationUrl()))
                .outcome();
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Damages the one file that some work leaves. */
    private String damaged(Work work) throws Exception {
        Set<Path> before = new HashSet<>(files());
        work.run();
        List<Path> fresh = files().stream().filter(f -> !before.contains(f)).toList();
        assertThat(fresh).hasSize(1);
        Files.writeString(fresh.get(0), "{}");
        return fresh.get(0).getFileName().toString();
    }

    private List<Path> files() throws IOException {
        Path entries = temp.resolve("store/entries");
        if (!Files.exists(entries)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(entries)) {
            return all.toList();
        }
    }
}
