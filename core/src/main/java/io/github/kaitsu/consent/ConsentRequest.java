package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.internal.consent.Redirect;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which consent is asked for. Immutable; holds no secret.
 *
 * @param redirectUri as registered with the app: https, or http to this very machine; without query and fragment
 * @param scopes none = all that the looks of this provider need
 * @param account whose consent is wanted, as the vendor shows it; another's is refused as wrong account
 * @param tenant which tenant's consent is wanted, in the form of {@code tenant.<PROVIDER>}; none = see {@link
 *     ConsentClient#begin}
 * @param life how long the answer may take, at most 30 days
 * @param language of the vendor's page, where the vendor lets one choose
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
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);

    /** Throws KaitsuException INVALID_REQUEST if the redirect URI or the life is not one. */
    public ConsentRequest {
        Objects.requireNonNull(customer);
        Objects.requireNonNull(provider);
        Objects.requireNonNull(language);
        Redirect.check(redirectUri);
        scopes = Set.copyOf(scopes);
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "consent-life");
        }
    }

    public static Builder builder(CustomerId customer, CloudService.Provider provider, URI redirectUri) {
        return new Builder(customer, provider, redirectUri);
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final CustomerId customer;
        private final CloudService.Provider provider;
        private final URI redirectUri;
        private Set<String> scopes = Set.of();
        private Optional<String> account = Optional.empty();
        private Optional<String> tenant = Optional.empty();
        private Duration life = Duration.ofDays(1);
        private Locale language = Locale.ENGLISH;

        private Builder(CustomerId customer, CloudService.Provider provider, URI redirectUri) {
            this.customer = customer;
            this.provider = provider;
            this.redirectUri = redirectUri;
        }

        /** Default: the least that all looks of this provider need. */
        public Builder scopes(Set<String> some) {
            this.scopes = some;
            return this;
        }

        /** Default: any administrator's consent will do. */
        public Builder account(String address) {
            this.account = Optional.of(address);
            return this;
        }

        /** Default: that of the grant held before, else the one that consents. */
        public Builder tenant(String id) {
            this.tenant = Optional.of(id);
            return this;
        }

        /** Default: one day. */
        public Builder life(Duration duration) {
            this.life = duration;
            return this;
        }

        /** Default: English. */
        public Builder language(Locale locale) {
            this.language = locale;
            return this;
        }

        public ConsentRequest build() {
            return new ConsentRequest(customer, provider, redirectUri, scopes, account, tenant, life, language);
        }
    }
}
