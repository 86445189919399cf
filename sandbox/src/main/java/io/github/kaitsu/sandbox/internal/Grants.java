package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.SandboxSummary;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What persons granted to the embedding team's own applications: codes and tokens of all providers, by their digests. */
final class Grants {
    /**
     * Who granted.
     *
     * @param tenant the enterprise, team, customer or tenant that the person belongs to
     */
    record Account(String login, String tenant) {}

    /** What a person granted to the application of a provider; a token's may be narrower than the person's. */
    record Grant(String id, CloudService.Provider provider, List<String> scopes, Account account) {
        Grant {
            scopes = List.copyOf(scopes);
        }

        /** Whether it holds one of these; Graph's scopes with or without their address. */
        boolean has(String... oneOf) {
            Set<String> wanted = Set.of(oneOf);
            return scopes.stream().anyMatch(s -> wanted.contains(s) || wanted.contains(OwnApp.bare(s)));
        }

        Grant with(List<String> fewer) {
            return new Grant(id, provider, fewer, account);
        }
    }

    /**
     * A code that waits for its redemption.
     *
     * @param challenge PKCE's, S256; empty if there was none
     * @param offline whether the redemption brings a refresh token
     */
    record Code(Grant grant, String redirectUri, String challenge, boolean offline, String nonce, Instant until) {}

    /** A token; {@code until} is null where it ends only by revocation. */
    record Token(Grant grant, @Nullable Instant until) {
        boolean isOver(Instant now) {
            return until != null && !now.isBefore(until);
        }
    }

    private final Map<String, Code> codes = new HashMap<>();
    private final Set<String> spentCodes = new HashSet<>();
    private final Map<String, Token> accessTokens = new HashMap<>();
    private final Map<String, Token> refreshTokens = new HashMap<>();
    private final Set<String> revoked = new HashSet<>();
    private final Map<CloudService.Provider, SandboxSummary.Refreshes> refreshes =
            new EnumMap<>(CloudService.Provider.class);
    private int issued;

    Optional<Code> code(CloudService.Provider provider, String digest) {
        return Optional.ofNullable(codes.get(digest)).filter(c -> c.grant().provider() == provider);
    }

    boolean isSpent(String code) {
        return spentCodes.contains(code);
    }

    Optional<Token> access(CloudService.Provider provider, String digest) {
        return find(accessTokens, provider, digest);
    }

    Optional<Token> refresh(CloudService.Provider provider, String digest) {
        return find(refreshTokens, provider, digest);
    }

    boolean isRevoked(Grant grant) {
        return revoked.contains(grant.id());
    }

    /** All grants that a refresh token keeps alive. */
    List<Grant> lasting(CloudService.Provider provider) {
        return refreshTokens.values().stream()
                .map(Token::grant)
                .filter(g -> g.provider() == provider && !isRevoked(g))
                .distinct()
                .toList();
    }

    /** When access tokens were issued. */
    List<Instant> issuedAt(CloudService.Provider provider) {
        return accessTokens.values().stream()
                .filter(t -> t.grant().provider() == provider)
                .flatMap(t -> Optional.ofNullable(t.until()).stream())
                .map(until -> until.minus(OwnApp.at(provider).accessLife()))
                .toList();
    }

    /** Grows with every code and every pair of tokens; names the next. */
    int issued() {
        return issued;
    }

    Map<CloudService.Provider, SandboxSummary.Refreshes> refreshes() {
        return refreshes;
    }

    // ---- what the changes do

    void issue(Change.CodeIssued change) {
        issued++;
        codes.put(change.digest(), change.code());
    }

    void issue(Change.TokensIssued change) {
        issued++;
        if (change.spent() != null) {
            if (codes.containsKey(change.spent())) {
                spentCodes.add(change.spent());
            }
            refreshTokens.remove(change.spent());
        }
        accessTokens.put(change.access(), new Token(change.grant().with(change.scopes()), change.accessUntil()));
        if (change.refresh() != null) {
            refreshTokens.put(change.refresh(), new Token(change.grant(), change.refreshUntil()));
        }
    }

    void revoke(String grant) {
        revoked.add(grant);
    }

    void count(CloudService.Provider provider, boolean granted) {
        refreshes.merge(provider, new SandboxSummary.Refreshes(1, granted ? 1 : 0), SandboxSummary.Refreshes::plus);
    }

    private static Optional<Token> find(Map<String, Token> tokens, CloudService.Provider provider, String digest) {
        return Optional.ofNullable(tokens.get(digest)).filter(t -> t.grant().provider() == provider);
    }
}
