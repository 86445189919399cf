package io.github.kaitsu;

import io.github.kaitsu.internal.PastedText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the console's notifications or task list (rule COMMON-12). Immutable.
 *
 * @param service null where the message names none that is known, whole
 * @param event what the message says; the heading above it says nothing, since both lists appear under either
 * @param severity the filter 重大度 / Severity the line stood under, or its own, as written; null if none was seen
 * @param organisation as written; null where the line lost it
 * @param time the console's time, which is UTC; null where the line has no valid one
 * @param text the line as pasted; several lines where it was broken
 */
public record ConsoleEntry(
        @Nullable CloudService service,
        Kind event,
        @Nullable String severity,
        @Nullable String organisation,
        @Nullable Instant time,
        String text) {

    /** What a line says. */
    public enum Kind {
        USERS_AND_GROUPS_UPDATED,
        FOLDERS_CREATED,
        FOLDERS_CHECKED,
        /** The service is protected. Never without service, time and organisation. */
        PROTECTED,
        OTHER
    }

    /** A line that lacks service, time or organisation proves no protection. */
    public ConsoleEntry {
        if (event == Kind.PROTECTED && (service == null || time == null || organisation == null)) {
            event = Kind.OTHER;
        }
    }

    /** Whether two names are one organisation's: width and spaces may differ, case may not. */
    public static boolean sameOrganisation(@Nullable String a, @Nullable String b) {
        return a != null && b != null && PastedText.fold(a).equals(PastedText.fold(b));
    }

    public boolean isOf(String name) {
        return sameOrganisation(organisation, name);
    }

    /** The line stood under 保留 / Pending. */
    public boolean isPending() {
        return severity != null && ConsoleVocabulary.isPending(severity);
    }

    /** The line stood under 成功しました / Success. */
    public boolean isSuccess() {
        return severity != null && ConsoleVocabulary.isSuccess(severity);
    }

    /**
     * Whether both are the same line of the console, read twice: pasting changes spaces and widths, and a line may appear
     * under two severities.
     */
    public boolean isSameLineAs(ConsoleEntry other) {
        boolean sameOrganisation = organisation == null ? other.organisation == null : other.isOf(organisation);
        boolean sameMessage = service == other.service && event == other.event && Objects.equals(time, other.time);
        boolean isUnderstood = event != Kind.OTHER && time != null;
        return sameOrganisation
                && sameMessage
                && (isUnderstood || PastedText.key(text).equals(PastedText.key(other.text)));
    }
}
