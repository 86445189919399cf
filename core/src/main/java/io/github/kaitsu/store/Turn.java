package io.github.kaitsu.store;

/** Whose turn it is in a run. */
public enum Turn {
    /** Somebody is asked for something that is not answered yet. */
    PERSON,
    /** The vendor: what was linked is being synchronised. */
    VENDOR,
    /** This library: it looks, or decides, or waits for a time or for the console's link slot. */
    KAITSU,
    /** Nobody's: the run has ended. */
    NOBODY
}
