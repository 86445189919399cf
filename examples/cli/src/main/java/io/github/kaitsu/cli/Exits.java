package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ErrorCode;

/** The exit codes of the command. */
final class Exits {
    static final int SUCCESS = 0;
    /** Failed, or drift was found. */
    static final int FAILED = 1;
    /** A command line or an input that was refused. */
    static final int REFUSED = 2;

    static final int AWAITS_PERSON = 3;
    /** Time, or the link slot. */
    static final int AWAITS_TIME = 4;
    /** Internal, or input and output. */
    static final int ERROR = 5;

    private Exits() {}

    static int of(ActivationView view) {
        if (view.ended()) {
            return view.isSuccess() ? SUCCESS : FAILED;
        }
        return view.openActions().isEmpty() ? AWAITS_TIME : AWAITS_PERSON;
    }

    static int of(ErrorCode code) {
        return switch (code) {
            case IO_ERROR, INTERNAL, STORE_BUSY, STORE_CONFLICT -> ERROR;
            default -> REFUSED;
        };
    }
}
