package io.github.kaitsu.consent.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.AuthorizationServer.Code;
import io.github.kaitsu.consent.AuthorizationServer.Identity;
import io.github.kaitsu.consent.AuthorizationServer.Question;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.consent.RefusalWords;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.consent.internal.PendingConsents.Found;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Callback;
import io.github.kaitsu.vendor.http.PastedAnswer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorization-code flow (RFC 6749 §4.1 with RFC 7636). The state is checked first, and whoever has taken the pending
 * consent out of the store, alone, goes on to the vendor.
 */
public final class CodeFlow {
    private static final Logger LOG = LoggerFactory.getLogger(CodeFlow.class);
    private static final Pattern ERROR_WORD = Pattern.compile("[A-Za-z0-9._-]{1,80}");

    private final Map<CloudService.Provider, AuthorizationServer> servers;
    private final PendingConsents pendings;
    private final HeldGrants grants;
    private final Clock clock;
    private final SecureRandom random;

    public CodeFlow(
            CredentialStore store,
            Map<CloudService.Provider, AuthorizationServer> servers,
            Clock clock,
            SecureRandom random) {
        this.servers = Map.copyOf(servers);
        this.pendings = new PendingConsents(store, clock);
        this.grants = new HeldGrants(store);
        this.clock = clock;
        this.random = random;
    }

    public Set<CloudService.Provider> providers() {
        return servers.keySet();
    }

    /**
     * The app at a provider.
     *
     * @throws KaitsuException SERVICE_NOT_CONFIGURED
     */
    public AuthorizationServer server(CloudService.Provider provider) {
        return Optional.ofNullable(servers.get(provider))
                .orElseThrow(() -> KaitsuException.of(ErrorCode.SERVICE_NOT_CONFIGURED, "app", provider));
    }

    // ---- the question

    public PendingConsent begin(ConsentRequest request) {
        AuthorizationServer server = server(request.provider());
        pendings.purge();
        String id = StateAndVerifier.newId(random);
        String state = StateAndVerifier.newState(id, random);
        Optional<String> verifier =
                server.pkce() ? Optional.of(StateAndVerifier.newVerifier(random)) : Optional.empty();
        Set<String> scopes = request.scopes().isEmpty() ? server.scopes() : request.scopes();
        URI address = server.authorizationUrl(new Question(
                request.redirectUri(),
                state,
                verifier.map(StateAndVerifier::challenge),
                scopes,
                request.account(),
                request.language()));
        PendingRecord pending = new PendingRecord(
                state,
                verifier,
                address,
                request.redirectUri(),
                scopes,
                request.account(),
                request.tenant().or(() -> grants.tenant(request.customer(), request.provider())),
                clock.instant().plus(request.life()));
        pendings.add(
                new CredentialStore.Key(CredentialStore.Kind.PENDING, request.customer(), request.provider(), id),
                pending);
        LOG.info("consent {} of {} at {} is asked for", id, request.customer(), request.provider());
        return pending.toPublic(id, request.customer(), request.provider());
    }

    public List<PendingConsent> waiting(Predicate<CredentialStore.Key> which) {
        return pendings.waiting(which).stream()
                .map(found -> found.pending()
                        .toPublic(
                                found.key().id(),
                                found.key().customer(),
                                found.key().provider()))
                .toList();
    }

    // ---- the answer

    /** What came of an answer, and to which question; no question if it fits none. */
    public record Answered(Optional<String> id, ConsentOutcome outcome) {}

    public Answered complete(URI returned) throws InterruptedException {
        return complete(Callback.parse(returned));
    }

    /** Which question an answer pretends to belong to; nothing of it is checked. */
    public static Optional<String> idOf(URI returned) {
        return StateAndVerifier.idOf(Callback.parse(returned).state());
    }

    /** As {@link #complete(URI)}, for what a person pasted, and only if it answers this question. */
    public Answered complete(String id, String pasted) throws InterruptedException {
        return complete(id, PastedAnswer.read(pasted, CodeFlow::isWhole));
    }

