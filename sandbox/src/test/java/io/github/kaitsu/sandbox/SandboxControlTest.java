package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything a program needs that is not in Java. */
class SandboxControlTest {
    private final Sandbox sandbox = Sandbox.builder().start();
    private final SandboxControl control = SandboxControl.start(sandbox, 0);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        control.close();
        sandbox.close();
    }

    private HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(control.address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private JsonNode json(String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = call(method, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void description_tellsWhereEverythingIs_andEachAddressAnswers() throws IOException, InterruptedException {
        JsonNode all = json("GET", "/");
        assertThat(all).isEqualTo(new ObjectMapper().readTree(control.description()));
        assertThat(all.path("account").asText()).isEqualTo(sandbox.account());
        assertThat(all.at("/providers/box/clientId").asText()).isEqualTo(sandbox.clientId(CloudService.Provider.BOX));
        assertThat(all.path("addresses")).hasSize(11);
        for (JsonNode address : all.path("addresses")) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address.asText() + "/")).build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isLessThan(500);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokens_areGoodAtTheProvider_untilTheyAreRevoked(CloudService.Provider provider)
            throws IOException, InterruptedException {
        String name = provider.name().toLowerCase(Locale.ROOT);
        assertThat(json("POST", "/tokens?provider=" + name).path("accessToken").asText())
                .isNotBlank();
        if (provider == CloudService.Provider.BOX) {
            String token =
                    json("POST", "/tokens?provider=BOX").path("accessToken").asText();
            assertThat(boxStatus(token)).isEqualTo(200);
            json("POST", "/revoke?provider=box");
            assertThat(boxStatus(token)).isEqualTo(401);
        }
    }

    private int boxStatus(String token) throws IOException, InterruptedException {
        HttpRequest me = HttpRequest.newBuilder(URI.create(sandbox.boxApi() + "/2.0/users/me"))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(me, BodyHandlers.ofString()).statusCode();
    }

    @Test
    void clock_isReadAndMovedForwardOnly() throws IOException, InterruptedException {
        assertThat(json("GET", "/clock").path("clock").asText()).isEqualTo("2026-11-24T00:00:00Z");
        assertThat(json("POST", "/clock?advance=PT4H30M").path("clock").asText())
                .isEqualTo("2026-11-24T04:30:00Z");
        assertThat(json("POST", "/clock?to=2026-11-25T00:00:00Z").path("clock").asText())
                .isEqualTo("2026-11-25T00:00:00Z");
        assertThat(json("POST", "/clock?to=2026-11-24T00:00:00Z").path("clock").asText())
                .isEqualTo("2026-11-25T00:00:00Z");
        assertThat(sandbox.clock().instant()).isEqualTo("2026-11-25T00:00:00Z");
    }

    @Test
    void mailCodeAndSummary_areTheSandboxs() throws IOException, InterruptedException {
        assertThat(call("GET", "/opening-mail").body()).isEqualTo(sandbox.openingMail());
        assertThat(json("GET", "/code").path("code").asText()).isEqualTo(sandbox.code());
        assertThat(json("GET", "/summary").path("violations")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /clock, 400",
        "POST, /clock?advance=PT-1H, 400",
        "POST, /clock?advance=tomorrow, 400",
        "POST, /clock?advance=PT1H&to=2026-11-25T00:00:00Z, 400",
        "POST, /clock?to=yesterday, 400",
        "POST, /tokens, 400",
        "POST, /tokens?provider=github, 400",
        "POST, /tokens?provider=box&provider=google, 400",
        "GET, /tokens?provider=box, 405",
        "POST, /, 405",
        "DELETE, /clock, 405",
        "GET, /nothing, 404",
        "GET, /../clock, 404"
    })
    void whatItDoesNotKnow_isRefusedWithAMessage_andChangesNothing(String method, String path, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> response = call(method, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(new ObjectMapper()
                        .readTree(response.body())
                        .at("/error/message")
                        .asText())
                .isNotBlank();
        assertThat(sandbox.clock().instant()).isEqualTo("2026-11-24T00:00:00Z");
    }

    // ---- ports

    /** A row of ports that were free a moment ago. */
    private static int freeRow() throws IOException {
        InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        for (int first = 20_000; ; first += 20) {
            int free = 0;
            for (int port = first; port < first + 10; port++) {
                try (ServerSocket socket = new ServerSocket(port, 1, here)) {
                    free += socket.isBound() ? 1 : 0;
                } catch (IOException e) {
                    break;
                }
            }
            if (free == 10) {
                return first;
            }
        }
    }

    @Test
    void ports_followEachOther_andOneInUseIsAClearErrorThatLeavesNothingOpen() throws IOException {
        int first = freeRow();
        try (Sandbox fixed = Sandbox.builder().ports(first).start()) {
            assertThat(fixed.console().getPort()).isEqualTo(first);
            assertThat(fixed.box().getPort()).isEqualTo(first + 1);
            assertThat(fixed.sharePointAdmin().getPort()).isEqualTo(first + 9);
            assertThatThrownBy(() -> Sandbox.builder().ports(first).start())
                    .isInstanceOfSatisfying(KaitsuException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                        assertThat(e).hasMessageContaining(String.valueOf(first));
                    });
            assertThatThrownBy(() -> SandboxControl.start(fixed, first)).isInstanceOf(KaitsuException.class);
        }
        try (ServerSocket last = new ServerSocket(first + 9, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> Sandbox.builder().ports(first).start()).isInstanceOf(KaitsuException.class);
            assertThat(last.isBound()).isTrue();
        }
        Sandbox.builder().ports(first).start().close(); // the nine before it were given back
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_527, 70_000})
    void ports_thatAreNone_areAMistakeOfTheProgram(int first) {
        assertThatThrownBy(() -> Sandbox.builder().ports(first)).isInstanceOf(IllegalArgumentException.class);
    }
}
