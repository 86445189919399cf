package io.github.kaitsu.cli;

import java.util.Locale;

/** Who performs the operator actions. */
enum OperatorKind {
    /** The sandbox's scripted person. */
    SCRIPT,
    /** The person at this terminal. */
    TERMINAL,
    /** Nobody here: the command stops where a person is awaited. */
    NONE;

    static OperatorKind parse(String text) {
        return switch (text) {
            case "script" -> SCRIPT;
            case "terminal" -> TERMINAL;
            case "none" -> NONE;
            case "browser" -> throw Refusal.usage("no-browser");
            default -> throw Refusal.usage("operator", text);
        };
    }

    /** As on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
