package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.CloudService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls the sandbox's Box API; every answer is checked against the contract. */
final class BoxCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Contract CONTRACT = Contract.box();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    String token;

    BoxCalls(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.token = sandbox.mintTokens(CloudService.Provider.BOX).accessToken();
    }

    JsonNode get(String pathAndQuery) {
        return json(call(pathAndQuery, "2025.0"));
    }

    HttpResponse<String> call(String pathAndQuery, String boxVersion) {
        URI uri = URI.create(sandbox.boxApi() + pathAndQuery);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token);
        if (!boxVersion.isEmpty()) {
            headers.put("box-version", boxVersion);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(request::header);
        HttpResponse<String> response = send(request.GET().build());
        assertThat(CONTRACT.checkAnswer("GET", uri, response.statusCode(), response.body()))
                .isEmpty();
        if (response.statusCode() == 200) {
            assertThat(CONTRACT.checkRequest("GET", uri, headers, "")).isEmpty();
        }
        return response;
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.putIfAbsent("client_id", sandbox.clientId(CloudService.Provider.BOX));
        all.putIfAbsent(
                "client_secret", sandbox.clientSecret(CloudService.Provider.BOX).orElseThrow());
        String body = all.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        URI uri = URI.create(sandbox.boxApi() + path);
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(CONTRACT.checkAnswer("POST", uri, response.statusCode(), response.body()))
                .isEmpty();
        if (response.statusCode() == 200) {
            assertThat(CONTRACT.checkRequest("POST", uri, Map.of(), body)).isEmpty();
        }
        return response;
    }

    HttpResponse<String> refresh(String refreshToken) {
        return post("/oauth2/token", Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
