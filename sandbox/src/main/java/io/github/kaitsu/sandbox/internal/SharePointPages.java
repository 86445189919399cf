package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.PageOptions;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The SharePoint admin site: AppInv.aspx and the two lists of app principals (M365-4 to M365-10). */
final class SharePointPages extends ProviderPages {
    static final String HOME = "/_layouts/15/online/AdminHome.aspx";
    private static final String APP_INV = "/_layouts/15/AppInv.aspx";
    private static final String DOMAIN = "tmcas.trendmicro.com"; // M365-7
    private static final String SCOPE = "http://sharepoint/content/tenant";
    private static final String ADMIN_PREFIX = "ctl00_ctl00_PlaceHolderContentArea_PlaceHolderMain_";
    private static final String SITE_PREFIX = "ctl00_PlaceHolderMain_";
    private static final String APP_ID = "IdTitleEditableInputFormSection_ctl01_TxtAppId";
    private static final String LOOKUP = "IdTitleEditableInputFormSection_ctl01_BtnLookup";
    private static final String TITLE = "IdTitleEditableInputFormSection_ctl02_TxtTitle";
    private static final String REALM = "IdTitleEditableInputFormSection_ctl03_TxtRealm";
    private static final String REDIRECT = "IdTitleEditableInputFormSection_ctl04_TxtRedirectUrl";
    private static final String XML = "TitleDescSection_ctl01_TxtPerm";
    private static final String ALLOW = "BtnAllow";
    private static final String CANCEL = "BtnCancel";
    private static final String DOMAIN_EXAMPLE = "\"www.contoso.com\"";
    private static final String REDIRECT_EXAMPLE = "\"https://www.contoso.com/default.aspx\"";

    private final SharePointApi api;
    private final String prefix;
    private final String create;
    private final String leave;

    SharePointPages(Ledger ledger, Sites sites, MicrosoftPages microsoft) {
        super(ledger, sites, microsoft.sessions, CloudService.Provider.MICROSOFT365, "SharePoint", "#036c70");
        api = new SharePointApi(world, sites.sharePoint);
        boolean ofSite = world.setup().pages().has(PageOptions.Trait.SITE_MASTER_PAGE);
        prefix = ofSite ? SITE_PREFIX : ADMIN_PREFIX;
        String buttons = (ofSite ? "ctl04" : "ctl01") + "_RptControls_";
        create = buttons + "BtnCreate";
        leave = buttons + CANCEL;
    }

    @Override
    public boolean isForPrograms(Request r) {
        return r.path().startsWith(SharePointApi.PATHS);
    }

