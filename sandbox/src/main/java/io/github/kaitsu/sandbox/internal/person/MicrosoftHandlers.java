package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.ServiceAccountRow;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.internal.View;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is done and looked at in Microsoft 365 and SharePoint (M365-1 to M365-10, MIP-1). */
final class MicrosoftHandlers {
    private static final String APP_NAME = "Trend Micro Cloud App Security";
    private static final String APP_INV = "/_layouts/15/AppInv.aspx";
    private static final String PRINCIPALS = "/_layouts/15/TA_AllAppPrincipals.aspx";
    private static final String DOMAIN = "アプリ ドメイン";
    private static final String REDIRECT = "リダイレクト先の URL";
    private static final String PERMISSION = "権限の要求 XML";
    private static final String DELETE = "削除";

    private final Browser browser;
    private final Replies replies;

    MicrosoftHandlers(Browser browser, Replies replies) {
        this.browser = browser;
        this.replies = replies;
    }

    void teach(ActionHandlers duties) {
        for (CloudService service : CloudService.values()) {
            if (service.isMicrosoft365()) {
                String id = service.id();
                duties.put(id + ".global-administrator", "ask-global-administrator", a -> replies.yesOrNo(true));
                duties.put(id + ".enterprise-app", "ask-enterprise-app", this::hasItsPermissions);
                duties.put(
                        id + ".remove-enterprise-app",
                        "remove-enterprise-app",
                        a -> a.template().variants().contains("by-permissions")
                                ? deleteByPermissions(a)
                                : deleteById(a));
            }
        }
        String teams = CloudService.MICROSOFT_TEAMS.id();
        duties.put(teams + ".admin-site", "ask-admin-site", a -> adminSite());
        duties.put(teams + ".sharepoint-permission", "sharepoint-permission", this::permit);
        duties.put(teams + ".permission-listed", "ask-permission-listed", this::isPermitted);
        duties.put(teams + ".remove-sharepoint-permission", "remove-sharepoint-permission", this::forbid);
        duties.put("mip.other-service", "ask-mip-other-service", a -> replies.yesOrNo(isAnotherListed()));
        duties.put("mip.licence", "ask-mip-licence", a -> replies.yesOrNo(true));
        duties.put("mip.case", "ask-mip-case", a -> mipCase());
        duties.put("mip.policy", "mip-policy", a -> replies.done()); // the sandbox's console has no policies
    }

    // ---- the permission for Teams (M365-4 to M365-10)

    private Answer adminSite() {
        browser.copied(1); // from the browser's address bar
        browser.pasted(1);
        return replies.saw(browser.addresses.realSharePointAdminSite().toString());
    }

    private Answer permit(OperatorAction action) {
        Optional<String> appId = teamsAppId(action);
        if (appId.isEmpty()) {
            return replies.blocked(BlockReason.NOT_ASKED_FOR);
        }
        if (action.template().variants().contains("app-id-refused")
                && action.template().arguments().contains(appId.get())) {
            return replies.blocked(BlockReason.NOT_FOUND);
        }
        if (lists(atSharePoint(PRINCIPALS), appId.get())) {
            return replies.done();
        }
        View page = action.link().map(browser::open).orElseGet(() -> atSharePoint(APP_INV));
        if (!page.hasButton("参照")) { // the page is no more, or shows no form
            return refused(page);
        }
        View looked = browser.visitor.press(page, "参照", Map.of("アプリ ID", appId.get()), Set.of("アプリ ID"));
        if (!looked.value("タイトル").equals(APP_NAME)) {
            return refused(looked);
        }
        Map<String, String> given = action.template().values();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(DOMAIN, given.getOrDefault("sharepoint.appDomain", ""));
        fields.put(
                REDIRECT,
                given.getOrDefault("sharepoint.redirectUrl", browser.addresses.realConsole() + "/provision.html"));
        fields.put(PERMISSION, given.getOrDefault("sharepoint.permissionXml", ""));
        View trust = browser.visitor.press(
                looked,
                "作成",
                fields,
                given.containsKey("sharepoint.redirectUrl")
                        ? fields.keySet()
                        : Set.of(DOMAIN, PERMISSION)); // what is not given is typed
        if (!trust.hasButton("信頼する")) {
            return refused(trust);
        }
        browser.visitor.press(trust, "信頼する");
        return replies.done();
    }

