package io.github.kaitsu.microsoft365;

import io.github.kaitsu.contract.VendorContract;
import io.github.kaitsu.contract.VendorServer;
import io.github.kaitsu.vendor.AccessTokens;
import java.io.IOException;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;

/** A SharePoint that says what a test tells it to, and keeps what it was asked. */
final class SharePointServer extends VendorServer<SharePointServer> {
    static final String PRINCIPALS = "/_api/web/GetAddinPrincipalsHavingPermissionsInSites";
    static final String PERMISSIONS = "/_api/web/AddinPermissions";
    static final String REGISTRATIONS = "/_api/web/GetACSServicePrincipals";
    static final String TENANT = "72f988bf-0000-0000-0000-2d7cd011db47";
    static final String REDIRECT = "https://admin.tmcas.trendmicro.co.jp/provision.html";

    SharePointServer() throws IOException {
        super(VendorContract.sharePoint());
    }

    @Override
    protected MockResponse ok(String body) {
        return json(200, body);
    }

    @Override
    protected MockResponse unknown(RecordedRequest request) {
        return json(404, error("-1, Microsoft.SharePoint.Client.ResourceNotFoundException"));
    }

    /** Answers as the sandbox does once the permission is there. */
    SharePointServer granted(String appId) {
        return on(PRINCIPALS, principals(appId, APP))
                .on(PERMISSIONS, permissions(appId, true, tenantWide("Manage")))
                .on(REGISTRATIONS, registration(appId, APP, "tmcas.trendmicro.com", REDIRECT));
    }

    SharePointServer nothingGranted() {
        return on(PRINCIPALS, principals())
                .on(PERMISSIONS, "{\"addinPermissions\":[],\"failedAddins\":[]}")
                .on(REGISTRATIONS, "{\"value\":[]}");
    }

    static MockResponse json(int status, String body) {
        return json(status, "application/json;odata=nometadata", body).setHeader("SPRequestGuid", "0d62959d-101a");
    }

    static String error(String code) {
        return "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"ja-JP\",\"value\":\"拒否\"}}}";
    }

    /** App IDs and titles by turns; SharePoint itself comes first, as always. */
    static String principals(String... idsAndTitles) {
        String principal = "{\"appIdentifier\":\"" + identifier("%s")
                + "\",\"title\":\"%s\",\"serverRelativeUrl\":\"/\",\"absoluteUrl\":\"https://example-admin.sharepoint.com/\"}";
        return "{\"addinPrincipals\":["
                + each(principal, "00000003-0000-0ff1-ce00-000000000000", "SharePoint")
                + (idsAndTitles.length == 0 ? "" : "," + each(principal, idsAndTitles))
                + "],\"errorsWithServerRelativeUrl\":[]}";
    }

    static String identifier(String id) {
        return "i:0i.t|ms.sp.ext|" + id + "@" + TENANT;
    }

    static String permissions(String appId, boolean appOnly, String... tenantWide) {
        return "{\"addinPermissions\":[" + permission(appId, appOnly, tenantWide) + "],\"failedAddins\":[]}";
    }

    static String permission(String appId, boolean appOnly, String... tenantWide) {
        return "{\"appIdentifier\":\"" + identifier(appId) + "\",\"serverRelativeUrl\":\"/\",\"allowAppOnly\":"
                + appOnly
                + ",\"siteCollectionScopedPermissions\":[],\"tenantScopedPermissions\":["
                + String.join(",", tenantWide) + "]}";
    }

    static String tenantWide(String right) {
        return tenantWide("Content", "content/tenant", right);
    }

    static String tenantWide(String feature, String scope, String right) {
        return "{\"feature\":\"" + feature + "\",\"scope\":\"" + scope + "\",\"right\":\"" + right
                + "\",\"id\":\"00000000-0000-0000-0000-000000000000\"}";
    }

    static String registration(String appId, String title, String domain, String redirect) {
        return "{\"value\":[{\"appIdentifier\":\"" + identifier(appId) + "\",\"appId\":\"" + appId + "\",\"title\":\""
                + title + "\",\"redirectUri\":\"" + redirect + "\",\"appDomains\":[\"" + domain + "\"]}]}";
    }

    SharePointConnection connection() {
        return connection(tokens());
    }

    SharePointConnection connection(AccessTokens tokens) {
        return SharePointConnection.builder(tokens)
                .adminSite(base())
                .clock(CLOCK)
                .retry(retry())
                .build();
    }

    /** The paths asked for so far, without what they begin with. */
    List<String> calls() {
        return lines().stream().map(l -> l.replace("/_api/web/", "")).toList();
    }
}
