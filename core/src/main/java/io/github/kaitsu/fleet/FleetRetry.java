package io.github.kaitsu.fleet;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.Sha256;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Activations that failed for one reason, and what begins in their place. */
final class FleetRetry {
    private static final Pattern AGAIN = Pattern.compile("(.*)-r(\\d{1,4})");
    private static final int LONGEST_ID = 64;
    private static final int HASH_DIGITS = 12;

    private final Fleet fleet;
    private final ActivationClient client;

    FleetRetry(Fleet fleet, ActivationClient client) {
        this.fleet = fleet;
        this.client = client;
    }

    /** Those that nobody has begun again, in the order of their ids. */
    List<Fleet.Retry> of(RunQuery query, FailureReason reason) {
        List<Fleet.Retry> all = new ArrayList<>();
        fleet.forEach(query.withStatus(ActivationStatus.FAILED).ended(true), run -> {
            if (!run.isRemoval()) {
                fleet.view(run, e -> {})
                        .flatMap(view -> retry(run, view, reason))
                        .ifPresent(all::add);
            }
        });
        return all;
    }

    private Optional<Fleet.Retry> retry(RunHead run, ActivationView view, FailureReason reason) {
        Set<CloudService> failed = failed(view, reason);
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        fleet.forEach(RunQuery.all().ofCustomer(run.customer()), other -> {
            if (other.begunAt().isAfter(run.begunAt())) {
                failed.removeAll(other.services().keySet()); // somebody has tried since, or is at it
            }
        });
        if (failed.isEmpty()
                || !(client.events(run.id()).get(0).event() instanceof Event.Begun begun)
                || !(begun.request() instanceof ActivationRequest request)) {
            return Optional.empty();
        }
        List<CloudService> services =
                request.services().stream().filter(failed::contains).toList();
        return Optional.of(new Fleet.Retry(
                run, next(run.id()), request.toBuilder().services(services).build()));
    }

    /** With those that failed only because another one did. */
    private static Set<CloudService> failed(ActivationView view, FailureReason reason) {
        Set<CloudService> failed = EnumSet.noneOf(CloudService.class);
        Set<CloudService> behind = EnumSet.noneOf(CloudService.class);
        for (ServiceView service : view.services()) {
            if (service.failure().equals(Optional.of(reason))) {
                failed.add(service.service());
            } else if (service.failure().equals(Optional.of(FailureReason.PREREQUISITE_FAILED))) {
                behind.add(service.service());
            }
        }
        if (!failed.isEmpty()) {
            failed.addAll(behind);
        }
        return failed;
    }

    /** The same for the same run, so that it is begun again once. */
    static ActivationId next(ActivationId id) {
        Matcher again = AGAIN.matcher(id.value());
        String name = again.matches() ? again.group(1) : id.value();
        int number = again.matches() ? Integer.parseInt(again.group(2)) + 1 : 2;
        String next = name + "-r" + number;
        if (next.length() > LONGEST_ID) {
            String hash = Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
            String end = "-" + hash + "-r" + number;
            next = name.substring(0, LONGEST_ID - end.length()) + end;
        }
        return ActivationId.of(next);
    }

    Fleet.Retried begin(List<Fleet.Retry> retries) {
        List<Fleet.Retry> begun = new ArrayList<>();
        List<Fleet.NotRetried> refused = new ArrayList<>();
        for (Fleet.Retry retry : retries) {
            try {
                client.begin(retry.id(), retry.request());
                begun.add(retry);
            } catch (KaitsuException e) {
                if (e.code() == ErrorCode.IO_ERROR) {
                    throw e; // the next one would fare no better
                }
                refused.add(new Fleet.NotRetried(retry, e));
            }
        }
        return new Fleet.Retried(begun, refused);
    }
}
