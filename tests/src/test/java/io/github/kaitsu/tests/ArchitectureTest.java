package io.github.kaitsu.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.kaitsu.Statement;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.vendor.CallRetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the modules, and what none of them may do. Tests may look behind the scenes; what is shipped may not. */
class ArchitectureTest {
    private static final String OURS = "io.github.kaitsu";
    /** The subjects of the core that others use, and those that it keeps for itself. */
    private static final List<String> OFFERED =
            List.of("consent", "console", "fleet", "journal", "operator", "provision", "report", "store", "vendor");

    private static final List<String> KEPT = List.of("files", "internal", "text");
    private static final String[] CORE = packages(Stream.concat(OFFERED.stream(), KEPT.stream()), "..");
    private static final String[] CORE_FOR_OTHERS = packages(OFFERED.stream(), "");
    private static final String FOR_VENDORS = OURS + ".vendor.http";
    private static final String[] PROVIDERS = {
        OURS + ".box..", OURS + ".dropbox..", OURS + ".google..", OURS + ".microsoft365.."
    };
    private static final String[] EXAMPLES = {OURS + ".cli..", OURS + ".recipes.."};
    private static final String BROWSER = OURS + ".browser..";
    private static final String INVITE = OURS + ".invite..";
    private static final String CLUSTER = OURS + ".cluster..";
    private static final String SANDBOX = OURS + ".sandbox..";
    private static final String SPRING = OURS + ".spring..";
    private static final String[] JDK = {
        "java..",
        "javax.crypto..",
        "javax.net..",
        "javax.xml..",
        "org.w3c.dom..",
        "org.xml.sax..",
        "com.sun.net.httpserver.."
    };
    /** The only statics that are not plainly immutable. */
    private static final List<String> STATICS = List.of(
            "LockFile.ISSUED", // no two leases of this process have the same token
            "LockFile.OPEN", // which files this process holds; a lock of the system belongs to the process
            "CallRetry.HEARING", // who hears of the calls on this thread, as long as it looks
            "Texts.LOADED", // a cache of files that never change
            "JournalLines.BEFORE_HASH", // bytes that nobody writes to
            "JournalLines.AFTER_HASH",
            "JournalLines.LINE_END",
            "Pictures.JPEG", // the same
            "Pictures.PNG");

    private static JavaClasses shipped;

    private static String[] packages(Stream<String> subjects, String below) {
        return Stream.concat(Stream.of(OURS), subjects.map(subject -> OURS + "." + subject + below))
                .toArray(String[]::new);
    }

    @BeforeAll
    static void read() {
        shipped = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .withImportOption(location -> !location.contains("-contracts.jar"))
                .importPackages(OURS);
    }

    /** A module that nobody looks at keeps to every rule. */
    @Test
    void everyPackageOfEveryModule_isLookedAt() throws IOException {
        Set<String> seen = shipped.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(sourcePackages()).contains(OURS, OURS + ".cli", OURS + ".recipes");
        assertThat(seen).containsExactlyInAnyOrderElementsOf(sourcePackages());
    }

