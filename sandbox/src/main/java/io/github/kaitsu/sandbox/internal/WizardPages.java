package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.sandbox.PageOptions;
import java.util.List;
import java.util.Optional;

/** The window アクセス権付与: policies, 権限の付与, ステータスの更新, 閉じる; for Teams アプリID and 完了. */
final class WizardPages {
    private static final String PATH = "/console/wizard";

    private final Ledger ledger;
    private final World world;
    private final Linking linking;
    private final Sites sites;
    private final ConsolePages console;
    private final boolean closes;

    WizardPages(Ledger ledger, Sites sites, ConsolePages console) {
        this.ledger = ledger;
        this.world = ledger.world();
        this.linking = new Linking(ledger);
        this.sites = sites;
        this.console = console;
        this.closes = world.setup().pages().has(PageOptions.Trait.WINDOW_CLOSES);
    }

    Response answer(Request r) {
        if (r.isGet(PATH)) {
            return open(r);
        }
        Labels t = Labels.of(r.locale());
        if (r.isGet()) {
            return find(r, "").map(w -> show(w, r, t)).orElseGet(() -> console.answer(r));
        }
        Optional<Wizard> toGrant = find(r, "/grant");
        if (toGrant.isPresent()) {
            linking.start(toGrant.get(), r.fields("policy"));
            return Response.redirect(sites.consentPage(toGrant.get()));
        }
        Optional<Wizard> toRefresh = find(r, "/refresh");
        if (toRefresh.isPresent()) {
            ledger.record(new Change.StatusRefreshed(toRefresh.get().id()));
            return Response.redirect(address(toRefresh.get()));
        }
        Optional<Wizard> toConfirm = find(r, "/confirm");
        if (toConfirm.isPresent()) {
            return Response.redirect(address(toConfirm.get()) + "?confirmed=1");
        }
        Optional<Wizard> toClose = find(r, "/close");
        if (toClose.isPresent()) {
            ledger.record(new Change.WizardClosed(toClose.get().id()));
            return Response.redirect(ConsolePages.ACCOUNTS);
        }
        Optional<Wizard> toFinish = find(r, "/done").filter(this::waitsForDone);
        if (toFinish.isPresent()) {
            linking.finishTeams(toFinish.get());
            return Response.redirect(ConsolePages.ACCOUNTS);
        }
        return console.answer(r);
    }

    /** COMMON-8: the landing page after the provider. */
    Response returned(Request r) {
        Labels t = Labels.of(r.locale());
        boolean denied = !r.query("error").isEmpty();
        Html page = new Html(t.locale(), "#23313f", t.get("console.brand"))
                .text(t.get(denied ? "wizard.denied" : "wizard.return"));
        return Response.html((closes ? page.script("window.close()") : page).html());
    }

    /** A Teams wizard that waits for 完了 is the same one again; otherwise a new window. */
    private Response open(Request r) {
        Optional<CloudService> service = CloudService.parse(r.query("service"));
        if (service.isEmpty()) {
            return Response.redirect(ConsolePages.ACCOUNTS + "/add");
        }
        Optional<Link> waiting = world.link(service.get()).filter(Link::waitsForDone);
        if (waiting.isPresent()) {
            return Response.redirect(PATH + "/" + waiting.get().wizard());
        }
        int id = world.nextWizard();
        List<String> all = world.setup().organisations();
        String organisation = all.contains(r.query("organisation")) ? r.query("organisation") : all.get(0);
        ledger.record(new Change.WizardOpened(id, service.get(), organisation));
        return Response.redirect(PATH + "/" + id);
    }

    private Response show(Wizard w, Request r, Labels t) {
        Html page = console.page(t, title(w, t)).asDialog().heading(title(w, t)).note(w.organisation());
        if (w.refreshed() && w.outcome() == Wizard.Outcome.LINKED) {
            return Response.html(linked(page, w, t).html());
        }
        if (w.refreshed() && w.outcome() == Wizard.Outcome.FAILED) {
            page.error(t.get("wizard.failed")); // COMMON-10
            return Response.html(page.form(cross(w, t)).html());
        }
        if (w.refreshed()) {
            page.text(t.get("wizard.waiting"));
        }
        if (w.service().provider() == CloudService.Provider.GOOGLE) {
            marketplace(page, w, r, t);
        }
        String toGrant = address(w) + "/grant";
        Form grant = (closes ? Form.postInWindow(toGrant) : Form.postInNewTab(toGrant))
                .note(t.get("wizard.policies"))
                .tick("policy", "threat", t.get("wizard.policy.threat"), false)
                .tick("policy", "dlp", t.get("wizard.policy.dlp"), false)
                .button("grant", t.get(grantLabel(w)));
        page.form(grant).form(button(w, "refresh", "wizard.refresh", t));
        return Response.html(page.form(cross(w, t)).html());
    }

    /** GOOGLE-1: the manual shows the installation only for Gmail; today's console shows and confirms it for both. */
    private void marketplace(Html page, Wizard w, Request r, Labels t) {
        boolean today = world.setup().edition() == Edition.CONSOLE_2024_07;
        if (!today && w.service() != CloudService.GMAIL) {
            return;
        }
        page.text(t.get("wizard.install"));
        page.link(t.get("wizard.clickHere"), sites.google.url(GooglePages.MARKETPLACE));
        if (today) {
            if (!r.query("confirmed").isEmpty() && world.googleAppInstalled) {
                page.good(t.get("wizard.installed"));
            } else if (!r.query("confirmed").isEmpty()) {
                page.error(t.get("wizard.notInstalled"));
            }
            page.form(button(w, "confirm", "wizard.confirmInstallation", t));
        }
    }

    private Html linked(Html page, Wizard w, Labels t) {
        if (waitsForDone(w)) { // COMMON-9, M365-4
            String appId = world.link(w.service()).map(Link::appId).orElse("");
            page.good(t.get("wizard.linked"))
                    .text(t.get("console.appId", appId))
                    .note(t.get("wizard.teams"))
                    .form(button(w, "done", "wizard.done", t));
        } else if (world.setup().edition() == Edition.CONSOLE_2024_04) {
            page.good(t.get("wizard.linked"));
        } else if (world.link(w.service())
                .filter(l -> l.isProtected(world.now()))
                .isPresent()) {
            page.good(t.get("wizard.synchronised"));
        } else {
            page.note(t.get("wizard.synchronising")).form(button(w, "refresh", "wizard.refresh", t));
        }
        return page.form(button(w, "close", "wizard.close", t));
    }

    private String grantLabel(Wizard w) {
        if (w.service() == CloudService.MIP) {
            return "wizard.clickHere";
        }
        boolean google = w.service().provider() == CloudService.Provider.GOOGLE;
        return google && world.setup().edition() == Edition.CONSOLE_2024_04 ? "wizard.google" : "wizard.grant";
    }

    private boolean waitsForDone(Wizard w) {
        return world.link(w.service())
                .filter(l -> l.waitsForDone() && l.wizard() == w.id())
                .isPresent();
    }

    private Optional<Wizard> find(Request r, String suffix) {
        return world.findWizard(r.numberIn(PATH + "/", suffix));
    }

    private static Form button(Wizard w, String action, String label, Labels t) {
        return Form.act(address(w) + "/" + action).quietButton(action, t.get(label));
    }

    private static Form cross(Wizard w, Labels t) {
        return Form.post(address(w) + "/close").cross("close", t.get("wizard.cross"));
    }

    private static String address(Wizard w) {
        return PATH + "/" + w.id();
    }

    private static String title(Wizard w, Labels t) {
        return t.get("wizard.title", w.service().label(t.locale()));
    }
}
