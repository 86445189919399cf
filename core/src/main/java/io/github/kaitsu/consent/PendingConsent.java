package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import java.net.URI;
import java.time.Instant;

/**
 * A consent that is asked for and not answered. It is stored: the process that printed the address may die, another one
 * completes it.
 *
 * @param authorizationUrl where the administrator consents; it carries the state, so it is for the administrator's eyes only
 *     and no log's
 */
public record PendingConsent(
        String id,
        CustomerId customer,
        CloudService.Provider provider,
        URI authorizationUrl,
        URI redirectUri,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "PendingConsent[" + id + ", " + customer + ", " + provider + ", until " + expiresAt + "]";
    }
}
