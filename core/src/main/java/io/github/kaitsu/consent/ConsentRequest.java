package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.internal.Redirect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which consent is asked for. Immutable; holds no secret. */
public final class ConsentRequest {
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private final CustomerId customer;
    private final CloudService.Provider provider;
    private final URI redirectUri;
    private final Set<String> scopes;
    private final Optional<String> account;
    private final Optional<String> tenant;
    private final Duration life;
    private final Locale language;

    private ConsentRequest(Builder b) {
        this.customer = Objects.requireNonNull(b.customer);
        this.provider = Objects.requireNonNull(b.provider);
        this.redirectUri = b.redirectUri;
        this.scopes = Set.copyOf(b.scopes);
        this.account = b.account;
        this.tenant = b.tenant;
        this.life = b.life;
        this.language = Objects.requireNonNull(b.language);
        Redirect.check(redirectUri);
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "consent-life");
        }
    }

    /**
     * Asks for the least that all looks need, of any administrator, for a day, until the builder is told otherwise.
     *
     * @param redirectUri as registered with the app: https, or http to this very machine; without query and fragment
     */
    public static Builder builder(CustomerId customer, CloudService.Provider provider, URI redirectUri) {
        return new Builder(customer, provider, redirectUri);
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        Builder b = builder(customer, provider, redirectUri);
        b.scopes = scopes;
        b.account = account;
        b.tenant = tenant;
        b.life = life;
        b.language = language;
        return b;
    }

    /** Whose administrator is asked. */
    public CustomerId customer() {
        return customer;
    }

    /** At which provider. */
    public CloudService.Provider provider() {
        return provider;
    }

    /** Where the vendor sends the browser back to; registered with the app. */
    public URI redirectUri() {
        return redirectUri;
    }

    /** None = all that the looks of this provider need. */
    public Set<String> scopes() {
        return scopes;
    }

    /** Whose consent is wanted, as the vendor shows it; another's is refused as wrong account. */
    public Optional<String> account() {
        return account;
    }

    /** Which tenant's consent is wanted, in the form of {@code tenant.<PROVIDER>}; none = see {@link ConsentClient#begin}. */
    public Optional<String> tenant() {
        return tenant;
    }

    /** How long the answer may take, at most 30 days. */
    public Duration life() {
        return life;
    }

    /** Of the vendor's page, where the vendor lets one choose. */
    public Locale language() {
        return language;
    }

    private List<Object> parts() {
        return List.of(customer, provider, redirectUri, scopes, account, tenant, life, language);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ConsentRequest other && parts().equals(other.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "ConsentRequest[customer=" + customer + ", provider=" + provider + ", redirectUri=" + redirectUri
                + ", scopes=" + scopes + ", account=" + account + ", tenant=" + tenant + ", life=" + life
                + ", language=" + language + "]";
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

        /**
         * Checks it all.
         *
         * @throws KaitsuException INVALID_REQUEST if the redirect URI or the life is not one
         */
        public ConsentRequest build() {
            return new ConsentRequest(this);
        }
    }
}
