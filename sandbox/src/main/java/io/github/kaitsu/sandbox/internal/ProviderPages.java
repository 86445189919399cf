package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.PageOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What the four providers have in common: sign-in on one page or two, and the page whose button binds the customer. */
abstract class ProviderPages implements Site.Handler {
    private static final Duration IDLE = Duration.ofHours(8); // ours
    private static final String CODE = "/signin/code";

    final Ledger ledger;
    final World world;
    final Sites sites;
    final Sessions sessions;
    private final Linking linking;
    private final CloudService.Provider provider;
    private final String name;
    private final String colour;
    private final boolean asksForCode;

    ProviderPages(
            Ledger ledger, Sites sites, Sessions sessions, CloudService.Provider provider, String name, String colour) {
        this.ledger = ledger;
        this.world = ledger.world();
        this.sites = sites;
        this.sessions = sessions;
        this.linking = new Linking(ledger);
        this.provider = provider;
        this.name = name;
        this.colour = colour;
        this.asksForCode = world.setup().pages().has(PageOptions.Trait.CODE_AT_PROVIDERS);
    }

    static Sessions sessions(Site site, Ledger ledger) {
        return new Sessions(site, IDLE, ledger);
    }

    /** The button of the first sign-in page. */
    abstract String nextLabel();

    /** The button of the page that asks for the password. */
    abstract String signInLabel();

    /** What the pages that ask for address and password are headed. */
    String signInTitle() {
        return "provider.signIn.title";
    }

    /** Whether one page asks for address and password. */
    boolean asksBothAtOnce() {
        return false;
    }

    /** Answers what is not sign-in; called only for requests of a signed-in administrator unless {@link #isOpen}. */
    abstract Response inside(Request r, Labels t);

    /** Pages that need nobody to be signed in. */
    boolean isOpen(Request r) {
        return false;
    }

    @Override
    public final Response answer(Request r) {
        Labels t = Labels.of(r.locale());
        if (r.isPost("/signin")) {
            return signIn(r, t);
        }
        return isOpen(r) ? inside(r, t) : signedIn(r, t, () -> inside(r, t));
    }

    /** A page for the signed-in administrator. */
    Html page(Labels t, String title) {
        return new Html(t.locale(), colour, title)
                .brand(name)
                .account(world.setup().administrator())
                .heading(title);
    }

    /** A page for whoever comes. */
    Html outerPage(Labels t, String title) {
        return new Html(t.locale(), colour, title).brand(name).heading(title);
    }

    /** COMMON-17: whoever is signed in already is not asked again. */
    private Response signedIn(Request r, Labels t, Supplier<Response> then) {
        Optional<Sessions.Session> session = sessions.find(r);
        if (session.isPresent() && r.path().equals(CODE)) {
            return askCode(r, t);
        }
        boolean locked = asksForCode && session.filter(s -> s.codeGiven).isEmpty();
        if (session.isPresent() && !locked) {
            return then.get();
        }
        if (!r.isGet()) {
            return Response.redirect("/");
        }
        String query = r.uri().getRawQuery();
        String wanted = r.path() + (query == null ? "" : "?" + query);
        return session.isPresent() ? Response.redirect(code(wanted)) : firstPage(t, wanted, "");
    }

    private Response firstPage(Labels t, String next, String error) {
        Form form = Form.post("/signin").hidden("_next", next).text("account", t.get("provider.address"), "");
        if (asksBothAtOnce()) {
            form.password("password", t.get("provider.password"));
        }
        form.button("next", t.get(nextLabel()));
        return Response.html(
                outerPage(t, t.get(signInTitle())).error(error).form(form).html());
    }

    private Response signIn(Request r, Labels t) {
        String next = r.field("_next").startsWith("/") ? r.field("_next") : "/";
        String account = r.has("_account") ? r.field("_account") : r.field("account");
        if (refuses(r)) {
            return Response.html(outerPage(t, t.get("provider.couldNotSignIn"))
                    .section(t.get("provider.driven"))
                    .text(t.get("provider.driven.next"))
                    .html());
        }
        if (!r.has("password")) {
            Form form = Form.post("/signin")
                    .hidden("_next", next)
                    .hidden("_account", account)
                    .note(account)
                    .password("password", t.get("provider.password"))
                    .button("signin", t.get(signInLabel()));
            return Response.html(outerPage(t, t.get(signInTitle())).form(form).html());
        }
        boolean right = account.equalsIgnoreCase(world.setup().administrator())
                && r.raw("password").equals(password(world.setup(), provider));
        if (!right) {
            return firstPage(t, next, t.get("provider.wrong"));
        }
        return sessions.signIn(world.setup().administrator(), Response.redirect(asksForCode ? code(next) : next));
    }

