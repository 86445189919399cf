package io.github.kaitsu.cli;

import java.util.Locale;

/** Who performs the operator actions. */
enum OperatorKind {
    /** The sandbox's scripted person. */
    SCRIPT,
    /** The person at this terminal. */
    TERMINAL,
    /** A browser that this command drives, with the person in front of it. */
    BROWSER,
    /** Nobody here: the command stops where a person is awaited. */
    NONE;

    static OperatorKind parse(String text) {
        return switch (text) {
            case "script" -> SCRIPT;
            case "terminal" -> TERMINAL;
            case "none" -> NONE;
            case "browser" -> BROWSER;
            default -> throw Refusal.usage("operator", text);
        };
    }

    /** As on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
