package io.github.kaitsu.cli;

/**
 * Takes the power out of characters that steer a terminal or turn the reading direction: vendors' and persons' texts must
 * not be able to hide or forge a line.
 */
final class Safe {
    private static final char CONTROL_PICTURES = '\u2400';
    private static final char DELETE_PICTURE = '\u2421';
    private static final char REPLACEMENT = '\uFFFD';

    private Safe() {}

    /** One line: whatever breaks lines becomes a space. */
    static String line(String text) {
        return neutral(text.replaceAll("\\R|\\t", " "));
    }

    /** Several lines; tabs stay. */
    static String lines(String text) {
        return neutral(text.replaceAll("\\R", "\n"));
    }

    private static String neutral(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') {
                out.appendCodePoint(c);
            } else if (c < ' ') {
                out.append((char) (CONTROL_PICTURES + c));
            } else if (c == 0x7f) {
                out.append(DELETE_PICTURE);
            } else {
                out.appendCodePoint(isDangerous(c) ? REPLACEMENT : c);
            }
        });
        return out.toString();
    }

    /** The rest of the controls, what turns the reading direction, what cannot be seen, and halves of characters. */
    static boolean isDangerous(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
