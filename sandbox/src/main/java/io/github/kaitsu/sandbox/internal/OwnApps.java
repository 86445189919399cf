package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Account;
import io.github.kaitsu.sandbox.internal.Grants.Code;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import io.github.kaitsu.sandbox.internal.Grants.Token;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authorization server of one provider, without its words: which codes and tokens are good, and what is wrong with a request.
 * What it says, the provider's own token endpoint says. Called under the ledger's monitor.
 */
final class OwnApps {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String VERIFIER = "[A-Za-z0-9._~-]{43,128}";

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

    /** How a request to the token endpoint ends. */
    sealed interface Outcome permits Issued, Refused {}

    /**
     * New tokens.
     *
     * @param scopes the access token's
     * @param refresh empty if the answer brings none
     */
    record Issued(Grant grant, List<String> scopes, String access, String refresh, String nonce) implements Outcome {
        @Override
        public String toString() {
            return "Issued[***]";
        }
    }

    record Refused(Reason reason) implements Outcome {}

    /** What is wrong with a request to the token endpoint. */
    enum Reason {
        UNKNOWN_CLIENT,
        SECRET_MISSING,
        WRONG_SECRET,
        SECRET_OF_PUBLIC_CLIENT,
        NO_GRANT_TYPE,
        WRONG_GRANT_TYPE,
        CODE_MISSING,
        UNKNOWN_CODE,
        SPENT_CODE,
        EXPIRED_CODE,
        OTHER_REDIRECT,
        CHALLENGE_MISSING,
        VERIFIER_MISSING,
        WRONG_VERIFIER,
        UNKNOWN_REFRESH_TOKEN,
        EXPIRED_REFRESH_TOKEN,
        REVOKED,
        MORE_SCOPES
    }

    // ---- grants

    /** The person whom the sandbox's passwords belong to. */
    Account administrator() {
        return new Account(world.setup().administrator(), world.setup().tenant(provider));
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

    // ---- the token endpoint

    Outcome token(Request r) {
        Optional<Reason> stranger = strange(r);
        if (stranger.isPresent()) {
            if (r.field("grant_type").equals("refresh_token")) {
                count(false);
            }
            return new Refused(stranger.get());
        }
        return switch (r.field("grant_type")) {
            case "authorization_code" -> byCode(r);
            case "refresh_token" -> {
                Outcome outcome = byRefreshToken(r);
                count(outcome instanceof Issued);
                yield outcome;
            }
            case "" -> new Refused(Reason.NO_GRANT_TYPE);
            default -> new Refused(Reason.WRONG_GRANT_TYPE);
        };
    }

    /** What is wrong with the client that a request claims to come from: in its form, or as HTTP Basic. */
    Optional<Reason> strange(Request r) {
        String id = r.field("client_id");
        String secret = r.raw("client_secret");
        String basic = r.header("Authorization").orElse("");
        if (basic.startsWith("Basic ")) {
            String[] pair = decoded(basic.substring("Basic ".length())).split(":", 2);
            id = pair[0];
            secret = pair.length > 1 ? pair[1] : "";
        }
        if (!id.equals(app.clientId())) {
            return Optional.of(Reason.UNKNOWN_CLIENT);
        }
        if (!app.confidential()) {
            return secret.isEmpty() ? Optional.empty() : Optional.of(Reason.SECRET_OF_PUBLIC_CLIENT);
        }
        if (secret.isEmpty()) {
            return Optional.of(Reason.SECRET_MISSING);
        }
        return secret.equals(app.secret(world.setup())) ? Optional.empty() : Optional.of(Reason.WRONG_SECRET);
    }

    private Outcome byCode(Request r) {
        if (r.field("code").isEmpty()) {
            return new Refused(Reason.CODE_MISSING);
        }
        String digest = Secrets.digest(r.field("code"));
        Optional<Code> found = world.ownGrants.code(provider, digest);
        if (found.isEmpty()) {
            return new Refused(Reason.UNKNOWN_CODE);
        }
        Code code = found.get();
        Optional<Reason> wrong = wrong(code, digest, r);
        return wrong.isPresent()
                ? new Refused(wrong.get())
                : issue(digest, code.grant(), code.grant().scopes(), code.offline(), code.nonce());
    }

    private Optional<Reason> wrong(Code code, String digest, Request r) {
        if (world.ownGrants.isSpent(digest)) {
            return Optional.of(Reason.SPENT_CODE);
        }
        if (world.now().isAfter(code.until())) {
            return Optional.of(Reason.EXPIRED_CODE);
        }
        boolean mayBeLeftOut = provider == CloudService.Provider.BOX && !r.has("redirect_uri");
        if (!mayBeLeftOut && !r.field("redirect_uri").equals(code.redirectUri())) {
            return Optional.of(Reason.OTHER_REDIRECT);
        }
        return unproved(code, r.raw("code_verifier"));
    }

    /** RFC 7636; Box knows nothing of it. */
    private Optional<Reason> unproved(Code code, String verifier) {
        if (provider == CloudService.Provider.BOX) {
            return Optional.empty();
        }
        if (code.challenge().isEmpty()) {
            Reason reason = app.provesCode() ? Reason.CHALLENGE_MISSING : Reason.WRONG_VERIFIER;
            return app.provesCode() || !verifier.isEmpty() ? Optional.of(reason) : Optional.empty();
        }
        if (verifier.isEmpty()) {
            return Optional.of(Reason.VERIFIER_MISSING);
        }
        boolean right = verifier.matches(VERIFIER) && challenge(verifier).equals(code.challenge());
        return right ? Optional.empty() : Optional.of(Reason.WRONG_VERIFIER);
    }

    private Outcome byRefreshToken(Request r) {
        String digest = Secrets.digest(r.field("refresh_token"));
        Optional<Token> found = world.ownGrants.refresh(provider, digest);
        if (found.isEmpty()) {
            return new Refused(Reason.UNKNOWN_REFRESH_TOKEN);
        }
        Grant grant = found.get().grant();
        if (world.ownGrants.isRevoked(grant)) {
            return new Refused(Reason.REVOKED);
        }
        if (found.get().isOver(world.now())) {
            return new Refused(Reason.EXPIRED_REFRESH_TOKEN);
        }
        List<String> wanted = list(r.field("scope"));
        if (!wanted.stream().allMatch(s -> mayAsk(grant, s))) {
            return new Refused(Reason.MORE_SCOPES);
        }
        List<String> scopes = wanted.isEmpty() || wanted.stream().allMatch(OwnApp::isSignIn) ? grant.scopes() : wanted;
        boolean rotates = app.renewal() == OwnApp.Renewal.ROTATES;
        return issue(rotates ? digest : null, grant, scopes, app.renewal() != OwnApp.Renewal.STAYS, "");
    }

    private boolean mayAsk(Grant grant, String scope) {
        return OwnApp.isSignIn(scope)
                || scope.endsWith("/.default")
                || grant.scopes().stream().map(OwnApp::bare).anyMatch(OwnApp.bare(scope)::equals);
    }

    private Issued issue(@Nullable String spent, Grant grant, List<String> scopes, boolean withRefresh, String nonce) {
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

    private void count(boolean granted) {
        ledger.record(new Change.RefreshAsked(provider, granted));
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

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String basic) {
        try {
            String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            return URLDecoder.decode(pair, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
