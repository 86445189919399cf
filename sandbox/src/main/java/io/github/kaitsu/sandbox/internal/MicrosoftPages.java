package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Microsoft: 次へ, サインイン, 承諾 (M365-1), and the way through the admin centre to SharePoint (M365-4). */
final class MicrosoftPages extends ProviderPages {
    private static final String APPS = "/enterprise-apps";

    /** What each service's application asks for: all bear one name. */
    static final Map<CloudService, String> PERMISSIONS = Map.of(
            CloudService.EXCHANGE_ONLINE,
            "Directory.Read.All, Group.Read.All, Mail.ReadWrite, Member.Read.Hidden, User.Read",
            CloudService.SHAREPOINT_ONLINE,
            "Directory.Read.All, Sites.FullControl.All, Sites.Read.All, User.Read",
            CloudService.ONEDRIVE,
            "Directory.Read.All, Group.Read.All, Sites.FullControl.All, Sites.Read.All, User.Read, User.Read.All",
            CloudService.MICROSOFT_TEAMS,
            "Directory.Read.All, Group.Read.All, Sites.FullControl.All, Sites.Manage.All, Sites.Read.All, User.Read",
            CloudService.MIP,
            "Content.SuperUser, Content.Writer, InformationProtectionPolicy.Read.All, Organization.Read.All,"
                    + " Sites.FullControl.All, Sites.Read.All, UnifiedPolicy.Tenant.Read, User.Read");

    private final MicrosoftLogin login;

    MicrosoftPages(Ledger ledger, Sites sites) {
        super(
                ledger,
                sites,
                sessions(sites.microsoft, ledger),
                CloudService.Provider.MICROSOFT365,
                "Microsoft",
                "#0067b8");
        login = new MicrosoftLogin(ledger, sites.microsoft, this);
    }

    @Override
    String nextLabel() {
        return "microsoft.next";
    }

    @Override
    String signInLabel() {
        return "microsoft.signIn";
    }

    @Override
    String signInTitle() {
        return "microsoft.signIn";
    }

    @Override
    public boolean isForPrograms(Request r) {
        return MicrosoftLogin.isForPrograms(r);
    }

    @Override
    boolean isOpen(Request r) {
        return isForPrograms(r);
    }

    @Override
    Response inside(Request r, Labels t) {
        boolean forTrend = r.isGet("/common/oauth2/v2.0/authorize") && !isForOwnApp(r);
        return (forTrend ? Optional.<Response>empty() : login.answer(r, t)).orElseGet(() -> page(r, t));
    }

    private Response page(Request r, Labels t) {
        return switch (r.method() + " " + r.path()) {
            case "GET /common/oauth2/v2.0/authorize" ->
                askConsent(r, t, "/common/consent", t.get("microsoft.asks"), "microsoft.accept", "microsoft.cancel");
            case "POST /common/consent" -> settleConsent(r, t);
            case "GET /" ->
                Response.html(page(t, t.get("microsoft.home"))
                        .link(t.get("microsoft.admin"), "/admin")
                        .link(t.get("entra.enterpriseApps"), APPS)
                        .html());
            case "GET /admin" -> way(t, "microsoft.adminCentre", "microsoft.showAll", "/admin/all");
            case "GET /admin/all" -> toSharePoint(t);
            case "GET " + APPS -> enterpriseApps(t);
            case "POST " + APPS -> delete(r);
            default -> missing(t);
        };
    }

    private Response way(Labels t, String title, String link, String to) {
        return Response.html(page(t, t.get(title)).link(t.get(link), to).html());
    }

    /** One section per application, named by its application ID. */
    private Response enterpriseApps(Labels t) {
        Html page = page(t, t.get("entra.enterpriseApps"));
        List<Link> apps = Arrays.stream(CloudService.values())
                .filter(s -> s.isMicrosoft365() && world.left(Leftover.ACCESS, s))
                .flatMap(s -> world.newest(s).stream())
                .toList();
        apps.forEach(l -> page.section(l.appId())
                .text(Sites.APP_NAME)
                .note(PERMISSIONS.getOrDefault(l.service(), ""))
                .form(Form.post(APPS).hidden("_service", l.service().id()).button("delete", t.get("entra.delete"))));
        if (apps.isEmpty()) {
            nothing(page, t);
        }
        return Response.html(page.html());
    }

    private Response delete(Request r) {
        CloudService.parse(r.field("_service"))
                .ifPresent(s -> ledger.record(new Change.ClearedAway(Leftover.ACCESS, s)));
        return Response.redirect(APPS);
    }

    private Response toSharePoint(Labels t) {
        return Response.html(page(t, t.get("microsoft.adminCentre"))
                .link("SharePoint", sites.sharePoint.url(SharePointPages.HOME))
                .html());
    }
}
