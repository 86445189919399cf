package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.PageOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Box for people: consent (BOX-1), the app's controls (BOX-3 to BOX-5), the folder's mail settings (BOX-6), clean-up. */
final class BoxPages extends ProviderPages {
    static final String APP = "Trend Micro - Cloud App Security";
    private static final String APPS = "/master/settings/apps";
    private static final String MY_APPS = "/services/browse/my";
    private static final String GROUPS = "/master/groups";

    /** Whoever searches by a part of the name finds a neighbour, too. */
    private static final List<String> INTEGRATIONS = List.of(
            "Adobe Acrobat Sign",
            "Box for Office",
            "DocuSign",
            APP,
            "Trend Micro - Cloud App Security (Legacy)",
            "Zoom");

    /** BOX-6: without the first checkbox the second cannot be ticked. */
    private static final String SECOND_NEEDS_FIRST = """
            var first=document.getElementById('override-on'),second=document.getElementById('mute-on');
            function follow(){second.disabled=!first.checked;if(second.disabled){second.checked=false}}
            if(second){first.addEventListener('change',follow);follow()}
            """;

    private final BoxConsent ownConsent;

    BoxPages(Ledger ledger, Sites sites) {
        super(ledger, sites, sessions(sites.box, ledger), CloudService.Provider.BOX, "Box", "#0061d5");
        ownConsent = new BoxConsent(this);
    }

    @Override
    String nextLabel() {
        return "box.signIn";
    }

    @Override
    String signInLabel() {
        return "box.signIn";
    }

    @Override
    boolean asksBothAtOnce() {
        return true;
    }

    @Override
    Response inside(Request r, Labels t) {
        String path = r.path();
        if (path.startsWith("/folder/") && !path.equals("/folder/0")) {
            return folder(r, t);
        }
        return switch (r.method() + " " + path) {
            case "GET /api/oauth2/authorize" ->
                r.query("client_id").equals(Sites.TREND_CLIENT)
                        ? askConsent(r, t, "/api/oauth2/grant", "Box", "box.grant", "box.deny")
                        : ownConsent.ask(r, t);
            case "POST /api/oauth2/grant" -> settleConsent(r, t);
            case "POST " + OwnConsent.SETTLE -> ownConsent.settle(r, t);
            case "GET /master/settings" ->
                Response.html(page(t, t.get("box.settings"))
                        .note(t.get("box.general"))
                        .link(t.get("box.apps"), APPS)
                        .html());
            case "GET " + APPS -> apps(r, t);
            case "POST " + APPS -> saveApp(r);
            case "GET " + MY_APPS -> myApps(t);
            case "POST " + MY_APPS -> {
                ledger.record(new Change.ClearedAway(Leftover.ACCESS, CloudService.BOX));
                yield Response.redirect(MY_APPS);
            }
            case "GET " + GROUPS -> groups(t);
            case "POST " + GROUPS -> delete(r, GROUPS);
            case "GET /", "GET /folder/0" -> files(t);
            default -> missing(t);
        };
    }

    // ---- BOX-3, BOX-4, BOX-5

