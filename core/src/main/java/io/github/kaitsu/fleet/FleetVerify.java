package io.github.kaitsu.fleet;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.fleet.FleetDrift.Cause;
import io.github.kaitsu.fleet.FleetDrift.Looked;
import io.github.kaitsu.fleet.FleetDrift.Notice;
import io.github.kaitsu.fleet.FleetDrift.Trouble;
import io.github.kaitsu.store.RunHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Looks at customer after customer, a few at a time. A vendor that answers several in a row with nothing but its own trouble is asked no
 * more: the others would only wait longer, and trouble it more. Of one pass.
 */
final class FleetVerify {
    /** One customer's trouble may be its own, such as a tenant that is throttled. */
    private static final int IN_A_ROW = 3;

    private static final Set<Cause> OUT = Set.of(Cause.SILENT, Cause.FAILING, Cause.OVERLOADED);

    private final FleetDrift.Verifier verifier;
    private final Consumer<Looked> news;
    private final Map<RunHead, Looked> looked =
            new TreeMap<>(Comparator.comparing(run -> run.id().value()));
    private final List<Trouble> troubles = new ArrayList<>();
    private final Map<CloudService.Provider, Integer> inARow = new EnumMap<>(CloudService.Provider.class);
    private final Map<CloudService.Provider, Collected> out = new EnumMap<>(CloudService.Provider.class);
    private final Map<Met, Collected> causes = new LinkedHashMap<>();

    FleetVerify(FleetDrift.Verifier verifier, Consumer<Looked> news) {
        this.verifier = verifier;
        this.news = news;
    }

    private record Met(CloudService.Provider provider, Cause cause) {}

    private record Collected(
            Instant since, List<String> example, Set<CustomerId> customers, Set<CustomerId> notAsked) {}

    /** @param customers the newest activation of each, with the services that were protected */
    FleetDrift of(Map<RunHead, Set<CloudService>> customers, int atOnce) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce, task -> {
            Thread thread = new Thread(task, "kaitsu-verify");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> all = new ArrayList<>();
            customers.forEach((run, services) -> all.add(threads.submit(() -> {
                look(run, services);
                return run;
            })));
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException | CancellationException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
        return result();
    }

    private synchronized FleetDrift result() {
        List<Notice> notices = causes.entrySet().stream()
                .map(e -> new Notice(
                        e.getKey().provider(),
                        e.getKey().cause(),
                        e.getValue().since(),
                        List.copyOf(e.getValue().customers()),
                        List.copyOf(e.getValue().notAsked()),
                        e.getValue().example()))
                .toList();
        troubles.sort(Comparator.comparing(t -> t.run().id().value()));
        return new FleetDrift(List.copyOf(looked.values()), notices, troubles);
    }

    private void look(RunHead run, Set<CloudService> services) throws InterruptedException {
        Set<CloudService.Provider> notAsked = notAsked(run.customer(), services);
        Set<CloudService> wanted = EnumSet.copyOf(services);
        wanted.removeIf(service -> notAsked.contains(service.provider()));
        try {
            DriftReport report = verifier.verify(run, wanted);
            took(new Looked(run, report, notAsked));
        } catch (KaitsuException e) {
            if (e.code() == ErrorCode.IO_ERROR) {
                throw e; // the next one would fare no better
            }
            trouble(new Trouble(run, e));
        }
    }

    private synchronized Set<CloudService.Provider> notAsked(CustomerId customer, Set<CloudService> services) {
        Set<CloudService.Provider> left = EnumSet.noneOf(CloudService.Provider.class);
        services.forEach(service -> left.add(service.provider()));
        left.retainAll(out.keySet());
        out.forEach((provider, cause) -> {
            if (left.contains(provider)) {
                cause.notAsked().add(customer);
            }
        });
        return left;
    }

    private synchronized void took(Looked customer) {
        if (customer.report().findings().isEmpty() && customer.notAsked().isEmpty()) {
            return; // what was protected was removed since
        }
        looked.put(customer.run(), customer);
        Map<CloudService.Provider, Cause> met = new EnumMap<>(CloudService.Provider.class);
        Set<CloudService.Provider> answered = EnumSet.noneOf(CloudService.Provider.class);
        for (Finding finding : customer.report().findings()) {
            CloudService.Provider provider = finding.service().provider();
            Optional<Cause> cause = FleetDrift.cause(finding);
            if (cause.isPresent()) {
                met.putIfAbsent(provider, cause.get());
                collected(provider, cause.get(), finding)
                        .customers()
                        .add(customer.run().customer());
            } else if (finding.lookedAt()) {
                answered.add(provider);
            }
        }
        answered.forEach(inARow::remove);
        for (Finding finding : customer.report().findings()) {
            CloudService.Provider provider = finding.service().provider();
            Cause cause = met.remove(provider);
            if (cause != null
                    && OUT.contains(cause)
                    && !answered.contains(provider)
                    && inARow.merge(provider, 1, Integer::sum) >= IN_A_ROW) {
                out.putIfAbsent(provider, collected(provider, cause, finding));
            }
        }
        news.accept(customer);
    }

    private Collected collected(CloudService.Provider provider, Cause cause, Finding first) {
        return causes.computeIfAbsent(
                new Met(provider, cause),
                m -> new Collected(
                        first.now().time(),
                        first.now().seen().arguments(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>()));
    }

    private synchronized void trouble(Trouble one) {
        troubles.add(one);
    }
}
