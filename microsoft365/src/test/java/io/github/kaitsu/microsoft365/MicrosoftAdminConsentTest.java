package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.microsoft365.MicrosoftAdminConsent.Result;
import io.github.kaitsu.vendor.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosoftAdminConsentTest {
    private static final String CLIENT = "5a4db0c5-0c5a-4c5a-8b0c-5a4db0c50c5a";
    private static final String TENANT = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final String STATE = "0123456789abcdef012345";
    private static final URI BACK = URI.create("https://portal.example/back");
    private static final Result MISMATCH = new Result.StateMismatch();

    private final MicrosoftAdminConsent consent = MicrosoftAdminConsent.of(CLIENT, "contoso.onmicrosoft.com");

    @Test
    void url_asksForScopesOfGraphInOneTenant() {
        assertThat(consent.url(Set.of("User.Read", "Sites.Read.All"), BACK, STATE))
                .hasToString("https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0/adminconsent?client_id="
                        + CLIENT + "&scope=https%3A%2F%2Fgraph.microsoft.com%2FSites.Read.All"
                        + "%20https%3A%2F%2Fgraph.microsoft.com%2FUser.Read"
                        + "&redirect_uri=https%3A%2F%2Fportal.example%2Fback&state=" + STATE);
    }

    @ParameterizedTest
    @CsvSource({
        "WORLDWIDE, login.microsoftonline.com, graph.microsoft.com",
        "US_GOVERNMENT, login.microsoftonline.us, graph.microsoft.us",
        "US_DEFENSE, login.microsoftonline.us, dod-graph.microsoft.us",
        "CHINA, login.chinacloudapi.cn, microsoftgraph.chinacloudapi.cn"
    })
    void url_whenTheTenantLivesElsewhere_leadsThere(NationalCloud cloud, String login, String graph) {
        assertThat(MicrosoftAdminConsent.of(CLIENT, TENANT)
                        .in(cloud)
                        .url(Set.of(".default"), BACK, STATE)
                        .toString())
                .startsWith("https://" + login + "/" + TENANT + "/v2.0/adminconsent?")
                .contains("&scope=https%3A%2F%2F" + graph + "%2F.default&");
    }

    @Test
    void url_whenTheSandboxIsAsked_leadsToThisMachine_andNowhereElseInClearText() {
        assertThat(consent.loginUrl(URI.create("http://127.0.0.1:4000"))
                        .url(Set.of("https://api.example/x"), BACK, STATE)
                        .toString())
                .startsWith("http://127.0.0.1:4000/contoso.onmicrosoft.com/v2.0/adminconsent?")
                .contains("&scope=https%3A%2F%2Fapi.example%2Fx&");
        assertThatThrownBy(() -> consent.loginUrl(URI.create("http://login.example")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "common",
                "organizations",
                "consumers",
                "",
                "contoso",
                "a/b.com",
                "contoso.com?x",
                "0f8fad5b-d9cb",
                "-a.com"
            })
    void of_whenTheTenantIsNeitherIdNorDomain_isRefused(String tenant) {
        assertThatThrownBy(() -> MicrosoftAdminConsent.of(CLIENT, tenant))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant");
    }

    @Test
    void url_whenAPartIsMissingOrUnsafe_isRefused() {
        Set<String> scopes = Set.of("User.Read");
        assertThatThrownBy(() -> consent.url(scopes, BACK, "short")).hasMessageContaining("state");
        assertThatThrownBy(() -> consent.url(Set.of(), BACK, STATE)).hasMessageContaining("scopes");
        assertThatThrownBy(() -> consent.url(scopes, URI.create("http://portal.example/"), STATE))
                .hasMessageContaining("redirectUri");
        assertThatThrownBy(() -> MicrosoftAdminConsent.of(" ", TENANT)).hasMessageContaining("client id");
    }

    @Test
    void read_whenAScopeComesTwice_itIsOne() {
        assertThat(read("admin_consent=True&tenant=00000000-0000-0000-0000-000000000001&scope=a+b+a&state=" + STATE))
                .isEqualTo(new Result.Claimed("00000000-0000-0000-0000-000000000001", Set.of("a", "b")));
    }

    private static Result read(String query) {
        return MicrosoftAdminConsent.read(query, STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://portal.example/back?", "  https://portal.example/back?x=1&", "/back?"})
    void read_whenConsented_saysSo_fromAddressOrQuery(String before) {
        assertThat(read(before + "admin_consent=True&tenant=" + TENANT
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2FUser.Read+b&state=" + STATE + " \n"))
                .isEqualTo(new Result.Claimed(TENANT, Set.of("https://graph.microsoft.com/User.Read", "b")));
    }

    @Test
    void read_whenConsentedWithoutScopes_saysSo() {
        assertThat(read("admin_consent=true&tenant=" + TENANT + "&state=" + STATE))
                .isEqualTo(new Result.Claimed(TENANT, Set.of()));
    }

    /** As the code flow's answers, by the same reader. */
    @ParameterizedTest
    @ValueSource(strings = {"%s", "<%s>", "「%s」。", "> %s", "URL: %s.", "同意後のURL：\n\n%s\n\nよろしくお願いします。"})
    void read_whenPasted_wrappedAnywhere_isTheSame(String around) {
        String answer = BACK + "?admin_consent=True&tenant=" + TENANT + "&scope=a+b&state=" + STATE;
        for (int at = 1; at < answer.length(); at++) {
            for (String wrap : List.of("\n", "\r\n  ", "\n> ")) {
                String text = around.formatted(answer.substring(0, at) + wrap + answer.substring(at));
                assertThat(read(text)).as(text).isEqualTo(new Result.Claimed(TENANT, Set.of("a", "b")));
                assertThat(read(text.replace("&", "&amp;"))).as(text).isEqualTo(read(answer));
            }
        }
    }

    /** What the tenant says counts, whatever the address said. */
    @Test
    void confirm_readsTheGrantFromTheTenant() throws Exception {
        MicrosoftAdminConsent own = MicrosoftAdminConsent.of(FakeApp.appId(1), GraphServer.TENANT);
        Result.Claimed claim = new Result.Claimed(GraphServer.TENANT, Set.of("Directory.ReadWrite.All"));
        try (GraphServer graph = new GraphServer()) {
            graph.apps(FakeApp.of(2, "User.Read"));
            assertThat(own.confirm(claim, graph.connection())).isEqualTo(new Result.Refused(Refusal.OTHER, ""));
            graph.apps(FakeApp.of(1).withForOneUser("Mail.Read"));
            assertThat(own.confirm(claim, graph.connection())).isEqualTo(new Result.Refused(Refusal.OTHER, ""));
            graph.apps(FakeApp.of(1, "User.Read", "Files.Read.All").withForOneUser("Mail.Read"));
            assertThat(own.confirm(claim, graph.connection()))
                    .isEqualTo(new Result.Granted(GraphServer.TENANT, Set.of("User.Read", "Files.Read.All")));
            assertThat(own.confirm(new Result.Claimed(TENANT, Set.of()), graph.connection()))
                    .isEqualTo(new Result.Refused(Refusal.WRONG_ACCOUNT, ""));
        }
    }

    /** Microsoft sends admin_consent=True on failure too. */
    @ParameterizedTest
    @CsvSource({
        "error=access_denied&error_description=AADSTS65004%3A+declined, DENIED, AADSTS65004",
        "error=access_denied&error_subcode=cancel, DENIED, access_denied",
        "error=permission_denied&error_description=AADSTS90094%3A+no, NOT_ADMINISTRATOR, AADSTS90094",
        "error=access_denied&error_description=AADSTS53003, BLOCKED_BY_POLICY, AADSTS53003",
        "error=invalid_request&error_description=AADSTS50020, WRONG_ACCOUNT, AADSTS50020",
        "error=server_error, PASSING, server_error",
        "error=permission_denied&error_description=The+admin+canceled+the+request, DENIED, permission_denied",
        "error=access_denied&error_description=AADSTS900941%3A+risky, NOT_ADMINISTRATOR, AADSTS900941",
        "error=access_denied&error_description=AADSTS99999%3A+new, OTHER, AADSTS99999",
        "error=unauthorized_client&error_description=AADSTS650056, APP, AADSTS650056",
        "error=%3Cscript%3Ealert(1)%3C/script%3E, OTHER, ''",
        "error=, OTHER, ''"
    })
    void read_whenItFailed_isRefusedWhateverElseItSays(String error, Refusal refusal, String code) {
        assertThat(read("admin_consent=True&tenant=" + TENANT + "&" + error + "&state=" + STATE))
                .isEqualTo(new Result.Refused(refusal, code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin_consent=False&tenant=" + TENANT,
                "tenant=" + TENANT,
                "admin_consent=True",
                "admin_consent=True&tenant=common",
                "admin_consent=True&tenant=%3Cscript%3E"
            })
    void read_whenItIsNeitherConsentNorError_isNoConsent(String query) {
        assertThat(read(query + "&state=" + STATE)).isEqualTo(new Result.Refused(Refusal.OTHER, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "admin_consent=True&tenant=" + TENANT,
                "admin_consent=True&tenant=" + TENANT + "&state=",
                "admin_consent=True&tenant=" + TENANT + "&state=" + STATE + "6",
                "error=access_denied&state=0",
                "state=" + STATE + "&state=" + STATE,
                "state=0&admin_consent=True&tenant=" + TENANT + "&state=" + STATE,
                "admin_consent=True&tenant=" + TENANT + "&state=" + STATE + "&x=%ZZ"
            })
    void read_whenTheStateIsNotOurs_knowsNothing(String query) {
        assertThat(read(query)).isEqualTo(MISMATCH);
    }

    @Test
    void read_whenItIsEndless_knowsNothing() {
        assertThat(read("state=" + STATE + "&x=" + "x".repeat(20_000))).isEqualTo(MISMATCH);
    }
}
