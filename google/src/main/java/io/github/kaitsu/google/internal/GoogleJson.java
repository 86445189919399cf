package io.github.kaitsu.google.internal;

import com.google.api.client.util.Data;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object of an answer of the APIs for which there is no client. What is not there, or is null, is empty; what is of another kind
 * is a {@link ClassCastException}, by which {@link GoogleHttp} knows an answer that is none.
 */
record GoogleJson(Map<?, ?> fields) {
    private <T> Optional<T> field(String name, Class<T> type) {
        return Optional.<Object>ofNullable(fields.get(name))
                .filter(value -> !Data.isNull(value))
                .map(type::cast);
    }

    String text(String name) {
        return field(name, String.class).orElse("");
    }

    boolean flag(String name) {
        return field(name, Boolean.class).orElse(false);
    }

    double number(String name) {
        return field(name, Number.class).map(Number::doubleValue).orElse(0.0);
    }

    GoogleJson object(String name) {
        return new GoogleJson(field(name, Map.class).orElse(Map.of()));
    }

    List<GoogleJson> objects(String name) {
        return elements(name, Map.class).stream().map(GoogleJson::new).toList();
    }

    List<String> texts(String name) {
        return elements(name, String.class);
    }

    private <T> List<T> elements(String name, Class<T> type) {
        List<?> all = field(name, List.class).orElse(List.of());
        return all.stream().filter(one -> !Data.isNull(one)).map(type::cast).toList();
    }
}
