package portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxAuthorization;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The portal on the sandbox: whatever a person is asked comes and is answered over HTTP. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "kaitsu.store.memory=true",
            "kaitsu.start=false", // the test itself advances, and sets the sandbox's clock
            "kaitsu.consent.callback-path=/consents/callback",
            "portal.callback=" + PortalTest.CALLBACK
        })
class PortalTest {
    static final String CALLBACK = "https://portal.example.co.jp/consents/callback";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();

    @Value("${local.server.port}")
    int port;

    @Autowired
    Sandbox sandbox;

    @Autowired
    ActivationClient client;

    @Autowired
    RequestMappingHandlerAdapter adapter;

    @TestConfiguration(proxyBeanMethods = false)
    static class OnTheSandbox {
        @Bean
        Sandbox sandbox() {
            return Sandbox.builder().redirects(URI.create(CALLBACK)).start();
        }

        @Bean
        Clock clock(Sandbox sandbox) {
            return sandbox.clock();
        }

        @Bean
        List<ServiceAccountProvisioner> provisioners(Sandbox sandbox) {
            return SandboxConnections.of(sandbox).provisioners();
        }

        @Bean
        BoxAuthorization boxApp(Sandbox sandbox) {
            return BoxAuthorization.builder(
                            sandbox.clientId(CloudService.Provider.BOX),
                            sandbox.clientSecret(CloudService.Provider.BOX).orElseThrow())
                    .page(sandbox.box().resolve("/api/oauth2/authorize"))
                    .baseUrl(sandbox.boxApi())
                    .clock(sandbox.clock())
                    .build();
        }

        @Bean
        CredentialStore credentials() {
            return new MemoryCredentialStore();
        }
    }

    @Test
    void allEight_areProtected_byAnswersOverHttp() throws Exception {
        ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
        ActivationId id = ActivationId.of("contract-1001");
        JsonNode now = json(post("/contracts/contract-1001/activation/" + sandbox.account(), ""));
        while (!now.get("ended").asBoolean()) {
            Optional<Instant> next = client.advance(id).until();
            now = json(get("/contracts/contract-1001/activation"));
            if (now.get("open").isEmpty()) {
                next.ifPresent(sandbox.clock()::advanceTo);
                continue;
            }
            String open = now.get("open").get(0).get("id").asString();
            assertThat(now.get("open").get(0).get("title").asString()).isNotBlank();
            Answer answer = person.perform(action(id, open));
            String reply = answer instanceof Answer.Saw saw
                    ? JSON.writeValueAsString(new Portal.Reply(saw.by(), saw.text()))
                    : JSON.writeValueAsString(new Portal.Reply(answer.by(), null));
            assertThat(post("/contracts/contract-1001/actions/" + open, reply).statusCode())
                    .isEqualTo(200);
        }

        assertThat(now.get("services").values())
                .hasSize(8)
                .extracting(JsonNode::asString)
                .containsOnly("PROTECTED");
    }

    private OperatorAction action(ActivationId id, String action) {
        return client.find(id).orElseThrow().openActions().stream()
                .filter(a -> a.id().value().equals(action))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aConsent_comesBackToTheSessionThatBeganIt() throws Exception {
        ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
        URI page = get("/customers/" + sandbox.account() + "/connect/box")
                .headers()
                .firstValue("Location")
                .map(URI::create)
                .orElseThrow();
        URI returned = person.consent(page).orElseThrow();

        HttpResponse<String> answer = get("/consents/callback?" + returned.getRawQuery());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    /** What we stand on ourselves changes nothing in how the host writes its JSON. */
    @Test
    void messageConverters_areJackson3s() {
        assertThat(adapter.getMessageConverters())
                .hasAtLeastOneElementOfType(JacksonJsonHttpMessageConverter.class)
                .noneMatch(c -> c.getClass().getSimpleName().contains("Jackson2"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)));
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.header("Accept-Language", "ja").build(), BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
