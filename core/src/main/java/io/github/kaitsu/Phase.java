package io.github.kaitsu;

/** Where in an activation a step belongs. */
public enum Phase {
    /** Looking whether everything needed is there, before anything is changed. */
    PREFLIGHT,
    /** Granting access in the console, up to the moment the console lists the service. */
    LINK,
    /** Waiting until the console reports success. */
    SYNCHRONIZE,
    /** What a manual asks for after that, such as Box's two settings. */
    POST_SETUP,
    /** Taking it all back. */
    REMOVAL
}
