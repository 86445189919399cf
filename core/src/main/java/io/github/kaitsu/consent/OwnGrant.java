package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import java.time.Instant;
import java.util.Set;

/**
 * What is known of a grant that is held, without its secrets.
 *
 * @param account who consented, as the vendor shows it
 * @param tenant as in the fact {@code tenant.<PROVIDER>}
 * @param scopes what was really granted
 * @param since when it was consented
 * @param usable false if the vendor does not accept it any more: connect again
 */
public record OwnGrant(
        CustomerId customer,
        CloudService.Provider provider,
        String account,
        String tenant,
        Set<String> scopes,
        Instant since,
        boolean usable) {
    /** Keeps an unmodifiable copy. */
    public OwnGrant {
        scopes = Set.copyOf(scopes);
    }
}
