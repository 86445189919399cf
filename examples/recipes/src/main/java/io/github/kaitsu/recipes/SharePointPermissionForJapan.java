package io.github.kaitsu.recipes;

import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.microsoft365.SharePointAdminSite;
import io.github.kaitsu.microsoft365.SharePointPermission;
import java.io.PrintStream;

/** The page and the values that give Teams protection its permission in SharePoint, for a console in Japan (M365-5 to M365-8). */
public final class SharePointPermissionForJapan {
    private SharePointPermissionForJapan() {}

    public static void main(String... args) {
        run(System.out);
    }

    static void run(PrintStream out) {
        SharePointPermission permission = SharePointPermission.of(
                ConsoleSite.JP,
                "5f2c8a10-3c1d-4b7e-9a55-0d6c2f1e7b34", // of the row Microsoft Teams in the console's service accounts
                SharePointAdminSite.parse("https://example-admin.sharepoint.com"));

        out.println("open            " + permission.url());
        out.println("アプリID         " + permission.appId());
        out.println("アプリドメイン     " + permission.appDomain());
        out.println("リダイレクト先のURL " + permission.redirectUrl());
        out.println(permission.permissionXml());
    }
}
