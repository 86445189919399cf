package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Changes;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages that something has changed, whoever changed it: this process or another one on the same store. What changed is
 * not said; a page asks for itself again.
 */
@Controller
class LiveController {
    private static final long LONGEST_MILLIS = 30 * 60 * 1_000L;
    private static final int QUIET_ROUNDS = 15;

    private final ActivationStore store;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private Changes seen = Changes.NONE;
    private int quiet;

    LiveController(ActivationStore store) {
        this.store = store;
    }

    /** @param of the run that the page shows; empty for all */
    private record Listener(SseEmitter emitter, String of) {}

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@RequestParam(defaultValue = "") String of) {
        SseEmitter emitter = new SseEmitter(LONGEST_MILLIS);
        Listener listener = new Listener(emitter, of);
        emitter.onCompletion(() -> listeners.remove(listener));
        emitter.onTimeout(emitter::complete);
        emitter.onError(e -> listeners.remove(listener));
        listeners.add(listener);
        send(listener, SseEmitter.event().comment("open"));
        return emitter;
    }

    @Scheduled(fixedDelay = 1_000)
    synchronized void look() {
        Changes changes = store.changedSince(seen);
        seen = changes;
        Set<String> changed = changes.runs().stream().map(ActivationId::value).collect(Collectors.toSet());
        quiet = changed.isEmpty() ? quiet + 1 : 0;
        boolean isLong = quiet >= QUIET_ROUNDS; // so that proxies keep the connection, and closed ones are found
        for (Listener listener : listeners) {
            if (!changed.isEmpty() && (listener.of().isEmpty() || changed.contains(listener.of()))) {
                send(listener, SseEmitter.event().name("changed").data("1"));
            } else if (isLong) {
                send(listener, SseEmitter.event().comment("still"));
            }
        }
        if (isLong) {
            quiet = 0;
        }
    }

    private void send(Listener listener, SseEmitter.SseEventBuilder event) {
        try {
            listener.emitter().send(event);
        } catch (IOException | IllegalStateException e) {
            listeners.remove(listener);
        }
    }
}
