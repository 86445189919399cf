package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What others may call is as the dump in {@code src/test/resources/api} says. {@code -Dkaitsu.api.write=true} writes it anew; whoever
 * changes it says why in the changelog, and from the first release on what to do about it in UPGRADING.md.
 */
class PublicApiTest {
    private static final String OURS = "io.github.kaitsu.";
    private static final List<String> OF_MODULES =
            List.of("box", "dropbox", "google", "microsoft365", "browser", "invite", "cluster", "sandbox");

    /** Of the core and not for others, or with libraries that are not here. */
    private static final List<String> KEPT =
            List.of("files", "text", "vendor.http", "journal.codec", "cli", "recipes", "spring");

    private static JavaClasses all;

    @BeforeAll
    static void readOnce() {
        all = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .withImportOption(location -> !location.contains("-contracts.jar"))
                .withImportOption(location -> !location.contains("-mutations.jar"))
                .importPackages("io.github.kaitsu");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"core", "box", "dropbox", "google", "microsoft365", "browser", "invite", "cluster", "sandbox"})
    void publicApi_isAsTheDumpSays(String module) throws IOException {
        assertDumped(
                module,
                all.stream()
                        .filter(c -> isOf(module, c))
                        .map(PublicApiTest::load)
                        .filter(PublicApiTest::isSeen)
                        .map(PublicApiTest::described));
    }

    /** Read, not loaded: Spring is not here. Its properties, which are an API too, are compared in its own module. */
    @Test
    void publicApi_ofTheStarter_isAsTheDumpSays() throws IOException {
        assertDumped(
                "spring",
                all.stream()
                        .filter(c -> isOfTheStarter(c) && isSeen(c.getModifiers()))
                        .map(c -> c.getName() + "\n"
                                + c.getMembers().stream()
                                        .filter(m -> isSeen(m.getModifiers()))
                                        .map(PublicApiTest::described)
                                        .sorted()
                                        .collect(Collectors.joining())));
    }

    private static boolean isOfTheStarter(JavaClass c) {
        return (c.getPackageName() + ".").startsWith(OURS + "spring.")
                && !c.getPackageName().contains("internal")
                && c.getEnclosingClass().map(PublicApiTest::isOfTheStarter).orElse(true);
    }

    private static boolean isSeen(Set<JavaModifier> modifiers) {
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static String described(JavaMember member) {
        String type = member instanceof JavaCodeUnit code
                ? code.getReturnType().getName()
                : ((JavaField) member).getType().getName();
        String isStatic = member.getModifiers().contains(JavaModifier.STATIC) ? "static " : "";
        return "    " + isStatic + type + " "
                + member.getFullName().substring(member.getOwner().getName().length() + 1) + "\n";
    }

    private static void assertDumped(String module, Stream<String> types) throws IOException {
        String now = types.sorted().collect(Collectors.joining("\n"));
        Path dump = Path.of("src/test/resources/api", module + ".txt");
        if (Boolean.getBoolean("kaitsu.api.write")) {
            Files.createDirectories(dump.getParent());
            Files.writeString(dump, now);
        }
        assertThat(now).as("what others may call, of %s", module).isEqualTo(Files.readString(dump));
    }

    private static boolean isOf(String module, JavaClass c) {
        String name = (c.getPackageName() + ".").substring(OURS.length());
        String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        boolean ofCore = !OF_MODULES.contains(first) && KEPT.stream().noneMatch(k -> name.startsWith(k + "."));
        return !name.contains("internal.") && (module.equals("core") ? ofCore : module.equals(first));
    }

    private static Class<?> load(JavaClass c) {
        try {
            return Class.forName(c.getName(), false, PublicApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSeen(Class<?> type) {
        return isSeen(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isSynthetic()
                && (type.getDeclaringClass() == null || isSeen(type.getDeclaringClass()));
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String described(Class<?> type) {
        List<String> lines = new ArrayList<>();
        Stream.of(type.getDeclaredFields()).filter(PublicApiTest::isSeen).forEach(f -> lines.add(described(f)));
        Stream.of(type.getDeclaredConstructors()).filter(PublicApiTest::isSeen).forEach(c -> lines.add(described(c)));
        Stream.of(type.getDeclaredMethods())
                .filter(m -> isSeen(m) && !m.isBridge())
                .forEach(m -> lines.add(described(m)));
        return type.toGenericString() + parents(type) + "\n"
                + lines.stream().sorted().map(l -> "    " + l + "\n").collect(Collectors.joining());
    }

    private static boolean isSeen(Member member) {
        return isSeen(member.getModifiers()) && !member.isSynthetic();
    }

    private static String parents(Class<?> type) {
        List<String> parents = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(Type::getTypeName)
                .filter(name -> !name.equals("java.lang.Object") && !name.equals("java.lang.Record"))
                .toList();
        return (parents.isEmpty() ? "" : " : " + String.join(", ", parents)) + (type.isSealed() ? " sealed" : "");
    }

    private static String described(Field field) {
        return field.toGenericString().replace(field.getDeclaringClass().getName() + ".", "");
    }

    private static String described(Constructor<?> constructor) {
        return constructor.toGenericString();
    }

    private static String described(Method method) {
        return method.toGenericString()
                .replace(method.getDeclaringClass().getName() + "." + method.getName(), method.getName());
    }
}
