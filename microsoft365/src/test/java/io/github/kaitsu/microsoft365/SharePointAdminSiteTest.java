package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharePointAdminSiteTest {
    @ParameterizedTest
    @CsvSource({
        "https://example-admin.sharepoint.com, https://example-admin.sharepoint.com",
        "' https://Example-Admin.SharePoint.com/ ', https://example-admin.sharepoint.com",
        "https://a-b-admin.sharepoint.us, https://a-b-admin.sharepoint.us",
        "https://1-admin.sharepoint.cn/, https://1-admin.sharepoint.cn"
    })
    void m365_5_whenTheHostIsAnAdminCentres_itIsTaken(String text, URI uri) {
        assertThat(SharePointAdminSite.parse(text).uri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example-admin.sharepoint.com",
                "http://example-admin.sharepoint.com",
                "https://example.sharepoint.com",
                "https://-admin.sharepoint.com",
                "https://admin.sharepoint.com",
                "https://x.example-admin.sharepoint.com",
                "https://example-admin.sharepoint.com.example.com",
                "https://example.com/x-admin.sharepoint.com",
                "https://example-admin.sharepoint.com:443",
                "https://example-admin.sharepoint.com:",
                "https://user@example-admin.sharepoint.com",
                "https://example-admin.sharepoint.com@example.com",
                "https://example-admin.sharepoint.com/_layouts/15/AppInv.aspx",
                "https://example-admin.sharepoint.com//",
                "https://example-admin.sharepoint.com?x",
                "https://example-admin.sharepoint.com#x",
                "https://example-admin.sharepoint.com.",
                "https://example-admin.sharepoint.de",
                "https://example-admin.sharepoint-mil.us",
                "https://example-admin.sharep\u043Eint.com", // a Cyrillic o
                "https://example-admin.sharepo\u0131nt.com", // a dotless i
                "https://example-admin.sharepoint.com\u200B",
                "https://exam\u212Ale-admin.sharepoint.com", // the Kelvin sign, which lower-cases to k
                "https://xn--exmple-cua-admin.sharepoint.com",
                "https://example-admin。sharepoint.com",
                "https://example-admin.sharepoint.com\nhttps://example.com",
                "https://example-admin.sharepoint.com\\@example.com"
            })
    void m365_5_whenTheAddressIsAnythingElse_itIsRefused(String text) {
        assertThatThrownBy(() -> SharePointAdminSite.parse(text))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ADMIN_SITE));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.sharepoint.com, https://example-admin.sharepoint.com",
        "https://example.sharepoint.com/, https://example-admin.sharepoint.com",
        "https://Example.sharepoint.us, https://example-admin.sharepoint.us",
        "https://example.sharepoint.cn, https://example-admin.sharepoint.cn"
    })
    void m365_5_whenTheRootSiteIsKnown_adminFollowsItsFirstLabel(URI root, URI admin) {
        assertThat(SharePointAdminSite.fromRootSite(root).uri()).isEqualTo(admin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example-admin.sharepoint.com",
                "https://example-my.sharepoint.com",
                "https://example.sharepoint.com/sites/a",
                "http://example.sharepoint.com",
                "https://portal.example.com",
                "https://user@example.sharepoint.com",
                "https://example.sharepoint.com:443",
                "https://example.sharepoint.com.example.com"
            })
    void m365_5_whenTheAddressIsNoRootSite_nothingIsDerived(URI root) {
        assertThatThrownBy(() -> SharePointAdminSite.fromRootSite(root)).isInstanceOf(KaitsuException.class);
    }

    @Test
    void m365_4_whenThePageIsOpened_itIsTheAdminCentresAppInv() {
        assertThat(SharePointAdminSite.parse("https://example-admin.sharepoint.com")
                        .appInvUrl())
                .isEqualTo(URI.create("https://example-admin.sharepoint.com/_layouts/15/AppInv.aspx"));
    }

    @Test
    void m365_10_whenTheGrantIsLookedFor_bothPagesAreKnown() {
        SharePointAdminSite site = SharePointAdminSite.parse("https://example-admin.sharepoint.com/");

        assertThat(site.allAppPrincipalsUrl())
                .isEqualTo(URI.create("https://example-admin.sharepoint.com/_layouts/15/TA_AllAppPrincipals.aspx"));
        assertThat(site.appPrincipalsUrl())
                .isEqualTo(URI.create("https://example-admin.sharepoint.com/_layouts/15/appprincipals.aspx"));
    }

    @Test
    void m365_5_whenASiteIsMadeByHand_itIsCheckedToo() {
        assertThatThrownBy(() -> new SharePointAdminSite(URI.create("https://example.com")))
                .isInstanceOf(KaitsuException.class);
    }
}
