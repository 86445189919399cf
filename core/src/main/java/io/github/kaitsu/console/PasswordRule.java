package io.github.kaitsu.console;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The console's rule for a new password (rule COMMON-3): digits, upper and lower case, 8 to 25 characters.
 *
 * <p>An offline courtesy to the person who chooses one. Nothing is kept, copied or logged; clearing the array stays with the
 * caller. Kaitsu itself never asks for a password.
 */
public final class PasswordRule {
    public static final int SHORTEST = 8;
    public static final int LONGEST = 25;

    /** A part of the rule that a password breaks. */
    public enum Violation {
        NO_DIGIT,
        NO_UPPER_CASE,
        NO_LOWER_CASE,
        TOO_SHORT,
        TOO_LONG
    }

    private PasswordRule() {}

    /** The broken parts, none if the password fits. Letters and digits count in ASCII only. */
    public static Set<Violation> check(char[] password) {
        Set<Violation> violations = EnumSet.of(Violation.NO_DIGIT, Violation.NO_UPPER_CASE, Violation.NO_LOWER_CASE);
        for (char c : password) {
            if (c >= '0' && c <= '9') {
                violations.remove(Violation.NO_DIGIT);
            } else if (c >= 'A' && c <= 'Z') {
                violations.remove(Violation.NO_UPPER_CASE);
            } else if (c >= 'a' && c <= 'z') {
                violations.remove(Violation.NO_LOWER_CASE);
            }
        }
        int length = Character.codePointCount(password, 0, password.length);
        if (length < SHORTEST) {
            violations.add(Violation.TOO_SHORT);
        }
        if (length > LONGEST) {
            violations.add(Violation.TOO_LONG);
        }
        return Collections.unmodifiableSet(violations);
    }
}
