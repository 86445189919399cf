package io.github.kaitsu.internal.engine;

/** Which of all runs tells the owner of the own app that a provider does not accept it. */
enum AppHold {
    /** None. */
    NONE,
    /** This one. */
    OURS,
    /** Another one, of whichever customer: it is waited for. */
    OTHERS,
    /** The owner will not mend it. */
    GIVEN_UP
}