    private static Set<String> sourcePackages() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (Path parent : List.of(Path.of(".."), Path.of("../examples"))) {
            try (Stream<Path> modules = Files.list(parent)) {
                // the benchmarks measure from within; the desk is a host with all of Boot; neither is shipped
                for (Path sources : modules.filter(m -> !m.endsWith("benchmarks") && !m.endsWith("desk"))
                        .map(m -> m.resolve("src/main/java"))
                        .toList()) {
                    packages.addAll(packagesIn(sources));
                }
            }
        }
        return packages;
    }

    private static List<String> packagesIn(Path sources) throws IOException {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("module-info.java"))
                    .map(f -> sources.relativize(f.getParent()).toString().replaceAll("[/\\\\]", "."))
                    .toList();
        }
    }

    // ---- arrows

    @Test
    void core_knowsNoVendorAndFourLibraries() {
        classes()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                        .or(resideInAnyPackage(JDK))
                        .or(resideInAnyPackage(
                                "org.slf4j..",
                                "com.fasterxml.jackson..",
                                "io.github.resilience4j..",
                                "org.jspecify..")))
                .check(shipped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"box", "dropbox", "google", "microsoft365", "browser", "invite", "cluster", "sandbox"})
    void aModule_seesOfOursOnlyItselfAndWhatCoreOffers(String module) {
        String own = OURS + "." + module + "..";
        DescribedPredicate<JavaClass> foreign = resideInAPackage(OURS + "..")
                .and(not(resideInAPackage(own)))
                .and(not(resideInAnyPackage(CORE_FOR_OTHERS)))
                .and(not(resideInAPackage(isVendor(module) ? FOR_VENDORS : own)));
        noClasses()
                .that()
                .resideInAPackage(own)
                .and(not(belongToAnyOf(SandboxConnections.class)))
                .should()
                .dependOnClassesThat(foreign)
                .check(shipped);
    }

    /** Wiring needs no more of ours than a host could write itself. */
    @Test
    void theStarter_seesOfOursOnlyWhatHostsSee() {
        noClasses()
                .that()
                .resideInAPackage(SPRING)
                .should()
                .dependOnClassesThat(resideInAPackage(OURS + "..")
                        .and(not(resideInAnyPackage(CORE_FOR_OTHERS)))
                        .and(not(resideInAnyPackage(OURS + ".box", OURS + ".dropbox", OURS + ".google")))
                        .and(not(resideInAnyPackage(
                                OURS + ".microsoft365", OURS + ".invite", OURS + ".cluster", SPRING))))
                .check(shipped);
    }

    /** A test's one line; whoever does without it needs no provider. */
    @Test
    void theSandboxsConnections_seeWhatProvidersOffer() {
        noClasses()
                .that()
                .belongToAnyOf(SandboxConnections.class)
                .should()
                .dependOnClassesThat(resideInAPackage(OURS + "..internal..").and(not(resideInAPackage(SANDBOX))))
                .check(shipped);
    }

    private static boolean isVendor(String module) {
        return List.of(PROVIDERS).contains(OURS + "." + module + "..");
    }

    // ---- subjects of the core; the root holds the facade and the common words, so it may know all of them

    @Test
    void noSubjectOfTheCore_knowsAnotherThatKnowsIt() {
        slices().assignedFrom(new CoreSubjects()).should().beFreeOfCycles().check(shipped);
    }

    @Test
    void nobody_usesAnotherSubjectsInternals() {
        CoreSubjects subjects = new CoreSubjects();
        for (String subject : subjects.of(shipped)) {
            noClasses()
                    .that(subjects.areOthersThan(subject))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(OURS + "." + subject + "..internal..")
                    .check(shipped);
        }
    }

    @Test
    void production_neverSeesTheSandboxOrTheExamples() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .or()
                .resideInAnyPackage(PROVIDERS)
                .or()
                .resideInAPackage(BROWSER)
                .or()
                .resideInAPackage(INVITE)
                .or()
                .resideInAPackage(CLUSTER)
                .or()
                .resideInAPackage(SPRING)
                .should()
                .dependOnClassesThat(resideInAPackage(SANDBOX).or(resideInAnyPackage(EXAMPLES)))
                .check(shipped);
    }

    @Test
    void anExample_seesNoInternals() {
        noClasses()
                .that()
                .resideInAnyPackage(EXAMPLES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(OURS + "..internal..")
                .check(shipped);
    }

    @ParameterizedTest
    @CsvSource({
        "box, com.box..",
        "dropbox, com.dropbox..",
        "google, com.google..",
        "microsoft365, com.microsoft.graph..",
        "microsoft365, com.microsoft.kiota..",
        "microsoft365, com.azure..",
        "cluster, org.flywaydb.."
    })
    void aVendorsSdk_isSeenByItsOwnModuleAlone(String module, String sdk) {
        noClasses()
                .that()
                .resideOutsideOfPackage(OURS + "." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(sdk)
                .check(shipped);
    }

    /** Nobody who activates without a browser gets its driver; the examples put a person into its window. */
    @Test
    void playwright_isSeenByTheBrowserAndTheExamplesAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BROWSER, EXAMPLES[0], EXAMPLES[1])
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.microsoft.playwright..")
                .check(shipped);
    }

    @Test
    void theSandbox_fitsBesideAnyVersionOfTheVendorsLibraries() {
        classes()
                .that()
                .resideInAPackage(SANDBOX)
                .should()
                .onlyDependOnClassesThat(resideInAPackage(OURS + "..")
                        .or(resideInAnyPackage(JDK))
                        .or(resideInAnyPackage("org.slf4j..", "com.fasterxml.jackson..", "org.jspecify..")))
                .check(shipped);
    }

    /** Whoever embeds the pages gets no library for them. */
    @Test
    void invite_knowsTheCoreAndTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(INVITE)
                .should()
                .onlyDependOnClassesThat(resideInAPackage(INVITE)
                        .or(resideInAnyPackage(CORE_FOR_OTHERS))
                        .or(resideInAnyPackage(JDK))
                        .or(resideInAnyPackage("org.slf4j..", "org.jspecify..")))
                .check(shipped);
    }

    // ---- what nobody does

    /** What is evidence is said by code: its factories check that, and nobody goes past them. */
    @Test
    void noSentence_getsIntoEvidence() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Statement.class)
                .should()
                .callConstructor(Statement.class, String.class, List.class, String.class)
                .because("a statement is a code with arguments, made by Statement.of or a look's factories")
                .check(shipped);
    }

    @Test
    void nobody_sleeps() {
        noClasses()
                .that(not(isTheDefaultOfTheInjectedSleeper()))
                .should()
                .callMethodWhere(target(owner(equivalentTo(Thread.class))).and(target(name("sleep"))))
                .check(shipped);
    }

    private static DescribedPredicate<JavaClass> isTheDefaultOfTheInjectedSleeper() {
        return equivalentTo(CallRetry.Builder.class);
    }

    @Test
    void nobodyButAnExample_writesToTheStandardStreams() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(shipped.that(not(resideInAnyPackage(EXAMPLES))));
    }

    /** Two clients in one process must not feel each other, except where a lock of the operating system makes them. */
    @Test
    void production_keepsNoStateInStatics() throws ReflectiveOperationException {
        StaticState state = new StaticState();
        for (JavaClass c : shipped.that(resideInAnyPackage(CORE)
                .or(resideInAnyPackage(PROVIDERS))
                .or(resideInAnyPackage(BROWSER, INVITE, CLUSTER)))) {
            state.inspect(Class.forName(c.getName()));
        }
        assertThat(state.mutable()).containsExactlyInAnyOrderElementsOf(STATICS);
    }
}
