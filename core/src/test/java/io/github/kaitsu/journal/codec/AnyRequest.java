package io.github.kaitsu.journal.codec;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.KaitsuException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Requests with any of their settings, found at the builder, so that a new setting is covered as soon as it is there. */
final class AnyRequest {
    /** What no random text hits. */
    private static final Map<String, String> ADDRESSES = Map.of(
            "consoleOrigin", "https://admin-eu.tmcas.trendmicro.com",
            "sharePointAdminSite", "https://example-admin.sharepoint.com");

    private AnyRequest() {}

    static Arbitrary<Object> of(Class<?> type) {
        Method builder = method(type, "builder", CustomerId.class);
        List<Method> setters = Arrays.stream(builder.getReturnType().getMethods())
                .filter(m -> m.getReturnType() == builder.getReturnType() && !m.isVarArgs())
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
        Arbitrary<List<Optional<Object>>> settings = Combinators.combine(
                        setters.stream().map(AnyRequest::value).toList())
                .as(values -> values);
        return Combinators.combine(AnyRecord.of(CustomerId.class), settings)
                .as((customer, values) -> build(call(builder, null, customer), setters, values))
                .filter(Optional::isPresent)
                .map(Optional::get);
    }

    private static Arbitrary<Optional<Object>> value(Method setter) {
        String address = ADDRESSES.get(setter.getName());
        Arbitrary<Object> value = address == null
                ? AnyRecord.of(setter.getGenericParameterTypes()[0])
                : Arbitraries.just(address).asGeneric();
        return value.optional();
    }

    /** Empty for what the builder refuses. */
    private static Optional<Object> build(Object builder, List<Method> setters, List<Optional<Object>> values) {
        for (int i = 0; i < setters.size(); i++) {
            if (values.get(i).isPresent()) {
                call(setters.get(i), builder, values.get(i).get());
            }
        }
        try {
            return Optional.of(call(method(builder.getClass(), "build"), builder));
        } catch (KaitsuException e) {
            return Optional.empty();
        }
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(Method method, Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof KaitsuException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
