package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.microsoft365.internal.Attribution.Candidate;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a service's app stands in the tenant with what it needs (M365-1), still does, or is gone. A code given to
 * {@link ProbeResult.Fails} has its texts under {@code fails.<code>}.
 */
public final class AppLooks {
    /** What the vendor's apps are called, each the whole name; every service's app bears the same. */
    private static final List<String> NAMES = List.of("Trend Micro Cloud App Security");

    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final CloudService service;
    private final Set<String> known;
    private final Attribution attribution;

    private AppLooks(CloudService service) {
        this.service = service;
        this.known = KnownPermissions.of(service);
        this.attribution = new Attribution(service);
    }

    /** M365-1: the app is there with every permission that is known; later: with just what it had then. */
    public static ConnectedProbe.Question<GraphReads> granted(CloudService service) {
        return TenantLooks.GUARD.ask(new AppLooks(service)::granted);
    }

    /** Removal: the app is gone, or has no permission left. */
    public static ConnectedProbe.Question<GraphReads> gone(CloudService service) {
        return TenantLooks.GUARD.ask(new AppLooks(service)::gone);
    }

    // ---- granted

    private ProbeResult granted(GraphReads graph, GraphReads.Tenant tenant, ProbeContext context)
            throws InterruptedException {
        Optional<String> baseline = context.fact(GraphFacts.appId(service));
        Optional<String> named = baseline.or(() -> shownAppId(service, context));
        if (named.isEmpty()) {
            return searched(graph, context, tenant);
        }
        String appId = named.get(); // it must be this one, and nothing is guessed
        Optional<CloudService> sharer = claims(context).entrySet().stream()
                .filter(e -> baseline.isEmpty() && e.getValue().equalsIgnoreCase(appId))
                .map(Map.Entry::getKey)
                .findFirst();
        if (sharer.isPresent()) {
            return ProbeResult.fails("other-services-app", appId, label(sharer.get()));
        }
        Optional<EntraApp> app = graph.apps().withAppId(appId);
        if (app.isEmpty()) {
            return graph.notes().absent(ProbeResult.fails("app-missing", appId));
        }
        Candidate found = new Candidate(app.get(), graph.apps().grants(app.get()));
        return baseline.isPresent() ? unchanged(graph, context, found) : judged(graph, context, found);
    }

    private ProbeResult searched(GraphReads graph, ProbeContext context, GraphReads.Tenant tenant)
            throws InterruptedException {
        List<Candidate> unclaimed = unclaimed(graph, context, tenant);
        List<Candidate> fitting = attribution.among(unclaimed, graph.notes().since(context));
        if (fitting.size() == 1) {
            Candidate found = fitting.get(0);
            return found.app().owner().isEmpty()
                    ? ProbeResult.unclear("app-owner-not-told", found.app().appId())
                    : judged(graph, context, found);
        }
        if (!fitting.isEmpty()) {
            return ProbeResult.unclear("app-ambiguous", ids(fitting));
        }
        // What is known may be out of date: it finds the app, and does not prove that another one is not it.
        List<Candidate> possible = notAnothers(unclaimed);
        if (!possible.isEmpty()) {
            return ProbeResult.unclear(
                    "app-incomplete",
                    byApp(possible, g -> g.missing(known)),
                    byApp(
                            possible.stream()
                                    .filter(c -> !c.grants().forOneUser().isEmpty())
                                    .toList(),
                            AppPermissions::forOneUser));
        }
        return graph.notes()
                .absent(
                        unclaimed.isEmpty()
                                ? ProbeResult.fails("app-name-missing", Listed.of(NAMES))
                                : ProbeResult.fails("app-not-among-its-namesakes", ids(unclaimed)));
    }

    private static String byApp(List<Candidate> candidates, Function<AppPermissions, Set<String>> permissions) {
        return Listed.of(candidates.stream()
                .map(c -> c.app().appId() + ": " + Listed.of(permissions.apply(c.grants())))
                .sorted()
                .collect(Collectors.joining("; ")));
    }

