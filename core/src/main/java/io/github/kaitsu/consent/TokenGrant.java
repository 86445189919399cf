package io.github.kaitsu.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a vendor granted to the embedding team's own app. A secret: its text hides the tokens, and it belongs into a
 * {@link CredentialStore} and nowhere else.
 *
 * @param refreshToken works once at Box
 * @param scopes those really granted; a person or a policy may have given fewer than were asked
 */
public record TokenGrant(
        String accessToken, Optional<Instant> expiresAt, Optional<String> refreshToken, Set<String> scopes) {
    /** Keeps an unmodifiable copy. */
    public TokenGrant {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "TokenGrant[***, scopes=" + scopes + "]";
    }
}
