package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.text.PastedText;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * One line of the console's notifications or task list, or something there in a line's shape that could not be read whole
 * (rule COMMON-12). Immutable.
 *
 * @param service null where the message names none that is known, whole
 * @param event what the message says; the heading above it says nothing, since both lists appear under either
 * @param severity the filter 重大度 / Severity the line stood under, or its own, as written; null if none was seen
 * @param organisation as written; null where the line lost it
 * @param time when, from the console's clock in its printed zone, UTC if none is printed; null where the line has none that
 *     can be read for certain
 * @param text the line as pasted; several lines where it was broken
 * @param list the list it belongs to: of a known message its own, else its heading's, else {@link ListKind#TASKS}
 */
public record ConsoleEntry(
        @Nullable CloudService service,
        Kind event,
        @Nullable String severity,
        @Nullable String organisation,
        @Nullable Instant time,
        String text,
        ListKind list) {

    /** What a line says. */
    public enum Kind {
        /** 「…のユーザおよびグループを更新しました。」: a task, no proof. */
        USERS_AND_GROUPS_UPDATED,
        /** 「Boxの共有フォルダおよび隔離フォルダを作成しました。」: a task, no proof. */
        FOLDERS_CREATED,
        /** 「Dropboxの共有フォルダを確認しました。」: a task, no proof. */
        FOLDERS_CHECKED,
        /** The service is protected. Never without service, time and organisation. */
        PROTECTED,
        /** The opposite; counts against us even where time or organisation are lost. */
        NOT_PROTECTED,
        /** Anything else, also what nobody knows. */
        OTHER
    }

    /** A line that lacks service, time or organisation proves no protection. */
    public ConsoleEntry {
        if (event == Kind.PROTECTED && (service == null || time == null || organisation == null)) {
            event = Kind.OTHER;
        }
    }

    /**
     * Whether two names are one organisation's: width, spaces, variation selectors, icons and whatever does not show may
     * differ, and so may the characters that Windows (CP932) and others (JIS) make of one; case may not.
     */
    public static boolean sameOrganisation(@Nullable String a, @Nullable String b) {
        return a != null && b != null && PastedText.name(a).equals(PastedText.name(b));
    }

    /** Whether it names this organisation, as {@link #sameOrganisation} compares. */
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

    /** The line stood under 失敗しました / Failed. */
    public boolean isFailure() {
        return severity != null && ConsoleVocabulary.isFailure(severity);
    }

    /**
     * Whether it counts against a service's protection: it says the opposite, or is anything at all under 失敗. Of what is not
     * understood, or ran into another line, the service's name is enough, and where no name is left it may be any service's.
     */
    public boolean isOpposite(CloudService some) {
        if (service != some && !isUnclear()) {
            return false; // most lines, and nothing of them has to be searched
        }
        boolean saysSo = event == Kind.NOT_PROTECTED
                || isFailure()
                || (event == Kind.OTHER && ConsoleVocabulary.holdsOpposite(text));
        return saysSo && (mayConcern(some) || isAnybodys());
    }

    /** No service's name is left, or what is left of the message may be the end of another's: "box" of Dropbox. */
    private boolean isAnybodys() {
        return isUnclear() && (!ConsoleVocabulary.holdsService(text) || isFragment());
    }

    private boolean isFragment() {
        return service == null && ConsoleVocabulary.isFragment(ConsoleProse.bare(message()));
    }

    /** Whether something of a service is still going on, though it stands under another severity than 保留. */
    public boolean isRunning(CloudService some) {
        return event == Kind.OTHER && (mayConcern(some) || isFragment()) && ConsoleVocabulary.holdsProgress(text);
    }

    /** Whether it is what is left of a line that may have been about a service, so that it may have said anything. */
    public boolean isRestOf(CloudService some) {
        return event == Kind.OTHER && (isFragment() || (service == some && time == null));
    }

    /** What stands before its time, as far as that can be told. */
    private String message() {
        Matcher m = ConsoleTimes.TIME.matcher(text);
        return m.find() ? text.substring(0, m.start()) : text;
    }

    /** Whether it is about a service, or so unclear that the service's name in it must do. */
    public boolean mayConcern(CloudService some) {
        return service == some || (isUnclear() && ConsoleVocabulary.holdsService(text, some));
    }

    private boolean isUnclear() {
        return event == Kind.OTHER && (service == null || organisation == null);
    }

    /** Whether it may be of an organisation, against us: the name is that, or lost, or was cut, or something ran into it. */
    public boolean mayBeOf(String name) {
        if (organisation == null || isOf(name)) {
            return true;
        }
        String written = PastedText.name(organisation);
        String ours = PastedText.name(name);
        boolean isDefault = ConsoleVocabulary.isDefaultOrganisation(written)
                && ConsoleVocabulary.isDefaultOrganisation(ours); // in the other language
        return isDefault || written.startsWith(ours) || ours.startsWith(written);
    }

    /** Its message is known and service, time and organisation are there: only such a line can count for us. */
    public boolean isWhole() {
        return event != Kind.OTHER && service != null && time != null && organisation != null;
    }

    /**
     * Whether both are the same line of the console, read twice: pasting changes spaces and widths, and a line may appear
     * under two severities.
     */
    public boolean isSameLineAs(ConsoleEntry other) {
        boolean sameOrganisation = organisation == null ? other.organisation == null : other.isOf(organisation);
        boolean sameMessage = service == other.service && event == other.event && Objects.equals(time, other.time);
        return sameOrganisation
                && sameMessage
                && (isUnderstood() || PastedText.key(text).equals(PastedText.key(other.text)));
    }

    /**
     * SHA-256 in hexadecimal, the same for lines that {@link #isSameLineAs} calls one: tells whether one line was pasted for two
     * customers, whatever stood around it. Empty if it has no time or no organisation.
     */
    public String fingerprint() {
        return ConsoleFingerprint.of(this);
    }

    /** Equal for lines that {@link #isSameLineAs} calls the same, for sets and the fingerprint. */
    String canonical() {
        String name = organisation == null ? "" : PastedText.name(organisation);
        String message = isUnderstood() ? "" : PastedText.key(text);
        return String.join("\t", event.name(), String.valueOf(service), String.valueOf(time), name, message);
    }

    private boolean isUnderstood() {
        return event != Kind.OTHER && time != null;
    }
}
