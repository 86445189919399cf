package io.github.kaitsu.simulate;

/** What must be in no output. */
final class Secrets {
    /** In every token, and in the messages of what is thrown. */
    static final String CANARY = "s3cr3t-canary";

    private Secrets() {}
}
