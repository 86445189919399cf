package io.github.kaitsu.microsoft365.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One POST to SharePoint's REST API, which needs no library. Throws {@link VendorCallException} alone. Thread-safe. */
final class SharePointCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_ANSWER = 8 << 20;
    private static final String WITHOUT_METADATA = "application/json;odata=nometadata";
    private static final String NEEDS_CERTIFICATE = "Unsupported app only token.";
    private static final Pattern NUMBER_BEFORE = Pattern.compile("^-?[0-9]+, ");

    private final VendorAccess access;
    private final VendorHttp http;

    SharePointCalls(VendorAccess access, VendorHttp http) {
        this.access = access;
        this.http = http.reading(access.limit(), LONGEST_ANSWER);
    }

    /** The answer, a JSON object that is no page of a longer list. */
    JsonNode post(String path, JsonNode body) throws InterruptedException {
        JsonNode answer = access.call(token -> attempt(path, token, body));
        if (answer.has("odata.nextLink") || answer.has("@odata.nextLink")) {
            throw SharePointReads.untold(path, "more_pages"); // absence would prove nothing
        }
        return answer;
    }

    private JsonNode attempt(String path, String token, JsonNode body) throws InterruptedException {
        VendorAnswer answer = access.noted(http.exchange(
                "POST",
                URI.create(access.base() + path),
                Map.of(
                        "Accept", WITHOUT_METADATA,
                        "Content-Type", WITHOUT_METADATA,
                        "Authorization", "Bearer " + token),
                body.toString().getBytes(StandardCharsets.UTF_8)));
        if (answer.status() != HttpURLConnection.HTTP_OK) {
            throw answer.refusal(word(answer), access.now()).build();
        }
        try {
            JsonNode object = JSON.readTree(answer.bytes());
            if (object.isObject()) {
                return object;
            }
        } catch (IOException e) { // whose text quotes the answer
        }
        throw VendorCallException.malformed("POST " + path).build();
    }

    /** Of {@code "-2147024891, System.UnauthorizedAccessException"} the word that says something. */
    private static Optional<String> word(VendorAnswer refusal) {
        if (refusal.body().strip().equals(NEEDS_CERTIFICATE)) { // a token bought with a secret
            return Optional.of("unsupported_app_only_token");
        }
        return refusal.text("/odata.error/code")
                .or(refusal::errorWord)
                .map(word -> NUMBER_BEFORE.matcher(word).replaceFirst(""));
    }
}
