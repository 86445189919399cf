package io.github.kaitsu.simulate;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One process's way to the four vendors: the real consent client and the real refresh, over vendors whose refresh tokens work once. */
final class Vendors {
    private static final URI CALLBACK = URI.create("https://portal.example.jp/callback");
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    /** What the vendors really hold, for all processes. */
    static final class Truth {
        private final Map<String, Consent> consents = new LinkedHashMap<>();
        final CredentialStore store = new MemoryCredentialStore();
        private int tokens;
        private final Map<CredentialStore.Key, Vendors> holds = new HashMap<>();

        /** How a provider refuses the own app, of whichever customer, or of one. */
        final Map<CloudService.Provider, Refusal> broken = new EnumMap<>(CloudService.Provider.class);

        Optional<Consent> of(CustomerId customer, CloudService.Provider provider) {
            return Optional.ofNullable(consents.get(key(customer, provider)));
        }

        private static String key(CustomerId customer, CloudService.Provider provider) {
            return customer + " " + provider;
        }

        String token(String kind) {
            return kind + "-" + ++tokens + "-" + Secrets.CANARY;
        }
    }

    /** What one customer granted at one provider. */
    static final class Consent {
        String refresh = "";
        String access = "";
        Instant expires = Instant.EPOCH;
        boolean isRevoked;

        /** Its newest refresh token was sent to a process that died before it could keep it. */
        boolean isLostHonestly;

        /** Whether it waits in the memory of a process whose store fails. */
        boolean isUnsaved;
    }

    private final Simulation sim;
    private final Node node;
    private final ConsentClient consents;
    private final Map<CloudService.Provider, Connections<AccessTokens>> connections =
            new EnumMap<>(CloudService.Provider.class);
    private @Nullable String asking;
    private boolean isDead;

