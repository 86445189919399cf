package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Account;
import io.github.kaitsu.sandbox.internal.Grants.Code;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import io.github.kaitsu.sandbox.internal.Grants.Token;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The own application at one provider: who grants, what is issued, where it may be sent, and what is taken back. Called under the
 * ledger's monitor.
 */
final class OwnApps {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    final OwnApp app;
    private final Ledger ledger;
    private final World world;
    private final CloudService.Provider provider;

    OwnApps(Ledger ledger, CloudService.Provider provider) {
        this.ledger = ledger;
        this.world = ledger.world();
        this.provider = provider;
        this.app = OwnApp.at(provider);
    }

    /**
     * New tokens.
     *
     * @param scopes the access token's
     * @param refresh empty if the answer brings none
     */
    record Issued(Grant grant, List<String> scopes, String access, String refresh, String nonce) {
        @Override
        public String toString() {
            return "Issued[***]";
        }
    }

    // ---- grants

    /** The person whom the sandbox's passwords belong to. */
    Account administrator() {
        return new Account(world.setup().administrator(), world.setup().tenant(provider), true);
    }

    /** Somebody of another company. */
    Account stranger() {
        return new Account("admin@other.example.com", world.setup().strangersTenant(provider), true);
    }

    /** Somebody of the customer who administers nothing. */
    Account employee() {
        String domain = IdTokens.domain(administrator());
        return new Account("user1@" + domain, world.setup().tenant(provider), false);
    }

    Grant grant(Account account, List<String> scopes) {
        return new Grant(name("grant"), provider, scopes, account);
    }

    /** Whether this person granted before and the application could still refresh. */
    boolean knows(Account account) {
        return world.ownGrants.lasting(provider).stream()
                .anyMatch(g -> g.account().equals(account));
    }

    /** A code that is good once. */
    String issueCode(Grant grant, String redirectUri, String challenge, boolean offline, String nonce) {
        String code = prefix("", "", "4/0A", "0.A") + secret("code");
        Instant until = world.now().plus(app.codeLife());
        ledger.record(new Change.CodeIssued(
                Secrets.digest(code), new Code(grant, redirectUri, challenge, offline, nonce, until)));
        return code;
    }

    /** Tokens as a consent of the administrator would bring them; all that may be asked for if no scopes are named. */
    Issued mint(List<String> scopes) {
        synchronized (ledger) {
            Grant grant = grant(administrator(), scopes.isEmpty() ? app.scopes() : scopes);
            return issue(null, grant, grant.scopes(), true, "");
        }
    }

    void revoke(Grant grant) {
        ledger.record(new Change.GrantRevoked(grant.id()));
    }

    /** As the administrator does in the provider's own settings. */
    void revokeAll() {
        synchronized (ledger) {
            world.ownGrants.live(provider).forEach(this::revoke);
        }
    }

    /** The grant of a token of either kind, unless it is over. */
    Optional<Grant> find(String token) {
        String digest = Secrets.digest(token);
        return world.ownGrants
                .access(provider, digest)
                .or(() -> world.ownGrants.refresh(provider, digest))
                .filter(t -> !t.isOver(world.now()))
                .map(Token::grant)
                .filter(g -> !world.ownGrants.isRevoked(g));
    }

    // ---- addresses

    /** As registered; plain http, and a port that varies, only on the loopback. */
    boolean isRegistered(String redirect) {
        try {
            URI uri = URI.create(redirect);
            boolean loopback = "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
            return uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && (loopback || world.setup().redirects().contains(uri));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * New tokens, for the whole grant or for less.
     *
     * @param spent the digest of what is worth nothing from now on
     */
    Issued issue(@Nullable String spent, Grant grant, List<String> scopes, boolean withRefresh, String nonce) {
        String access = prefix("", "sl.u.", "ya29.a0", "") + secret("access");
        String refresh = withRefresh ? prefix("", "", "1//0", "1.A") + secret("refresh") : "";
        Instant now = world.now();
        Instant refreshUntil = app.refreshLife() == null ? null : now.plus(app.refreshLife());
        ledger.record(new Change.TokensIssued(
                spent,
                grant,
                scopes,
                Secrets.digest(access),
                now.plus(app.accessLife()),
                withRefresh ? Secrets.digest(refresh) : null,
                withRefresh ? refreshUntil : null));
        return new Issued(grant, scopes, access, refresh, nonce);
    }

    private String secret(String what) {
        return world.setup().secrets().hex(name(what), 64);
    }

    private String name(String what) {
        return provider.name().toLowerCase(Locale.ROOT) + "/" + what + "/" + world.ownGrants.issued();
    }

    /** What each vendor's codes and tokens begin with. */
    private String prefix(String box, String dropbox, String google, String microsoft) {
        return switch (provider) {
            case BOX -> box;
            case DROPBOX -> dropbox;
            case GOOGLE -> google;
            case MICROSOFT365 -> microsoft;
        };
    }

    /** The words of a list that spaces separate. */
    static List<String> list(String words) {
        return Arrays.stream(words.split("[ +]")).filter(w -> !w.isEmpty()).toList();
    }
}
