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
import java.util.Map;

/** Calls the sandbox's Google APIs; every answer is checked against the contract. */
final class GoogleCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Contract CONTRACT = Contract.google();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    private String token;

    GoogleCalls(Sandbox sandbox, String... scopes) {
        this.sandbox = sandbox;
        this.token = sandbox.mintTokens(CloudService.Provider.GOOGLE, scopes).accessToken();
    }

    GoogleCalls with(String other) {
        token = other;
        return this;
    }

    /** Parameters as name and value in turn. */
    JsonNode get(String path, String... parameters) {
        HttpResponse<String> response = call(path, parameters);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    HttpResponse<String> call(String path, String... parameters) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i + 1 < parameters.length; i += 2) {
            query.append(i == 0 ? "?" : "&")
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        URI uri = URI.create(sandbox.googleApi() + path + query);
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .build());
        assertThat(CONTRACT.checkAnswer("GET", uri, response.statusCode(), response.body()))
                .isEmpty();
        if (response.statusCode() == 200) {
            assertThat(CONTRACT.checkRequest("GET", uri, Map.of("Authorization", "Bearer x"), ""))
                    .isEmpty();
        }
        return response;
    }

    private HttpResponse<String> send(HttpRequest request) {
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