    @Override
    boolean isOpen(Request r) {
        return isForPrograms(r);
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
    Response inside(Request r, Labels t) {
        return isForPrograms(r) ? api.answer(r) : page(r, t);
    }

    private Response page(Request r, Labels t) {
        return switch (r.method() + " " + r.path()) {
            case "GET /", "GET " + HOME ->
                Response.html(page(t, t.get("sharepoint.adminCentre"))
                        .note(t.get("sharepoint.sites"))
                        .note(t.get("sharepoint.policies"))
                        .note(t.get("sharepoint.settings"))
                        .html());
            case "GET " + APP_INV -> r.query().isEmpty() ? entry(r, t, "", "") : withoutForm(t);
            case "POST " + APP_INV -> posted(r, t);
            case "GET /_layouts/15/TA_AllAppPrincipals.aspx", "GET /_layouts/15/appprincipals.aspx" -> principals(t);
            case "POST /_layouts/15/TA_AllAppPrincipals.aspx" -> {
                ledger.record(new Change.AppDistrusted(r.field("_app")));
                yield Response.redirect(r.path());
            }
            default -> missing(t);
        };
    }

    /** SharePoint shows no entry form at an address with query parameters. */
    private Response withoutForm(Labels t) {
        return Response.html(page(t, t.get("appInv.title")).html());
    }

    private Response posted(Request r, Labels t) {
        if (r.has(name(LOOKUP))) {
            boolean known = app(r).isPresent(); // the title alone proves nothing (M365-6)
            return entry(r, t, known ? Sites.APP_NAME : "", known ? "" : t.get("appInv.unknownId"));
        }
        if (r.has(name(create))) {
            String error = error(r, t);
            return error.isEmpty() ? trustPage(r, t) : entry(r, t, value(r, TITLE), error);
        }
        if (r.has(name(ALLOW))) {
            ledger.record(new Change.AppTrusted(r.field("__APPID"), r.field("__REDIRECT")));
        }
        return Response.redirect(HOME);
    }

    private Response entry(Request r, Labels t, String title, String error) {
        Form form = Form.post(APP_INV)
                .hidden("__VIEWSTATE", "sandbox")
                .textWithId(id(APP_ID), name(APP_ID), t.get("appInv.appId"), value(r, APP_ID))
                .buttonWithId(id(LOOKUP), name(LOOKUP), t.get("appInv.lookup"))
                .textWithId(id(TITLE), name(TITLE), t.get("appInv.appTitle"), title)
                .textWithId(id(REALM), name(REALM), t.get("appInv.domain"), value(r, REALM))
                .example(t.get("appInv.example", DOMAIN_EXAMPLE))
                .textWithId(id(REDIRECT), name(REDIRECT), t.get("appInv.redirect"), value(r, REDIRECT))
                .example(t.get("appInv.example", REDIRECT_EXAMPLE))
                .area(id(XML), name(XML), t.get("appInv.xml"), r.raw(name(XML)))
                .buttonWithId(id(create), name(create), t.get("appInv.create"))
                .buttonWithId(id(leave), name(leave), t.get("appInv.cancel"));
        return Response.html(
                page(t, t.get("appInv.title")).error(error).form(form).html());
    }

    private Response trustPage(Request r, Labels t) {
        Form form = Form.post(APP_INV)
                .hidden("__VIEWSTATE", "sandbox")
                .hidden("__APPID", value(r, APP_ID).toLowerCase(Locale.ROOT))
                .hidden("__REDIRECT", value(r, REDIRECT))
                .buttonWithId(id(ALLOW), name(ALLOW), t.get("appInv.trust"))
                .buttonWithId(id(CANCEL), name(CANCEL), t.get("appInv.cancel"));
        return Response.html(page(t, t.get("appInv.trust.title", value(r, TITLE)))
                .text(t.get("appInv.trust.text"))
                .form(form)
                .html());
    }

    private Response principals(Labels t) {
        StringBuilder rows = new StringBuilder("<tr><th>" + Html.escape(t.get("appInv.name")) + "</th><th>"
                + Html.escape(t.get("appInv.identifier")) + "</th><th></th></tr>");
        for (String app : world.trustedApps) {
            rows.append("<tr><td>" + Sites.APP_NAME + "</td><td>i:0i.t|ms.sp.ext|" + Html.escape(app) + "@"
                    + world.setup().tenant(CloudService.Provider.MICROSOFT365) + "</td><td>"
                    + Form.post("/_layouts/15/TA_AllAppPrincipals.aspx")
                            .hidden("_app", app)
                            .quietButton("delete", t.get("appInv.delete"))
                            .html()
                    + "</td></tr>");
        }
        return Response.html(
                page(t, t.get("appInv.list")).raw("<table>" + rows + "</table>").html());
    }

    // ---- what the page refuses

    private String error(Request r, Labels t) {
        Optional<Link> app = app(r);
        if (app.isEmpty()) {
            return t.get("appInv.unknownId");
        }
        if (app.get().service() != CloudService.MICROSOFT_TEAMS) {
            return t.get("appInv.badId");
        }
        if (value(r, TITLE).isEmpty()) {
            return t.get("appInv.noTitle");
        }
        if (!value(r, REALM).equals(DOMAIN)) {
            return t.get("appInv.badDomain");
        }
        if (!isConsolesRedirect(value(r, REDIRECT))) {
            return t.get("appInv.badRedirect");
        }
        return isTenantManage(r.raw(name(XML))) ? "" : t.get("appInv.badXml");
    }

    private Optional<Link> app(Request r) {
        return world.listed().stream()
                .filter(l -> l.service().isMicrosoft365())
                .filter(l -> l.appId().equalsIgnoreCase(value(r, APP_ID)))
                .findFirst();
    }

    /** M365-7: the site's console; where its address is not attested, any console of the vendor. */
    private boolean isConsolesRedirect(String text) {
        Optional<URI> origin = world.setup().site().origin();
        if (origin.isPresent()) {
            return text.equals(origin.get() + "/provision.html");
        }
        return text.matches("https://[a-z0-9-]+\\.tmcas\\.trendmicro\\.com/provision\\.html");
    }

    /** M365-8: tenant scope, right Manage, app-only, and nothing else. */
    private static boolean isTenantManage(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Element root = builder.parse(new InputSource(new StringReader(xml.strip())))
                    .getDocumentElement();
            List<Element> requests = children(root);
            return root.getTagName().equals("AppPermissionRequests")
                    && root.getAttribute("AllowAppOnlyPolicy").equals("true")
                    && requests.size() == 1
                    && requests.get(0).getTagName().equals("AppPermissionRequest")
                    && requests.get(0).getAttribute("Scope").equals(SCOPE)
                    && requests.get(0).getAttribute("Right").equals("Manage");
        } catch (ParserConfigurationException | SAXException | IOException e) {
            return false;
        }
    }

    private static List<Element> children(Element parent) {
        List<Element> out = new ArrayList<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e) {
                out.add(e);
            }
        }
        return out;
    }

    private String value(Request r, String suffix) {
        return r.field(name(suffix));
    }

    private String id(String suffix) {
        return prefix + suffix;
    }

    /** ASP.NET's names are its ids with dollar signs. */
    private String name(String suffix) {
        return id(suffix).replace('_', '$');
    }
}
