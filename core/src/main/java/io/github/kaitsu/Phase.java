package io.github.kaitsu;

/** Where in an activation a step belongs. */
public enum Phase {
    PREFLIGHT,
    LINK,
    SYNCHRONIZE,
    POST_SETUP,
    REMOVAL
}
