package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.internal.GrantRecord;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.HandClock;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One vendor, one store, one clock, and a client over them. */
final class Consents implements AutoCloseable {
    static final CustomerId CUSTOMER = CustomerId.of(ConsoleSite.JP, "example");
    static final CustomerId OTHER_CUSTOMER = CustomerId.of(ConsoleSite.JP, "other");
    static final URI REDIRECT = URI.create("https://app.example.co.jp/consent/done");

    final SmallVendor vendor = new SmallVendor(CloudService.Provider.GOOGLE);
    final CredentialStore store;
    final HandClock clock = new HandClock();
    final ConsentClient client;

    Consents() {
        this(new MemoryCredentialStore());
    }

    Consents(CredentialStore store) {
        this.store = store;
        this.client = anotherClient();
    }

    /** As another process would have it. */
    ConsentClient anotherClient() {
        return ConsentClient.builder().store(store).server(vendor).clock(clock).build();
    }

    static ConsentRequest.Builder request() {
        return ConsentRequest.builder(CUSTOMER, CloudService.Provider.GOOGLE, REDIRECT);
    }

    PendingConsent begin() {
        return client.begin(request().build());
    }

    /** A whole consent. */
    ConsentOutcome granted() throws InterruptedException {
        return client.answer(vendor.consent(begin().authorizationUrl())).outcome();
    }

    Optional<GrantRecord> stored() {
        return store.load(CredentialStore.Key.grant(CUSTOMER, CloudService.Provider.GOOGLE))
                .map(e -> GrantRecord.parse(e.secret()));
    }

    List<CredentialStore.Key> keys(CredentialStore.Kind kind) {
        return store.keys().stream().filter(k -> k.kind() == kind).toList();
    }

    @Override
    public void close() {
        vendor.close();
    }
}
