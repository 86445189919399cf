package io.github.kaitsu.cli;

import io.github.kaitsu.console.ConsoleOrigin;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.microsoft365.SharePointAdminSite;
import io.github.kaitsu.microsoft365.SharePointPermission;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What to enter into AppInv.aspx (M365-5 to M365-8). */
@Command(name = "sharepoint-permission")
final class SharePointPermissionCommand extends Subcommand {
    @Option(names = "--site", paramLabel = "SITE")
    private String site = "JP";

    @Option(names = "--app-id", required = true, paramLabel = "GUID")
    private String appId = "";

    @Option(names = "--admin-site", required = true, paramLabel = "URL")
    private String adminSite = "";

    @Option(names = "--console-origin", paramLabel = "URL")
    private @Nullable String consoleOrigin;

    @Option(names = "--xml")
    private boolean xml;

    @Override
    int run(Invocation call) {
        ConsoleSite named = CommandWords.site(site);
        ConsoleOrigin console = consoleOrigin == null ? ConsoleOrigin.of(named) : ConsoleOrigin.parse(consoleOrigin);
        SharePointPermission permission = SharePointPermission.of(console, appId, SharePointAdminSite.parse(adminSite));
        if (call.json()) {
            call.result(Json.object()
                    .put("url", permission.url().toString())
                    .put("appId", permission.appId())
                    .put("appDomain", permission.appDomain())
                    .put("redirectUrl", permission.redirectUrl().toString())
                    .put("permissionXml", permission.permissionXml()));
        } else {
            call.document(xml ? permission.permissionXml() : text(permission, call));
        }
        return Exits.SUCCESS;
    }

    private static String text(SharePointPermission permission, Invocation call) {
        return call.text(
                "sharepoint.text",
                permission.url(),
                permission.appId(),
                permission.appDomain(),
                permission.redirectUrl(),
                permission.permissionXml());
    }
}
