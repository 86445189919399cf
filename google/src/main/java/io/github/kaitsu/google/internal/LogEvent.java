package io.github.kaitsu.google.internal;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One event of an audit log. What else tells activities apart is not needed, since seeing one twice changes nothing.
 *
 * @param texts the parameters by name, lists joined by spaces; values of other kinds are of no use here
 * @param application name and client id of the application that acted, where one did
 */
record LogEvent(Instant time, String actor, String name, Map<String, String> texts, List<String> application) {

    /**
     * An activity of the Reports API may hold several events of one moment, also such as were not asked for. Nothing if it does not
     * tell when, or what.
     */
    static Optional<List<LogEvent>> of(GoogleJson activity) {
        GoogleJson actor = activity.object("actor");
        GoogleJson app = actor.object("applicationInfo");
        List<String> application = Stream.of(app.text("applicationName"), app.text("oauthClientId"))
                .filter(text -> !text.isEmpty())
                .toList();
        Instant time = Instant.parse(activity.object("id").text("time"));
        List<?> told = activity.elements("events");
        List<LogEvent> events = activity.objects("events").stream()
                .filter(e -> !e.text("name").isEmpty())
                .map(e -> new LogEvent(time, actor.text("email"), e.text("name"), texts(e), application))
                .toList();
        return Optional.of(events).filter(read -> !read.isEmpty() && read.size() == told.size());
    }

    private static Map<String, String> texts(GoogleJson event) {
        Map<String, String> texts = new HashMap<>();
        for (GoogleJson parameter : event.objects("parameters")) {
            String value = parameter.text("value");
            texts.put(
                    parameter.text("name"), value.isEmpty() ? String.join(" ", parameter.texts("multiValue")) : value);
        }
        return texts;
    }

    String text(String parameter) {
        return texts.getOrDefault(parameter, "");
    }

    /** A parameter of several values. */
    List<String> words(String parameter) {
        return List.of(text(parameter).split("\\s+"));
    }
}
