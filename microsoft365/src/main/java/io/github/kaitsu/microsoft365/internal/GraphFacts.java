package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.provision.Facts;

/** Names of what the looks learn, as the journal keeps it. */
public final class GraphFacts {
    /** The organisation's id: the tenant that the engine pins. */
    public static final String TENANT = Facts.tenantOf(CloudService.Provider.MICROSOFT365);

    /** The tenant of a permission seen at SharePoint; apart from {@link #TENANT}, which tells that Graph was read. */
    static final String SHAREPOINT_TENANT = "microsoft365.sharepoint-tenant";

    public static final String USERS = Facts.usersOf(CloudService.Provider.MICROSOFT365);
    /** Whose account the connection is. */
    public static final String ADMINISTRATOR = "microsoft365.administrator";
    /** {@code https://contoso-admin.sharepoint.com}. */
    public static final String SHAREPOINT_ADMIN = "microsoft365.sharepoint-admin";
    /** The SharePoint admin site that a connection leads to. */
    public static final String CONNECTED_ADMIN_SITE = "microsoft365.admin-site";

    private GraphFacts() {}

    /** The app that was proved to be a service's. */
    static String appId(CloudService service) {
        return "microsoft365.app-id." + service;
    }

    /** The tenant that registered it. */
    static String appOwner(CloudService service) {
        return "microsoft365.app-owner." + service;
    }

    static String appPublisher(CloudService service) {
        return "microsoft365.app-publisher." + service;
    }

    /** What it was granted when that was proved: the customer's baseline. */
    static String permissions(CloudService service) {
        return "microsoft365.permissions." + service;
    }
}
