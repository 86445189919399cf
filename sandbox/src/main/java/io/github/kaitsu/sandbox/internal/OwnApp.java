package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The embedding team's own application as a provider has it registered, and that provider's rules for codes and tokens.
 *
 * @param confidential whether the token endpoint asks for a client secret
 * @param provesCode whether a code without a PKCE challenge is worth nothing, as for Dropbox's public clients
 * @param codeLife Box says 30 seconds; the others do not say or vary, those are ours
 * @param refreshLife from its issue; null where a refresh token ends only by revocation
 * @param scopes what the application may ask for: reading only
 */
record OwnApp(
        CloudService.Provider provider,
        String clientId,
        boolean confidential,
        boolean provesCode,
        Duration codeLife,
        Duration accessLife,
        @Nullable Duration refreshLife,
        Renewal renewal,
        List<String> scopes) {
    /** What a refresh does to the refresh token. */
    enum Renewal {
        /** It is good once; the answer brings the next. */
        ROTATES,
        /** It stays, and the answer brings none. */
        STAYS,
        /** It stays, and the answer brings another. */
        ADDS
    }

    /** Permissions about signing in: nobody is asked to choose among them. */
    private static final Set<String> SIGN_IN = Set.of(
            "openid",
            "email",
            "profile",
            "offline_access",
            "https://www.googleapis.com/auth/userinfo.email",
            "https://www.googleapis.com/auth/userinfo.profile");

    private static final String GRAPH = "https://graph.microsoft.com/";
    private static final String GOOGLE = "https://www.googleapis.com/auth/";

    private static final Map<CloudService.Provider, OwnApp> ALL = Map.of(
            CloudService.Provider.BOX,
            new OwnApp(
                    CloudService.Provider.BOX,
                    "sandbox-box-client",
                    true,
                    false,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(60),
                    Duration.ofDays(60),
                    Renewal.ROTATES,
                    List.of(
                            "root_readonly",
                            "manage_managed_users",
                            "manage_groups",
                            "manage_enterprise_properties",
                            "enterprise_configuration.readonly")),
            CloudService.Provider.DROPBOX,
            new OwnApp(
                    CloudService.Provider.DROPBOX,
                    "sandboxdropbox1",
                    false,
                    true,
                    Duration.ofMinutes(10),
                    Duration.ofHours(4),
                    null,
                    Renewal.STAYS,
                    List.of(
                            "account_info.read",
                            "team_info.read",
                            "members.read",
                            "groups.read",
                            "events.read",
                            "sessions.list",
                            "team_data.member",
                            "team_data.content.read",
                            "team_data.governance.read",
                            "sharing.read",
                            "files.metadata.read")),
            CloudService.Provider.GOOGLE,
            new OwnApp(
                    CloudService.Provider.GOOGLE,
                    "100000000001-sandbox.apps.googleusercontent.com",
                    true,
                    false,
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(3599),
                    null,
                    Renewal.STAYS,
                    List.of(
                            "openid",
                            "email",
                            "profile",
                            GOOGLE + "userinfo.email",
                            GOOGLE + "userinfo.profile",
                            GOOGLE + "admin.directory.customer.readonly",
                            GOOGLE + "admin.directory.domain.readonly",
                            GOOGLE + "admin.directory.group.readonly",
                            GOOGLE + "admin.directory.orgunit.readonly",
                            GOOGLE + "admin.directory.rolemanagement.readonly",
                            GOOGLE + "admin.directory.user.readonly",
                            GOOGLE + "admin.directory.user.security", // tokens.list knows no readonly form
                            GOOGLE + "admin.reports.audit.readonly",
                            GOOGLE + "admin.reports.usage.readonly",
                            GOOGLE + "apps.licensing", // nor does licensing
                            GOOGLE + "cloud-identity.policies.readonly",
                            GOOGLE + "drive.metadata.readonly")),
            CloudService.Provider.MICROSOFT365,
            new OwnApp(
                    CloudService.Provider.MICROSOFT365,
                    "5a4db0c5-0c5a-4c5a-8b0c-5a4db0c50c5a",
                    false,
                    false,
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(3599),
                    Duration.ofDays(90),
                    Renewal.ADDS,
                    List.of(
                            "openid",
                            "profile",
                            "email",
                            "offline_access",
                            "User.Read",
                            "User.ReadBasic.All",
                            "User.Read.All",
                            "Directory.Read.All",
                            "Application.Read.All",
                            "AuditLog.Read.All",
                            "LicenseAssignment.Read.All",
                            "Organization.Read.All",
                            "RoleManagement.Read.Directory",
                            "SharePointTenantSettings.Read.All",
                            "Sites.Read.All")));

    OwnApp {
        scopes = List.copyOf(scopes);
    }

    static OwnApp at(CloudService.Provider provider) {
        return Objects.requireNonNull(ALL.get(provider));
    }

    /** Google's looks like Google's, so that whoever searches outputs for it is not lucky by accident. */
    String secret(Setup setup) {
        String prefix = provider == CloudService.Provider.GOOGLE ? "GOCSPX-" : "";
        return prefix + setup.secrets().hex(provider.name().toLowerCase(Locale.ROOT) + "/client-secret", 32);
    }

    static boolean isSignIn(String scope) {
        return SIGN_IN.contains(scope);
    }

    /** Microsoft names a scope of Graph with its address or without. */
    static String bare(String scope) {
        return scope.startsWith(GRAPH) ? scope.substring(GRAPH.length()) : scope;
    }
}