    private Answer refused(View page) {
        return replies.blocked(BlockReason.PAGE_REFUSES, page.error());
    }

    private Answer isPermitted(OperatorAction action) {
        View list = action.link().map(browser::open).orElseGet(() -> atSharePoint(PRINCIPALS));
        return replies.yesOrNo(teamsAppId(action).filter(id -> lists(list, id)).isPresent());
    }

    /** As given, or as the console's row of Teams shows it; SharePoint's row shows another (M365-6). */
    private Optional<String> teamsAppId(OperatorAction action) {
        return Optional.ofNullable(action.template().values().get("sharepoint.appId"))
                .or(() -> rows().filter(r -> r.service() == CloudService.MICROSOFT_TEAMS)
                        .flatMap(r -> r.appId().stream())
                        .findFirst());
    }

    private Stream<ServiceAccountRow> rows() {
        return ConsoleReading.parse(browser.accounts().text()).serviceAccounts().stream()
                .flatMap(List::stream);
    }

    private View atSharePoint(String path) {
        return browser.open(browser.sandbox.sharePointAdmin(), path);
    }

    private static boolean lists(View principals, String appId) {
        return cell(principals, appId).isPresent();
    }

    private static Optional<String> cell(View principals, String appId) {
        Matcher m = Pattern.compile("\\S*\\|" + Pattern.quote(appId) + "@\\S*").matcher(principals.text());
        return m.find() ? Optional.of(m.group()) : Optional.empty();
    }

    private Answer forbid(OperatorAction action) {
        View list = action.link().map(browser::open).orElseGet(() -> atSharePoint(PRINCIPALS));
        Optional<View> row = teamsAppId(action).flatMap(id -> cell(list, id)).flatMap(list::row);
        if (row.isEmpty()) {
            return replies.blocked(BlockReason.NOT_FOUND);
        }
        browser.visitor.press(row.get(), "×");
        return replies.done();
    }

    // ---- the applications in Entra

    private Answer hasItsPermissions(OperatorAction action) {
        View apps = enterpriseApps(action);
        String appId = action.template().values().getOrDefault("entra.applicationId", "");
        boolean found = appId.isEmpty()
                ? fitting(apps, action).size() == 1
                : apps.section(appId).filter(app -> fits(app, action)).isPresent();
        return replies.yesOrNo(found);
    }

    private Answer deleteById(OperatorAction action) {
        String appId = action.template().values().getOrDefault("entra.applicationId", "");
        return delete(enterpriseApps(action).section(appId));
    }

    /** Only one that asks for exactly what the service's application asks for: all bear one name. */
    private Answer deleteByPermissions(OperatorAction action) {
        List<View> fitting = fitting(enterpriseApps(action), action);
        return delete(fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty());
    }

    private static List<View> fitting(View apps, OperatorAction action) {
        return apps.headings().stream()
                .flatMap(heading -> apps.section(heading).stream())
                .filter(app -> fits(app, action))
                .toList();
    }

    private static boolean fits(View app, OperatorAction action) {
        List<String> wanted = sorted(action.template().arguments().get(1));
        return app.paragraphs().stream().anyMatch(p -> sorted(p).equals(wanted));
    }

    private View enterpriseApps(OperatorAction action) {
        URI entra = action.link().orElseThrow();
        return browser.visitor.follow(browser.open(entra), "エンタープライズ アプリケーション");
    }

    private Answer delete(Optional<View> app) {
        if (app.isEmpty()) {
            return replies.blocked(BlockReason.NOT_FOUND);
        }
        browser.visitor.press(app.get(), DELETE);
        return replies.done();
    }

    private static List<String> sorted(String permissions) {
        return Arrays.stream(permissions.split(",")).map(String::strip).sorted().toList();
    }

    // ---- MIP-1

    private boolean isAnotherListed() {
        return rows().map(ServiceAccountRow::service).anyMatch(s -> s.isMicrosoft365() && s != CloudService.MIP);
    }

    private Answer mipCase() {
        boolean linked = rows().anyMatch(r -> r.service() == CloudService.MIP);
        return replies.saw(linked ? "policy-only" : "first-time");
    }
}
