package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.ConsentFault;
import io.github.kaitsu.sandbox.Faults;
import io.github.kaitsu.sandbox.internal.Grants.Account;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page where a person grants something to the embedding team's own application, and the way back from it. Shown to whoever is
 * signed in. Trend's application is another client and has other pages.
 */
abstract class OwnConsent {
    /** Where the page's form goes, at every provider. */
    static final String SETTLE = "/own-app/grant";

    private static final String APP_NAME = "Kaitsu";

    final World world;
    final OwnApps apps;
    private final Ledger ledger;
    private final Faults faults;
    private final ProviderPages pages;

    OwnConsent(CloudService.Provider provider, ProviderPages pages) {
        this.ledger = pages.ledger;
        this.world = pages.world;
        this.faults = pages.sites.faults;
        this.apps = new OwnApps(ledger, provider);
        this.pages = pages;
    }

    /** What the application asks for: the query of the authorization address. */
    record Asked(String query, Map<String, List<String>> parameters) {
        static Asked of(String query) {
            return new Asked(query, Request.pairs(query));
        }

        String get(String name) {
            return parameters.getOrDefault(name, List.of("")).get(0).strip();
        }

        List<String> scopes() {
            return OwnApps.list(get("scope"));
        }
    }

    /** What is wrong with an authorization address. */
    enum Flaw {
        CLIENT,
        REDIRECT,
        RESPONSE_TYPE,
        CHALLENGE_METHOD,
        SCOPE
    }

    /** Labels of the page: its title, the button that allows, the one that denies. */
    abstract String[] labels(Labels t);

    /** The provider's own words for what is wrong; shown on a page, nothing is sent back. */
    abstract String words(Flaw flaw, Asked asked);

    /** What the way back says after a refusal, without the state. */
    abstract Map<String, String> denied();

    /** How somebody is stopped who administers nothing, or whom a policy forbids it. */
    abstract Stopped stopped(boolean byPolicy);

    /** Parameters of the way back, or words of a page that leads nowhere. */
    record Stopped(Map<String, String> parameters, String words) {
        static Stopped onPage(String words) {
            return new Stopped(Map.of(), words);
        }

        static Stopped goingBack(String error, String description) {
            return goingBack(new ConsentFault.Refused(error, description));
        }

        static Stopped goingBack(ConsentFault.Refused refused) {
            Map<String, String> out = new LinkedHashMap<>();
            out.put("error", refused.error());
            if (!refused.description().isEmpty()) {
                out.put("error_description", refused.description());
            }
            return new Stopped(out, "");
        }
    }

    /** What the way back says after a grant, without the state. */
    abstract Map<String, String> granted(Asked asked, String code, Grant grant);

    /** Whether redeeming the code brings a refresh token. */
    abstract boolean isOffline(Asked asked);

    /** Whether an address without scopes asks for all that the application has registered. */
    boolean asksForAllByDefault() {
        return true;
    }

    /** Whether the code is shown to the person where no redirect address is given. */
    boolean showsCode(Asked asked) {
        return false;
    }

    /** Whether those who administer nothing may grant what is asked for. */
    boolean employeesMayGrant() {
        return true;
    }

    /** What the person sees of the scopes. */
    void show(List<String> scopes, Form form) {
        scopes.forEach(form::note);
    }

    /** What is left of the scopes after the person looked through them. */
    List<String> chosen(List<String> scopes, Request r) {
        return scopes;
    }

    final Response ask(Request r, Labels t) {
        Asked asked = Asked.of(Optional.ofNullable(r.uri().getRawQuery()).orElse(""));
        Optional<Flaw> flaw = flaw(asked);
        if (flaw.isPresent()) {
            return refuse(flaw.get(), asked, t);
        }
        Optional<ConsentFault> fault = faults.drawConsent(apps.app.provider(), true);
        if (fault.isPresent()) {
            Stopped stopped = stopped(fault.get() instanceof ConsentFault.BlockedByPolicy);
            return stopped.words().isEmpty() ? back(asked, stopped.parameters()) : errorPage(t, stopped.words());
        }
        String[] labels = labels(t);
        Form form = Form.post(SETTLE)
                .hidden("_query", asked.query())
                .note(world.setup().administrator());
        show(scopes(asked), form);
        form.button("allow", labels[1]).quietButton("deny", labels[2]);
        return Response.html(pages.page(t, labels[0])
                .text(t.get("provider.asks", APP_NAME))
                .form(form)
                .html());
    }

