package io.github.kaitsu.microsoft365;

import java.net.URI;

/**
 * Where Microsoft keeps a tenant. A tenant of one cloud is unknown in the others; GCC tenants use the worldwide addresses.
 */
public enum NationalCloud {
    /** The worldwide cloud, Japan's tenants and GCC's among them. */
    WORLDWIDE("https://graph.microsoft.com", "https://login.microsoftonline.com", ".sharepoint.com"),
    /** The United States' GCC High. */
    US_GOVERNMENT("https://graph.microsoft.us", "https://login.microsoftonline.us", ".sharepoint.us"),
    /** The United States' Department of Defense. */
    US_DEFENSE("https://dod-graph.microsoft.us", "https://login.microsoftonline.us", ".sharepoint-mil.us"),
    /** China, run by 21Vianet. */
    CHINA("https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn", ".sharepoint.cn");

    private final URI graph;
    private final URI login;
    private final String sharePointSuffix;

    NationalCloud(String graph, String login, String sharePointSuffix) {
        this.graph = URI.create(graph);
        this.login = URI.create(login);
        this.sharePointSuffix = sharePointSuffix;
    }

    /** Microsoft Graph, without a version. */
    public URI graph() {
        return graph;
    }

    /** Where tokens come from. */
    public URI login() {
        return login;
    }

    /** What the cloud calls itself as an issuer of tokens, without the tenant: {@link #login}, but in China. */
    URI issuer() {
        return this == CHINA ? URI.create("https://login.partner.microsoftonline.cn") : login;
    }

    /** How the hosts of SharePoint Online end. */
    public String sharePointSuffix() {
        return sharePointSuffix;
    }
}
