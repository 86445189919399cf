package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which consent is asked for. Immutable; holds no secret.
 *
 * @param redirectUri as registered with the app: https, or http to this very machine
 * @param scopes none = all that the looks of this provider need
 * @param account whose consent is wanted; another's is refused as wrong account
 * @param tenant which tenant's consent is wanted, in the form of {@code tenant.<PROVIDER>}
 * @param life how long the answer may take
 * @param language of the vendor's page, where the vendor lets one choose, and of the answer page
 */
public record ConsentRequest(
        CustomerId customer,
        CloudService.Provider provider,
        URI redirectUri,
        Set<String> scopes,
        Optional<String> account,
        Optional<String> tenant,
        Duration life,
        Locale language) {
    public ConsentRequest {
        scopes = Set.copyOf(scopes);
    }
}
