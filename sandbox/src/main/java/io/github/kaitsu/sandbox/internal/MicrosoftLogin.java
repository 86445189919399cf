package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.ConsentFault;
import io.github.kaitsu.sandbox.Faults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code login.microsoftonline.com} for the own application: its pages, its token endpoint, and what clients discover there. */
final class MicrosoftLogin {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PATH = Pattern.compile("/([^/]+)(/oauth2/v2\\.0/authorize|/oauth2/v2\\.0/token"
            + "|/v2\\.0/adminconsent|/v2\\.0/\\.well-known/openid-configuration|/discovery/instance)");
    private static final Set<String> ANY_TENANT = Set.of("common", "organizations");
    private static final String SETTLE_ADMIN = "/own-app/admin-grant";

    private final World world;
    private final Site site;
    private final ProviderPages pages;
    private final Faults faults;
    private final MicrosoftTokens tokens;
    private final MicrosoftConsent consent;

    MicrosoftLogin(Ledger ledger, Site site, ProviderPages pages) {
        this.world = ledger.world();
        this.site = site;
        this.pages = pages;
        this.faults = pages.sites.faults;
        this.tokens = new MicrosoftTokens(ledger);
        this.consent = new MicrosoftConsent(pages);
    }

    /** What programs ask without a person. */
    static boolean isForPrograms(Request r) {
        Matcher m = PATH.matcher(r.path());
        return m.matches()
                && (m.group(2).endsWith("/token")
                        || m.group(2).endsWith("/openid-configuration")
                        || m.group(2).endsWith("/instance"));
    }

    /** Empty if the request is nothing of the own application. */
    Optional<Response> answer(Request r, Labels t) {
        if (r.isPost(OwnConsent.SETTLE)) {
            return Optional.of(consent.settle(r, t));
        }
        if (r.isPost(SETTLE_ADMIN)) {
            return Optional.of(settleAdmin(r, t));
        }
        Matcher m = PATH.matcher(r.path());
        if (!m.matches()) {
            return Optional.empty();
        }
        String tenant = m.group(1);
        return switch (r.method() + " " + m.group(2)) {
            case "GET /oauth2/v2.0/authorize" -> Optional.of(isKnown(tenant) ? consent.ask(r, t) : noTenant(tenant, t));
            case "POST /oauth2/v2.0/token" ->
                Optional.of(
                        isKnown(tenant)
                                ? tokens.token(r)
                                : tokens.error(400, "invalid_request", 90002, noTenant(tenant)));
            case "GET /v2.0/adminconsent" -> Optional.of(askAdmin(tenant, r, t));
            case "GET /v2.0/.well-known/openid-configuration" -> Optional.of(configuration(tenant));
            case "GET /discovery/instance" -> Optional.of(instances());
            default -> Optional.empty();
        };
    }

    private boolean isKnown(String tenant) {
        String id = world.setup().tenant(CloudService.Provider.MICROSOFT365);
        String administrator = world.setup().administrator();
        return ANY_TENANT.contains(tenant)
                || tenant.equalsIgnoreCase(id)
                || tenant.equalsIgnoreCase(administrator.substring(administrator.indexOf('@') + 1));
    }

    private Response noTenant(String tenant, Labels t) {
        return consent.errorPage(t, "AADSTS90002: " + noTenant(tenant));
    }

    private static String noTenant(String tenant) {
        return "Tenant '" + tenant
                + "' not found. Check to make sure you have the correct tenant ID and are signing into"
                + " the correct cloud.";
    }

    // ---- admin consent

    private Response askAdmin(String tenant, Request r, Labels t) {
        OwnConsent.Asked asked =
                OwnConsent.Asked.of(Optional.ofNullable(r.uri().getRawQuery()).orElse(""));
        if (tenant.equals("common") || !isKnown(tenant)) {
            return noTenant(tenant, t); // v2 names a tenant, or organizations
        }
        Optional<OwnConsent.Flaw> flaw = flaw(asked);
        if (flaw.isPresent()) {
            return consent.errorPage(t, consent.words(flaw.get(), asked));
        }
        Optional<ConsentFault> fault = faults.drawConsent(CloudService.Provider.MICROSOFT365, true);
        if (fault.isPresent()) {
            boolean byPolicy = fault.get() instanceof ConsentFault.BlockedByPolicy;
            return consent.back(asked, anyway(consent.stopped(byPolicy).parameters()));
        }
        Form form = Form.post(SETTLE_ADMIN)
                .hidden("_query", asked.query())
                .note(world.setup().administrator());
        asked.scopes().forEach(form::note);
        form.button("allow", t.get("microsoft.accept")).quietButton("deny", t.get("microsoft.cancel"));
        return Response.html(pages.page(t, t.get("microsoft.asks"))
                .text(t.get("provider.asks", "Kaitsu"))
                .form(form)
                .html());
    }

