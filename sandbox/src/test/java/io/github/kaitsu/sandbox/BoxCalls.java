package io.github.kaitsu.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.contract.VendorContract;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls the sandbox's Box API; every answer is checked against the contract. */
final class BoxCalls {
    private final CheckedCalls calls = new CheckedCalls(VendorContract.box());
    private final Sandbox sandbox;
    String token;

    BoxCalls(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.token = sandbox.mintTokens(CloudService.Provider.BOX).accessToken();
    }

    JsonNode get(String pathAndQuery) {
        return CheckedCalls.json(call(pathAndQuery, "2025.0"));
    }

    HttpResponse<String> call(String pathAndQuery, String boxVersion) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token);
        if (!boxVersion.isEmpty()) {
            headers.put("box-version", boxVersion);
        }
        return calls.get(sandbox.boxApi() + pathAndQuery, headers);
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.putIfAbsent("client_id", sandbox.clientId(CloudService.Provider.BOX));
        all.putIfAbsent(
                "client_secret", sandbox.clientSecret(CloudService.Provider.BOX).orElseThrow());
        Map<String, String> type = Map.of("Content-Type", "application/x-www-form-urlencoded");
        return calls.post(sandbox.boxApi() + path, type, CheckedCalls.form(all));
    }

    HttpResponse<String> refresh(String refreshToken) {
        return post("/oauth2/token", Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }
}
