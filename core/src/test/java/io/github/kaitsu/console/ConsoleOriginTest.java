package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.net.URI;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleOriginTest {
    @ParameterizedTest
    @CsvSource({
        "JP, https://admin.tmcas.trendmicro.co.jp/provision.html",
        "EU, https://admin-eu.tmcas.trendmicro.com/provision.html",
        "UK, https://admin.tmcas.trendmicro.co.uk/provision.html",
        "CA, https://admin-ca.tmcas.trendmicro.com/provision.html",
        "SG, https://admin.tmcas.trendmicro.com.sg/provision.html",
        "IN, https://admin-in.tmcas.trendmicro.com/provision.html"
    })
    void m365_7_whenTheSiteIsAttested_theRedirectUrlIsTheManuals(ConsoleSite site, URI redirectUrl) {
        assertThat(ConsoleOrigin.of(site).redirectUrl()).isEqualTo(redirectUrl);
    }

    @ParameterizedTest
    @EnumSource(names = {"US", "AU"})
    void m365_7_whenTheManualsRowIsDefective_theAddressBarIsAskedFor(ConsoleSite site) {
        assertThatThrownBy(() -> ConsoleOrigin.of(site)).isInstanceOfSatisfying(KaitsuException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONSOLE_ORIGIN);
            assertThat(e.message(Locale.JAPANESE)).contains(site.name());
            assertThat(e.nextStep(Locale.JAPANESE)).contains("アドレスバー");
            assertThat(e.nextStep(Locale.ENGLISH)).contains("address bar");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "https://admin.tmcas.trendmicro.com, https://admin.tmcas.trendmicro.com",
        "https://admin-au.tmcas.trendmicro.com/, https://admin-au.tmcas.trendmicro.com",
        "' HTTPS://Admin.TMCAS.TrendMicro.co.jp ', https://admin.tmcas.trendmicro.co.jp",
        "https://tmcas.trendmicro.com, https://tmcas.trendmicro.com"
    })
    void m365_7_whenTheHostIsTheVendors_theOriginIsTaken(String text, URI origin) {
        assertThat(ConsoleOrigin.parse(text).uri()).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin.tmcas.trendmicro.co.jp",
                "http://admin.tmcas.trendmicro.co.jp",
                "https://admin.tmcas.trendmicro.co.jp:443",
                "https://user@admin.tmcas.trendmicro.co.jp",
                "https://admin.tmcas.trendmicro.co.jp/provision.html",
                "https://admin.tmcas.trendmicro.co.jp//",
                "https://admin.tmcas.trendmicro.co.jp?x",
                "https://admin.tmcas.trendmicro.co.jp/#/",
                "https://admin.tmcas.trendmicro.co.jp.example.com",
                "https://example.com/admin.tmcas.trendmicro.co.jp",
                "https://eviltmcas.trendmicro.com",
                "https://admin.tmcas.trendmicro.de",
                "https://trendmicro.com",
                "https://.tmcas.trendmicro.com",
                "https://-.tmcas.trendmicro.com",
                "https://admin.tmcas.trendm\u0131cro.com",
                "https://admin.tmcas.trendmicro.com\u212A",
                "https://ad\u212Ain.tmcas.trendmicro.com",
                "https://admin。tmcas.trendmicro.com",
                "https://admin.tmcas.trendmicro.com\\@example.com",
                "https://admin.tmcas.trendmicro.com\n" + "https://example.com"
            })
    void m365_7_whenTheAddressIsAnythingElse_itIsRefused(String text) {
        assertThatThrownBy(() -> ConsoleOrigin.parse(text))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONSOLE_ORIGIN));
    }

    @Test
    void m365_7_whenAnOriginIsMadeByHand_itIsCheckedToo() {
        assertThatThrownBy(() -> new ConsoleOrigin(URI.create("https://example.com")))
                .isInstanceOf(KaitsuException.class);
    }

    @Property(tries = 300)
    void m365_7_whenTextIsArbitrary_nothingButARefusalComesOfIt(@ForAll String text) {
        assertThatThrownBy(() -> ConsoleOrigin.parse("https://" + text)).isInstanceOf(KaitsuException.class);
    }
}
