package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.microsoft365.internal.Attribution.Candidate;
import io.github.kaitsu.spi.ConnectedProbe;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import io.github.kaitsu.spi.VendorCallException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a service's app stands in the tenant with what it needs (M365-1), still does, or is gone. A code given to
 * {@link Look.Fails} has its texts under {@code fails.<code>}.
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
        return new AppLooks(service)::granted;
    }

    /** Removal: the app is gone, or has no permission left. */
    public static ConnectedProbe.Question<GraphReads> gone(CloudService service) {
        return new AppLooks(service)::gone;
    }

    // ---- granted

    private Look granted(GraphReads graph, ProbeContext context) throws InterruptedException {
        GraphReads.Tenant tenant = graph.tenant();
        Optional<Look> stranger = TenantLooks.stranger(tenant, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        Optional<String> baseline = context.fact(GraphFacts.appId(service));
        if (baseline.isPresent()) {
            return unchanged(graph, context, tenant, baseline.get());
        }
        Optional<String> shown = shownAppId(service, context);
        if (shown.isPresent()) {
            return named(graph, context, tenant, shown.get());
        }
        return searched(graph, context, tenant);
    }

    /** The console names the app: it must be this one, and nothing is guessed. */
    private Look named(GraphReads graph, ProbeContext context, GraphReads.Tenant tenant, String appId)
            throws InterruptedException {
        Optional<CloudService> sharer = claims(context).entrySet().stream()
                .filter(e -> e.getValue().equalsIgnoreCase(appId))
                .map(Map.Entry::getKey)
                .findFirst();
        if (sharer.isPresent()) {
            return new Look.Fails("other-services-app", appId + " is the app ID of " + sharer.get());
        }
        Optional<EntraApp> app = graph.apps().withAppId(appId);
        if (app.isEmpty()) {
            return new Look.Fails("app-missing", "no app with the ID " + appId + " that the console shows");
        }
        return judged(
                graph, context, tenant, new Candidate(app.get(), graph.apps().grants(app.get())));
    }

    private Look searched(GraphReads graph, ProbeContext context, GraphReads.Tenant tenant)
            throws InterruptedException {
        List<Candidate> unclaimed = unclaimed(graph, context, tenant);
        Attribution.Result result = attribution.among(unclaimed, context.since());
        if (result.app().isPresent()) {
            Candidate found = result.app().get();
            return found.app().owner().isEmpty()
                    ? new Look.Unclear("Graph does not tell who registered " + ids(List.of(found)))
                    : judged(graph, context, tenant, found);
        }
        if (!result.possible().isEmpty()) {
            return new Look.Unclear("cannot tell which app is meant: " + ids(result.possible()));
        }
        // What is known may be out of date: it finds the app, and does not prove that another one is not it.
        List<Candidate> possible = notAnothers(unclaimed);
        if (!possible.isEmpty()) {
            return new Look.Unclear("no app with all known permissions; of that name: "
                    + possible.stream().map(this::lacking).sorted().collect(Collectors.joining("; ")));
        }
        return new Look.Fails(
                "app-missing",
                unclaimed.isEmpty()
                        ? "no app named " + String.join(", ", NAMES)
                        : "no app with these permissions; others of that name: " + ids(unclaimed));
    }

    private String lacking(Candidate c) {
        return "app ID " + c.app().appId() + ", missing: "
                + String.join(", ", c.grants().missing(known)) + forOneUser(c.grants());
    }

    private static String forOneUser(Grants grants) {
        return grants.forOneUser().isEmpty()
                ? ""
                : "; consented for single users only: " + String.join(", ", grants.forOneUser());
    }

    private Look judged(GraphReads graph, ProbeContext context, GraphReads.Tenant tenant, Candidate c)
            throws InterruptedException {
        String seen = c.app().name() + ", app ID " + c.app().appId();
        if (!c.app().enabled()) {
            return new Look.Fails("app-disabled", seen);
        }
        Set<String> missing = c.grants().missing(known);
        if (!missing.isEmpty()) {
            Optional<CloudService> other = attribution.exactlyAnothers(c.grants());
            return other.isPresent()
                    ? new Look.Fails("other-services-app", seen + " has just the permissions of " + other.get())
                    : new Look.Fails(
                            "app-permission-missing",
                            seen + ", missing: " + String.join(", ", missing) + forOneUser(c.grants()));
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(GraphFacts.TENANT, tenant.id());
        facts.put(GraphFacts.appId(service), c.app().appId());
        facts.put(GraphFacts.appOwner(service), c.app().owner());
        facts.put(GraphFacts.appPublisher(service), c.app().publisher());
        facts.put(GraphFacts.permissions(service), text(c.grants()));
        Set<String> beyond = c.grants().beyond(known);
        return new Look.Holds(
                seen + ", permissions: " + String.join(", ", c.grants().names())
                        + c.grants().at().map(t -> ", granted " + t).orElse("")
                        + (beyond.isEmpty() ? "" : "; warning: more than published: " + String.join(", ", beyond))
                        + forOneUser(c.grants())
                        + audit(graph, context, c),
                facts);
    }

    /** Support only: the audit log lags, is kept for days, and may be out of reach. */
    private static String audit(GraphReads graph, ProbeContext context, Candidate c) throws InterruptedException {
        Instant since = c.grants().at().filter(t -> t.isBefore(context.since())).orElse(context.since());
        try {
            return graph.apps()
                    .consent(c.app(), since.minusSeconds(60))
                    .map(consent -> "; consent recorded " + consent.at()
                            + (consent.by().isEmpty() ? "" : " by " + consent.by()))
                    .orElse("");
        } catch (VendorCallException e) {
            return "";
        }
    }

    // ---- later

    private Look unchanged(GraphReads graph, ProbeContext context, GraphReads.Tenant tenant, String appId)
            throws InterruptedException {
        Optional<EntraApp> found = graph.apps().withAppId(appId);
        if (found.isEmpty()) {
            return new Look.Fails("app-missing", "no app with the ID " + appId + " any more");
        }
        EntraApp app = found.get();
        if (!app.enabled()) {
            return new Look.Fails("app-disabled", app.name() + ", app ID " + appId);
        }
        List<String> changes = new ArrayList<>();
        difference(changes, "owner", context.fact(GraphFacts.appOwner(service)), app.owner());
        difference(changes, "publisher", context.fact(GraphFacts.appPublisher(service)), app.publisher());
        Set<String> before =
                permissions(context.fact(GraphFacts.permissions(service)).orElse(""));
        Set<String> now = graph.apps().grants(app).permissions().stream()
                .map(Permission::text)
                .collect(Collectors.toSet());
        before.stream().filter(p -> !now.contains(p)).sorted().forEach(p -> changes.add("gone: " + p));
        now.stream().filter(p -> !before.contains(p)).sorted().forEach(p -> changes.add("new: " + p));
        return changes.isEmpty()
                ? new Look.Holds(
                        app.name() + ", app ID " + appId + ", " + now.size() + " permissions as at the activation",
                        Map.of(GraphFacts.TENANT, tenant.id()))
                : new Look.Fails("grants-changed", "app ID " + appId + "; " + String.join("; ", changes));
    }

    private static void difference(List<String> changes, String what, Optional<String> before, String now) {
        if (before.isPresent() && !before.get().equals(now)) {
            changes.add(what + ": " + before.get() + " → " + now);
        }
    }

    private static Set<String> permissions(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(","));
    }

    private static String text(Grants grants) {
        return grants.permissions().stream().map(Permission::text).collect(Collectors.joining(","));
    }

    // ---- gone

    private Look gone(GraphReads graph, ProbeContext context) throws InterruptedException {
        GraphReads.Tenant tenant = graph.tenant();
        Optional<Look> stranger = TenantLooks.stranger(tenant, context);
        if (stranger.isPresent()) {
            return stranger.get();
        }
        if (context.fact(GraphFacts.TENANT).isEmpty()) {
            return new Look.Unclear("which tenant was activated is not known, and what tenant=" + tenant.id()
                    + " lacks proves nothing");
        }
        Optional<String> appId = shownAppId(service, context).or(() -> context.fact(GraphFacts.appId(service)));
        if (appId.isPresent()) {
            Optional<EntraApp> app = graph.apps().withAppId(appId.get());
            return app.isEmpty()
                    ? Look.holds("no app with the ID " + appId.get())
                    : left(new Candidate(app.get(), graph.apps().grants(app.get())));
        }
        List<Candidate> unclaimed = notAnothers(unclaimed(graph, context, tenant));
        if (unclaimed.isEmpty()) {
            return Look.holds("no app named " + String.join(", ", NAMES) + " that belongs to no other service");
        }
        Attribution.Result result = attribution.among(unclaimed, Instant.MAX);
        if (result.app().isPresent()) {
            return left(result.app().get());
        }
        return new Look.Unclear("cannot tell which app is meant: " + ids(unclaimed));
    }

    private static Look left(Candidate c) {
        return c.grants().permissions().isEmpty()
                ? Look.holds("app ID " + c.app().appId() + " has no permission left")
                : new Look.Fails(
                        "app-still-there",
                        "app ID " + c.app().appId() + ", permissions: "
                                + String.join(", ", c.grants().names()));
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
        return context.fact(GraphFacts.consoleAppId(service))
                .map(String::strip)
                .filter(id -> GUID.matcher(id).matches());
    }

    private static String ids(List<Candidate> candidates) {
        return candidates.stream().map(c -> c.app().appId()).sorted().collect(Collectors.joining(", "));
    }
}
