package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.Grants.Code;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import io.github.kaitsu.sandbox.internal.Grants.Token;
import io.github.kaitsu.sandbox.internal.OwnApps.Issued;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The token endpoint of one provider, without its words: which codes and refresh tokens are good by its rules, and what is wrong
 * with a request. Called under the ledger's monitor.
 */
final class TokenRules {
    private static final String VERIFIER = "[A-Za-z0-9._~-]{43,128}";

    private final OwnApps apps;
    private final OwnApp app;
    private final Ledger ledger;
    private final World world;
    private final CloudService.Provider provider;

    TokenRules(Ledger ledger, OwnApps apps) {
        this.ledger = ledger;
        this.world = ledger.world();
        this.apps = apps;
        this.app = apps.app;
        this.provider = apps.app.provider();
    }

    /** How a request to the token endpoint ends. */
    sealed interface Outcome permits Given, Refused {}

    record Given(Issued tokens) implements Outcome {}

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
                count(outcome instanceof Given);
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
                : new Given(apps.issue(digest, code.grant(), code.grant().scopes(), code.offline(), code.nonce()));
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
        List<String> wanted = OwnApps.list(r.field("scope"));
        if (!wanted.stream().allMatch(s -> mayAsk(grant, s))) {
            return new Refused(Reason.MORE_SCOPES);
        }
        boolean all =
                wanted.stream().allMatch(OwnApp::isSignIn) || wanted.stream().anyMatch(OwnApp::isAll);
        List<String> scopes = all ? grant.scopes() : wanted;
        boolean rotates = app.renewal() == OwnApp.Renewal.ROTATES;
        boolean another = app.renewal() != OwnApp.Renewal.STAYS;
        return new Given(apps.issue(rotates ? digest : null, grant, scopes, another, ""));
    }

    private boolean mayAsk(Grant grant, String scope) {
        return OwnApp.isSignIn(scope)
                || OwnApp.isAll(scope)
                || grant.scopes().stream().map(OwnApp::bare).anyMatch(OwnApp.bare(scope)::equals);
    }

    private void count(boolean granted) {
        ledger.record(new Change.RefreshAsked(provider, granted));
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
