package io.github.kaitsu.cli;

import io.github.kaitsu.ErrorCode;
import java.util.List;

/** The command itself refuses something; its texts stand in the command's bundle under the key and {@code <key>.next}. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String ANY_NEXT = "usage.next";

    private final ErrorCode code;
    private final String key;
    private final List<String> arguments;

    private Refusal(ErrorCode code, String key, Object... arguments) {
        super(key);
        this.code = code;
        this.key = key;
        this.arguments = List.of(arguments).stream().map(String::valueOf).toList();
    }

    static Refusal of(ErrorCode code, String key, Object... arguments) {
        return new Refusal(code, key, arguments);
    }

    static Refusal usage(String key, Object... arguments) {
        return new Refusal(ErrorCode.USAGE, "usage." + key, arguments);
    }

    ErrorCode code() {
        return code;
    }

    String message(Messages messages) {
        return messages.text(key, arguments.toArray());
    }

    String nextStep(Messages messages) {
        String next = key + ".next";
        return messages.text(messages.has(next) ? next : ANY_NEXT, arguments.toArray());
    }
}
