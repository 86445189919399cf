package io.github.kaitsu.google;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.google.internal.AppLooks;
import io.github.kaitsu.google.internal.FolderLooks;
import io.github.kaitsu.google.internal.GoogleReads;
import io.github.kaitsu.google.internal.PreflightLooks;
import io.github.kaitsu.google.internal.SuperAdmin;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.util.Optional;

/**
 * The looks, each with the calls it makes and the scopes it needs; without connections nothing but people's answers.
 *
 * @param connections empty if nothing is ever looked at
 */
record GoogleChecks(Optional<Connections<GoogleReads>> connections) {
    private static final String ME = "GET /v1/userinfo, GET /admin/directory/v1/users/{userKey}";
    private static final String OWNER = GoogleScopes.OPENID + " " + GoogleScopes.USERS;
    private static final String ADMIN_LOG = "GET /admin/reports/v1/activity/users/all/applications/admin";
    private static final String USE_LOG = "GET /admin/reports/v1/activity/users/all/applications/access_evaluation";
    private static final String TOKEN_LOG = "GET /admin/reports/v1/activity/users/{userKey}/applications/token";
    private static final String TOKENS = "GET /admin/directory/v1/users/{userKey}/tokens";
    private static final String POLICIES = "GET /v1/policies";
    private static final String FILES = "GET /drive/v3/files";

    static GoogleChecks none() {
        return new GoogleChecks(Optional.empty());
    }

    static GoogleChecks by(Connections<GoogleConnection> connections) {
        VendorHttp http = VendorHttp.create();
        return new GoogleChecks(
                Optional.of(customer -> connections.find(customer).map(google -> google.reads(http))));
    }

    boolean areMade() {
        return connections.isPresent();
    }

    /** @param drive whether Google Drive is among what is activated */
    Check admin(boolean drive) {
        return check(
                (google, context) -> PreflightLooks.admin(google, context, drive),
                ME + ", " + ADMIN_LOG + ", " + POLICIES + (drive ? ", " + FILES : ""),
                OWNER + " " + GoogleScopes.LOGS + " " + GoogleScopes.POLICIES
                        + (drive ? " " + GoogleScopes.FOLDERS : ""));
    }

    Check users() {
        return check(PreflightLooks::users, "GET /admin/directory/v1/users", GoogleScopes.USERS);
    }

    Check editions() {
        return check(
                PreflightLooks::editions, "GET /apps/licensing/v1/product/{productId}/users", GoogleScopes.LICENCES);
    }

    Check policies() {
        return check(PreflightLooks::policies, POLICIES, GoogleScopes.POLICIES);
    }

    Check marketplaceAllowed() {
        return check(PreflightLooks::marketplaceAllowed, POLICIES, GoogleScopes.POLICIES);
    }

    Check apisAllowed() {
        return check(PreflightLooks::apisAllowed, POLICIES, GoogleScopes.POLICIES);
    }

    Check installed() {
        return check(
                SuperAdmin.look(AppLooks::installed),
                ME + ", " + ADMIN_LOG + ", " + TOKENS + ", " + USE_LOG,
                OWNER + " " + GoogleScopes.LOGS);
    }

    Check permitted(CloudService service) {
        return check(
                SuperAdmin.look((google, me, context) -> AppLooks.permitted(google, me, context, service)),
                ME + ", " + TOKENS + ", " + TOKEN_LOG,
                OWNER + " " + GoogleScopes.TOKENS + " " + GoogleScopes.LOGS);
    }

    Check folders() {
        return check(SuperAdmin.look(FolderLooks::folders), ME + ", " + FILES, OWNER + " " + GoogleScopes.FOLDERS);
    }

    Check appGone() {
        return check(
                SuperAdmin.lookAfterRemoval(AppLooks::appGone), ME + ", " + ADMIN_LOG, OWNER + " " + GoogleScopes.LOGS);
    }

    Check permissionGone() {
        return check(
                SuperAdmin.lookAfterRemoval(AppLooks::permissionGone),
                ME + ", " + TOKENS,
                OWNER + " " + GoogleScopes.TOKENS);
    }

    Check foldersGone() {
        return check(
                SuperAdmin.lookAfterRemoval(FolderLooks::foldersGone),
                ME + ", " + FILES,
                OWNER + " " + GoogleScopes.FOLDERS);
    }

    private Check check(ConnectedProbe.Question<GoogleReads> question, String calls, String scopes) {
        return connections
                .map(c -> Check.by(new ConnectedProbe<>("Google", c, question, calls, scopes)))
                .orElseGet(Check::attestedByDoing);
    }
}
