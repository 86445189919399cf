package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;

/** Dropbox: 続行, ログイン, 許可 (DROPBOX-1), and the list of team apps where the link can be undone. */
final class DropboxPages extends ProviderPages {
    private static final String TEAM_APPS = "/team/admin/settings/team_apps";

    private static final String HOME = "/home";

    private final DropboxConsent ownConsent;

    DropboxPages(Ledger ledger, Sites sites) {
        super(ledger, sites, sessions(sites.dropbox, ledger), CloudService.Provider.DROPBOX, "Dropbox", "#0061fe");
        ownConsent = new DropboxConsent(this);
    }

    @Override
    String nextLabel() {
        return "dropbox.next";
    }

    @Override
    String signInLabel() {
        return "dropbox.signIn";
    }

    @Override
    Response inside(Request r, Labels t) {
        return switch (r.method() + " " + r.path()) {
            case "GET /oauth2/authorize" ->
                isForOwnApp(r)
                        ? ownConsent.ask(r, t)
                        : askConsent(r, t, "/oauth2/grant", "Dropbox", "dropbox.allow", "dropbox.deny");
            case "POST " + OwnConsent.SETTLE -> ownConsent.settle(r, t);
            case "POST /oauth2/grant" -> settleConsent(r, t);
            case "GET " + TEAM_APPS -> teamApps(t);
            case "POST " + TEAM_APPS -> {
                ledger.record(new Change.DropboxAppClosed());
                yield Response.redirect(TEAM_APPS);
            }
            case "GET " + HOME -> home(t);
            case "POST " + HOME -> {
                ledger.record(new Change.ClearedAway(Leftover.FOLDERS, CloudService.DROPBOX));
                yield Response.redirect(HOME);
            }
            default -> missing(t);
        };
    }

    /** DROPBOX-2: the administrator's own files, with the two folders once the link is ready. */
    private Response home(Labels t) {
        return Response.html(twoFolders(page(t, t.get("dropbox.home")), t, HOME, CloudService.DROPBOX)
                .html());
    }

    private Response teamApps(Labels t) {
        Html page = page(t, t.get("dropbox.teamApps"));
        boolean everLinked = world.links().stream().anyMatch(l -> l.service() == CloudService.DROPBOX);
        if (everLinked && !world.dropboxAppClosed) {
            page.form(Form.post(TEAM_APPS).note(Sites.APP_NAME).button("disconnect", t.get("dropbox.disconnect")));
        } else {
            nothing(page, t);
        }
        return Response.html(page.html());
    }
}
