package io.github.kaitsu.microsoft365;

/**
 * In which of Microsoft's clouds a tenant lives. GCC, the mildest of the American government's, is in {@link #WORLDWIDE}.
 *
 * <p>Source: Microsoft Graph, national cloud deployments.
 */
public enum NationalCloud {
    /** Everybody else's. */
    WORLDWIDE("login.microsoftonline.com", "graph.microsoft.com"),
    /** The United States government's, L4 (GCC High). */
    US_GOVERNMENT("login.microsoftonline.us", "graph.microsoft.us"),
    /** The United States government's, L5 (DoD). */
    US_GOVERNMENT_DOD("login.microsoftonline.us", "dod-graph.microsoft.us"),
    /** China's, operated by 21Vianet. */
    CHINA("login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn");

    private final String loginHost;
    private final String graphHost;

    NationalCloud(String loginHost, String graphHost) {
        this.loginHost = loginHost;
        this.graphHost = graphHost;
    }

    /** Where people sign in and tokens are fetched: {@code login.microsoftonline.com}. */
    public String loginHost() {
        return loginHost;
    }

    /** Where Microsoft Graph answers: {@code graph.microsoft.com}. */
    public String graphHost() {
        return graphHost;
    }
}
