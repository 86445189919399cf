package io.github.kaitsu.google.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of an audit log.
 *
 * @param texts the parameters by name, lists joined by spaces
 * @param application name and client id of the application that acted, where one did
 */
record LogEvent(Instant time, String actor, String name, Map<String, String> texts, List<String> application) {

    /** An activity may hold several events, also such as were not asked for. */
    static List<LogEvent> of(Activities.Activity activity) {
        @Nullable Instant time = activity.id == null ? null : time(activity.id.time);
        if (time == null || activity.id == null || activity.events == null) {
            return List.of();
        }
        List<LogEvent> all = new ArrayList<>();
        Activities.@Nullable Actor actor = activity.actor;
        String who = actor == null || actor.email == null ? "" : actor.email;
        for (Activities.Event event : activity.events) {
            if (event != null && event.name != null) {
                all.add(new LogEvent(time, who, event.name, texts(event), application(actor)));
            }
        }
        return all;
    }

    private static List<String> application(Activities.@Nullable Actor actor) {
        List<String> found = new ArrayList<>();
        if (actor != null && actor.applicationInfo != null) {
            if (actor.applicationInfo.applicationName != null) {
                found.add(actor.applicationInfo.applicationName);
            }
            if (actor.applicationInfo.oauthClientId != null) {
                found.add(actor.applicationInfo.oauthClientId);
            }
        }
        return found;
    }

    private static Map<String, String> texts(Activities.Event event) {
        Map<String, String> texts = new HashMap<>();
        if (event.parameters != null) {
            for (Activities.Parameter p : event.parameters) {
                if (p != null && p.name != null && p.value != null) {
                    texts.put(p.name, p.value);
                } else if (p != null && p.name != null && p.multiValue != null) {
                    texts.put(p.name, String.join(" ", p.multiValue));
                }
            }
        }
        return texts;
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    String text(String parameter) {
        return texts.getOrDefault(parameter, "");
    }

    /** A parameter of several values. */
    List<String> words(String parameter) {
        return List.of(text(parameter).split("\\s+"));
    }
}
