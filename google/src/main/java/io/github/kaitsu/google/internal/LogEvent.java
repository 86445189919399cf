package io.github.kaitsu.google.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One event of an audit log. What else tells activities apart is not needed, since seeing one twice changes nothing.
 *
 * @param texts the parameters by name, lists joined by spaces; values of other kinds are of no use here
 * @param application name and client id of the application that acted, where one did
 */
record LogEvent(Instant time, String actor, String name, Map<String, String> texts, List<String> application) {

    /** An activity of the Reports API may hold several events of one moment, also such as were not asked for. */
    static Stream<LogEvent> of(GoogleJson activity) {
        GoogleJson actor = activity.object("actor");
        GoogleJson app = actor.object("applicationInfo");
        List<String> application = Stream.of(app.text("applicationName"), app.text("oauthClientId"))
                .filter(text -> !text.isEmpty())
                .toList();
        return time(activity.object("id").text("time"))
                .flatMap(time -> activity.objects("events").stream()
                        .map(e -> new LogEvent(time, actor.text("email"), e.text("name"), texts(e), application)));
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

    private static Stream<Instant> time(String text) {
        try {
            return Stream.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Stream.empty();
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
