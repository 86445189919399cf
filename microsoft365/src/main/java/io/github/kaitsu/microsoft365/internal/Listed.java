package io.github.kaitsu.microsoft365.internal;

import java.util.Collection;

/** Names, numbers and addresses as they stand in a statement: in a row, or a dash where there is nothing. */
final class Listed {
    private static final String NOTHING = "—";

    private Listed() {}

    static String of(Collection<String> names) {
        return of(String.join(", ", names));
    }

    static String of(String name) {
        return name.isEmpty() ? NOTHING : name;
    }
}
