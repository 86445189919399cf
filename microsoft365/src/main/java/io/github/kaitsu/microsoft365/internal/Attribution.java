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
    record Candidate(EntraApp app, Grants grants) {}

    /** What was found: one, none, or several. */
    record Result(Optional<Candidate> app, List<Candidate> possible) {
        static Result of(List<Candidate> candidates) {
            return new Result(candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty(), candidates);
        }
    }

    /**
     * Of apps that no other service has claimed, the one that has everything this service is known to need.
     *
     * @param since when this run began
     */
    Result among(List<Candidate> unclaimed, Instant since) {
        List<Candidate> whole = unclaimed.stream()
                .filter(c -> c.grants().missing(known).isEmpty() && fitsBest(c.grants()))
                .toList();
        if (whole.size() > 1) {
            List<Candidate> fresh = grantedSince(whole, since);
            return Result.of(fresh.size() == 1 ? fresh : whole);
        }
        return Result.of(whole);
    }

    private static List<Candidate> grantedSince(List<Candidate> candidates, Instant since) {
        return candidates.stream()
                .filter(c -> c.grants().at().filter(t -> !t.isBefore(since)).isPresent())
                .toList();
    }

    /** Teams' permissions include SharePoint's: an app is the service's of which it exceeds the list least. */
    private boolean fitsBest(Grants grants) {
        return bestFit(grants).filter(service::equals).isPresent();
    }

    /** Empty if none is covered, or two equally well. */
    static Optional<CloudService> bestFit(Grants grants) {
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
    Optional<CloudService> exactlyAnothers(Grants grants) {
        return KnownPermissions.services().stream()
                .filter(s -> s != service)
                .filter(s -> grants.names().equals(KnownPermissions.of(s)))
                .findFirst();
    }
}
