package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.CloudService;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the apps that all bear one name belongs to a service. Each service has its own, whose ID nobody publishes; so it goes
 * by what was granted and when. Wherever two answers are possible there is none.
 */
final class Attribution {
    private final CloudService service;
    private final Set<String> known;

    Attribution(CloudService service) {
        this.service = service;
        this.known = KnownPermissions.of(service);
    }

    /** An app of the right name with what it was granted. */
    record Candidate(EntraApp app, AppPermissions grants) {}

    /**
     * Of apps that no other service has claimed, the one that has everything this service is known to need, or all that may be it.
     *
     * @param since when this run began
     */
    List<Candidate> among(List<Candidate> unclaimed, Instant since) {
        List<Candidate> whole = unclaimed.stream()
                .filter(c -> c.grants().missing(known).isEmpty()
                        && bestFit(c.grants()).equals(Optional.of(service)))
                .toList();
        List<Candidate> fresh = whole.stream()
                .filter(c -> c.grants().at().filter(t -> !t.isBefore(since)).isPresent())
                .toList();
        return fresh.size() == 1 ? fresh : whole;
    }

    /**
     * Teams' permissions include SharePoint's: an app is the service's of which it exceeds the list least. Empty if none is
     * covered, or two equally well.
     */
    static Optional<CloudService> bestFit(AppPermissions grants) {
        List<Map.Entry<CloudService, Integer>> covered = KnownPermissions.services().stream()
                .filter(s -> grants.missing(KnownPermissions.of(s)).isEmpty())
                .map(s -> Map.entry(s, grants.beyond(KnownPermissions.of(s)).size()))
                .sorted(Comparator.comparingInt(Map.Entry::getValue))
                .toList();
        boolean unique = covered.size() == 1
                || (covered.size() > 1
                        && covered.get(0).getValue() < covered.get(1).getValue());
        return unique ? Optional.of(covered.get(0).getKey()) : Optional.empty();
    }

    /** The service that has exactly these permissions, if it is another one. */
    Optional<CloudService> exactlyAnothers(AppPermissions grants) {
        return KnownPermissions.services().stream()
                .filter(s -> s != service)
                .filter(s -> grants.names().equals(KnownPermissions.of(s)))
                .findFirst();
    }
}
