package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.text.PastedText;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is particular to one vendor in the consent to the embedding team's own app; the flow itself is core's. Implementations
 * are immutable and thread-safe, know the app's client id and secret, hide both in their text, and keep no token.
 *
 * <p>Calls throw {@link VendorCallException} and repeat nothing that must happen once: a code, and Box's refresh token, work a
 * single time.
 */
public interface AuthorizationServer {
    /** Whose consent page and token endpoint it is. */
    CloudService.Provider provider();

    /** The app's client id, so that no grant is used with another app than its own; empty if that is not known. */
    default String client() {
        return "";
    }

    /** The least that this provider's looks need, all reading where the vendor has reading scopes. */
    Set<String> scopes();

    /** Whether the vendor knows PKCE with S256 (RFC 7636); if so it is always used. */
    boolean pkce();

    /** Where the administrator consents. */
    URI authorizationUrl(Question question);

    /**
     * What the consent page is asked for.
     *
     * @param state at least 128 random bits, to come back unchanged
     * @param challenge the S256 challenge; empty where the vendor knows no PKCE
     * @param account whom to sign in, as a hint
     */
    record Question(
            URI redirectUri,
            String state,
            Optional<String> challenge,
            Set<String> scopes,
            Optional<String> account,
            Locale language) {
        /** Keeps an unmodifiable copy. */
        public Question {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "Question[redirectUri=" + redirectUri + ", scopes=" + scopes + ", state=***]";
        }
    }

    /**
     * Whether an answer that names its issuer (RFC 9207) is this vendor's; not asked where none is named.
     *
     * @param iss as it came
     * @return by default true, for vendors whose name is not known
     */
    default boolean isIssuer(String iss) {
        return true;
    }

    /**
     * Gives the code for tokens.
     *
     * @throws VendorCallException with code {@code invalid_grant} if the code is spent, late or another's
     */
    TokenGrant redeem(Code code) throws InterruptedException;

    /**
     * A code as the callback brought it.
     *
     * @param verifier the PKCE verifier; empty where the vendor knows no PKCE
     * @param scopes those asked for
     */
    record Code(String value, URI redirectUri, Optional<String> verifier, Set<String> scopes) {
        /** Keeps an unmodifiable copy. */
        public Code {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "Code[***]";
        }
    }

    /** Who consented, read from the vendor with the new grant. */
    Identity identify(TokenGrant grant) throws InterruptedException;

    /**
     * Who consented.
     *
     * @param account as the vendor shows it, usually a mail address
     * @param tenant as in the fact {@code tenant.<PROVIDER>}
     * @param administrator empty if the vendor does not say
     * @param aliases the account's other names, as far as the vendor vouches for them
     */
    record Identity(String account, String tenant, Optional<Boolean> administrator, Set<String> aliases) {
        /** Keeps an unmodifiable copy. */
        public Identity {
            aliases = Set.copyOf(aliases);
        }

        /** Of an account with one name. */
        public Identity(String account, String tenant, Optional<Boolean> administrator) {
            this(account, tenant, administrator, Set.of());
        }

        /** Whether the account has this name, in any case and width. */
        public boolean isCalled(String name) {
            String key = PastedText.key(name);
            return PastedText.key(account).equals(key)
                    || aliases.stream().map(PastedText::key).anyMatch(key::equals);
        }
    }

    /**
     * New tokens for an old grant. A refresh token or scopes that the vendor does not send again may be left out: the old ones
     * stay. Called once at a time for each grant, on a thread that nobody interrupts, so the call must have a time limit well
     * below a minute and a half, for which others wait.
     *
     * @throws VendorCallException with code {@code invalid_grant} if the grant is gone, and only then: its tokens are deleted. What
     *     is wrong with the app, or with what a tenant allows, leaves the grant as it is
     */
    TokenGrant refresh(TokenGrant grant) throws InterruptedException;

    /** Whether the vendor has a call that ends a grant; if not, {@link #revoke} is never called and a person removes the app. */
    default boolean canRevoke() {
        return true;
    }

    /** Ends the grant at the vendor; a grant that is gone already is no error. */
    void revoke(TokenGrant grant) throws InterruptedException;

    /**
     * What an error that came back to the redirect URI, or from the token endpoint, means.
     *
     * @param error the OAuth error code
     * @param description the vendor's text, for codes inside it ({@code AADSTS65004}); never shown
     */
    Refusal refusal(String error, String description);

    /**
     * The vendor's own code in a description, kept for its support: {@code AADSTS65004}.
     *
     * @param description as of {@link #refusal}
     */
    default Optional<String> detail(String description) {
        return Optional.empty();
    }
}