    final Response settle(Request r, Labels t) {
        Asked asked = Asked.of(r.raw("_query"));
        Optional<Flaw> flaw = flaw(asked);
        if (flaw.isPresent()) {
            return refuse(flaw.get(), asked, t);
        }
        ConsentFault fault = fault();
        if (fault instanceof ConsentFault.Hesitates hesitates) {
            ledger.advanceBy(hesitates.time());
        }
        if (fault instanceof ConsentFault.EmployeeGrants && !employeesMayGrant()) {
            return back(asked, stopped(false).parameters());
        }
        if (fault instanceof ConsentFault.Refused refused) {
            return back(asked, Stopped.goingBack(refused).parameters());
        }
        List<String> scopes = granted(chosen(scopes(asked), r), fault);
        boolean allowed = r.field("_press").equals("allow") && !(fault instanceof ConsentFault.Denied);
        if (!allowed || scopes.isEmpty()) {
            return back(asked, denied());
        }
        Grant grant = apps.grant(who(fault), scopes);
        String redirect = asked.get("redirect_uri");
        String code =
                apps.issueCode(grant, redirect, asked.get("code_challenge"), isOffline(asked), asked.get("nonce"));
        if (fault instanceof ConsentFault.ReturnsLate late) {
            ledger.advanceBy(late.time());
        }
        if (redirect.isEmpty()) {
            return Response.html(pages.page(t, labels(t)[0])
                    .text(t.get("provider.code"))
                    .section(code)
                    .html());
        }
        return back(asked, granted(asked, code, grant));
    }

    private Account who(@Nullable ConsentFault fault) {
        if (fault instanceof ConsentFault.WrongAccount) {
            return apps.stranger();
        }
        return fault instanceof ConsentFault.EmployeeGrants ? apps.employee() : apps.administrator();
    }

    private @Nullable ConsentFault fault() {
        return faults.drawConsent(apps.app.provider(), false).orElse(null);
    }

    private static List<String> granted(List<String> scopes, @Nullable ConsentFault fault) {
        if (!(fault instanceof ConsentFault.FewerScopes fewer)) {
            return scopes;
        }
        Optional<String> last = scopes.stream().filter(s -> !OwnApp.isSignIn(s)).reduce((one, later) -> later);
        Set<String> withheld =
                fewer.withheld().isEmpty() ? last.stream().collect(Collectors.toSet()) : fewer.withheld();
        return scopes.stream()
                .filter(s -> !withheld.contains(s) && !withheld.contains(OwnApp.bare(s)))
                .toList();
    }

    /** To the application, with the state as it came. */
    final Response back(Asked asked, Map<String, String> parameters) {
        String redirect = asked.get("redirect_uri");
        if (redirect.isEmpty()) {
            return Response.redirect("/");
        }
        Map<String, String> all = new LinkedHashMap<>(parameters);
        if (asked.parameters().containsKey("state")) {
            all.put("state", asked.parameters().get("state").get(0));
        }
        return switch (asked.get("response_mode")) {
            case "form_post" -> posted(redirect, all);
            case "fragment" -> Response.redirect(redirect + "#" + encoded(all));
            default -> Response.redirect(redirect + (redirect.contains("?") ? "&" : "?") + encoded(all));
        };
    }

    /** A page whose form a browser's script submits at once; without one a person presses the button. */
    private static Response posted(String redirect, Map<String, String> parameters) {
        Form form = Form.post(redirect);
        parameters.forEach(form::hidden);
        String page = "<html><head><title>Working...</title></head><body>"
                + form.button("go", "Submit").html() + "<script>document.forms[0].submit()</script></body></html>";
        return Response.html(page);
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    final Response errorPage(Labels t, String words) {
        return Response.html(400, pages.page(t, labels(t)[0]).error(words).html());
    }

    private List<String> scopes(Asked asked) {
        return asked.scopes().isEmpty() || asked.scopes().stream().anyMatch(OwnApp::isAll)
                ? apps.app.scopes()
                : asked.scopes();
    }

    private Response refuse(Flaw flaw, Asked asked, Labels t) {
        return errorPage(t, words(flaw, asked));
    }

    private Optional<Flaw> flaw(Asked asked) {
        if (!asked.get("client_id").equals(apps.app.clientId())) {
            return Optional.of(Flaw.CLIENT);
        }
        if (!apps.isRegistered(asked.get("redirect_uri")) && !showsCode(asked)) {
            return Optional.of(Flaw.REDIRECT);
        }
        if (!asked.get("response_type").equals("code")) {
            return Optional.of(Flaw.RESPONSE_TYPE);
        }
        if (!asked.get("code_challenge").isEmpty()
                && !asked.get("code_challenge_method").equals("S256")) {
            return Optional.of(Flaw.CHALLENGE_METHOD);
        }
        boolean known = asked.scopes().stream()
                .allMatch(s -> OwnApp.isAll(s) || apps.app.scopes().contains(OwnApp.bare(s)));
        boolean enough = asksForAllByDefault() || !asked.scopes().isEmpty();
        return known && enough ? Optional.empty() : Optional.of(Flaw.SCOPE);
    }
}
