package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;

/** Microsoft: 次へ, サインイン, 承諾 (M365-1), and the way through the admin centre to SharePoint (M365-4). */
final class MicrosoftPages extends ProviderPages {
    MicrosoftPages(Ledger ledger, Sites sites) {
        super(
                ledger,
                sites,
                sessions(sites.microsoft, ledger),
                CloudService.Provider.MICROSOFT365,
                "Microsoft",
                "#0067b8");
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
    Response inside(Request r, Labels t) {
        return switch (r.method() + " " + r.path()) {
            case "GET /common/oauth2/v2.0/authorize" ->
                askConsent(r, t, "/common/consent", t.get("microsoft.asks"), "microsoft.accept", "microsoft.cancel");
            case "POST /common/consent" -> settleConsent(r, t);
            case "GET /" -> way(t, "microsoft.home", "microsoft.admin", "/admin");
            case "GET /admin" -> way(t, "microsoft.adminCentre", "microsoft.showAll", "/admin/all");
            case "GET /admin/all" -> toSharePoint(t);
            default -> missing(t);
        };
    }

    private Response way(Labels t, String title, String link, String to) {
        return Response.html(page(t, t.get(title)).link(t.get(link), to).html());
    }

    private Response toSharePoint(Labels t) {
        return Response.html(page(t, t.get("microsoft.adminCentre"))
                .link("SharePoint", sites.sharePoint.url(SharePointPages.HOME))
                .html());
    }
}
