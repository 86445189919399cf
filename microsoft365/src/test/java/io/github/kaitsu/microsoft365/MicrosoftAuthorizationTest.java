package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.contract.AuthorizationServerContract;
import io.github.kaitsu.provision.Mender;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosoftAuthorizationTest extends AuthorizationServerContract {
    private static final String SCOPES_SENT = "https://graph.microsoft.com/Sites.Read.All"
            + " https://graph.microsoft.com/User.Read offline_access openid profile";

    @Override
    protected AuthorizationServer server(URI base) {
        return at(base, MicrosoftAuthorization.builder(CLIENT));
    }

    private static AuthorizationServer at(URI base, MicrosoftAuthorization.Builder builder) {
        return builder.loginUrl(base).graphUrl(base).clock(CLOCK).build();
    }

    @Override
    protected CloudService.Provider provider() {
        return CloudService.Provider.MICROSOFT365;
    }

    @Override
    protected String tokenPath() {
        return "/organizations/oauth2/v2.0/token";
    }

    @Override
    protected Set<String> asked() {
        return Set.of("User.Read", "Sites.Read.All");
    }

    @Override
    protected Set<String> granted() {
        return Set.of("User.Read", "profile", "openid", "email", "offline_access");
    }

    @Override
    protected String tokens() {
        return """
                {"token_type":"Bearer","scope":"https://graph.microsoft.com/User.Read profile openid email",\
                "expires_in":3600,"ext_expires_in":3600,"access_token":"access_secret","refresh_token":"refresh_secret_2",\
                "id_token":"no token","client_info":"!"}""";
    }

    @Override
    protected List<Answer> person() {
        return List.of(
                new Answer(
                        200,
                        "{\"userPrincipalName\":\"u12345@contoso.onmicrosoft.com\",\"mail\":\"Sato@contoso.example\","
                                + "\"proxyAddresses\":[\"SMTP:Sato@contoso.example\",\"smtp:taro@contoso.example\","
                                + "\"SIP:sip@contoso.example\",\"X500:/o=x\",\"smtp:sato@victim.example\"],"
                                + "\"otherMails\":[\"home@example.net\"]}"),
                new Answer(
                        200,
                        "{\"value\":[{\"id\":\"tenant-id\",\"verifiedDomains\":["
                                + "{\"name\":\"contoso.onmicrosoft.com\"},{\"name\":\"Contoso.example\"}]}]}"),
                new Answer(200, "{\"value\":[]}"));
    }

    @Override
    protected List<String> names() {
        return List.of("u12345@contoso.onmicrosoft.com", "sato@contoso.example", "taro@contoso.example");
    }

    /** Not proved: any tenant's administrator may write anybody's address there. */
    @Override
    protected List<String> foreignNames() {
        return List.of("sato@victim.example", "home@example.net", "sip@contoso.example", "/o=x");
    }

    @Override
    protected Map<String, List<String>> scopeForms() {
        String graph = "https://graph.microsoft.com/";
        List<String> forms = List.of(
                "User.Read",
                "user.read",
                graph + "User.Read",
                "HTTPS://Graph.Microsoft.com/user.read",
                "00000003-0000-0000-c000-000000000000/User.Read",
                "profile openid " + graph + "User.Read email");
        return Map.of(
                "User.Read",
                forms,
                graph + "User.Read",
                forms,
                ".default",
                forms,
                graph + ".default",
                forms,
                "offline_access",
                List.of("openid profile"));
    }

    @Override
    protected List<String> issuers() {
        return List.of(
                base() + "/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0",
                "https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0");
    }

    @Override
    protected Map<String, Refusal> refusals() {
        return Map.of("access_denied", Refusal.DENIED, "invalid_grant", Refusal.EXPIRED);
    }

    private void refuse(String error, String description) {
        answer(400, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    // ---- the consent page

    @Test
    void authorizationUrl_asksForACodeInTheQueryWithPkce() {
        assertThat(server().authorizationUrl(question(Optional.of("a@example.com"))))
                .hasToString(base() + "/organizations/oauth2/v2.0/authorize?response_type=code&client_id=" + CLIENT
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fback&state=" + STATE
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2FSites.Read.All"
                        + "%20https%3A%2F%2Fgraph.microsoft.com%2FUser.Read%20offline_access%20openid%20profile"
                        + "&code_challenge=challenge&code_challenge_method=S256"
                        + "&response_mode=query&prompt=consent&login_hint=a%40example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "WORLDWIDE, login.microsoftonline.com, graph.microsoft.com",
        "US_GOVERNMENT, login.microsoftonline.us, graph.microsoft.us",
        "US_DEFENSE, login.microsoftonline.us, dod-graph.microsoft.us",
        "CHINA, login.chinacloudapi.cn, microsoftgraph.chinacloudapi.cn"
    })
    void authorizationUrl_whenTheTenantLivesElsewhere_asksThereForThatCloudsGraph(
            NationalCloud cloud, String login, String graph) {
        URI url = MicrosoftAuthorization.builder(CLIENT)
                .cloud(cloud)
                .tenant("contoso.onmicrosoft.com")
                .build()
                .authorizationUrl(question(Optional.empty()));
        assertThat(url.toString())
                .startsWith("https://" + login + "/contoso.onmicrosoft.com/oauth2/v2.0/authorize?")
                .doesNotContain("login_hint");
        assertThat(parameters(url.getRawQuery()))
                .containsEntry("scope", SCOPES_SENT.replace("graph.microsoft.com", graph));
        assertThat(cloud.login().getHost()).isEqualTo(login);
        assertThat(cloud.graph().getHost()).isEqualTo(graph);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"common", "consumers", "", "a b", "contoso.com/x", "../x", "00000000-0000-0000-0000-00000000000"
            })
    void build_whenTheTenantIsNone_isRefused(String tenant) {
        assertThatThrownBy(() ->
                        MicrosoftAuthorization.builder(CLIENT).tenant(tenant).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- tokens

    @Test
    void redeem_whenTheAppIsAWebApp_sendsItsSecret_andAlwaysTheScopes() throws Exception {
        AuthorizationServer web =
                at(base(), MicrosoftAuthorization.builder(CLIENT).clientSecret(SECRET));
        answer(200, tokens());
        web.redeem(code());
        assertThat(requests().get(0).form())
                .containsEntry("client_secret", SECRET)
                .containsEntry("code_verifier", VERIFIER)
                .containsEntry("scope", SCOPES_SENT);
        assertThat(web.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @EnumSource(NationalCloud.class)
    void redeem_whenTheTenantLivesElsewhere_takesThatCloudsNamesOff(NationalCloud cloud) throws Exception {
        answer(200, tokens().replace("graph.microsoft.com", cloud.graph().getHost()));
        assertThat(at(base(), MicrosoftAuthorization.builder(CLIENT).cloud(cloud))
                        .redeem(code())
                        .scopes())
                .contains("User.Read")
                .noneMatch(scope -> scope.contains("://"));
    }

    @Test
    void refresh_whenNoNewRefreshTokenComes_keepsTheOld() throws Exception {
        answer(200, tokens().replace("\"refresh_token\":\"refresh_secret_2\",", ""));
        assertThat(server().refresh(grant()).refreshToken()).contains("refresh_secret_1");
        assertThat(requests().get(0).form()).containsEntry("scope", SCOPES_SENT);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_grant, AADSTS70008, invalid_grant, EXPIRED",
        "invalid_grant, AADSTS50173, invalid_grant, EXPIRED",
        "invalid_grant, AADSTS53003, AADSTS53003, BLOCKED_BY_POLICY",
        "interaction_required, AADSTS53003, AADSTS53003, BLOCKED_BY_POLICY",
        "invalid_grant, AADSTS50076, AADSTS50076, SIGN_IN_REQUIRED",
        "invalid_grant, AADSTS90094, AADSTS90094, NOT_ADMINISTRATOR"
    })
    void redeem_whenRefused_theWordTellsWhy(String error, String aadsts, String word, Refusal why) {
        refuse(error, aadsts + ": access_secret");
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> server().redeem(code()));
        assertThat(e.code()).contains(word);
        assertThat(server().refusal(word, "")).isEqualTo(why);
    }

    /** Only what says that the grant is gone ends it: its tokens would be deleted. The code is kept in any case. */
    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, AADSTS53003, CUSTOMER, false",
        "400, invalid_grant, AADSTS530034, CUSTOMER, false",
        "400, invalid_grant, AADSTS50105, CUSTOMER, false",
        "400, interaction_required, AADSTS53003, CUSTOMER, false",
        "400, interaction_required, , PERSON, false",
        "400, interaction_required, AADSTS99999, PERSON, false",
        "400, invalid_grant, AADSTS50076, PERSON, false",
        "400, invalid_grant, AADSTS65001, PERSON, false",
        "400, invalid_grant, AADSTS70008, PERSON, true",
        "400, invalid_grant, AADSTS50173, PERSON, true",
        "400, invalid_grant, AADSTS99999, PERSON, true",
        "401, invalid_client, AADSTS7000215, APP_OWNER, false",
        "401, invalid_client, AADSTS7000222, APP_OWNER, false",
        "401, invalid_client, AADSTS99999, APP_OWNER, false",
        "400, invalid_grant, AADSTS7000222, APP_OWNER, false",
        "400, unauthorized_client, AADSTS700016, CUSTOMER, false",
        "401, invalid_client, AADSTS7000229, CUSTOMER, false",
        "400, invalid_request, AADSTS90002, CUSTOMER, false",
        "400, unauthorized_client, AADSTS7000112, UNKNOWN, false",
        "400, unauthorized_client, AADSTS99999, UNKNOWN, false",
        "400, server_error, AADSTS90033, VENDOR, false"
    })
    void refresh_whenRefused_theCodeSaysWhoCanMendIt(
            int status, String error, String code, Mender mender, boolean gone) {
        String text = code == null ? "x" : code + ": Trace ID: 1";
        answer(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + text + "\"}");
        VendorCallException e = catchThrowableOfType(VendorCallException.class, () -> server().refresh(grant()));
        assertThat(e.refusal().map(Refusal::mender)).contains(mender);
        assertThat(e.grantGone()).isEqualTo(gone);
        assertThat(e.authorizationLost()).isEqualTo(mender == Mender.PERSON);
        assertThat(e.detail()).isEqualTo(Optional.ofNullable(code));
        assertThat(e.statement().quote()).isEqualTo(code == null ? error : code);
    }

    // ---- who

    @Test
    void identify_asksGraph_andOnlyAnActiveGlobalAdministratorIsOne() throws Exception {
        answer(200, "{\"userPrincipalName\":\"admin@contoso.example\"}");
        answer(200, "{\"value\":[{\"id\":\"tenant-id\"}]}");
        answer(
                200,
                "{\"value\":[{\"roleTemplateId\":\"x\"},{\"roleTemplateId\":\"62e90394-69f5-4237-9190-012177145e10\"}]}");
        assertThat(server().identify(grant()))
                .isEqualTo(new AuthorizationServer.Identity("admin@contoso.example", "tenant-id", Optional.of(true)));
        assertThat(requests())
                .extracting(Asked::line)
                .containsExactly(
                        "GET /v1.0/me?$select=userPrincipalName,mail,proxyAddresses",
                        "GET /v1.0/organization?$select=id,verifiedDomains",
                        "GET /v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=roleTemplateId");
        assertThat(requests().get(0).headers()).containsEntry("Authorization", "Bearer access_old");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"value\":[]} | false",
                "200 | {\"value\":[{\"roleTemplateId\":\"e8611ab8-c189-46e8-94e1-60213ab1f814\"}]} | false",
                "403 | {\"error\":{\"code\":\"Authorization_RequestDenied\"}} | ",
            })
    void identify_whenNoGlobalAdministrator_saysSo_andWhenNotTold_saysNothing(
            int status, String roles, Boolean administrator) throws Exception {
        answer(200, "{\"userPrincipalName\":\"user@contoso.example\"}");
        answer(200, "{\"value\":[{\"id\":\"tenant-id\"}]}");
        answer(status, roles);
        assertThat(server().identify(grant()).administrator()).isEqualTo(Optional.ofNullable(administrator));
    }

    @Test
    void identify_whenGraphRefuses_saysItsCode() {
        answer(403, "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"access_secret\"}}");
        assertThatThrownBy(() -> server().identify(grant()))
                .hasMessage("GET /v1.0/me: status 403 Authorization_RequestDenied");
    }

    // ---- refusals

    @ParameterizedTest
    @CsvSource({
        "65004, DENIED",
        "90094, NOT_ADMINISTRATOR",
        "90095, NOT_ADMINISTRATOR",
        "90093, NOT_ADMINISTRATOR",
        "900941, NOT_ADMINISTRATOR",
        "900981, NOT_ADMINISTRATOR",
        "53004, BLOCKED_BY_POLICY",
        "530034, BLOCKED_BY_POLICY",
        "53011, BLOCKED_BY_POLICY",
        "500213, BLOCKED_BY_POLICY",
        "7000215, APP",
        "7000222, APP",
        "500112, APP",
        "7000229, TENANT",
        "90072, WRONG_ACCOUNT",
        "50105, BLOCKED_BY_POLICY",
        "50074, SIGN_IN_REQUIRED",
        "50076, SIGN_IN_REQUIRED",
        "50079, SIGN_IN_REQUIRED",
        "53000, BLOCKED_BY_POLICY",
        "53001, BLOCKED_BY_POLICY",
        "53003, BLOCKED_BY_POLICY",
        "530032, BLOCKED_BY_POLICY",
        "50020, WRONG_ACCOUNT",
        "54005, EXPIRED",
        "70000, EXPIRED",
        "70008, EXPIRED",
        "700082, EXPIRED",
        "65001, SIGN_IN_REQUIRED",
        "65005, APP",
        "650052, TENANT",
        "650056, APP",
        "650057, APP",
        "50011, APP",
        "500113, APP",
        "700016, TENANT",
        "90002, TENANT",
        "90038, TENANT",
        "50053, SIGN_IN_REQUIRED",
        "50055, SIGN_IN_REQUIRED",
        "50057, SIGN_IN_REQUIRED",
        "50126, SIGN_IN_REQUIRED"
    })
    void refusal_isTheCodesMeaning_whereverItStands(String code, Refusal meaning) {
        for (String error : List.of("server_error", "access_denied", "invalid_grant", "who_knows")) {
            assertThat(server().refusal(error, "AADSTS" + code + ": text"))
                    .as(error)
                    .isEqualTo(meaning);
        }
        assertThat(server().refusal("AADSTS" + code, "")).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, '', DENIED",
        "access_denied, AADSTS90094: admin needed, NOT_ADMINISTRATOR",
        "access_denied, AADSTS99999: new, OTHER",
        "access_denied, The person said no, DENIED",
        "permission_denied, The admin canceled the request, DENIED",
        "permission_denied, AADSTS90093: no right, NOT_ADMINISTRATOR",
        "permission_denied, AADSTS99999: new, OTHER",
        "interaction_required, '', SIGN_IN_REQUIRED",
        "interaction_required, AADSTS53003: policy, BLOCKED_BY_POLICY",
        "access_denied, AADSTS99999: new. AADSTS90094: known, NOT_ADMINISTRATOR",
        "invalid_grant, '', EXPIRED",
        "server_error, '', PASSING",
        "'', '', OTHER"
    })
    void refusal_whenTheCodeSaysNothing_isTheErrors(String error, String description, Refusal meaning) {
        assertThat(server().refusal(error, description)).isEqualTo(meaning);
    }

    @Test
    void revoke_isNothingMicrosoftKnows_andSaysSo() {
        assertThat(server().canRevoke()).isFalse();
        assertThat(catchThrowableOfType(VendorCallException.class, () -> server().revoke(grant()))
                        .code())
                .contains("no_revocation");
    }
}
