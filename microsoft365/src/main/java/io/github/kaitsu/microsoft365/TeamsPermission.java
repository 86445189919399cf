package io.github.kaitsu.microsoft365;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.Phase;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleOrigin;
import io.github.kaitsu.microsoft365.internal.GraphFacts;
import io.github.kaitsu.microsoft365.internal.PermissionLooks;
import io.github.kaitsu.microsoft365.internal.SharePointReads;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The permission at SharePoint between Teams' consent and 完了 (M365-4 to M365-10).
 *
 * <p>Azure ACS, which it belongs to, ended on 2026-04-02. So it is asked for only where the console shows an app ID with 完了, or the
 * request insists, and may be left out for a reason; 完了 then follows all the same, and the report says what is open. Whether the
 * console shows it, a reading or a person tells after the grant. Until then it stands in the plan of the manuals' console, which
 * asked for it always, and not in that of today's.
 */
final class TeamsPermission {
    private static final Class<?> TEXTS = Microsoft365Provisioners.class;
    private static final CloudService TEAMS = CloudService.MICROSOFT_TEAMS;
    private static final StepId GRANT = StepId.of(TEAMS, "grant");
    private static final StepId ADMIN_SITE = StepId.of(TEAMS, "admin-site");
    private static final StepId PERMISSION = StepId.of(TEAMS, "sharepoint-permission");
    private static final StepId LISTED = StepId.of(TEAMS, "permission-listed");
    private static final StepId UNFINISHED = StepId.of(TEAMS, "unfinished");
    private static final StepId REMOVAL = StepId.of(TEAMS, "remove-sharepoint-permission");
    private static final String SCOPE = "Sites.Read.All";
    /** Somebody was asked whether the console shows the app ID, and did not see it. */
    private static final Set<SkipReason> NOBODY_TELLS = Set.of(SkipReason.DECLINED, SkipReason.BLOCKED);
    /** Said of the admin site, they settle the permission too. */
    private static final Set<SkipReason> MOOT = Set.of(SkipReason.NOT_ASKED_FOR, SkipReason.NO_LONGER_GRANTABLE);

    /** A permission granted just now may not be listed yet. */
    private static final ProbeTiming AFTER_TRUST = ProbeTiming.of(Duration.ofMinutes(10), Duration.ofMinutes(30));

    private final StepContext context;
    private final Connections<SharePointReads> sharePoint;

    TeamsPermission(StepContext context, Connections<SharePointReads> sharePoint) {
        this.context = context;
        this.sharePoint = sharePoint;
    }

    List<ActivationStep> steps() {
        if (!isAskedFor()) {
            return List.of();
        }
        List<ActivationStep> steps = new ArrayList<>();
        if (withoutAsking().isEmpty()) {
            steps.add(askAdminSite());
        }
        if (context.facts().skipped(ADMIN_SITE).filter(MOOT::contains).isEmpty()) {
            steps.add(permission(withoutAsking().isEmpty()));
            if (context.facts().skipped(PERMISSION).isEmpty()) {
                steps.add(listed());
            }
        }
        return List.copyOf(steps);
    }

    /** Whether the console shows アプリID with 完了; nobody is asked where the request insists anyway. */
    Optional<ActionTemplate> unfinished() {
        return insists()
                ? Optional.empty()
                : Optional.of(ActionTemplate.question(TEXTS, "ask-unfinished").accepting(BlockReason.NOT_ASKED_FOR));
    }

    /** As was told after the grant; who could not tell is asked for it all the same, and may then answer why not. */
    boolean isAskedFor() {
        Optional<SkipReason> untold = context.facts().skipped(UNFINISHED);
        return insists()
                || context.facts()
                        .isUnfinished(TEAMS)
                        .orElseGet(() -> untold.filter(NOBODY_TELLS::contains).isPresent()
                                || (!isToday() && !untold.equals(Optional.of(SkipReason.NOT_ASKED_FOR))));
    }