    /** {@code admin_consent=True} also says that nobody consented. */
    private Response settleAdmin(Request r, Labels t) {
        OwnConsent.Asked asked = OwnConsent.Asked.of(r.raw("_query"));
        Optional<OwnConsent.Flaw> flaw = flaw(asked);
        if (flaw.isPresent()) {
            return consent.errorPage(t, consent.words(flaw.get(), asked));
        }
        Optional<ConsentFault> fault = faults.drawConsent(CloudService.Provider.MICROSOFT365, false);
        boolean denied = fault.filter(ConsentFault.Denied.class::isInstance).isPresent();
        if (denied || !r.field("_press").equals("allow")) {
            return consent.back(asked, anyway(MicrosoftConsent.cancelled()));
        }
        if (fault.isPresent() && fault.get() instanceof ConsentFault.Refused refused) {
            return consent.back(
                    asked, anyway(OwnConsent.Stopped.goingBack(refused).parameters()));
        }
        boolean elsewhere =
                fault.filter(ConsentFault.WrongAccount.class::isInstance).isPresent();
        Map<String, String> back = new LinkedHashMap<>();
        back.put("tenant", (elsewhere ? consent.apps.stranger() : consent.apps.administrator()).tenant());
        back.put("scope", asked.get("scope"));
        return consent.back(asked, anyway(back));
    }

    private static Map<String, String> anyway(Map<String, String> parameters) {
        Map<String, String> back = new LinkedHashMap<>();
        back.put("admin_consent", "True");
        back.putAll(parameters);
        return back;
    }

    private Optional<OwnConsent.Flaw> flaw(OwnConsent.Asked asked) {
        if (!asked.get("client_id").equals(consent.apps.app.clientId())) {
            return Optional.of(OwnConsent.Flaw.CLIENT);
        }
        if (!consent.apps.isRegistered(asked.get("redirect_uri"))) {
            return Optional.of(OwnConsent.Flaw.REDIRECT);
        }
        return asked.scopes().isEmpty() ? Optional.of(OwnConsent.Flaw.SCOPE) : Optional.empty();
    }

    // ---- discovery

    private Response configuration(String tenant) {
        if (!isKnown(tenant)) {
            return tokens.error(400, "invalid_tenant", 90002, noTenant(tenant));
        }
        String base = site.url("/" + tenant);
        String issuer =
                ANY_TENANT.contains(tenant) ? "{tenantid}" : world.setup().tenant(CloudService.Provider.MICROSOFT365);
        ObjectNode json = JSON.objectNode()
                .put("token_endpoint", base + "/oauth2/v2.0/token")
                .put("authorization_endpoint", base + "/oauth2/v2.0/authorize")
                .put("issuer", "https://login.microsoftonline.com/" + issuer + "/v2.0");
        json.putArray("response_types_supported").add("code");
        json.putArray("scopes_supported")
                .add("openid")
                .add("profile")
                .add("email")
                .add("offline_access");
        return Response.json(200, json);
    }

    private Response instances() {
        ObjectNode json = JSON.objectNode()
                .put("tenant_discovery_endpoint", site.url("/common/v2.0/.well-known/openid-configuration"))
                .put("api-version", "1.1");
        ObjectNode here = json.putArray("metadata").addObject();
        here.put("preferred_network", site.base().getAuthority())
                .put("preferred_cache", site.base().getAuthority());
        List.of(site.base().getAuthority(), "login.microsoftonline.com", "login.windows.net")
                .forEach(here.withArray("aliases")::add);
        return Response.json(200, json);
    }
}
