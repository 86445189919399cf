package io.github.kaitsu;

import io.github.kaitsu.console.ConsoleOrigin;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** What every request has, checked. Throws KaitsuException INVALID_REQUEST, SERVICE_REFUSED or INVALID_CONSOLE_ORIGIN. */
record RequestParts(
        CustomerId customer,
        List<CloudService> services,
        Optional<String> consoleOrigin,
        Duration giveUpAfter,
        Optional<String> company,
        Optional<String> reference,
        Set<String> labels) {

    static final Duration GIVE_UP_AFTER = Duration.ofDays(30);

    private static final int LONGEST_COMPANY = 128;
    private static final int LONGEST_REFERENCE = 64;
    private static final int LONGEST_LABEL = 64;
    private static final int MOST_LABELS = 20;

    /** Letters and signs that show nothing: the Hangul fillers and the empty braille cell. */
    private static final Set<Integer> BLANKS = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800);

    RequestParts {
        Objects.requireNonNull(customer);
        if (services.contains(CloudService.TEAMS_CHAT)) {
            throw KaitsuException.of(ErrorCode.SERVICE_REFUSED, ""); // M365-3
        }
        services = List.copyOf(new LinkedHashSet<>(services));
        if (services.isEmpty()) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "services");
        }
        consoleOrigin = consoleOrigin.map(o -> ConsoleOrigin.parse(o).uri().toString());
        if (giveUpAfter.isNegative() || giveUpAfter.isZero()) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "giveUpAfter");
        }
        company = company.map(c -> line(c, LONGEST_COMPANY, "company"));
        reference = reference.map(r -> line(r, LONGEST_REFERENCE, "reference"));
        labels = labels(labels);
    }

    private static String line(String raw, int longest, String variant) {
        String text = raw.strip();
        boolean isEmpty = text.codePoints().allMatch(Character::isSpaceChar);
        if (isEmpty || text.codePointCount(0, text.length()) > longest || has(text, RequestParts::isInvisible)) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, variant, longest);
        }
        return text;
    }

    private static Set<String> labels(Set<String> raw) {
        TreeSet<String> sorted = new TreeSet<>(raw);
        boolean isWrong = sorted.stream()
                .anyMatch(label -> label.isEmpty()
                        || label.codePointCount(0, label.length()) > LONGEST_LABEL
                        || has(label, c -> isInvisible(c) || Character.isSpaceChar(c)));
        if (isWrong || sorted.size() > MOST_LABELS) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "labels", MOST_LABELS, LONGEST_LABEL);
        }
        return Collections.unmodifiableSet(sorted);
    }

    private static boolean has(String text, IntPredicate what) {
        return text.codePoints().anyMatch(what);
    }

    /** What could break a line, turn its direction or make two different texts look the same. Variants of a kanji are none. */
    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> BLANKS.contains(c);
        };
    }
}
