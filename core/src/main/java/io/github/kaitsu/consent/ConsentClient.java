package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.internal.CodeFlow;
import io.github.kaitsu.consent.internal.CodeFlow.Answered;
import io.github.kaitsu.consent.internal.HeldGrants;
import io.github.kaitsu.consent.internal.Navigation;
import io.github.kaitsu.consent.internal.StoredConnections;
import io.github.kaitsu.consent.internal.StoredTokens;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.vendor.AccessTokens;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks administrators for access to their providers through the embedding team's own app, keeps what they grant, and gives it
 * back. Thread-safe; several clients, also in several processes, may share one store, and any of them completes what another
 * one began.
 *
 * <p>How a consent ends is a {@link ConsentOutcome}. Besides what they name, all methods throw what their
 * {@link CredentialStore} throws.
 */
public final class ConsentClient implements OwnAccess {
    private final CredentialStore store;
    private final Clock clock;
    private final CodeFlow flow;
    private final HeldGrants grants;

    private ConsentClient(Builder builder) {
        this.store = Objects.requireNonNull(builder.store, "a client needs a store");
        this.clock = builder.clock;
        this.flow = new CodeFlow(store, builder.servers, clock, builder.random);
        this.grants = new HeldGrants(store);
    }

    /** Begins one: a credential store is required, and a server for each provider. */
    public static Builder builder() {
        return new Builder();
    }

    // ---- asking

    /**
     * Makes the address where an administrator consents. What is needed to check the answer is stored before this returns, so
     * this process may end meanwhile.
     *
     * <p>If a grant of this customer is held, dead ones included, and the request names no tenant, only the same tenant's consent
     * will do, so that nobody connects another organisation by mistake. To change the tenant, name it, or {@link #disconnect}.
     *
     * @throws KaitsuException SERVICE_NOT_CONFIGURED without an app at this provider
     */
    public PendingConsent begin(ConsentRequest request) {
        return flow.begin(request);
    }

    /**
     * Uses the address that the vendor sent the administrator's browser to: from the host's own callback, whole, with its query, if
     * {@link #isNavigation} says that a person came.
     *
     * <p>The id comes from the session of the browser that came, where it was put when the consent was begun there. Else somebody
     * could have another company's administrator consent for his own customer, or be connected with an account of his by somebody
     * else. Its cookie must be {@code SameSite=Lax}, since a stricter one is not sent on the way back from a vendor. A session that
     * has begun several consents tries one after the other: the answer of another one changes nothing.
     *
     * <p>The state is checked before anything else of it is read, and each answer is used once: of several at the same time one
     * wins, the others are {@link ConsentOutcome.StateMismatch}, as is whatever does not answer this very consent. May block for
     * the length of some calls to the vendor.
     *
     * @param id {@link PendingConsent#id}
     * @throws KaitsuException INVALID_CALLBACK if it can be read in two ways, is cut off, names another issuer than the vendor (RFC
     *     9207), or is another address than the one agreed on; nothing is changed then
     * @throws InterruptedException while the vendor was asked; the answer is used up, so begin again
     */
    public ConsentOutcome complete(String id, URI returned) throws InterruptedException {
        return flow.complete(id, returned).outcome();
    }

    /**
     * Whether a request to a host's callback is a person's browser that comes back. A prefetch, a preview, an image, a frame or a
     * script's request is not, and must not be given to {@link #complete(String, URI)}, which would use the answer up before the
     * person arrives: answer it with 404 and {@code Cache-Control: no-store}.
     *
     * @param method the request's
     * @param header the value of a header by its name, null if the request has none: {@code request::getHeader} of a servlet
     */
    public static boolean isNavigation(String method, Function<String, @Nullable String> header) {
        return Navigation.isOne(method, header);
    }

    /** Of whichever consent it answers: for those who know by other means that it is theirs, as this machine's listener does. */
    Answered answer(URI returned) throws InterruptedException {
        return flow.complete(returned);
    }

