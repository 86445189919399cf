package io.github.kaitsu.microsoft365.internal;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an app was granted in the whole organisation.
 *
 * @param at when the newest of its application roles was given; Graph dates nothing else
 * @param forOneUser what single users consented to for themselves, which protects nobody else: told, and never counted
 */
record AppPermissions(SortedSet<Permission> permissions, Optional<Instant> at, SortedSet<String> forOneUser) {
    AppPermissions {
        permissions = Collections.unmodifiableSortedSet(new TreeSet<>(permissions));
        forOneUser = Collections.unmodifiableSortedSet(new TreeSet<>(forOneUser));
    }

    /** Without the kind: what the vendor publishes does not tell it. */
    Set<String> names() {
        return permissions.stream().map(Permission::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Known ones that are not there. */
    Set<String> missing(Set<String> known) {
        Set<String> missing = new TreeSet<>(known);
        missing.removeAll(names());
        return missing;
    }

    /** Those beyond the known ones. */
    Set<String> beyond(Set<String> known) {
        Set<String> beyond = names();
        beyond.removeAll(known);
        return beyond;
    }
}
