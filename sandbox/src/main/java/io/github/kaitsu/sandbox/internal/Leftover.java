package io.github.kaitsu.sandbox.internal;

/** What stays at a provider when the console has removed a service, beside Box's folders and group. */
enum Leftover {
    /** The consent: Box's app among the administrator's own, Google's connection, the enterprise application in Entra. */
    ACCESS,
    /** The two folders in the administrator's Dropbox or Drive. */
    FOLDERS
}
