package io.github.kaitsu.simulate;

/** A process is dead. No exception: no code that handles one may go on as if it lived. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("a simulated crash", null, false, false);
    }
}
