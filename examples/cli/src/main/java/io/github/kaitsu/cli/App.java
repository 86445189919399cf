package io.github.kaitsu.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An app of one's own, as it is registered at one provider. A secret: kept encrypted, and its text hides it.
 *
 * @param redirect where the provider may send the browser; empty = any port of this machine
 * @param tenant Microsoft's directory, where it is not the one the administrator signs in to
 */
record App(
        CloudService.Provider provider,
        String clientId,
        Optional<String> secret,
        Optional<URI> redirect,
        Optional<String> tenant) {

    byte[] bytes() {
        ObjectNode json = Json.object().put("clientId", clientId);
        secret.ifPresent(s -> json.put("secret", s));
        redirect.ifPresent(r -> json.put("redirect", r.toString()));
        tenant.ifPresent(t -> json.put("tenant", t));
        return Json.write(json).getBytes(StandardCharsets.UTF_8);
    }

    static App parse(CloudService.Provider provider, byte[] stored) {
        try {
            JsonNode json = Json.read(new String(stored, StandardCharsets.UTF_8));
            return new App(
                    provider,
                    json.path("clientId").asText(),
                    text(json, "secret"),
                    text(json, "redirect").map(URI::create),
                    text(json, "tenant"));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw KaitsuException.of(
                    ErrorCode.STORE_CORRUPT, "", "credentials", 1); // no cause: it might quote what was read
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.ofNullable(json.path(field).textValue());
    }

    @Override
    public String toString() {
        return "App[" + provider + ", ***]";
    }
}
