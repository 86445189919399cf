package io.github.kaitsu.sandbox;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What goes otherwise than the manuals say.
 *
 * @param kind what happens
 * @param times how often it happens; only {@link Kind#LINK_FAILS} uses it, 0 otherwise
 */
public record Scenario(Kind kind, int times) {
    private static final Pattern FORM = Pattern.compile("([a-z-]+)(?::([1-9][0-9]?))?");

    /** The kinds of trouble; the text of the command line is the name in lower case with hyphens. */
    public enum Kind {
        /** Everything goes as the manuals say. */
        NONE,
        /** Of each service the first N link tries end with the error banner; nothing is linked or pending (COMMON-10). */
        LINK_FAILS,
        /** The first service linked stays 保留 for ever and is never listed (COMMON-14). */
        STUCK_PENDING,
        /** The Box account is a co-administrator's (BOX-1). */
        CO_ADMIN,
        /** The console reports success, yet Box has neither folders nor group (BOX-2). */
        NO_FOLDERS,
        /** All services were linked and protected long before; two Box tasks were left undone (BOX-4, BOX-6). */
        ALREADY_LINKED,
        /** Box still has the folders and the group of an earlier link; nothing is listed (BOX-2). */
        LEFTOVER_FOLDERS,
        /** Something that is not ours is 保留 at the start and clears by itself after 90 minutes (COMMON-13). */
        FOREIGN_PENDING,
        /**
         * Somebody signed in first, two minutes before the start, and started Box, Dropbox and Exchange Online at once, as the console
         * offers then: all three are 保留 at the start (COMMON-5).
         */
        FIRST_SIGN_IN,
        /**
         * Somebody granted Dropbox, which was finished two minutes before the start, and then Box, one minute before it, which is
         * still 保留 (COMMON-12).
         */
        GRANTED_BEFORE,
        /** The account at Google is an administrator with a part of the rights (GOOGLE-1). */
        DELEGATED_ADMIN,
        /** The super admin's account at Google is suspended; only programs can tell, since the pages would not open (GOOGLE-1). */
        SUSPENDED_ADMIN,
        /** Google's settings forbid apps of the Marketplace until somebody changes them (GOOGLE-1). */
        MARKETPLACE_BLOCKED,
        /** The Microsoft account's role of Global Administrator is not active (M365-1). */
        INACTIVE_ROLE,
        /** Of what a Microsoft service's app asks for, one permission is not consented to (M365-1). */
        PARTIAL_CONSENT
    }

    /** Everything goes as the manuals say. */
    public static final Scenario NONE = new Scenario(Kind.NONE, 0);

    /**
     * Checks that a number stands only where it means something.
     *
     * @throws IllegalArgumentException if it does not
     */
    public Scenario {
        if ((kind == Kind.LINK_FAILS) != (times > 0)) {
            throw new IllegalArgumentException("only link-fails takes a number, and it must be positive");
        }
    }

    /** One that takes no number. */
    public static Scenario of(Kind kind) {
        return new Scenario(kind, 0);
    }

    /**
     * Of each service the first so many grants end with the error banner; at least 1.
     *
     * @throws IllegalArgumentException if it is less
     */
    public static Scenario linkFails(int times) {
        return new Scenario(Kind.LINK_FAILS, times);
    }

    /**
     * Reads the command line's form: {@code none}, {@code link-fails:2}, {@code stuck-pending} …
     *
     * @throws KaitsuException {@code UNKNOWN_SCENARIO}
     */
    public static Scenario parse(String text) {
        Matcher m = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (m.matches()) {
            for (Kind kind : Kind.values()) {
                boolean wantsNumber = kind == Kind.LINK_FAILS;
                if (name(kind).equals(m.group(1)) && wantsNumber == (m.group(2) != null)) {
                    return new Scenario(kind, wantsNumber ? Integer.parseInt(m.group(2)) : 0);
                }
            }
        }
        throw KaitsuException.of(ErrorCode.UNKNOWN_SCENARIO, "", text);
    }

    /** The command line's form. */
    public String text() {
        return kind == Kind.LINK_FAILS ? name(kind) + ":" + times : name(kind);
    }

    @Override
    public String toString() {
        return text();
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
