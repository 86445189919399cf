package io.github.kaitsu.simulate;

import java.util.EnumSet;
import java.util.Set;

/** What may go wrong, of every kind. A seed has some of them at a time, so that each is also met almost alone. */
enum Fault {
    // ---- machines
    CRASH_BEFORE_WRITE,
    /** A part of it is on the disk: only a store on a disk knows that. */
    CRASH_IN_WRITE,
    CRASH_AFTER_WRITE,
    CRASH_IN_LOOK,
    /** Nothing was written, and the store says so. */
    IO_ERROR,
    /** It was written, and the store says the opposite. */
    IO_ERROR_AFTER_WRITE,
    DISK_FULL,
    READ_ERROR,
    LEASE_LOST,
    /** Another node acts in the middle of what this one does. */
    RACE,
    CLOCK_APART,
    CLOCK_DRIFTS,
    CLOCK_LEAPS,
    CLOCK_FORTH_AND_BACK,
    /** Nothing runs for a while. */
    GAP,
    // ---- the embedding program
    ERROR_IN_LOOK,
    EXCEPTION_IN_LOOK,
    ERROR_IN_OPERATOR,
    ERROR_IN_LISTENER,
    TOKEN_STORE_FAILS,
    KEEPS_ACCESS,
    // ---- vendors
    LOOK_UNCLEAR,
    RATE_LIMIT,
    NO_CONNECTION,
    NO_RIGHTS,
    GRANT_REVOKED,
    APP_BROKEN,
    APP_REFUSED_IN_A_NEW_WORD,
    TENANT_REFUSES_APP,
    VENDOR_DOWN,
    REVOKING_FAILS,
    API_LAGS,
    FOLDERS_MISSING,
    WRONG_ROLE,
    WRONG_TENANT,
    // ---- the console
    LINK_FAILS,
    SLOW_SYNCHRONISATION,
    PENDING_FOR_EVER,
    /** It ends, and nothing is said of it. */
    PENDING_VANISHES,
    PENDING_OF_OTHERS,
    PENDING_UNREADABLE,
    LAGGING_LOG,
    DUPLICATED_LOG,
    OLD_LINES,
    LINE_WITHOUT_TIME,
    LINE_WITHOUT_ORGANISATION,
    LINE_GARBLED,
    LINE_FROM_THE_FUTURE,
    TWIN_ORGANISATION,
    NEW_SENTENCE,
    ANOTHER_ADMINISTRATOR_LINKS,
    ANOTHER_ADMINISTRATOR_REMOVES,
    RELAPSE,
    LINKED_BEFORE,
    // ---- persons who are honest
    SLOW_PERSON,
    NOT_YET,
    ANSWER_LOST,
    ANSWERED_TWICE,
    HANDED_IN_UNASKED,
    PARTIAL_COPY,
    LATE_COPY,
    TYPED_COPY,
    FURNITURE,
    COUNTS,
    SIGNED_OUT,
    DECLINES,
    CANNOT,
    TAKES_BACK,
    SECOND_PERSON,
    CANCELS,
    GIVES_UP_EARLY,
    MACHINE_READS,
    MACHINE_HANDS_BACK,
    // ---- persons who are not
    SAYS_DONE,
    STALE_COPY,
    FORGED_COPY,
    CUT_COPY,
    ANOTHERS_TEXT,
    WRONG_CHOICE,
    DENIES_WHAT_IS;

    /** With any of these somebody says what is not so. */
    static final Set<Fault> FALSEHOODS = EnumSet.range(SAYS_DONE, DENIES_WHAT_IS);

    /** With any of these a node's time is not the world's, so that nothing is timed by it. */
    static final Set<Fault> OF_CLOCKS = EnumSet.range(CLOCK_DRIFTS, GAP);
}
