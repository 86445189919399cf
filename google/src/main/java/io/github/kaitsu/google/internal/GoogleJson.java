package io.github.kaitsu.google.internal;

import com.google.api.client.util.Data;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object of an answer. What is not there, is null or of another kind is empty. */
record GoogleJson(Map<?, ?> fields) {
    /** @throws IllegalArgumentException if it is no object */
    static GoogleJson of(@Nullable Object value) {
        if (value instanceof Map<?, ?> object && !Data.isNull(value)) {
            return new GoogleJson(object);
        }
        throw new IllegalArgumentException("no object");
    }

    /** Google's parser gives a written null as an object of its own. */
    private <T> Optional<T> field(String name, Class<T> type) {
        return Optional.<Object>ofNullable(fields.get(name))
                .filter(value -> !Data.isNull(value))
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** Whether something is there, of whatever kind. */
    boolean has(String name) {
        return field(name, Object.class).isPresent();
    }

    String text(String name) {
        return field(name, String.class).orElse("");
    }

    boolean flag(String name) {
        return perhaps(name).orElse(false);
    }

    Optional<Boolean> perhaps(String name) {
        return field(name, Boolean.class);
    }

    double number(String name) {
        return field(name, Number.class).map(Number::doubleValue).orElse(0.0);
    }

    GoogleJson object(String name) {
        return new GoogleJson(field(name, Map.class).orElse(Map.of()));
    }

    /** What stands in a list, of whatever kind; what stands there instead of a list is its one element. */
    List<?> elements(String name) {
        return field(name, List.class)
                .<List<?>>map(list -> list)
                .orElseGet(() -> has(name) ? List.of(name) : List.of());
    }

    List<GoogleJson> objects(String name) {
        return elements(name).stream()
                .filter(one -> one instanceof Map && !Data.isNull(one))
                .map(GoogleJson::of)
                .toList();
    }

    List<String> texts(String name) {
        return field(name, List.class).<List<?>>map(list -> list).orElse(List.of()).stream()
                .filter(one -> one instanceof String && !Data.isNull(one))
                .map(String.class::cast)
                .toList();
    }

    /** Where the next page is; empty if there is none. What should tell and is no text leads nowhere, which the vendor will say. */
    String next() {
        return has("nextPageToken") && text("nextPageToken").isEmpty()
                ? String.valueOf(fields.get("nextPageToken"))
                : text("nextPageToken");
    }
}
