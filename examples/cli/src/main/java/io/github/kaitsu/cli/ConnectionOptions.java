package io.github.kaitsu.cli;

import picocli.CommandLine.Option;

/** Whether the providers are looked at, as far as anything connects to them. */
final class ConnectionOptions {
    @Option(names = "--connections", paramLabel = "all|none")
    private String connections = "all";

    /** Without it every check is a question to a person, also in the sandbox. */
    boolean areWanted() {
        return switch (connections) {
            case "all" -> true;
            case "none" -> false;
            default -> throw Refusal.usage("connections", connections);
        };
    }
}
