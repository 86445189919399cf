package io.github.kaitsu.desk;

import io.github.kaitsu.desk.Notices.Item;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts notices to {@code desk.notices.webhook} as CloudEvents 1.0 in JSON, structured mode: one event for a person and day. Its id is the
 * same when it has to be sent again. Thread-safe.
 */
@Component
class Webhook {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    private final @Nullable URI to;
    private final URI source;
    private final Clock clock;
    private final JsonMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Webhook(DeskProperties properties, Clock clock, JsonMapper json) {
        this.to = properties.notices().webhook();
        this.source = properties.url();
        this.clock = clock;
        this.json = json;
    }

    /** Whether nobody else has to try again: it was taken, or there is no webhook. */
    boolean send(String person, List<Item> items) {
        if (to == null) {
            return true;
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", UUID.nameUUIDFromBytes((person + items).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        event.put("source", source);
        event.put("type", "io.github.kaitsu.desk.notice");
        event.put("subject", person);
        event.put("time", clock.instant().toString());
        event.put("datacontenttype", "application/json");
        event.put(
                "data",
                Map.of(
                        "items",
                        items.stream()
                                .map(i -> Map.of("kind", i.kind().name(), "title", i.title(), "link", i.link()))
                                .toList()));
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(PATIENCE)
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(event)))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / HUNDRED == SUCCESS;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
