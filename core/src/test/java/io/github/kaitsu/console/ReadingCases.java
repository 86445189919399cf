package io.github.kaitsu.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The tables of pasted texts and their readings under {@code resources/console}. */
final class ReadingCases {
    private static final Pattern CODE_POINT = Pattern.compile("⟪([0-9A-F]+)⟫");

    /** @param expected by key, each perhaps with several words */
    record Case(String file, String title, String text, Map<String, String> expected) {
        @Override
        public String toString() {
            return file + ": " + title;
        }
    }

    private ReadingCases() {}

    static List<Case> of(String file) {
        List<Case> cases = new ArrayList<>();
        String title = "";
        StringBuilder text = new StringBuilder();
        for (String line : read(file).lines().toList()) {
            if (line.startsWith("== ")) {
                title = line.substring(3);
                text.setLength(0);
            } else if (line.startsWith("--") && (line.length() == 2 || line.charAt(2) == ' ')) {
                cases.add(new Case(file, title, plain(text.toString()), expected(line.substring(2))));
            } else {
                text.append(line).append('\n');
            }
        }
        return cases;
    }

    private static Map<String, String> expected(String line) {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String item : line.split(";")) {
            String[] words = item.strip().split(" ", 2);
            expected.put(words[0], words.length > 1 ? words[1] : "");
        }
        return expected;
    }

    private static String plain(String text) {
        return CODE_POINT
                .matcher(text.replace('␉', '\t'))
                .replaceAll(m -> Character.toString(Integer.parseInt(m.group(1), 16)));
    }

    private static String read(String file) {
        try (InputStream in = ReadingCases.class.getResourceAsStream("/console/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
