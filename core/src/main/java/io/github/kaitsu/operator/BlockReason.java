package io.github.kaitsu.operator;

import io.github.kaitsu.text.Texts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why an operator could not do an action: a closed list. */
public enum BlockReason {
    /** The page showed an error or a time-out; trying again may help (rule COMMON-10). */
    PAGE_ERROR,
    /** The service is greyed out under 追加: it is granted already (rule COMMON-6). */
    GREYED_OUT,
    /** The account lacks the role. */
    WRONG_ROLE,
    /** Another account was signed in. */
    WRONG_ACCOUNT,
    /** The provider's policy forbids the app. */
    BLOCKED_BY_POLICY,
    /** The link or the session has expired. */
    EXPIRED,
    /** What the action names is not on the page. */
    NOT_FOUND,
    /** The SharePoint page refuses the permission (rule M365-4: an accepted answer). */
    PAGE_REFUSES,
    /** The console does not ask for this step (rule M365-4: an accepted answer). */
    NOT_ASKED_FOR,
    /** Azure ACS has ended for this tenant (rule M365-4: an accepted answer). */
    NO_LONGER_GRANTABLE,
    /** Anything else; the answer's text says what. */
    OTHER;

    /** What it says, in a few words for a person. */
    public String label(Locale locale) {
        return Texts.load(Texts.class, "actions", locale).get("blocked." + name());
    }

    /** Reads a constant's name, in any case and with hyphens for {@code _}; empty for anything else. */
    public static Optional<BlockReason> parse(String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values()).filter(r -> r.name().equals(wanted)).findFirst();
    }
}
