package io.github.kaitsu.browser.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is pressed anywhere but on the hosts that are the console's or the provider's. */
class PlacesTest {
    private final Places places = new Places(UnaryOperator.identity());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clp.trendmicro.com",
                "admin.tmcas.trendmicro.co.jp",
                "admin-eu.tmcas.trendmicro.com",
                "admin.tmcas.trendmicro.com.sg"
            })
    void theConsole(String authority) {
        assertThat(places.isConsole(authority)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin.tmcas.trendmicro.co.jp.evil.example",
                "tmcas.trendmicro.example",
                "evil-tmcas.trendmicro.com",
                "clp.trendmicro.com.evil.example",
                "admin.tmcas.trendmicro.co.jp@evil.example",
                "null",
                ""
            })
    void notTheConsole(String authority) {
        assertThat(places.isConsole(authority)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "BOX,app.box.com,true",
        "BOX,example.app.box.com,true",
        "BOX,app.box.com.evil.example,false",
        "BOX,www.dropbox.com,false",
        "DROPBOX,www.dropbox.com,true",
        "DROPBOX,dropbox.com.evil.example,false",
        "GOOGLE,accounts.google.com,true",
        "GOOGLE,sites.google.com,false",
        "MICROSOFT365,login.microsoftonline.com,true",
        "MICROSOFT365,login.microsoftonline.com.evil.example,false"
    })
    void aProvider(CloudService.Provider provider, String authority, boolean is) {
        assertThat(places.isOf(provider, authority)).isEqualTo(is);
    }

    @ParameterizedTest
    @CsvSource({
        "example-admin.sharepoint.com,true",
        "login.microsoftonline.com,true",
        "other-admin.sharepoint.com,false",
        "example-admin.sharepoint.com.evil.example,false"
    })
    void theSharePointSiteThatWasNamed(String authority, boolean is) {
        URI link = URI.create("https://example-admin.sharepoint.com/_layouts/15/AppInv.aspx");

        assertThat(places.isSharePoint(link, authority)).isEqualTo(is);
    }
}
