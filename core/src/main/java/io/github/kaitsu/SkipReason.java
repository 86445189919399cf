package io.github.kaitsu;

import io.github.kaitsu.operator.BlockReason;

/** Why a step was not done: a closed list; the texts stand in the core's bundle under {@code skipped.<name>}. */
public enum SkipReason {
    /** Linked and proved before this run began. */
    ADOPTED,
    /** Optional, and there is no connection to check it with. */
    NO_ACCESS,
    /** Optional, and a person does not want it. */
    DECLINED,
    /** Optional, and a person could not do it. */
    BLOCKED,
    /** Nothing lies between grant and 完了 in this console (rule M365-4). */
    NOT_ASKED_FOR,
    /** The SharePoint page refuses the permission (rule M365-4). */
    PAGE_REFUSES,
    /** Azure ACS has ended for this tenant (rule M365-4). */
    NO_LONGER_GRANTABLE,
    /** What the action names is not on the page. */
    NOT_FOUND,
    /** Another accepted reason. */
    OTHER;

    /** What an accepted answer makes of its step. */
    public static SkipReason of(BlockReason accepted) {
        return switch (accepted) {
            case NOT_ASKED_FOR -> NOT_ASKED_FOR;
            case PAGE_REFUSES -> PAGE_REFUSES;
            case NO_LONGER_GRANTABLE -> NO_LONGER_GRANTABLE;
            case NOT_FOUND -> NOT_FOUND;
            default -> OTHER;
        };
    }
}