    Vendors(Simulation sim, Node node) {
        this.sim = sim;
        this.node = node;
        ConsentClient.Builder builder =
                ConsentClient.builder().store(failing(sim.vendors.store)).clock(node.clock);
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            builder.server(new Server(provider));
        }
        consents = builder.build();
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            connections.put(provider, consents.connections(provider, tokens -> tokens));
        }
    }

    OwnAccess access() {
        return consents;
    }

    private CredentialStore failing(CredentialStore real) {
        return (CredentialStore) Proxy.newProxyInstance(
                CredentialStore.class.getClassLoader(),
                new Class<?>[] {CredentialStore.class},
                (proxy, method, args) -> {
                    if (method.getName().equals("put") && sim.chaos.happens(Fault.TOKEN_STORE_FAILS, 0.1)) {
                        throw KaitsuException.of(ErrorCode.IO_ERROR, "", "the token store");
                    }
                    if (method.getName().equals("hold")) {
                        return hold((CredentialStore.Key) args[0]);
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** As a lock of the kernel's: a dead process has none. Nobody waits, since all are one thread. */
    private CredentialStore.Hold hold(CredentialStore.Key key) {
        Vendors holder = sim.vendors.holds.get(key);
        if (holder != null && !holder.isDead && !holder.node.isDead) {
            throw KaitsuException.of(ErrorCode.STORE_BUSY, "", key.provider() + " " + key.customer());
        }
        sim.vendors.holds.put(key, this);
        return () -> sim.vendors.holds.remove(key, this);
    }

    /** Its process is gone, whatever process has its node's number now. */
    void die() {
        isDead = true;
    }

    /** An administrator connects, or connects again. @return whether it went through */
    boolean connect(CustomerId customer, CloudService.Provider provider) throws InterruptedException {
        PendingConsent pending = consents.begin(
                ConsentRequest.builder(customer, provider, CALLBACK).build());
        String state = String.valueOf(asking);
        String code = Truth.key(customer, provider).replace(' ', '~').replace('/', '~');
        codes.put(code, Truth.key(customer, provider));
        URI returned = URI.create(CALLBACK + "?code="
                + java.net.URLEncoder.encode(code, StandardCharsets.UTF_8)
                + "&state="
                + java.net.URLEncoder.encode(state, StandardCharsets.UTF_8));
        return consents.complete(pending.id(), returned) instanceof ConsentOutcome.Granted;
    }

    private final Map<String, String> codes = new LinkedHashMap<>();

    /**
     * A token with which a look may be made.
     *
     * @throws VendorCallException if there is none, or it is refused
     */
    Optional<String> token(CustomerId customer, CloudService.Provider provider) throws InterruptedException {
        Optional<AccessTokens> tokens = connections.get(provider).find(customer);
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        String token = tokens.get().get();
        Consent consent = sim.vendors.of(customer, provider).orElseThrow();
        if (!isAccepted(consent, token)) {
            sim.reach.rare("access-token-expired");
            token = tokens.get().refreshAfterRejection(token);
        }
        if (!isAccepted(consent, token)) {
            throw VendorCallException.of("GET /sim", UNAUTHORIZED).build();
        }
        return Optional.of(token);
    }

    private boolean isAccepted(Consent consent, String token) {
        return !consent.isRevoked
                && consent.access.equals(token)
                && sim.world.now().isBefore(consent.expires);
    }

    /** Whether what the vendor takes for the newest refresh token is kept somewhere. */
    static boolean isKept(Truth truth, CustomerId customer, CloudService.Provider provider, Consent consent) {
        return truth.store
                .load(CredentialStore.Key.grant(customer, provider))
                .map(entry -> new String(entry.secret(), StandardCharsets.UTF_8).contains(consent.refresh))
                .orElse(false);
    }

    /** One vendor's authorization server, with the app of ours that this process knows. */
    private final class Server implements AuthorizationServer {
        private final CloudService.Provider provider;

        Server(CloudService.Provider provider) {
            this.provider = provider;
        }

        @Override
        public CloudService.Provider provider() {
            return provider;
        }

        @Override
        public String client() {
            return "app-of-ours";
        }

        @Override
        public Set<String> scopes() {
            return Set.of("read");
        }

        @Override
        public boolean pkce() {
            return false;
        }

        @Override
        public URI authorizationUrl(Question question) {
            asking = question.state();
            return URI.create("https://vendor.example/authorize");
        }

        @Override
        public TokenGrant redeem(Code code) {
            String key = Optional.ofNullable(codes.remove(code.value())).orElseThrow();
            Consent consent = sim.vendors.consents.computeIfAbsent(key, k -> new Consent());
            consent.isRevoked = false;
            return fresh(consent);
        }

        private TokenGrant fresh(Consent consent) {
            consent.refresh = sim.vendors.token("refresh");
            consent.access = sim.vendors.token("access");
            consent.expires = sim.world.now().plus(LIFE);
            consent.isLostHonestly = false;
            return new TokenGrant(
                    consent.access,
                    Optional.of(node.clock.instant().plus(LIFE)),
                    Optional.of(consent.refresh),
                    Set.of("read"));
        }

        @Override
        public Identity identify(TokenGrant grant) {
            String whose = sim.vendors.consents.entrySet().stream()
                    .filter(c -> c.getValue().access.equals(grant.accessToken()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            return new Identity(
                    "admin" + Integer.toUnsignedString(whose.hashCode()) + "@example.co.jp",
                    "tenant",
                    Optional.of(true));
        }

        @Override
        public TokenGrant refresh(TokenGrant grant) {
            if (sim.chaos.happens(Fault.VENDOR_DOWN, 0.2)) {
                throw VendorCallException.of("POST /token", UNAVAILABLE).build();
            }
            Refusal refused = sim.vendors.broken.get(provider);
            if (refused != null) {
                throw VendorCallException.of("POST /token", UNAUTHORIZED)
                        .code("app_is_broken")
                        .build()
                        .meaning(refused, client());
            }
            Consent consent = sim.vendors.consents.values().stream()
                    .filter(c -> grant.refreshToken().equals(Optional.of(c.refresh)) && !c.isRevoked)
                    .findFirst()
                    .orElseThrow(() -> VendorCallException.of("POST /token", BAD_REQUEST)
                            .code("invalid_grant")
                            .build());
            sim.reach.rare("token-refreshed");
            TokenGrant fresh = fresh(consent);
            if (sim.chaos.happens(Fault.CRASH_IN_LOOK, 0.05)) {
                consent.isLostHonestly = true;
                sim.reach.rare("crash-between-refresh-and-store");
                throw sim.kill(node, "before it has stored a new refresh token");
            }
            return fresh;
        }

        @Override
        public void revoke(TokenGrant grant) {
            if (sim.chaos.happens(Fault.REVOKING_FAILS, 0.5)) {
                throw VendorCallException.of("POST /revoke", UNAVAILABLE).build();
            }
            sim.vendors.consents.values().stream()
                    .filter(c -> grant.refreshToken().equals(Optional.of(c.refresh))
                            || grant.accessToken().equals(c.access))
                    .forEach(c -> c.isRevoked = true);
        }

        @Override
        public Refusal refusal(String error, String description) {
            return error.equals("invalid_grant") ? Refusal.EXPIRED : Refusal.OTHER;
        }
    }
}