    private static boolean isWhole(Callback answer) {
        return StateAndVerifier.idOf(answer.state()).isPresent()
                && (answer.code().isPresent() || answer.error().isPresent());
    }

    /** As {@link #complete(URI)}, only if it answers this question: nobody has somebody else's answer counted as his own. */
    public Answered complete(String id, URI returned) throws InterruptedException {
        return complete(id, Callback.parse(returned));
    }

    private Answered complete(String id, Callback answer) throws InterruptedException {
        if (StateAndVerifier.idOf(answer.state()).filter(id::equals).isEmpty()) {
            return unknown();
        }
        return complete(answer);
    }

    private Answered complete(Callback answer) throws InterruptedException {
        Optional<Found> question = StateAndVerifier.idOf(answer.state()).flatMap(pendings::find);
        if (question.isEmpty() || !answer.hasState(question.get().pending().state())) {
            return unknown();
        }
        Found found = question.get();
        if (pendings.expired(found.pending())) {
            return answered(found, new ConsentOutcome.Expired(found.key().provider()));
        }
        URI redirect = found.pending().redirectUri();
        if (answer.address().filter(at -> !Redirect.leadsTo(redirect, at)).isPresent()) {
            throw Callback.refused("target");
        }
        if (answer.error().isEmpty() && answer.code().isEmpty()) {
            throw Callback.refused("incomplete"); // cut off, so the whole of it may still come
        }
        AuthorizationServer server = server(found.key().provider());
        if (answer.parameter("iss").filter(iss -> !server.isIssuer(iss)).isPresent()) {
            throw Callback.refused("issuer"); // RFC 9207 §2.4: its code must not be sent to this vendor
        }
        if (!pendings.take(found)) {
            return unknown(); // somebody else was first
        }
        return answered(found, outcome(found, answer, server));
    }

    private static Answered unknown() {
        LOG.info("an answer fits no consent that is awaited");
        return new Answered(Optional.empty(), new ConsentOutcome.StateMismatch());
    }

    private static Answered answered(Found found, ConsentOutcome outcome) {
        LOG.info(
                "consent {} of {} at {}: {}",
                found.key().id(),
                found.key().customer(),
                found.key().provider(),
                outcome.getClass().getSimpleName());
        return new Answered(Optional.of(found.key().id()), outcome);
    }

    private ConsentOutcome outcome(Found found, Callback answer, AuthorizationServer server)
            throws InterruptedException {
        if (answer.error().isPresent()) {
            String error = answer.error().get();
            String description = answer.errorDescription();
            Refusal why = server.refusal(error, description);
            if (why == Refusal.OTHER && RefusalWords.standard().meaning(error, "") == Refusal.PASSING) {
                why = Refusal.PASSING; // whatever else a vendor knows
            }
            return refused(server, why, server.detail(description).orElse(error));
        }
        PendingRecord pending = found.pending();
        TokenGrant grant;
        try {
            grant = server.redeem(
                    new Code(answer.code().orElseThrow(), pending.redirectUri(), pending.verifier(), pending.scopes()));
        } catch (VendorCallException e) {
            return refused(server, e);
        }
        return new Redeemed(found.key(), pending, server, grant).judge();
    }

    private static ConsentOutcome refused(AuthorizationServer server, VendorCallException e) {
        String error = e.code().orElse("");
        String code = e.detail().orElse(error);
        if (passing(e)) {
            return refused(server, Refusal.PASSING, code);
        }
        Refusal why = e.refusal().orElseGet(() -> error.isEmpty() ? Refusal.OTHER : server.refusal(error, ""));
        boolean isCodeRefused = e.grantGone() && e.detail().isEmpty(); // RFC 6749 §5.2: spent, late or another's
        return refused(server, why == Refusal.OTHER && isCodeRefused ? Refusal.EXPIRED : why, code);
    }

