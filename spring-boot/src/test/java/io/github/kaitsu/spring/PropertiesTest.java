package io.github.kaitsu.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.consent.ConsentClient;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every option of the builders can be set, and every property does something and says what. */
class PropertiesTest {
    private static final ActivationRetryPolicy DEFAULTS = ActivationRetryPolicy.ofDefaults();

    /** What of the builders is no plain data, and what it is taken from. A new option is added here, or better as a property. */
    private static final Map<Class<?>, Set<String>> BEANS = Map.of(
            ActivationClient.Builder.class,
            Set.of(
                    "answersOnlyBy",
                    "provisioner",
                    "provisioners",
                    "store",
                    "operator",
                    "listener",
                    "ownAccess",
                    "recordKeeper",
                    "clock",
                    "alarmClock",
                    "observer",
                    "executor",
                    "policy"),
            ConsentClient.Builder.class,
            Set.of("store", "server", "clock", "random"));

    private static final ApplicationContextRunner CONTEXT = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    KaitsuProvidersAutoConfiguration.class,
                    KaitsuConsentAutoConfiguration.class,
                    KaitsuAutoConfiguration.class))
            .withPropertyValues("kaitsu.store.memory=true", "kaitsu.start=false");

    @Test
    void policy_hasAPropertyForEveryOptionOfItsBuilder() {
        assertThat(policyProperties())
                .containsExactlyInAnyOrderElementsOf(options(ActivationRetryPolicy.Builder.class));
    }

    @Test
    void everyOtherOption_isTakenFromABeanOrAProperty() {
        BEANS.forEach((builder, beans) -> {
            Set<String> others = options(builder);
            assertThat(others).containsAll(beans);
            others.removeAll(beans);
            assertThat(components(KaitsuProperties.class)).containsAll(others);
        });
    }

    private static Set<String> options(Class<?> builder) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && m.getReturnType() == builder)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> policyProperties() {
        return components(KaitsuProperties.Policy.class);
    }

    private static List<String> components(Class<?> properties) {
        return Arrays.stream(properties.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** Each alone, to a value that is not the default and that all others' defaults allow. */
    @ParameterizedTest
    @MethodSource("policyProperties")
    void aPolicysProperty_changesThatAlone(String option) throws ReflectiveOperationException {
        Class<?> type = ActivationRetryPolicy.class.getMethod(option).getReturnType();
        String value = type == int.class ? "7" : type == double.class ? "0.25" : "3h";
        CONTEXT.withPropertyValues("kaitsu.policy." + kebab(option) + "=" + value)
                .run(context -> {
                    ActivationRetryPolicy policy = context.getBean(ActivationRetryPolicy.class);
                    for (String each : policyProperties()) {
                        Object now = get(policy, each);
                        assertThat(now.equals(get(DEFAULTS, each))).as(each).isEqualTo(!each.equals(option));
                    }
                });
    }

    @Test
    void nothingSet_isThePolicysOwnDefault() {
        CONTEXT.run(context ->
                assertThat(context.getBean(ActivationRetryPolicy.class)).isEqualTo(DEFAULTS));
    }

    private static Object get(ActivationRetryPolicy policy, String option) throws ReflectiveOperationException {
        return ActivationRetryPolicy.class.getMethod(option).invoke(policy);
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    @Test
    void metadata_describeEveryProperty() throws IOException {
        Map<String, String> described = new TreeMap<>();
        try (InputStream metadata =
                KaitsuProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : new JsonMapper().readTree(metadata).get("properties")) {
                described.put(
                        property.get("name").asString(),
                        property.path("description").asString(""));
            }
        }
        assertThat(described.keySet()).isEqualTo(named("kaitsu", KaitsuProperties.class));
        assertThat(described.values())
                .allSatisfy(text -> assertThat(text).hasSizeGreaterThan(10).endsWith("."));
    }

    static Set<String> named(String prefix, Class<?> properties) {
        return Arrays.stream(properties.getRecordComponents())
                .flatMap(c -> {
                    String name = prefix + "." + kebab(c.getName());
                    return c.getType().isRecord() ? named(name, c.getType()).stream() : Stream.of(name);
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aSecret_isInNoText() {
        CONTEXT.withPropertyValues("kaitsu.consent.box.client-secret=hush")
                .run(context -> assertThat(context.getBean(KaitsuProperties.class))
                        .asString()
                        .contains("box=App[null]")
                        .doesNotContain("hush"));
    }
}
