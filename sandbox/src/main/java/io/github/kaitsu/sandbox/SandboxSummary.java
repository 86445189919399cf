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
 * @param handsOn what persons and browsers did with the pages
 * @param appPermissionAtTeamsFinish whether SharePoint had the permission of M365-8 when 完了 was pressed; empty before
 */
public record SandboxSummary(
        Scenario scenario,
        int users,
        Instant clock,
        Map<CloudService, Integer> grants,
        List<Violation> violations,
        Map<HandsOn.Actor, HandsOn> handsOn,
        Optional<Boolean> appPermissionAtTeamsFinish) {
    public SandboxSummary {
        grants = Map.copyOf(grants);
        violations = List.copyOf(violations);
        handsOn = Map.copyOf(handsOn);
    }

    public int grants(CloudService service) {
        return grants.getOrDefault(service, 0);
    }

    public HandsOn handsOn(HandsOn.Actor actor) {
        return handsOn.getOrDefault(actor, HandsOn.NOTHING);
    }
}
