package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Right;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppPermissionRequestsTest {
    private static final String XML = manual();

    private static String manual() {
        try (InputStream in =
                AppPermissionRequestsTest.class.getResourceAsStream("/manuals/permission-microsoft365.xml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void m365_8_whenTheXmlIsWritten_itIsTheManualsByteForByte() {
        assertThat(AppPermissionRequests.tmcas().toXml()).isEqualTo(XML).endsWith("</AppPermissionRequests>");
        assertThat(AppPermissionRequests.tmcas().toXml()).isEqualTo("""
                        <AppPermissionRequests AllowAppOnlyPolicy="true">
                          <AppPermissionRequest Scope="http://sharepoint/content/tenant" Right="Manage" />
                        </AppPermissionRequests>""");
    }

    @Test
    void m365_8_whenTheManualsXmlIsReadBack_itIsTheSame() {
        assertThat(AppPermissionRequests.parse(XML)).isEqualTo(AppPermissionRequests.tmcas());
        assertThat(AppPermissionRequests.parse(XML.replace("\n  ", "").replace(" />", "/>")))
                .isEqualTo(AppPermissionRequests.tmcas());
        assertThat(AppPermissionRequests.parse("<?xml version=\"1.0\"?>\r\n" + XML.replace("\n", "\r\n") + "\r\n"))
                .isEqualTo(AppPermissionRequests.tmcas());
        assertThat(AppPermissionRequests.parse(XML.replace("\"true\"", "'1'")))
                .isEqualTo(AppPermissionRequests.tmcas());
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void m365_8_whenAScopeKnowsARight_theyRoundTrip(Scope scope) {
        for (Right right : Right.values()) {
            AppPermissionRequests requests =
                    AppPermissionRequests.builder().request(scope, right).build();
            assertThat(AppPermissionRequests.parse(requests.toXml())).isEqualTo(requests);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "content/sitecollection, Elevate",
        "content/tenant, QueryAsUserIgnoreAppPrincipal",
        "search, QueryAsUserIgnoreAppPrincipal",
        "taxonomy, Read",
        "projectserver, Manage"
    })
    void m365_8_whenAScopeOrARightIsNotOfContent_itIsRefused(String scope, String right) {
        assertRefused(
                () -> AppPermissionRequests.parse(
                        XML.replace("content/tenant", scope).replace("Manage", right)),
                scope);
    }

    @Test
    void m365_8_whenSeveralScopesAreRequested_theyKeepTheirOrder() {
        AppPermissionRequests requests = AppPermissionRequests.builder()
                .allowAppOnlyPolicy(true)
                .request(Scope.WEB, Right.READ)
                .request(Scope.TENANT, Right.WRITE)
                .build();

        assertThat(AppPermissionRequests.parse(requests.toXml())).isEqualTo(requests);
        assertThat(requests.toXml().lines()).hasSize(4);
    }

    @Test
    void m365_8_whenNothingOrTheSameIsRequestedTwice_itIsRefused() {
        assertRefused(() -> AppPermissionRequests.builder().build(), "Nothing");
        assertRefused(
                () -> AppPermissionRequests.parse("<AppPermissionRequests AllowAppOnlyPolicy=\"true\"/>"), "Nothing");
        assertRefused(
                () -> AppPermissionRequests.builder()
                        .request(Scope.TENANT, Right.READ)
                        .request(Scope.TENANT, Right.MANAGE)
                        .build(),
                "http://sharepoint/content/tenant");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content/tenant | content/Tenant",
                "content/tenant | content/tenant/",
                "http://sharepoint | https://sharepoint",
                "Manage | manage",
                "Manage | 'Manage '",
                "Manage | Owner",
                "Right= | right=",
                "Right= | Extra='' Right=",
                "Right= | xml:lang='en' Right=",
                "' Right=\"Manage\"' | ''",
                "Scope= | Scop=",
                "AllowAppOnlyPolicy | AllowAppOnly",
                "\"true\" | \"TRUE\"",
                "\"true\" | \"yes\"",
                "\"true\" | \"\"",
                "AppPermissionRequests | appPermissionRequests",
                "AppPermissionRequest Scope | AppPermission Scope",
                "<AppPermissionRequests | <AppPermissionRequests xmlns='http://schemas.microsoft.com/sharepoint/2012/app/manifest'",
                "<AppPermissionRequest Scope | <x:AppPermissionRequest xmlns:x='urn:x' Scope",
                "/> | ><Property Name='BaseTemplateId' Value='101'/></AppPermissionRequest>",
                "/> | ><Property/></AppPermissionRequest>",
                "/> | ><x:Property xmlns:x='urn:x'/></AppPermissionRequest>",
                "/> | ><Other/></AppPermissionRequest>",
                "/> | ><AppPermissionRequest/></AppPermissionRequest>",
                "/> | >text</AppPermissionRequest>",
                "/> | /> text",
                "/> | /><!-- comment -->",
                "/> | /><?php x?>",
                "/> | /><![CDATA[x]]>",
                "</AppPermissionRequests> | ''",
                "</AppPermissionRequests> | </AppPermissionRequests><AppPermissionRequests/>",
                "</AppPermissionRequests> | </AppPermissionRequests>x",
                "<AppPermissionRequests | x<AppPermissionRequests"
            })
    void m365_8_whenTheXmlHoldsWhatSharePointWouldIgnore_itIsRefused(String genuine, String other) {
        assertThat(XML).contains(genuine);

        assertRefused(() -> AppPermissionRequests.parse(XML.replace(genuine, other)), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u3000", "\uFEFF", "\u00A0", "\u0000", "\u2028"})
    void m365_8_whenSomethingThatOnlyLooksLikeASpaceWasPasted_itIsRefused(String space) {
        assertRefused(() -> AppPermissionRequests.parse(space + XML), "");
        assertRefused(() -> AppPermissionRequests.parse(XML + space), "");
        assertRefused(() -> AppPermissionRequests.parse(XML.replace("\"true\"", "\"true" + space + "\"")), "");
    }

    @Test
    void m365_8_whenTheXmlIsOfAVersionThatSharePointDoesNotRead_itIsRefused() {
        assertRefused(() -> AppPermissionRequests.parse("<?xml version=\"1.1\"?>" + XML), "");
    }

    @Test
    void m365_8_whenSomethingIsUnknown_theRefusalNamesIt() {
        assertRefused(() -> AppPermissionRequests.parse(XML.replace("Manage", "Owner")), "\"Owner\"");
        assertRefused(() -> AppPermissionRequests.parse(XML.replace("content/tenant", "x")), "\"http://sharepoint/x\"");
        assertRefused(() -> AppPermissionRequests.parse("<html/>"), "\"html\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "<", "<a", "\u0000", "{}", "<AppPermissionRequests", "<?xml version='1.0'?>"})
    void m365_8_whenTheTextIsNoXml_itIsRefused(String text) {
        assertRefused(() -> AppPermissionRequests.parse(text), "");
    }

    @Test
    void m365_8_whenTheXmlIsHuge_itIsRefused() {
        assertRefused(() -> AppPermissionRequests.parse(XML + " ".repeat(20_000)), "too long");
        assertRefused(() -> AppPermissionRequests.parse("<a>".repeat(6_000)), "");
    }

    @Test
    void m365_8_whenTheXmlReachesForAFile_nothingIsRead(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "Manage");

        assertRefused(
                () -> AppPermissionRequests.parse("<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n"
                        + XML.replace(" />", ">&x;</AppPermissionRequest>")),
                "DOCTYPE");
    }

    @Test
    void m365_8_whenTheXmlReachesForAServer_nothingIsAsked() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                    + server.getAddress().getPort() + "/x.dtd";
            for (String type : List.of(
                    "<!DOCTYPE a SYSTEM \"" + url + "\">",
                    "<!DOCTYPE a PUBLIC \"x\" \"" + url + "\">",
                    "<!DOCTYPE a [<!ENTITY % x SYSTEM \"" + url + "\"> %x;]>",
                    "<?xml-stylesheet href=\"" + url + "\"?>")) {
                assertRefused(() -> AppPermissionRequests.parse(type + XML), "");
            }
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void m365_8_whenEntitiesWouldGrowWithoutEnd_theyAreRefused() {
        String lol = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";

        assertRefused(() -> AppPermissionRequests.parse(lol + XML.replace("Manage", "&b;")), "DOCTYPE");
        assertRefused(() -> AppPermissionRequests.parse(XML.replace("Manage", "&unknown;")), "");
    }

    private static void assertRefused(ThrowingCallable call, String part) {
        KaitsuException e = catchThrowableOfType(KaitsuException.class, call);
        assertThat(e).isNotNull();
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PERMISSION_XML);
        assertThat(e.message(Locale.ENGLISH)).contains(part);
        assertThat(List.of(e.message(Locale.JAPANESE), e.nextStep(Locale.JAPANESE), e.nextStep(Locale.ENGLISH)))
                .allMatch(text -> !text.contains("{"));
    }
}