    private boolean refuses(Request r) {
        return provider == CloudService.Provider.GOOGLE
                && world.setup().pages().has(PageOptions.Trait.REFUSES_DRIVEN)
                && r.looker() == HandsOn.Actor.BROWSER;
    }

    private Response askCode(Request r, Labels t) {
        String next = r.query("next").startsWith("/") ? r.query("next") : "/";
        if (!r.isGet() && SecondFactor.isRight(world, r.field("code"))) {
            sessions.find(r).ifPresent(s -> s.codeGiven = true);
            return Response.redirect(next);
        }
        return Response.html(outerPage(t, t.get("code.title"))
                .text(t.get("code.text"))
                .error(r.isGet() ? "" : t.get("code.wrong"))
                .form(SecondFactor.form(code(next), t))
                .html());
    }

    private static String code(String next) {
        return CODE + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    static String password(Setup setup, CloudService.Provider provider) {
        return setup.secrets().password("provider/" + provider);
    }

    /** Whether an authorization address is for another client than Trend's, which the console's addresses do not name. */
    static boolean isForOwnApp(Request r) {
        String client = r.query("client_id");
        return !client.isEmpty() && !client.equals(Sites.TREND_CLIENT);
    }

    /** The wizard whose person this is, if it really sent somebody to this provider and awaits the answer. */
    Optional<Wizard> awaiting(String state) {
        return state.matches("[0-9]{1,9}")
                ? world.findWizard(Integer.parseInt(state))
                        .filter(w -> w.service().provider() == provider)
                        .filter(w -> w.outcome() == Wizard.Outcome.AT_PROVIDER)
                : Optional.empty();
    }

    /** Trend's consent page: who asks for what, and two buttons. */
    Response askConsent(Request r, Labels t, String action, String title, String allow, String deny) {
        Optional<Wizard> wizard = awaiting(r.query("state"));
        if (wizard.isEmpty()) {
            return invalid(t);
        }
        Form form = Form.post(action)
                .hidden("_state", r.query("state"))
                .button("allow", t.get(allow))
                .quietButton("deny", t.get(deny));
        return Response.html(page(t, title)
                .text(t.get("provider.asks", Sites.APP_NAME))
                .note(wizard.get().service().label(t.locale()))
                .note(world.setup().administrator())
                .form(form)
                .html());
    }

    Response settleConsent(Request r, Labels t) {
        Optional<Wizard> wizard = awaiting(r.field("_state"));
        if (wizard.isEmpty()) {
            return invalid(t);
        }
        boolean denied = !r.field("_press").equals("allow");
        if (denied) {
            linking.deny(wizard.get());
        } else {
            linking.consent(wizard.get(), world.setup().administrator());
        }
        return Response.redirect(sites.returnPage(wizard.get(), denied));
    }

    /** The two folders that the vendor makes, if a link of this service ever became ready and they were not deleted. */
    Html twoFolders(Html page, Labels t, String action, CloudService service) {
        if (world.left(Leftover.FOLDERS, service)) {
            page.form(Form.post(action)
                    .note(BoxState.QUARANTINE_NAME)
                    .note(BoxState.TEMP_NAME)
                    .button("delete", t.get("folders.delete")));
            return page;
        }
        return nothing(page, t);
    }

    /** A page of a list without entries. */
    static Html nothing(Html page, Labels t) {
        return page.note(t.get("provider.nothing"));
    }

    Response invalid(Labels t) {
        return Response.html(400, page(t, name).error(t.get("provider.invalid")).html());
    }

    Response missing(Labels t) {
        return Response.html(404, page(t, name).error(t.get("box.missing")).html());
    }
}
