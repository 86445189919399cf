package io.github.kaitsu.google;

import java.util.List;

/**
 * The OAuth scopes of the embedding team's own app, check by check: the least that Google offers for each. {@link #TOKENS}
 * and {@link #LICENCES}, which also allow writing, may be left out: a person is asked for what they would show. Without one of the
 * others that the services need, an activation ends before anything is linked.
 *
 * <p>Kaitsu sends nothing but GET, also where Google has no scope for reading alone.
 */
public final class GoogleScopes {
    private static final String BASE = "https://www.googleapis.com/auth/";

    /** Whose token it is; every look needs it. */
    public static final String OPENID = "openid";
    /** The administrator and the number of users; every look needs it. */
    public static final String USERS = BASE + "admin.directory.user.readonly";
    /** What the administrator has permitted. Google has no scope for reading it alone: this one also lets tokens be deleted. */
    public static final String TOKENS = BASE + "admin.directory.user.security";
    /** The admin, token and access-evaluation logs. */
    public static final String LOGS = BASE + "admin.reports.audit.readonly";
    /** Marketplace and API-control policies. */
    public static final String POLICIES = BASE + "cloud-identity.policies.readonly";
    /** The editions (GOOGLE-4). Google has no scope for reading them alone: this one also lets licences be assigned. */
    public static final String LICENCES = BASE + "apps.licensing";
    /** The folders' names in the administrator's Drive (GOOGLE-3); no contents. */
    public static final String FOLDERS = BASE + "drive.metadata.readonly";

    private GoogleScopes() {}

    /** All of them. */
    public static List<String> all() {
        return List.of(OPENID, USERS, TOKENS, LOGS, POLICIES, LICENCES, FOLDERS);
    }

    /** Those that only read: without the tokens' and the licences'. */
    public static List<String> readOnly() {
        return List.of(OPENID, USERS, LOGS, POLICIES, FOLDERS);
    }
}
