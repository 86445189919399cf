package io.github.kaitsu.cli;

import java.util.Arrays;

/**
 * How many columns of a terminal a text takes: a full-width character takes two. What some terminals draw in one and some in two,
 * such as … or “, counts as one where columns are to stand below each other ({@link #of}), and as two where a line must fit
 * ({@link #most}).
 */
final class Columns {
    private static final String ELLIPSIS = "…";
    private static final int TAB = 8;

    /** First and last of the ranges of East Asian Width W and F, in order. */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3, 0x25fd, 0x25fe,
        0x2614, 0x2615, 0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be,
        0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa,
        0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755,
        0x2757, 0x2757, 0x2795, 0x2797, 0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55,
        0x2e80, 0x303e, 0x3041, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19,
        0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18cff, 0x1aff0, 0x1b2ff, 0x1f004, 0x1f004, 0x1f0cf,
        0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f265, 0x1f300, 0x1faff, 0x20000, 0x3fffd
    };

    private Columns() {}

    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** On whatever terminal. */
    static int most(String text) {
        return text.codePoints().map(Columns::most).sum();
    }

    private static int of(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    static int most(int c) {
        boolean isNarrowEverywhere = c < 0xa1 || (c >= 0xff61 && c <= 0xffdc);
        return c == '\t' ? TAB : of(c) == 0 ? 0 : isNarrowEverywhere ? 1 : 2;
    }

    static boolean isWide(int c) {
        int found = Arrays.binarySearch(WIDE, c);
        return found >= 0 || (-found - 1) % 2 == 1; // behind the first of a range, and not behind its last
    }

    /** Exactly so many columns: filled up with spaces, or cut with an ellipsis. */
    static String pad(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(Math.max(0, columns - of(cut)));
    }

    /** At most so many columns; what is too long ends with an ellipsis, where possible between words. */
    static String cut(String text, int columns) {
        if (most(text) <= columns) {
            return text;
        }
        int room = columns - most(ELLIPSIS);
        return room < 0 ? "" : Folded.beginning(text, room) + ELLIPSIS;
    }
}