    private boolean isToday() {
        return context.edition() == Edition.CONSOLE_2024_07;
    }

    private boolean insists() {
        return context.activation()
                .map(ActivationRequest::insistOnSharePointPermission)
                .orElse(false);
    }

    private ActivationStep askAdminSite() { // M365-5
        ActionTemplate question = ActionTemplate.question(TEXTS, "ask-admin-site")
                .answered(AnswerForm.address(SharePointAdminSite.ACCEPTED))
                .at(URI.create("https://login.microsoftonline.com/"))
                .accepting(BlockReason.NOT_ASKED_FOR, BlockReason.NO_LONGER_GRANTABLE);
        return ActivationStep.look(
                        ADMIN_SITE,
                        "M365-5",
                        Phase.LINK,
                        TEXTS,
                        "admin-site",
                        Check.by(probe(TeamsPermission::connectedSite, "", "")).orAsk(question),
                        ProbeTiming.none())
                .after(GRANT)
                .optional(); // without it the permission is asked for all the same, by the way there
    }

    private static ProbeResult connectedSite(SharePointReads reads, ProbeContext context) {
        return PermissionLooks.adminSite(reads)
                .<ProbeResult>map(site -> ProbeResult.holds("sharepoint-connected", site)
                        .with(Map.of(GraphFacts.CONNECTED_ADMIN_SITE, site.toString())))
                .orElseGet(() -> ProbeResult.noAccess("no-admin-site", reads.site()));
    }

    private ActivationStep permission(boolean afterAdminSite) {
        ActionTemplate action = ActionTemplate.builder(ActionTemplate.Kind.DO, TEXTS, "sharepoint-permission")
                .variantIf(
                        appId().isEmpty() || origin().isEmpty() || adminSite().isEmpty(), "look-up")
                // the ID of SharePoint's row must not be entered for Teams: the action has the person look (M365-6)
                .variantIf(isSharePoints(), "app-id-refused")
                .link(adminSite().map(SharePointAdminSite::appInvUrl))
                .values(values())
                .arguments(shownAppId(TEAMS).orElse(""))
                .acceptedBlocks(
                        Set.of(BlockReason.PAGE_REFUSES, BlockReason.NOT_ASKED_FOR, BlockReason.NO_LONGER_GRANTABLE))
                .build();
        Check check = Check.by(probe(looks()::granted, PermissionLooks.GRANTED_CALLS, SCOPE));
        ActivationStep step = ActivationStep.act(
                        PERMISSION, "M365-4", Phase.LINK, TEXTS, "sharepoint-permission", check, action)
                .patient(AFTER_TRUST);
        return afterAdminSite ? step.after(GRANT, ADMIN_SITE) : step.after(GRANT);
    }