    private ProbeResult judged(GraphReads graph, ProbeContext context, Candidate c) throws InterruptedException {
        EntraApp app = c.app();
        if (!app.enabled()) {
            return ProbeResult.fails("app-disabled", app.name(), app.appId());
        }
        String forOneUser = Listed.of(c.grants().forOneUser());
        Set<String> missing = c.grants().missing(known);
        if (!missing.isEmpty()) {
            Optional<CloudService> other = attribution.exactlyAnothers(c.grants());
            return graph.notes()
                    .absent(
                            other.isPresent()
                                    ? ProbeResult.fails(
                                            "other-services-permissions", app.name(), app.appId(), label(other.get()))
                                    : ProbeResult.fails(
                                            "app-permission-missing",
                                            app.name(),
                                            app.appId(),
                                            Listed.of(missing),
                                            forOneUser));
        }
        Map<String, String> facts = Map.of(
                GraphFacts.appId(service), app.appId(),
                GraphFacts.appOwner(service), app.owner(),
                GraphFacts.appPublisher(service), app.publisher(),
                GraphFacts.permissions(service), text(c.grants()));
        Set<String> beyond = c.grants().beyond(known);
        String permissions = Listed.of(c.grants().names());
        String at = Listed.of(c.grants().at().map(Instant::toString).orElse(""));
        String consent = Listed.of(audit(graph, context, c));
        ProbeResult.Holds holds = beyond.isEmpty()
                ? ProbeResult.holds("app-granted", app.name(), app.appId(), permissions, at, consent, forOneUser)
                : ProbeResult.holds(
                        "app-granted-more-than-published",
                        app.name(),
                        app.appId(),
                        permissions,
                        at,
                        consent,
                        forOneUser,
                        Listed.of(beyond));
        return holds.with(facts);
    }

    /** When and by whom; support only: the audit log lags, is kept for days, and may be out of reach. */
    private static String audit(GraphReads graph, ProbeContext context, Candidate c) throws InterruptedException {
        Instant begun = graph.notes().since(context);
        Instant since = c.grants().at().filter(t -> t.isBefore(begun)).orElse(begun);
        try {
            return graph.apps()
                    .consent(c.app(), since.minusSeconds(60))
                    .map(consent -> (consent.at() + " " + consent.by()).strip())
                    .orElse("");
        } catch (VendorCallException e) {
            return "";
        }
    }

    // ---- later

    private ProbeResult unchanged(GraphReads graph, ProbeContext context, Candidate c) {
        EntraApp app = c.app();
        if (!app.enabled()) {
            return ProbeResult.fails("app-disabled", app.name(), app.appId());
        }
        Optional<String> owner = context.fact(GraphFacts.appOwner(service));
        Optional<String> publisher = context.fact(GraphFacts.appPublisher(service));
        Set<String> before = context.fact(GraphFacts.permissions(service))
                .filter(text -> !text.isEmpty())
                .map(text -> Set.of(text.split(",")))
                .orElse(Set.of());
        Set<String> now =
                c.grants().permissions().stream().map(Permission::text).collect(Collectors.toSet());
        return now.equals(before) && isSame(owner, app.owner()) && isSame(publisher, app.publisher())
                ? ProbeResult.holds("app-unchanged", app.name(), app.appId(), now.size())
                : graph.notes()
                        .absent(ProbeResult.fails(
                                "grants-changed",
                                app.appId(),
                                difference(before, now),
                                difference(now, before),
                                change(owner, app.owner()),
                                change(publisher, app.publisher())));
    }

    /** Those of one that the other lacks. */
    private static String difference(Set<String> one, Set<String> other) {
        return Listed.of(one.stream().filter(p -> !other.contains(p)).sorted().toList());
    }

