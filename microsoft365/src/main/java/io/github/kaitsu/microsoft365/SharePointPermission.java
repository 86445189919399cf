package io.github.kaitsu.microsoft365;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleOrigin;
import io.github.kaitsu.console.ConsoleSite;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a person enters into the page AppInv.aspx, so that Teams' files can be watched (rules M365-4 to M365-8). Immutable.
 *
 * @param console where the customer's console lives
 * @param appId from the console's row with サービスの種類 = Microsoft Teams, a GUID in lower case (M365-6)
 * @param adminSite the tenant's SharePoint admin centre
 */
public record SharePointPermission(ConsoleOrigin console, String appId, SharePointAdminSite adminSite) {
    /** アプリドメイン, the same for every site (M365-7). */
    public static final String APP_DOMAIN = "tmcas.trendmicro.com";

    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String NIL = "00000000-0000-0000-0000-000000000000";

    /** Refuses an app ID that is no GUID, or the nil one. */
    public SharePointPermission {
        appId = checked(appId);
    }

    /** An app ID as the record keeps it. @throws KaitsuException {@link ErrorCode#INVALID_APP_ID} */
    static String checked(String appId) {
        String id = appId.strip().toLowerCase(Locale.ROOT);
        if (!GUID.matcher(id).matches()) {
            throw KaitsuException.of(ErrorCode.INVALID_APP_ID, "form");
        }
        if (id.equals(NIL)) {
            throw KaitsuException.of(ErrorCode.INVALID_APP_ID, "nil");
        }
        return id;
    }

    /**
     * The values for a console.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_APP_ID}
     */
    public static SharePointPermission of(ConsoleOrigin console, String appId, SharePointAdminSite adminSite) {
        return new SharePointPermission(console, appId, adminSite);
    }

    /**
     * The values for a site whose console's address is attested.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_CONSOLE_ORIGIN} for the others, {@link ErrorCode#INVALID_APP_ID}
     */
    public static SharePointPermission of(ConsoleSite site, String appId, SharePointAdminSite adminSite) {
        return of(ConsoleOrigin.of(site), appId, adminSite);
    }

    /** The page to open. */
    public URI url() {
        return adminSite.appInvUrl();
    }

    /** アプリドメイン. */
    public String appDomain() {
        return APP_DOMAIN;
    }

    /** リダイレクト先のURL. */
    public URI redirectUrl() {
        return console.redirectUrl();
    }

    /** 権限の要求 XML. */
    public String permissionXml() {
        return AppPermissionRequests.tmcas().toXml();
    }
}
