package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Scenario;

/** Google: installation from the Marketplace (GOOGLE-1), then アカウントの選択, 次へ, 許可 (GOOGLE-2). */
final class GooglePages extends ProviderPages {
    static final String MARKETPLACE = "/marketplace/app/trend_micro_cloud_app_security";
    private static final String DRIVE = "/drive/my-drive";
    private static final String CONNECTIONS = "/connections";
    private static final String APPS = "/ac/apps/marketplace";
    private static final String SETTINGS = "/ac/apps/marketplace/settings";

    private final GoogleConsent ownConsent;

    GooglePages(Ledger ledger, Sites sites) {
        super(ledger, sites, sessions(sites.google, ledger), CloudService.Provider.GOOGLE, "Google", "#1a73e8");
        ownConsent = new GoogleConsent(this);
    }

    @Override
    String nextLabel() {
        return "google.next";
    }

    @Override
    String signInLabel() {
        return "google.next";
    }

    @Override
    boolean isOpen(Request r) {
        return r.isGet("/o/oauth2/auth") && !isForOwnApp(r);
    }

    @Override
    Response inside(Request r, Labels t) {
        return switch (r.method() + " " + r.path()) {
            case "GET /o/oauth2/v2/auth" -> ownConsent.ask(r, t);
            case "POST " + OwnConsent.SETTLE -> ownConsent.settle(r, t);
            case "GET /o/oauth2/auth" -> isForOwnApp(r) ? ownConsent.ask(r, t) : chooseAccount(r, t);
            case "GET /o/oauth2/signin" -> signInTo(r, t);
            case "POST /o/oauth2/signin" -> Response.redirect("/o/oauth2/consent?state=" + r.field("_state"));
            case "GET /o/oauth2/consent" ->
                askConsent(r, t, "/o/oauth2/grant", t.get("google.requests"), "google.allow", "google.deny");
            case "POST /o/oauth2/grant" -> settleConsent(r, t);
            case "GET " + MARKETPLACE ->
                step(t, Sites.APP_NAME, "google.offer", "/marketplace/install", "google.install");
            case "POST /marketplace/install" -> Response.redirect("/marketplace/continue");
            case "GET /marketplace/continue" ->
                step(t, Sites.APP_NAME, "google.forAll", "/marketplace/continue", "google.continue");
            case "POST /marketplace/continue" -> Response.redirect("/marketplace/terms");
            case "GET /marketplace/terms" -> terms(t, "");
            case "POST /marketplace/terms" -> agree(r, t);
            case "GET /marketplace/installed" ->
                step(t, t.get("google.installed"), "google.ready", "/marketplace/done", "google.done");
            case "POST /marketplace/done" -> Response.redirect(MARKETPLACE);
            case "GET " + APPS -> apps(t);
            case "POST " + APPS -> {
                ledger.record(new Change.GoogleAppSet(false));
                yield Response.redirect(APPS);
            }
            case "GET " + SETTINGS -> settings(t);
            case "POST " + SETTINGS -> {
                ledger.record(new Change.GoogleMarketplaceOpened());
                yield Response.redirect(SETTINGS);
            }
            case "GET /" ->
                Response.html(page(t, t.get("google.adminConsole"))
                        .link(t.get("google.apps"), APPS)
                        .link(t.get("google.marketplaceSettings"), SETTINGS)
                        .html());
            case "GET " + DRIVE ->
                Response.html(twoFolders(page(t, t.get("google.drive")), t, DRIVE, CloudService.GOOGLE_DRIVE)
                        .html());
            case "POST " + DRIVE -> {
                ledger.record(new Change.ClearedAway(Leftover.FOLDERS, CloudService.GOOGLE_DRIVE));
                yield Response.redirect(DRIVE);
            }
            case "GET " + CONNECTIONS -> connections(t);
            case "POST " + CONNECTIONS -> {
                ledger.record(
                        new Change.ClearedAway(Leftover.ACCESS, CloudService.GMAIL),
                        new Change.ClearedAway(Leftover.ACCESS, CloudService.GOOGLE_DRIVE));
                yield Response.redirect(CONNECTIONS);
            }
            default -> missing(t);
        };
    }

    private Response chooseAccount(Request r, Labels t) {
        if (awaiting(r.query("state")).isEmpty()) {
            return invalid(t);
        }
        String next = "/o/oauth2/signin?state=" + r.query("state");
        String who = sessions.find(r).map(s -> s.user).orElse(t.get("google.other"));
        return Response.html(
                outerPage(t, t.get("google.choose")).link(who, next).html());
    }

    private Response signInTo(Request r, Labels t) {
        Form form =
                Form.post("/o/oauth2/signin").hidden("_state", r.query("state")).button("next", t.get("google.next"));
        return Response.html(page(t, t.get("google.signInTo"))
                .note(world.setup().administrator())
                .form(form)
                .html());
    }

    private Response step(Labels t, String title, String text, String action, String button) {
        return Response.html(page(t, title)
                .text(t.get(text))
                .form(Form.post(action).button("go", t.get(button)))
                .html());
    }

    private Response terms(Labels t, String error) {
        Form form = Form.post("/marketplace/terms")
                .tick("terms", "agreed", t.get("google.terms"), false)
                .button("agree", t.get("google.agree"));
        return Response.html(page(t, Sites.APP_NAME).error(error).form(form).html());
    }

    private boolean isClosed() {
        return world.scenario().kind() == Scenario.Kind.MARKETPLACE_BLOCKED && !world.google.marketplaceOpened;
    }

    private Response settings(Labels t) {
        Html page = page(t, t.get("google.marketplaceSettings"));
        if (isClosed()) {
            page.form(Form.post(SETTINGS)
                    .note(t.get("google.marketplaceClosed"))
                    .button("open", t.get("google.marketplaceOpen")));
        } else {
            page.note(t.get("google.marketplaceIsOpen"));
        }
        return Response.html(page.html());
    }

    private Response agree(Request r, Labels t) {
        if (isClosed()) {
            return terms(t, t.get("google.marketplaceClosed"));
        }
        if (r.field("terms").isEmpty()) {
            return terms(t, t.get("google.termsNeeded"));
        }
        ledger.record(new Change.GoogleAppSet(true));
        return Response.redirect("/marketplace/installed");
    }

    /** What the administrator permitted in person; it stays when the app is uninstalled. */
    private Response connections(Labels t) {
        Html page = page(t, t.get("google.connections"));
        if (world.left(Leftover.ACCESS, CloudService.GMAIL) || world.left(Leftover.ACCESS, CloudService.GOOGLE_DRIVE)) {
            page.form(Form.post(CONNECTIONS).note(Sites.APP_NAME).button("delete", t.get("google.disconnect")));
        } else {
            nothing(page, t);
        }
        return Response.html(page.html());
    }

    private Response apps(Labels t) {
        Html page = page(t, t.get("google.apps"));
        if (world.googleAppInstalled) {
            page.text(Sites.APP_NAME)
                    .note(t.get("google.status", "Granted"))
                    .form(Form.post(APPS).button("delete", t.get("google.delete")));
        } else {
            nothing(page, t);
        }
        return Response.html(page.html());
    }
}
