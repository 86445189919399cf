package io.github.kaitsu.invite;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.RecordKeeper;
import io.github.kaitsu.invite.internal.Tokens;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Mints and revokes links, each for one role of one run. A link is a secret of 128 random bits; what is kept of it is a hash, so
 * whoever reads the store can neither use nor repeat a link. Thread-safe; several processes may share one store.
 *
 * <p>A record keeper: given to the client, what is kept of a run goes when it is forgotten.
 */
public final class Invitations implements RecordKeeper {
    /** Of a code with six digits; after as many wrong ones the link is revoked. */
    static final int MOST_WRONG_CODES = 5;

    private static final String CODE = "code";
    private static final String DEVICE = "device";

    private final InvitationStore store;
    private final Clock clock;
    private final SecureRandom random;

    private Invitations(InvitationStore store, Clock clock, SecureRandom random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** In a store, by the system's clock. */
    public static Invitations in(InvitationStore store) {
        return in(store, Clock.systemUTC());
    }

    /**
     * In a store.
     *
     * @param clock by which links expire: the real time, also where runs happen in another
     */
    public static Invitations in(InvitationStore store, Clock clock) {
        return new Invitations(store, clock, new SecureRandom());
    }

    /**
     * A new link, told once.
     *
     * @param token its secret, for {@link #link}
     * @param code to be told to the person in another way than the link; empty where none is asked for
     */
    public record Minted(Invitation invitation, String token, Optional<String> code) {
        /**
         * The link.
         *
         * @param base where the page is served, without query and fragment
         */
        public URI link(URI base) {
            return URI.create(base.toString().replaceAll("/+$", "") + "/" + token);
        }

        @Override
        public String toString() {
            return "Minted[invitation=" + invitation.id() + "]";
        }
    }

    /** Mints a link. Whether there is such a run is the host's to know; a link to none says that it has ended. */
    public Minted mint(InvitationRequest request) {
        String token = Tokens.token(random);
        Optional<String> code = request.withCode() ? Optional.of(Tokens.code(random)) : Optional.empty();
        Instant now = clock.instant();
        Invitation invitation = new Invitation(
                Tokens.id(token),
                request.activation(),
                request.role(),
                request.invited(),
                request.language(),
                now,
                now.plus(request.life()),
                code.map(digits -> Tokens.sealed(token, CODE, digits)),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        store.create(invitation);
        return new Minted(invitation, token, code);
    }

    /** All of one run, whatever their state, in the order in which they were minted. */
    public List<Invitation> of(ActivationId activation) {
        return store.of(activation);
    }

    /**
     * Ends a link. Revoking twice is harmless.
     *
     * @param id {@link Invitation#id}
     * @return whether there is such an invitation
     */
    public boolean revoke(String id) {
        return isId(id) && store.change(id, i -> i.revoked(clock.instant())).isPresent();
    }

    @Override
    public void forget(ActivationId activation, CustomerId customer) {
        store.forget(activation);
    }

    private static boolean isId(String id) {
        return id.matches("[0-9a-f]{32}");
    }

    // ---- what the page does

    Optional<Invitation> find(String token) {
        return Tokens.isToken(token) ? store.find(Tokens.id(token)) : Optional.empty();
    }

    Invitation.State state(Invitation invitation) {
        return invitation.state(clock.instant());
    }

    /** Whether a browser may answer: no code is asked for, or it is the one that has entered it. */
    static boolean isAdmitted(Invitation invitation, String token, String browser) {
        return invitation.code().isEmpty()
                || invitation
                        .device()
                        .filter(d -> Tokens.isSame(d, Tokens.sealed(token, DEVICE, browser)))
                        .isPresent();
    }

    /** What became of a code. */
    enum Entered {
        RIGHT,
        WRONG,
        /** One time is once: it was entered in another browser. */
        USED,
        /** Too many were wrong; the link is revoked. */
        REVOKED
    }

    Entered enter(String token, String code, String browser) {
        String sealed = Tokens.sealed(token, CODE, code.strip());
        Invitation after = change(token, (invitation, now) -> {
            if (invitation.state(now) != Invitation.State.OPEN
                    || invitation.device().isPresent()
                    || invitation.code().isEmpty()) {
                return invitation;
            } else if (Tokens.isSame(invitation.code().get(), sealed)) {
                return invitation.enteredOn(Tokens.sealed(token, DEVICE, browser));
            }
            Invitation wrong = invitation.wrongCode();
            return wrong.wrongCodes() < MOST_WRONG_CODES ? wrong : wrong.revoked(now);
        });
        if (state(after) != Invitation.State.OPEN) {
            return Entered.REVOKED;
        } else if (isAdmitted(after, token, browser)) {
            return Entered.RIGHT;
        }
        return after.device().isPresent() ? Entered.USED : Entered.WRONG;
    }

    Invitation ready(String token) {
        return change(token, Invitation::ready);
    }

    Invitation withoutConsent(String token) {
        return change(token, Invitation::withoutConsent);
    }

    Invitation used(String token) {
        return change(token, Invitation::used);
    }

    private Invitation change(String token, BiFunction<Invitation, Instant, Invitation> change) {
        Instant now = clock.instant();
        return store.change(Tokens.id(token), i -> change.apply(i, now))
                .orElseThrow(() -> new IllegalStateException("the invitation was erased meanwhile"));
    }
}
