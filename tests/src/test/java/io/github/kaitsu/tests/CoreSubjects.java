package io.github.kaitsu.tests;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which subject of the core a class belongs to: the first package below the root. Internals count with the subject beside which
 * they stand, and {@code internal.x} is the subject {@code x}. The root itself belongs to none.
 */
final class CoreSubjects implements SliceAssignment {
    private static final String ROOT = "io.github.kaitsu.";
    private static final String INTERNAL = "internal.";
    private static final List<String> OTHER_MODULES =
            List.of("box", "dropbox", "google", "microsoft365", "browser", "cluster", "sandbox", "cli", "recipes");

    static Optional<String> of(JavaClass c) {
        String name = c.getPackageName() + ".";
        if (!name.startsWith(ROOT) || name.equals(ROOT)) {
            return Optional.empty();
        }
        String below = name.substring(ROOT.length());
        below = below.startsWith(INTERNAL) && !below.equals(INTERNAL) ? below.substring(INTERNAL.length()) : below;
        String subject = below.substring(0, below.indexOf('.'));
        return OTHER_MODULES.contains(subject) ? Optional.empty() : Optional.of(subject);
    }

    Set<String> of(JavaClasses classes) {
        return classes.stream().flatMap(c -> of(c).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    DescribedPredicate<JavaClass> areOthersThan(String subject) {
        return DescribedPredicate.describe(
                "belong to another subject than " + subject,
                c -> of(c).filter(its -> !its.equals(subject)).isPresent());
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass c) {
        return of(c).map(SliceIdentifier::of).orElseGet(SliceIdentifier::ignore);
    }

    @Override
    public String getDescription() {
        return "subjects of the core";
    }
}
