package io.github.kaitsu.journal.codec;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.RunRequest;
import io.github.kaitsu.Statement;
import io.github.kaitsu.provision.Facts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Values of any record by the types of its components, so that a new event or component is covered as soon as it is there. */
final class AnyRecord {
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private AnyRecord() {}

    static Arbitrary<Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        Class<?> c = (Class<?>) type;
        if (c == Statement.class) { // its code is no free text
            return Combinators.combine(
                            Arbitraries.strings()
                                    .withCharRange('a', 'z')
                                    .ofMinLength(1)
                                    .ofMaxLength(9),
                            ofPlain(String.class).list().ofMaxSize(3),
                            ofPlain(String.class))
                    .as((code, arguments, quote) -> (Object) new Statement(
                            code, arguments.stream().map(String::valueOf).toList(), (String) quote));
        }
        if (c.isRecord()) {
            return ofRecord(c);
        }
        if (c.isEnum()) {
            return Arbitraries.of((Object[]) c.getEnumConstants());
        }
        if (c.isSealed()) {
            return Arbitraries.of(c.getPermittedSubclasses()).flatMap(AnyRecord::of);
        }
        if (RunRequest.class.isAssignableFrom(c)) {
            return AnyRequest.of(c);
        }
        return ofPlain(c);
    }

    private static Arbitrary<Object> ofPlain(Class<?> type) {
        if (type == String.class) {
            return Arbitraries.strings()
                    .ofMaxLength(30)
                    .map(text -> "x" + text) // most names must not be blank
                    .asGeneric();
        }
        if (type == Long.class) {
            return Arbitraries.longs().asGeneric();
        }
        if (type == Facts.class) {
            return Arbitraries.maps(ofPlain(String.class), ofPlain(String.class))
                    .ofMaxSize(4)
                    .map(m -> {
                        Map<String, String> facts = new HashMap<>();
                        m.forEach((k, v) -> facts.put((String) k, (String) v));
                        return Facts.of(facts);
                    })
                    .asGeneric();
        }
        if (type == boolean.class) {
            return Arbitraries.of(true, false).asGeneric();
        }
        if (type == int.class) {
            return Arbitraries.integers().asGeneric();
        }
        if (type == long.class) {
            return Arbitraries.longs().asGeneric();
        }
        if (type == Duration.class) {
            return Arbitraries.longs()
                    .between(1, Long.MAX_VALUE)
                    .map(Duration::ofNanos)
                    .asGeneric();
        }
        if (type == Instant.class) {
            Arbitrary<Long> seconds = Arbitraries.longs().between(0, LAST_SECOND);
            Arbitrary<Integer> nanos = Arbitraries.integers().between(0, 999_999_999);
            return Combinators.combine(seconds, nanos)
                    .as(Instant::ofEpochSecond)
                    .asGeneric();
        }
        throw new IllegalArgumentException("no values of " + type);
    }

    private static Arbitrary<Object> ofGeneric(ParameterizedType type) {
        Arbitrary<Object> first = of(type.getActualTypeArguments()[0]);
        if (type.getRawType() == Optional.class) {
            return first.optional().asGeneric();
        }
        if (type.getRawType() == List.class || type.getRawType() == Collection.class) {
            return first.list().ofMaxSize(4).asGeneric();
        }
        return Arbitraries.maps(first, of(type.getActualTypeArguments()[1]))
                .ofMaxSize(4)
                .asGeneric();
    }

    private static Arbitrary<Object> ofRecord(Class<?> type) {
        List<Arbitrary<Object>> parts = Arrays.stream(type.getRecordComponents())
                .map(component -> of(component.getGenericType()))
                .toList();
        return Combinators.combine(parts)
                .as(values -> construct(type, values))
                .filter(Optional::isPresent)
                .map(Optional::get);
    }

    /** Empty for values that the record refuses. */
    private static Optional<Object> construct(Class<?> type, List<Object> values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return Optional.of(type.getDeclaredConstructor(types).newInstance(values.toArray()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof KaitsuException) {
                return Optional.empty();
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