    /**
     * As {@link #complete(String, URI)}, for the text that a person pasted from the address bar, with whatever line breaks, quotes
     * and text came with it. Take it from standard input, never from a command line, which others can see.
     *
     * @param id whose answer it must be, {@link PendingConsent#id}
     * @throws KaitsuException INVALID_CALLBACK also if it is no address, or it is not clear where it ends; the text is not repeated
     */
    public ConsentOutcome complete(String id, String pasted) throws InterruptedException {
        return answer(id, pasted).outcome();
    }

    Answered answer(String id, String pasted) throws InterruptedException {
        return flow.complete(id, pasted);
    }

    /** The customer's consents that still wait for their answer. */
    public List<PendingConsent> pending(CustomerId customer) {
        return flow.waiting(key -> key.customer().equals(customer));
    }

    // ---- using

    /** What is held of a customer at a provider, without secrets. */
    public Optional<OwnGrant> grant(CustomerId customer, CloudService.Provider provider) {
        return grants.inUse(customer, provider)
                .map(g -> new OwnGrant(
                        customer, provider, g.account(), g.tenant(), g.grant().scopes(), g.since(), g.active()));
    }

    /**
     * The tokens of a grant, refreshed when needed; of a grant the vendor does not accept any more they say
     * {@linkplain io.github.kaitsu.vendor.VendorCallException#authorizationLost() authorization lost}.
     *
     * @return empty if nothing was granted, or it is being given back
     * @throws KaitsuException SERVICE_NOT_CONFIGURED without an app at this provider
     */
    public Optional<AccessTokens> tokens(CustomerId customer, CloudService.Provider provider) {
        AuthorizationServer server = flow.server(provider);
        return grants.inUse(customer, provider)
                .map(grant -> new StoredTokens(store, CredentialStore.Key.grant(customer, provider), server, clock));
    }

    /**
     * Connections over {@link #tokens}, for a provider's module: one per customer, kept as long as the grant is the same. A grant
     * given later or taken away is seen with the next look.
     *
     * @throws KaitsuException SERVICE_NOT_CONFIGURED without an app at this provider
     */
    public <T> Connections<T> connections(CloudService.Provider provider, Function<AccessTokens, T> connect) {
        AuthorizationServer server = flow.server(provider);
        return new StoredConnections<>(
                grants,
                provider,
                customer -> new StoredTokens(store, CredentialStore.Key.grant(customer, provider), server, clock),
                connect);
    }

    /** Where this client has an app. */
    public Set<CloudService.Provider> providers() {
        return flow.providers();
    }

    // ---- giving back

    /**
     * Ends a grant at the vendor, then deletes it here. If the vendor cannot be reached it is kept, is not used any more, and the
     * next call tries again.
     *
     * @throws KaitsuException SERVICE_NOT_CONFIGURED without an app at this provider
     */
    public Returned disconnect(CustomerId customer, CloudService.Provider provider) throws InterruptedException {
        return grants.giveBack(customer, flow.server(provider));
    }

    @Override
    public Set<CloudService.Provider> held(CustomerId customer) {
        return grants.providers(customer);
    }

    @Override
    public Returned giveBack(CustomerId customer, CloudService.Provider provider) throws InterruptedException {
        return disconnect(customer, provider);
    }

    /** Not thread-safe. */
    public static final class Builder {
        private @Nullable CredentialStore store;
        private final Map<CloudService.Provider, AuthorizationServer> servers =
                new EnumMap<>(CloudService.Provider.class);
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder() {}

        /** Required; stays the caller's, who closes it. */
        public Builder store(CredentialStore which) {
            this.store = which;
            return this;
        }

        /** The app registered at one provider; another one for the same provider replaces it. */
        public Builder server(AuthorizationServer server) {
            servers.put(server.provider(), server);
            return this;
        }

        /** Default: the system's. */
        public Builder clock(Clock which) {
            this.clock = which;
            return this;
        }

        /** Default: the platform's. */
        public Builder random(SecureRandom which) {
            this.random = which;
            return this;
        }

        /**
         * Builds it.
         *
         * @throws NullPointerException if there is no store
         */
        public ConsentClient build() {
            return new ConsentClient(this);
        }
    }
}