    /** What is known is there to be copied; for the rest the texts say where it stands. */
    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        appId().ifPresent(id -> values.put("sharepoint.appId", id));
        values.put("sharepoint.appDomain", SharePointPermission.APP_DOMAIN);
        origin().ifPresent(o ->
                values.put("sharepoint.redirectUrl", o.redirectUrl().toString()));
        values.put("sharepoint.permissionXml", AppPermissionRequests.tmcas().toXml());
        return values;
    }

    private ActivationStep listed() { // M365-10
        Optional<SharePointAdminSite> site = adminSite();
        ActionTemplate question = ActionTemplate.builder(ActionTemplate.Kind.READ, TEXTS, "ask-permission-listed")
                .variantIf(site.isEmpty(), "look-up")
                .link(site.map(SharePointAdminSite::allAppPrincipalsUrl))
                .values(appId().map(id -> Map.of("sharepoint.appId", id)).orElse(Map.of()))
                .arguments(site.map(s -> s.appPrincipalsUrl().toString()).orElse(""))
                .acceptedBlocks(Set.of(BlockReason.PAGE_REFUSES, BlockReason.NO_LONGER_GRANTABLE))
                .build();
        return ActivationStep.look(
                        LISTED,
                        "M365-10",
                        Phase.LINK,
                        TEXTS,
                        "permission-listed",
                        Check.by(probe(looks()::listed, PermissionLooks.GRANTED_CALLS, SCOPE))
                                .orAsk(question),
                        AFTER_TRUST)
                .after(PERMISSION);
    }

    /** The tenant's row; a run of removal does not know whether it was ever granted, so it is looked for first. */
    ActivationStep removal() {
        ActionTemplate action = ActionTemplate.change(TEXTS, "remove-sharepoint-permission")
                .copying(appId().map(id -> Map.of("sharepoint.appId", id)).orElse(Map.of()))
                .accepting(BlockReason.PAGE_REFUSES, BlockReason.NOT_FOUND);
        return ActivationStep.act(
                        REMOVAL,
                        "M365-10",
                        Phase.REMOVAL,
                        TEXTS,
                        "remove-sharepoint-permission",
                        Check.by(probe(looks()::gone, PermissionLooks.GONE_CALLS, SCOPE)),
                        adminSite()
                                .map(site -> action.at(site.allAppPrincipalsUrl()))
                                .orElse(action))
                .patient(AFTER_TRUST);
    }

    /** A certificate's token is refused for good: no administrator can mend that by connecting again. */
    private Probe probe(ConnectedProbe.Question<SharePointReads> question, String calls, String scope) {
        return new ConnectedProbe<>(
                "SharePoint",
                sharePoint,
                question.withoutAccessAfter(VendorCallException::authorizationLost),
                calls,
                scope);
    }

    private PermissionLooks looks() {
        return new PermissionLooks(appId(), adminSite(), SharePointPermission.APP_DOMAIN, this::isRedirect);
    }

    /** The customer's console, or any of the vendor's where nobody has told which it is (M365-7). */
    private boolean isRedirect(String address) {
        String beforePath = address.substring(0, Math.max(0, address.lastIndexOf('/')));
        return origin().or(() -> valid(beforePath, ConsoleOrigin::parse))
                .filter(console -> console.redirectUrl().toString().equalsIgnoreCase(address))
                .isPresent();
    }

    // ---- what is known

    private Optional<SharePointAdminSite> adminSite() {
        return withoutAsking()
                .or(() -> site(context.facts().answer(ADMIN_SITE)))
                .or(() -> site(context.fact(GraphFacts.CONNECTED_ADMIN_SITE)));
    }

    /** From the request, which overrides it, or derived from the root site that Graph tells (M365-5). */
    private Optional<SharePointAdminSite> withoutAsking() {
        return site(context.activation().flatMap(ActivationRequest::sharePointAdminSite))
                .or(() -> site(context.fact(GraphFacts.SHAREPOINT_ADMIN)));
    }

    private static Optional<SharePointAdminSite> site(Optional<String> told) {
        return told.flatMap(text -> valid(text, SharePointAdminSite::parse));
    }

    /** Only the console's own address bar knows it for sites whose row of the vendor's table is defective (M365-7). */
    private Optional<ConsoleOrigin> origin() {
        return context.request()
                .consoleOrigin()
                .flatMap(text -> valid(text, ConsoleOrigin::parse))
                .or(() -> context.customer().site().origin().map(ConsoleOrigin::new));
    }

    private Optional<String> appId() {
        return isSharePoints() ? Optional.empty() : shownAppId(TEAMS);
    }

    private boolean isSharePoints() {
        return shownAppId(TEAMS).isPresent() && shownAppId(TEAMS).equals(shownAppId(CloudService.SHAREPOINT_ONLINE));
    }

    private Optional<String> shownAppId(CloudService service) {
        return context.facts().appId(service).flatMap(text -> valid(text, SharePointPermission::checked));
    }

    /** Steps are named while a run is under way: what cannot be used is asked for instead, and stops nothing. */
    private static <T> Optional<T> valid(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (KaitsuException e) {
            return Optional.empty();
        }
    }
}
