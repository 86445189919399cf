package io.github.kaitsu.sandbox;

import static io.github.kaitsu.sandbox.CheckedCalls.json;
import static io.github.kaitsu.sandbox.OwnAppCalls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the sandbox can be told to go wrong between a person, an own application and the four vendors. */
class OwnAppTroubleTest {
    private static final String REDIRECT = "http://127.0.0.1:4711/callback";

    @TempDir
    Path folder;

    // ---- at the page

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void consent_whenThePersonDenies_onlyThisOneIsDenied(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            sandbox.faults().nextConsent(provider, new ConsentFault.Denied());
            assertThat(consent(app, person))
                    .containsEntry("error", "access_denied")
                    .containsEntry("state", "s&t")
                    .doesNotContainKey("code");
            assertThat(consent(app, person)).containsKey("code").doesNotContainKey("error");
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void consent_whenFewerScopesAreGranted_theTokenIsGoodForThoseOnly(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            String withheld = provider == CloudService.Provider.BOX ? "manage_groups" : last(app.usualScopes());
            sandbox.faults().nextConsent(provider, new ConsentFault.FewerScopes(Set.of(withheld)));
            Map<String, String> back = consent(app, new ScriptedPerson(sandbox, "sato"));
            if (provider == CloudService.Provider.MICROSOFT365) {
                assertThat(granted(app, back).get("scope").asText()).isEqualTo("openid profile");
            } else if (provider == CloudService.Provider.BOX) {
                String access = granted(app, back).get("access_token").asText();
                BoxCalls box = new BoxCalls(sandbox);
                box.token = access;
                assertThat(box.call("/2.0/groups", "").statusCode()).isEqualTo(403);
                assertThat(box.call("/2.0/users?limit=1", "").statusCode()).isEqualTo(200);
            } else {
                assertThat(granted(app, back).get("scope").asText())
                        .doesNotContain(withheld)
                        .contains(app.usualScopes()[app.usualScopes().length - 2]);
            }
        }
    }