    private Response apps(Request r, Labels t) {
        String search = r.query("search");
        Html page = page(t, t.get("box.apps"))
                .section(t.get("box.individual"))
                .form(Form.get(APPS)
                        .text("search", t.get("box.search"), search)
                        .quietButton("search", t.get("box.search")));
        if (!r.query("saved").isEmpty()) {
            page.good(t.get("box.saved"));
        }
        String wanted = search.toLowerCase(Locale.ROOT);
        List<String> found = INTEGRATIONS.stream()
                .filter(a -> !wanted.isEmpty() && a.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        found.forEach(a -> page.section(a).form(appForm(a, t)));
        if (found.isEmpty() && !wanted.isEmpty()) {
            page.note(t.get("box.missing"));
        }
        return Response.html(page.html());
    }

    private Form appForm(String app, Labels t) {
        boolean ours = app.equals(APP);
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("available", t.get("box.available"));
        choices.put("default", t.get("box.byDefault"));
        return Form.post(APPS)
                .hidden("_app", app)
                .select(
                        "availability",
                        t.get("box.availability"),
                        choices,
                        ours && world.box.addedByDefault ? "default" : "available")
                .tick("enforce", "on", t.get("box.enforce"), ours && world.box.notificationsEnforced)
                .button("save", t.get("box.save"));
    }

    private Response saveApp(Request r) {
        if (r.field("_app").equals(APP)) {
            boolean byDefault = r.field("availability").equals("default");
            ledger.record(new Change.BoxAppSet(byDefault, !r.field("enforce").isEmpty()));
        }
        return Response.redirect(APPS + "?saved=1");
    }

    // ---- すべてのファイル, BOX-6

    private Response files(Labels t) {
        Html page = page(t, t.get("box.files"));
        List<BoxState.Thing> folders = Stream.of(BoxState.Piece.QUARANTINE_FOLDER, BoxState.Piece.TEMP_FOLDER)
                .flatMap(piece -> world.box.find(piece, world.now()).stream())
                .toList();
        folders.forEach(f -> page.raw("<div class=\"entry\">" + Html.anchor(f.piece().label, "/folder/" + f.id())
                + FolderMenu.of(f.id(), t) + "</div>"));
        if (folders.isEmpty()) {
            nothing(page, t);
        }
        return Response.html(page.script(FolderMenu.SCRIPT).html());
    }

    private Response folder(Request r, Labels t) {
        String id = r.path().split("/")[2];
        Optional<BoxState.Thing> folder = world.box
                .find(BoxState.Piece.TEMP_FOLDER, world.now())
                .filter(f -> f.id().equals(id))
                .or(() -> world.box
                        .find(BoxState.Piece.QUARANTINE_FOLDER, world.now())
                        .filter(f -> f.id().equals(id)));
        if (folder.isEmpty()) {
            return missing(t);
        }
        String settings = "/folder/" + id + "/settings";
        if (r.path().equals(settings)) {
            return r.isGet() ? settings(folder.get(), t, "") : saveSettings(r, folder.get(), t);
        }
        if (!r.isGet()) {
            return delete(r, "/folder/0");
        }
        Html page = page(t, folder.get().piece().label);
        if (world.setup().pages().has(PageOptions.Trait.FOLDER_MENUS)) {
            page.raw("<div class=\"entry\">" + FolderMenu.of(id, t) + "</div>").script(FolderMenu.SCRIPT);
        } else {
            page.link(t.get("box.folderSettings"), settings);
        }
        return Response.html(
                page.form(deleteForm("/folder/" + id, folder.get(), t)).html());
    }

    private Response settings(BoxState.Thing folder, Labels t, String error) {
        BoxState.FolderMail mail = world.box.mailOf(folder.id());
        Form form = Form.post("/folder/" + folder.id() + "/settings")
                .button("save", t.get("box.save"))
                .raw("<h2>" + Html.escape(t.get("box.mail")) + "</h2>")
                .tick("override", "on", t.get("box.override"), mail.overrides())
                .tick("mute", "on", t.get("box.mute"), mail.mutes());
        return Response.html(page(t, folder.piece().label)
                .error(error)
                .form(form)
                .script(SECOND_NEEDS_FIRST)
                .html());
    }

    private Response saveSettings(Request r, BoxState.Thing folder, Labels t) {
        boolean overrides = !r.field("override").isEmpty();
        boolean mutes = !r.field("mute").isEmpty();
        if (mutes && !overrides) {
            return settings(folder, t, t.get("box.mute.needs"));
        }
        ledger.record(new Change.BoxFolderSet(folder.id(), overrides, mutes));
        return Response.redirect("/folder/" + folder.id() + "/settings");
    }

    // ---- clean-up after a removal

    private Response myApps(Labels t) {
        Html page = page(t, t.get("box.myApps"));
        if (world.left(Leftover.ACCESS, CloudService.BOX)) {
            page.form(Form.post(MY_APPS).note(APP).button("remove", t.get("box.delete")));
        } else {
            nothing(page, t);
        }
        return Response.html(page.html());
    }

    private Response groups(Labels t) {
        Html page = page(t, t.get("box.groups"));
        world.box
                .find(BoxState.Piece.GROUP, world.now())
                .ifPresentOrElse(g -> page.form(deleteForm(GROUPS, g, t)), () -> nothing(page, t));
        return Response.html(page.html());
    }

    private static Form deleteForm(String action, BoxState.Thing thing, Labels t) {
        return Form.post(action)
                .hidden("_piece", thing.piece().name())
                .note(thing.piece().label)
                .button("delete", t.get("box.delete"));
    }

    private Response delete(Request r, String then) {
        for (BoxState.Piece piece : BoxState.Piece.values()) {
            if (piece.name().equals(r.field("_piece"))) {
                ledger.record(new Change.BoxDeleted(piece));
            }
        }
        return Response.redirect(then);
    }
}
