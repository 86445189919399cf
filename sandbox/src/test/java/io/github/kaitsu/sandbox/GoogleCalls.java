package io.github.kaitsu.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.contract.VendorContract;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls the sandbox's Google APIs; every answer is checked against the contract. */
final class GoogleCalls {
    private final CheckedCalls calls = new CheckedCalls(VendorContract.google());
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
        return CheckedCalls.granted(call(path, parameters));
    }

    HttpResponse<String> call(String path, String... parameters) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i + 1 < parameters.length; i += 2) {
            query.append(i == 0 ? "?" : "&")
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return calls.get(sandbox.googleApi() + path + query, Map.of("Authorization", "Bearer " + token));
    }
}
