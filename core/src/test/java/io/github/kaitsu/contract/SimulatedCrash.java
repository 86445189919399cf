package io.github.kaitsu.contract;

/** The process "dies" here. An error, so that no code that handles exceptions goes on as if it lived. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String where) {
        super(where);
    }
}
