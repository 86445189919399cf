package io.github.kaitsu.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Japanese or English. */
final class Language {
    private static final String OPTION = "--lang";

    private Language() {}

    static Optional<Locale> parse(String text) {
        return switch (text) {
            case "ja" -> Optional.of(Locale.JAPANESE);
            case "en" -> Optional.of(Locale.ENGLISH);
            default -> Optional.empty();
        };
    }

    /** What the command line says, wherever it says so and however wrong the rest is; else what the environment says. */
    static Locale of(List<String> arguments, Map<String, String> environment) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                return parse(arguments.get(i + 1)).orElse(of(environment));
            }
            if (argument.startsWith(OPTION + "=")) {
                return parse(argument.substring(OPTION.length() + 1)).orElse(of(environment));
            }
        }
        return of(environment);
    }

    private static Locale of(Map<String, String> environment) {
        for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.startsWith("ja") ? Locale.JAPANESE : Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }
}
