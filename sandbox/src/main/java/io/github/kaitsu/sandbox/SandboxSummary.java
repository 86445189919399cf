package io.github.kaitsu.sandbox;

import io.github.kaitsu.CloudService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sandbox says happened to it; read from its log, so it is the judge of what an engine claims.
 *
 * @param scenario the scenario it was started with
 * @param users the number of users of each provider
 * @param clock its simulated time
 * @param grants how many grants each service received; a service linked before the start counts as one
 * @param violations what was done against the procedure, oldest first
 * @param handsOn what persons and browsers did with the pages, and what persons did beside them
 * @param refreshes how often a refresh token of an own application was presented to each provider, and how often it was good
 * @param appPermissionAtTeamsFinish whether SharePoint had the permission of M365-8 when 完了 was pressed; empty before
 */
public record SandboxSummary(
        Scenario scenario,
        int users,
        Instant clock,
        Map<CloudService, Integer> grants,
        List<Violation> violations,
        Map<HandsOn.Actor, HandsOn> handsOn,
        Map<CloudService.Provider, Refreshes> refreshes,
        Optional<Boolean> appPermissionAtTeamsFinish) {
    /** Keeps unmodifiable copies. */
    public SandboxSummary {
        grants = Map.copyOf(grants);
        violations = List.copyOf(violations);
        handsOn = Map.copyOf(handsOn);
        refreshes = Map.copyOf(refreshes);
    }

    /**
     * Refresh tokens that reached a token endpoint; a request that a fault stopped on the way did not.
     *
     * @param asked how many requests
     * @param granted how many of them were answered with new tokens, whether or not the answer arrived
     */
    public record Refreshes(int asked, int granted) {
        /** Both together. */
        public Refreshes plus(Refreshes other) {
            return new Refreshes(asked + other.asked, granted + other.granted);
        }
    }

    /** How often refresh tokens were presented to this provider; zeros if never. */
    public Refreshes refreshes(CloudService.Provider provider) {
        return refreshes.getOrDefault(provider, new Refreshes(0, 0));
    }

    /** How many grants this service received; 0 if none. */
    public int grants(CloudService service) {
        return grants.getOrDefault(service, 0);
    }

    /** What this kind of actor did; {@link HandsOn#NOTHING} if nothing. */
    public HandsOn handsOn(HandsOn.Actor actor) {
        return handsOn.getOrDefault(actor, HandsOn.NOTHING);
    }
}