    private static ConsentOutcome refused(AuthorizationServer server, Refusal why, String error) {
        CloudService.Provider provider = server.provider();
        String code = word(error);
        LOG.info("{} refused: {} {}", provider, why, code);
        return switch (why) {
            case DENIED -> new ConsentOutcome.Denied(provider);
            case NOT_ADMINISTRATOR, NO_RIGHTS -> new ConsentOutcome.NotAdministrator(provider, code);
            case BLOCKED_BY_POLICY -> new ConsentOutcome.BlockedByPolicy(provider, code);
            case TENANT -> new ConsentOutcome.NotInTenant(provider, code);
            case EXPIRED -> new ConsentOutcome.Expired(provider);
            case WRONG_ACCOUNT -> new ConsentOutcome.WrongAccount(provider, "");
            case SIGN_IN_REQUIRED -> new ConsentOutcome.SignInRequired(provider, code);
            case APP -> new ConsentOutcome.AppRefused(provider, code);
            case PASSING -> new ConsentOutcome.ProviderError(provider, code, true);
            case OTHER -> new ConsentOutcome.ProviderError(provider, code, false);
        };
    }

    /** A lost answer must not be asked for again, but a new consent may be begun. */
    private static boolean passing(VendorCallException e) {
        return e.retryable() || e.status() == 0;
    }

    private static String word(String error) {
        return ERROR_WORD.matcher(error).matches() ? error : "";
    }

    /** A grant fresh from the vendor: kept if the right one gave it, else ended at once. */
    private final class Redeemed {
        private final CredentialStore.Key pendingKey;
        private final PendingRecord pending;
        private final AuthorizationServer server;
        private final TokenGrant grant;
        private final CredentialStore.Key key;
        private Optional<Identity> who = Optional.empty();

        Redeemed(CredentialStore.Key pendingKey, PendingRecord pending, AuthorizationServer server, TokenGrant grant) {
            this.pendingKey = pendingKey;
            this.pending = pending;
            this.server = server;
            this.grant = grant;
            this.key = CredentialStore.Key.grant(pendingKey.customer(), pendingKey.provider());
        }

        ConsentOutcome judge() throws InterruptedException {
            ConsentOutcome outcome;
            try {
                outcome = judged();
            } catch (VendorCallException e) {
                outcome = new ConsentOutcome.ProviderError(
                        server.provider(), e.code().orElse(""), passing(e));
            } catch (RuntimeException | InterruptedException e) {
                discardAfter(e);
                throw e;
            }
            if (!(outcome instanceof ConsentOutcome.Granted)) {
                discard();
            }
            return outcome;
        }

        private ConsentOutcome judged() throws InterruptedException {
            Identity consenter = server.identify(grant);
            who = Optional.of(consenter);
            if (!isWanted(consenter)) {
                return new ConsentOutcome.WrongAccount(server.provider(), consenter.account());
            }
            if (consenter.administrator().filter(isOne -> !isOne).isPresent()) {
                return new ConsentOutcome.NotAdministrator(server.provider());
            }
            grants.replace(key, record(consenter), consenter, pendingKey.id(), server);
            return granted(consenter);
        }

        private boolean isWanted(Identity consenter) {
            return pending.account()
                            .filter(wanted -> !consenter.isCalled(wanted))
                            .isEmpty()
                    && pending.tenant()
                            .filter(t -> !t.equalsIgnoreCase(consenter.tenant()))
                            .isEmpty();
        }

        private ConsentOutcome granted(Identity consenter) {
            Set<String> missing = new HashSet<>(pending.scopes());
            missing.removeAll(grant.scopes());
            return new ConsentOutcome.Granted(
                    pendingKey.customer(),
                    server.provider(),
                    consenter.account(),
                    consenter.tenant(),
                    grant.scopes(),
                    missing);
        }

        /** The store failed, or the thread was stopped: nobody holds the grant, so nobody may have it. */
        private void discardAfter(Exception e) throws InterruptedException {
            try {
                discard();
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
        }

        private void discard() throws InterruptedException {
            Identity unknown = new Identity("", "", Optional.empty());
            grants.discard(key, record(who.orElse(unknown)), who, pendingKey.id(), server);
        }

        private GrantRecord record(Identity consenter) {
            return GrantRecord.of(grant, consenter, clock.instant(), server.client());
        }
    }
}
