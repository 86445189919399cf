package io.github.kaitsu.microsoft365;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SharePoint admin centre of a tenant, {@code https://<name>-admin.sharepoint.com} (rule M365-5). Only there can a permission
 * over the whole tenant be granted; on the tenant's other sites the page exists and is of no use. Immutable.
 */
public record SharePointAdminSite(URI uri) {
    // A name of letters, digits and hyphens; the suffixes of the world, the US government and China. The Department of
    // Defense's sharepoint-mil.us and the closed German cloud are left out: the vendor has no site for them.
    private static final String NAME = "(?!xn--)[a-z0-9](?:[a-z0-9-]{0,55}[a-z0-9])?";
    private static final String SUFFIX = "\\.sharepoint\\.(?:com|us|cn)";
    private static final String ADMIN = "https://" + NAME + "-admin" + SUFFIX;
    private static final Pattern ADMIN_SITE = Pattern.compile(ADMIN);
    private static final Pattern ROOT_SITE = Pattern.compile("https://(" + NAME + ")(" + SUFFIX + ")/?");

    /** What {@link #parse} accepts, once spaces around it are gone. */
    static final Pattern ACCEPTED = Pattern.compile("(?i:" + ADMIN + ")/?");

    /**
     * Checks that it is https and an admin site's host, and nothing behind it.
     *
     * @throws KaitsuException INVALID_ADMIN_SITE
     */
    public SharePointAdminSite {
        if (!ADMIN_SITE.matcher(uri.toString()).matches()) {
            throw refusal(uri.toString());
        }
    }

    /**
     * Reads the address of the admin centre: https, its host and nothing else but one slash at the end.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_ADMIN_SITE}
     */
    public static SharePointAdminSite parse(String text) {
        String address = asciiLowerCase(text.strip());
        address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        if (!ADMIN_SITE.matcher(address).matches()) {
            throw refusal(address);
        }
        return new SharePointAdminSite(URI.create(address));
    }

    /**
     * Derives it from the {@code webUrl} of the tenant's root site, as Graph's {@code /sites/root} gives it: {@code -admin}
     * after the first label, the suffix kept (M365-5). A tenant's mail domains do not tell it, since SharePoint can be renamed.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_ADMIN_SITE} for anything but a root site of SharePoint Online
     */
    public static SharePointAdminSite fromRootSite(URI rootSite) {
        Matcher m = ROOT_SITE.matcher(asciiLowerCase(rootSite.toString()));
        if (!m.matches() || m.group(1).endsWith("-admin") || m.group(1).endsWith("-my")) {
            throw KaitsuException.of(ErrorCode.INVALID_ADMIN_SITE, "root");
        }
        return new SharePointAdminSite(URI.create("https://" + m.group(1) + "-admin" + m.group(2)));
    }

    /** The page that grants an app its permission (M365-4). No query may follow, else it shows no form. */
    public URI appInvUrl() {
        return page("AppInv.aspx");
    }

    /** The page that lists what was granted over the whole tenant; to be looked at first (M365-10). */
    public URI allAppPrincipalsUrl() {
        return page("TA_AllAppPrincipals.aspx");
    }

    /** The page the manual names for the same; it also lists apps with a grant of another kind (M365-10). */
    public URI appPrincipalsUrl() {
        return page("appprincipals.aspx");
    }

    private URI page(String name) {
        return URI.create(uri + "/_layouts/15/" + name);
    }

    /** Unlike {@link String#toLowerCase} turns no look-alike letter into an ASCII one. */
    private static String asciiLowerCase(String text) {
        return text.chars().allMatch(c -> c < 0x80) ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static KaitsuException refusal(String address) {
        String variant = address.startsWith("http://") ? "https" : "host";
        return KaitsuException.of(ErrorCode.INVALID_ADMIN_SITE, variant);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
