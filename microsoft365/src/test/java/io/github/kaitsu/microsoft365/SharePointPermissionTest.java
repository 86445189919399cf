package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleOrigin;
import io.github.kaitsu.console.ConsoleSite;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharePointPermissionTest {
    private static final String APP_ID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    private static final SharePointAdminSite SITE = SharePointAdminSite.parse("https://example-admin.sharepoint.com");

    @Test
    void m365_7_whenTheSiteIsJapans_theValuesAreTheManuals() {
        SharePointPermission permission = SharePointPermission.of(ConsoleSite.JP, APP_ID, SITE);

        assertThat(permission.url())
                .isEqualTo(URI.create("https://example-admin.sharepoint.com/_layouts/15/AppInv.aspx"));
        assertThat(permission.appId()).isEqualTo(APP_ID);
        assertThat(permission.appDomain()).isEqualTo("tmcas.trendmicro.com");
        assertThat(permission.redirectUrl())
                .isEqualTo(URI.create("https://admin.tmcas.trendmicro.co.jp/provision.html"));
        assertThat(permission.permissionXml())
                .isEqualTo(AppPermissionRequests.tmcas().toXml());
    }

    @Test
    void m365_7_whenTheSitesAddressIsNotAttested_theConsolesOwnIsNeeded() {
        assertThatThrownBy(() -> SharePointPermission.of(ConsoleSite.US, APP_ID, SITE))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONSOLE_ORIGIN));
        assertThat(SharePointPermission.of(ConsoleOrigin.parse("https://admin.tmcas.trendmicro.com"), APP_ID, SITE)
                        .redirectUrl())
                .isEqualTo(URI.create("https://admin.tmcas.trendmicro.com/provision.html"));
    }

    @Test
    void m365_6_whenTheAppIdIsAGuid_itsCaseIsNormalised() {
        assertThat(SharePointPermission.of(ConsoleSite.JP, " " + APP_ID.toUpperCase(Locale.ROOT) + "\n", SITE)
                        .appId())
                .isEqualTo(APP_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Trend Micro Cloud App Security",
                "00000000-0000-0000-0000-000000000000",
                "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}",
                "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f",
                "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0a",
                "1-1-1-1-1",
                "gf1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
                "０f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
                "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0\n0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
            })
    void m365_6_whenTheAppIdIsNoGuidOrNil_itIsRefused(String appId) {
        assertThatThrownBy(() -> SharePointPermission.of(ConsoleSite.JP, appId, SITE))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_APP_ID));
    }
}
