package io.github.kaitsu.tests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;

/** Finds the static fields that can change: not final, or holding something that is not known to be immutable. */
final class StaticState {
    private static final String OURS = "io.github.kaitsu";

    /** Immutable, or configured once where they are made. */
    private static final Set<Class<?>> LIBRARIES = Set.of(
            Logger.class,
            JsonFactory.class,
            StreamReadConstraints.class,
            DefaultIndenter.class,
            ObjectMapper.class,
            ObjectReader.class,
            ObjectWriter.class);

    private final Set<String> mutable = new TreeSet<>();

    /** {@code Class.field} of each. */
    Set<String> mutable() {
        return mutable;
    }

    void inspect(Class<?> type) throws ReflectiveOperationException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && !field.isSynthetic()
                    && !(Modifier.isFinal(field.getModifiers()) && isImmutable(valueOf(field, null)))) {
                mutable.add(type.getSimpleName() + "." + field.getName());
            }
        }
    }

    private static Object valueOf(Field field, Object owner) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(owner);
    }

    private static boolean isImmutable(Object value) throws ReflectiveOperationException {
        if (value == null || value instanceof Enum<?> || value instanceof Class<?>) {
            return true;
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            return false;
        }
        if (LIBRARIES.stream().anyMatch(library -> library.isInstance(value))) {
            return true;
        }
        if (value instanceof Collection<?> elements) {
            return isUnmodifiable(type) && areImmutable(elements);
        }
        if (value instanceof Map<?, ?> map) {
            return isUnmodifiable(type) && areImmutable(map.keySet()) && areImmutable(map.values());
        }
        if (value instanceof Optional<?> optional) {
            return isImmutable(optional.orElse(null));
        }
        if (type.getName().startsWith(OURS)) {
            return hasImmutableFields(value);
        }
        return isValueOfTheJdk(type);
    }

    private static boolean isUnmodifiable(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.util.ImmutableCollections$")
                || name.startsWith("java.util.Collections$Unmodifiable")
                || name.startsWith("java.util.Collections$Empty");
    }

    private static boolean areImmutable(Collection<?> values) throws ReflectiveOperationException {
        for (Object value : values) {
            if (!isImmutable(value)) {
                return false;
            }
        }
        return true;
    }

    /** Records, constants of our own types, and lambdas with what they have captured. */
    private static boolean hasImmutableFields(Object value) throws ReflectiveOperationException {
        if (value.getClass().isHidden()) { // a lambda
            return true;
        }
        for (Field field : value.getClass().getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (!Modifier.isStatic(modifiers) && !(Modifier.isFinal(modifiers) && isImmutable(valueOf(field, value)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isValueOfTheJdk(Class<?> type) {
        String name = type.getName();
        return name.matches("java\\.lang\\.(String|Boolean|Character|Byte|Short|Integer|Long|Float|Double)")
                || name.startsWith("java.time.")
                || name.matches("java\\.(util\\.regex\\.Pattern|net\\.URI|util\\.Locale|math\\.Big\\w+)");
    }
}