    @Test
    void consent_whenNoAdministratorOrBlocked_eachVendorSaysSoItsWay() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            for (CloudService.Provider provider : CloudService.Provider.values()) {
                OwnAppCalls app = new OwnAppCalls(sandbox, provider);
                sandbox.faults()
                        .nextConsent(provider, new ConsentFault.NotAdministrator())
                        .nextConsent(provider, new ConsentFault.BlockedByPolicy());
                URI address = app.authorize(with(app.asking(app.usualScopes()), "redirect_uri", REDIRECT));
                Optional<URI> first = person.consent(address);
                Optional<URI> second = person.consent(address);
                switch (provider) {
                    case MICROSOFT365 -> {
                        assertThat(query(first.orElseThrow()).get("error_description"))
                                .startsWith("AADSTS90094");
                        assertThat(query(second.orElseThrow()).get("error_description"))
                                .startsWith("AADSTS53003");
                    }
                    case GOOGLE -> {
                        assertThat(first).isEmpty();
                        assertThat(second).isEmpty();
                    }
                    case BOX, DROPBOX -> {
                        assertThat(query(first.orElseThrow())).containsEntry("error", "access_denied");
                        assertThat(query(second.orElseThrow())).containsEntry("error", "unauthorized_client");
                    }
                }
                assertThat(query(person.consent(address).orElseThrow())).containsKey("code");
            }
        }
    }

    @Test
    void consent_whenBlockedAtGoogle_thePageSaysErrorFourHundred() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.GOOGLE);
            sandbox.faults().nextConsent(app.provider, new ConsentFault.NotAdministrator());
            var page = app.page(with(app.asking(app.usualScopes()), "redirect_uri", REDIRECT));
            assertThat(page.status()).isEqualTo(400);
            assertThat(page.error()).isEqualTo("Error 400: admin_policy_enforced");
        }
    }

    @Test
    void consent_whenAnotherCompanysAccountGrants_theAnswersLeadToItsTenant() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            for (CloudService.Provider provider : CloudService.Provider.values()) {
                sandbox.faults().nextConsent(provider, new ConsentFault.WrongAccount());
                OwnAppCalls app = new OwnAppCalls(sandbox, provider);
                JsonNode answer = granted(app, consent(app, person));
                switch (provider) {
                    case MICROSOFT365 ->
                        assertThat(claims(answer).get("tid").asText()).isNotEqualTo(sandbox.tenant(provider));
                    case GOOGLE -> assertThat(claims(answer).get("hd").asText()).isEqualTo("other.example.com");
                    case DROPBOX -> assertThat(answer.get("team_id").asText()).isNotEqualTo(sandbox.tenant(provider));
                    case BOX -> {
                        BoxCalls box = new BoxCalls(sandbox);
                        box.token = answer.get("access_token").asText();
                        JsonNode me = box.get("/2.0/users/me?fields=login,enterprise");
                        assertThat(me.get("login").asText()).isEqualTo("admin@other.example.com");
                        assertThat(me.at("/enterprise/id").asText()).isNotEqualTo(sandbox.tenant(provider));
                        assertThat(box.get("/2.0/folders/0/items?limit=1").get("entries"))
                                .isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void consent_whenAnEmployeeGrants_theVendorRefusesSoonerOrLater() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            OwnAppCalls microsoft = new OwnAppCalls(sandbox, CloudService.Provider.MICROSOFT365);
            sandbox.faults().nextConsent(microsoft.provider, new ConsentFault.EmployeeGrants());
            assertThat(consent(microsoft, person).get("error_description")).startsWith("AADSTS90094");
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.BOX);
            sandbox.faults().nextConsent(app.provider, new ConsentFault.EmployeeGrants());
            BoxCalls box = new BoxCalls(sandbox);
            box.token = granted(app, consent(app, person)).get("access_token").asText();
            JsonNode me = box.get("/2.0/users/me?fields=role,enterprise");
            assertThat(me.get("role").asText()).isEqualTo("user");
            assertThat(me.at("/enterprise/id").asText()).isEqualTo(sandbox.tenant(app.provider));
            assertThat(box.call("/2.0/users?limit=1", "").body()).contains("access_denied_insufficient_permissions");
        }
    }

    @Test
    void consent_whenThePersonIsSlow_theSandboxesTimePasses() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.BOX);
            sandbox.faults().nextConsent(app.provider, new ConsentFault.Hesitates(Duration.ofHours(2)));
            Map<String, String> back = consent(app, person);
            assertThat(sandbox.clock().instant()).isEqualTo("2026-11-24T02:00:00Z");
            assertThat(app.token(app.redeeming(back.get("code"), REDIRECT)).statusCode())
                    .isEqualTo(200);
            sandbox.faults().nextConsent(app.provider, new ConsentFault.ReturnsLate(Duration.ofSeconds(31)));
            Map<String, String> late = consent(app, person);
            assertThat(app.token(app.redeeming(late.get("code"), REDIRECT)).body())
                    .contains("invalid_grant", "expired");
        }
    }

    @Test
    void person_comesBackToAReceiver_andOnlyThePersonsHandsAreCounted() {
        try (Sandbox sandbox = Sandbox.builder().start();
                Receiver receiver = new Receiver()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.MICROSOFT365);
            URI real = URI.create("https://login.microsoftonline.com/common/oauth2/v2.0/authorize?"
                    + CheckedCalls.form(with(app.asking(app.usualScopes()), "redirect_uri", receiver.address())));
            URI redirect = person.consent(real).orElseThrow();
            assertThat(receiver.seen).isEmpty();
            HandsOn hands = sandbox.summary().handsOn(HandsOn.Actor.PERSON);
            assertThat(hands)
                    .isEqualTo(new HandsOn(3, 4, 2, 0, 0, 0)); // the address opened; address, password, consent
            person.comeBack(redirect);
            assertThat(receiver.seen).containsKey("code").containsEntry("state", "s&t");
            app.token(app.redeeming(receiver.seen.get("code"), receiver.address()));
            assertThat(sandbox.summary().handsOn(HandsOn.Actor.PERSON)).isEqualTo(hands);
        }
    }

    // ---- Microsoft's consent of an administrator for everybody

    @Test
    void adminConsent_saysTrueInAnyCase() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            Map<String, String> asked = new LinkedHashMap<>();
            asked.put("client_id", sandbox.clientId(CloudService.Provider.MICROSOFT365));
            asked.put("scope", "https://graph.microsoft.com/.default");
            asked.put("redirect_uri", REDIRECT);
            asked.put("state", "s&t");
            URI address =
                    URI.create(sandbox.microsoft() + "/organizations/v2.0/adminconsent?" + CheckedCalls.form(asked));
            Map<String, String> granted = query(person.consent(address).orElseThrow());
            assertThat(granted)
                    .containsEntry("admin_consent", "True")
                    .containsEntry("tenant", sandbox.tenant(CloudService.Provider.MICROSOFT365))
                    .containsEntry("scope", "https://graph.microsoft.com/.default")
                    .containsEntry("state", "s&t")
                    .doesNotContainKey("error");
            for (ConsentFault fault : new ConsentFault[] {
                new ConsentFault.Denied(), new ConsentFault.NotAdministrator(), new ConsentFault.BlockedByPolicy()
            }) {
                sandbox.faults().nextConsent(CloudService.Provider.MICROSOFT365, fault);
                assertThat(query(person.consent(address).orElseThrow()))
                        .containsEntry("admin_consent", "True")
                        .containsEntry("error", "access_denied")
                        .containsEntry("state", "s&t")
                        .doesNotContainKey("tenant");
            }
            sandbox.faults().nextConsent(CloudService.Provider.MICROSOFT365, new ConsentFault.WrongAccount());
            assertThat(query(person.consent(address).orElseThrow()).get("tenant"))
                    .isNotEqualTo(granted.get("tenant"));
            assertThat(person.consent(URI.create(address.toString().replace("/organizations/", "/common/"))))
                    .isEmpty();
            assertThat(person.consent(URI.create(address.toString().replace("/organizations/", "/nobody.example/"))))
                    .isEmpty();
        }
    }

    @Test
    void microsoft_answersByFormAndByFragmentWhereAsked() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.MICROSOFT365);
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            Map<String, String> asked = with(app.asking(app.usualScopes()), "redirect_uri", REDIRECT);
            assertThat(person.consent(app.authorize(with(asked, "response_mode", "form_post"))))
                    .isEmpty();
            URI fragment = person.consent(app.authorize(with(asked, "response_mode", "fragment")))
                    .orElseThrow();
            assertThat(fragment.getRawFragment()).contains("code=");
            assertThat(fragment.getRawQuery()).isNull();
        }
    }

    // ---- at the token endpoint

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void token_failsAsToldAndIsNotCarriedOut(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            String refresh = sandbox.mintTokens(provider).refreshToken();
            sandbox.faults()
                    .nextToken(1, provider, Fault.serverError(503))
                    .nextToken(1, provider, Fault.tooManyRequests(Duration.ofSeconds(7)))
                    .nextToken(
                            1,
                            provider,
                            Fault.tooManyRequestsUntil(sandbox.clock().instant().plusSeconds(9)))
                    .nextToken(1, provider, new Fault.Reset());
            assertThat(app.refresh(refresh).statusCode()).isEqualTo(503);
            HttpResponse<String> limited = app.refresh(refresh);
            assertThat(limited.statusCode()).isEqualTo(429);
            assertThat(limited.headers().firstValue("Retry-After")).contains("7");
            assertThat(app.refresh(refresh).headers().firstValue("Retry-After"))
                    .contains(provider == CloudService.Provider.DROPBOX ? "9" : "Tue, 24 Nov 2026 00:00:09 GMT");
            assertThatThrownBy(() -> app.refresh(refresh)).isInstanceOf(UncheckedIOException.class);
            assertThat(sandbox.summary().refreshes(provider)).isEqualTo(new SandboxSummary.Refreshes(0, 0));
            assertThat(app.refresh(refresh).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void token_whenTheAnswerIsLost_onlyBoxLosesTheGrant(CloudService.Provider provider) {
        for (Fault fault : new Fault[] {new Fault.LostAnswer(), new Fault.Truncated()}) {
            try (Sandbox sandbox = Sandbox.builder().start()) {
                OwnAppCalls app = new OwnAppCalls(sandbox, provider);
                String refresh = sandbox.mintTokens(provider).refreshToken();
                sandbox.faults().nextToken(1, provider, fault);
                assertThatThrownBy(() -> app.refresh(refresh)).isInstanceOf(UncheckedIOException.class);
                assertThat(sandbox.summary().refreshes(provider)).isEqualTo(new SandboxSummary.Refreshes(1, 1));
                boolean lost = app.refresh(refresh).body().contains("invalid_grant");
                assertThat(lost).isEqualTo(provider == CloudService.Provider.BOX);
            }
        }
    }

    @Test
    void token_whenMalformed_isNoJson() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, CloudService.Provider.GOOGLE);
            String refresh = sandbox.mintTokens(app.provider).refreshToken();
            sandbox.faults().nextToken(1, app.provider, new Fault.Malformed());
            String half = app.refresh(refresh).body();
            assertThat(half).startsWith("{");
            assertThatThrownBy(() -> json(half)).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void faults_ofOneTokenEndpoint_spareTheOthers() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            sandbox.faults().nextToken(1, CloudService.Provider.DROPBOX, Fault.serverError(500));
            OwnAppCalls box = new OwnAppCalls(sandbox, CloudService.Provider.BOX);
            OwnAppCalls dropbox = new OwnAppCalls(sandbox, CloudService.Provider.DROPBOX);
            assertThat(box.refresh(sandbox.mintTokens(box.provider).refreshToken())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(dropbox.refresh("x").statusCode()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void revokedByTheAdministrator_theGrantIsDeadAndTheOthersLive(CloudService.Provider provider) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls app = new OwnAppCalls(sandbox, provider);
            Sandbox.Tokens tokens = sandbox.mintTokens(provider);
            sandbox.revokeGrants(provider);
            assertThat(app.call(tokens.accessToken()).statusCode()).isEqualTo(401);
            HttpResponse<String> dead = app.refresh(tokens.refreshToken());
            assertThat(dead.statusCode()).isEqualTo(400);
            assertThat(json(dead).get("error").asText()).isEqualTo("invalid_grant");
            assertThat(sandbox.summary().refreshes(provider)).isEqualTo(new SandboxSummary.Refreshes(1, 0));
            assertThat(app.refresh(sandbox.mintTokens(provider).refreshToken()).statusCode())
                    .isEqualTo(200);
        }
    }

    // ---- at the API

    @Test
    void bearer_whenMissingUnknownOrExpired_eachVendorRefusesItsWay() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            OwnAppCalls dropbox = new OwnAppCalls(sandbox, CloudService.Provider.DROPBOX);
            OwnAppCalls google = new OwnAppCalls(sandbox, CloudService.Provider.GOOGLE);
            OwnAppCalls graph = new OwnAppCalls(sandbox, CloudService.Provider.MICROSOFT365);
            String ofDropbox = sandbox.mintTokens(dropbox.provider).accessToken();
            String ofGoogle = sandbox.mintTokens(google.provider).accessToken();
            String ofGraph = sandbox.mintTokens(graph.provider).accessToken();
            assertThat(dropbox.call("").body()).contains("Must provide HTTP header \"Authorization\"");
            assertThat(json(dropbox.call(ofGoogle)).at("/error/.tag").asText()).isEqualTo("invalid_access_token");
            assertThat(json(google.call("")).at("/error/errors/0/reason").asText())
                    .isEqualTo("required");
            assertThat(json(google.call(ofGraph)).at("/error/status").asText()).isEqualTo("UNAUTHENTICATED");
            assertThat(json(graph.call("")).at("/error/code").asText()).isEqualTo("InvalidAuthenticationToken");
            sandbox.clock().advance(Duration.ofHours(4));
            assertThat(json(dropbox.call(ofDropbox)).at("/error/.tag").asText()).isEqualTo("expired_access_token");
            assertThat(google.call(ofGoogle)
                            .headers()
                            .firstValue("WWW-Authenticate")
                            .orElse(""))
                    .contains("invalid_token");
            assertThat(json(graph.call(ofGraph)).at("/error/message").asText()).contains("expired");
        }
    }

    // ---- the log

    @Test
    void log_holdsNoSecret_andWhatItHoldsComesBack() throws IOException {
        Map<CloudService.Provider, Map<String, String>> codes = new LinkedHashMap<>();
        Map<CloudService.Provider, Sandbox.Tokens> tokens = new LinkedHashMap<>();
        try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
            for (CloudService.Provider provider : CloudService.Provider.values()) {
                OwnAppCalls app = new OwnAppCalls(sandbox, provider);
                codes.put(provider, app.code());
                tokens.put(provider, sandbox.mintTokens(provider));
                app.refresh("nothing");
            }
        }
        String log = Files.readString(folder.resolve("log.jsonl"));
        try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
            for (CloudService.Provider provider : CloudService.Provider.values()) {
                OwnAppCalls app = new OwnAppCalls(sandbox, provider);
                sandbox.clientSecret(provider).ifPresent(s -> assertThat(log).doesNotContain(s));
                assertThat(log)
                        .doesNotContain(
                                codes.get(provider).get("code"),
                                tokens.get(provider).accessToken(),
                                tokens.get(provider).refreshToken(),
                                sandbox.password(provider),
                                OwnAppCalls.VERIFIER,
                                "s&t");
                assertThat(sandbox.summary().refreshes(provider)).isEqualTo(new SandboxSummary.Refreshes(1, 0));
                assertThat(app.token(codes.get(provider)).statusCode()).isEqualTo(200);
                assertThat(app.token(codes.get(provider)).statusCode()).isEqualTo(400);
                assertThat(app.call(tokens.get(provider).accessToken()).statusCode())
                        .isNotEqualTo(401);
                assertThat(app.refresh(tokens.get(provider).refreshToken()).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private static Map<String, String> consent(OwnAppCalls app, ScriptedPerson person) {
        URI address = app.authorize(with(app.asking(app.usualScopes()), "redirect_uri", REDIRECT));
        URI back = person.consent(address).orElseThrow();
        assertThat(back.toString()).startsWith(REDIRECT + "?");
        return query(back);
    }

    private static JsonNode granted(OwnAppCalls app, Map<String, String> back) {
        HttpResponse<String> answer = app.token(app.redeeming(back.get("code"), REDIRECT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static JsonNode claims(JsonNode answer) {
        String middle = answer.get("id_token").asText().split("\\.")[1];
        return json(new String(Base64.getUrlDecoder().decode(middle), StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String pair : address.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            out.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return out;
    }

    private static String last(String[] values) {
        return values[values.length - 1].replace("https://graph.microsoft.com/", "");
    }
}