    private static boolean isSame(Optional<String> before, String now) {
        return before.filter(b -> !b.equals(now)).isEmpty();
    }

    /** Then and now; once where nothing changed. */
    private static String change(Optional<String> before, String now) {
        return isSame(before, now) ? Listed.of(now) : Listed.of(before.orElse("")) + " → " + Listed.of(now);
    }

    private static String text(AppPermissions grants) {
        return grants.permissions().stream().map(Permission::text).collect(Collectors.joining(","));
    }

    // ---- gone

    private ProbeResult gone(GraphReads graph, GraphReads.Tenant tenant, ProbeContext context)
            throws InterruptedException {
        if (context.fact(GraphFacts.TENANT).isEmpty()) {
            return ProbeResult.unclear("tenant-not-known", tenant.id());
        }
        Optional<String> appId = shownAppId(service, context).or(() -> context.fact(GraphFacts.appId(service)));
        if (appId.isPresent()) {
            Optional<EntraApp> app = graph.apps().withAppId(appId.get());
            return app.isEmpty()
                    ? graph.notes().absent(ProbeResult.holds("app-gone", appId.get()))
                    : left(graph, new Candidate(app.get(), graph.apps().grants(app.get())));
        }
        List<Candidate> unclaimed = notAnothers(unclaimed(graph, context, tenant));
        if (unclaimed.isEmpty()) {
            return graph.notes().absent(ProbeResult.holds("app-name-gone", Listed.of(NAMES)));
        }
        List<Candidate> fitting = attribution.among(unclaimed, Instant.MAX);
        return fitting.size() == 1 ? left(graph, fitting.get(0)) : ProbeResult.unclear("app-ambiguous", ids(unclaimed));
    }

    private static ProbeResult left(GraphReads graph, Candidate c) {
        return c.grants().permissions().isEmpty()
                ? graph.notes()
                        .absent(ProbeResult.holds(
                                "app-without-permissions", c.app().appId()))
                : ProbeResult.fails(
                        "app-still-there", c.app().appId(), Listed.of(c.grants().names()));
    }

    // ---- whose app is whose

    /**
     * The apps of the name that neither the console nor an earlier look gives to another service. What the tenant registered
     * itself is not the vendor's, whatever its name.
     */
    private List<Candidate> unclaimed(GraphReads graph, ProbeContext context, GraphReads.Tenant tenant)
            throws InterruptedException {
        Map<CloudService, String> claims = claims(context);
        List<Candidate> unclaimed = new ArrayList<>();
        for (String name : NAMES) {
            for (EntraApp app : graph.apps().named(name)) {
                if (!app.owner().equalsIgnoreCase(tenant.id())
                        && claims.values().stream().noneMatch(id -> id.equalsIgnoreCase(app.appId()))) {
                    unclaimed.add(new Candidate(app, graph.apps().grants(app)));
                }
            }
        }
        return unclaimed;
    }

    private List<Candidate> notAnothers(List<Candidate> candidates) {
        return candidates.stream()
                .filter(c -> attribution.exactlyAnothers(c.grants()).isEmpty())
                .toList();
    }

    private Map<CloudService, String> claims(ProbeContext context) {
        Map<CloudService, String> claims = new LinkedHashMap<>();
        for (CloudService other : CloudService.values()) {
            if (other != service) {
                context.fact(GraphFacts.appId(other))
                        .or(() -> shownAppId(other, context))
                        .ifPresent(id -> claims.put(other, id));
            }
        }
        return claims;
    }

    private static Optional<String> shownAppId(CloudService service, ProbeContext context) {
        return context.facts()
                .appId(service)
                .map(String::strip)
                .filter(id -> GUID.matcher(id).matches());
    }

    private static String ids(List<Candidate> candidates) {
        return Listed.of(candidates.stream().map(c -> c.app().appId()).sorted().toList());
    }

    private static String label(CloudService service) {
        return service.label(Locale.ENGLISH); // the same in every language
    }
}
