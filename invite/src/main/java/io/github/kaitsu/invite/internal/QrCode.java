package io.github.kaitsu.invite.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A QR code (ISO/IEC 18004) of a short text: bytes, error correction M, versions 1 to 10, so at most {@value #MOST_BYTES} bytes. No
 * more is needed for a link, and whoever embeds the page gets no library for it.
 */
final class QrCode {
    /** Of text, in version 10. */
    static final int MOST_BYTES = 213;

    private static final int QUIET = 4;
    // Level M, by version from 1: all codewords, those for correction in each block, and the blocks.
    private static final List<Integer> CODEWORDS = List.of(26, 44, 70, 100, 134, 172, 196, 242, 292, 346);
    private static final List<Integer> CORRECTION = List.of(10, 16, 26, 18, 24, 16, 18, 22, 22, 26);
    private static final List<Integer> BLOCKS = List.of(1, 1, 1, 2, 2, 4, 4, 4, 5, 5);
    /** The centre line of alignment patterns between the first and the last, from version 7 on. */
    private static final List<Integer> MIDDLE = List.of(22, 24, 26, 28);

    private static final int MASKS = 8;

    private final int version;
    private final int size;
    private final boolean[][] dark;
    private final boolean[][] fixed;

    private QrCode(int version, byte[] text) {
        this.version = version;
        this.size = 17 + 4 * version;
        this.dark = new boolean[size][size];
        this.fixed = new boolean[size][size];
        patterns();
        place(corrected(data(text)));
        bestMask();
    }

    /** Empty if the text is too long for a code that a phone reads at once. */
    static Optional<QrCode> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int version = 1; version <= CODEWORDS.size(); version++) {
            if (4 + lengthBits(version) + 8 * bytes.length <= 8 * dataCodewords(version)) {
                return Optional.of(new QrCode(version, bytes));
            }
        }
        return Optional.empty();
    }

    int size() {
        return size;
    }

    boolean isDark(int x, int y) {
        return dark[y][x];
    }

    /** Dark on light whatever the page's colours: some phones read no other. */
    Html.Node svg(String label) {
        int whole = size + 2 * QUIET;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int from = x;
                while (x < size && dark[y][x]) {
                    x++;
                }
                if (x > from) {
                    path.append('M')
                            .append(from + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append('h')
                            .append(x - from);
                    path.append("v1H").append(from + QUIET).append('z');
                }
            }
        }
        return Html.el(
                "svg",
                Html.is("class", "qr"),
                Html.is("role", "img"),
                Html.is("aria-label", label),
                Html.is("viewBox", "0 0 " + whole + " " + whole),
                Html.el("path", Html.is("fill", "#fff"), Html.is("d", "M0 0h" + whole + "v" + whole + "H0z")),
                Html.el("path", Html.is("fill", "#000"), Html.is("d", path.toString())));
    }

    // ---- the codewords

    private static int lengthBits(int version) {
        return version < 10 ? 8 : 16;
    }

    private static int dataCodewords(int version) {
        return CODEWORDS.get(version - 1) - CORRECTION.get(version - 1) * BLOCKS.get(version - 1);
    }

    private byte[] data(byte[] text) {
        byte[] data = new byte[dataCodewords(version)];
        int bit = put(data, 0, 0b0100, 4); // bytes follow
        bit = put(data, bit, text.length, lengthBits(version));
        for (byte b : text) {
            bit = put(data, bit, b & 0xFF, 8);
        }
        bit = Math.min(bit + 4, 8 * data.length); // the end
        for (int i = (bit + 7) / 8, pad = 0xEC; i < data.length; i++, pad ^= 0xEC ^ 0x11) {
            data[i] = (byte) pad;
        }
        return data;
    }

    private static int put(byte[] data, int from, int value, int bits) {
        for (int i = 0; i < bits; i++) {
            int at = from + i;
            data[at / 8] |= (byte) ((value >>> (bits - 1 - i) & 1) << (7 - at % 8));
        }
        return from + bits;
    }

    /** The blocks, each with its correction, interleaved. */
    private byte[] corrected(byte[] data) {
        int blocks = BLOCKS.get(version - 1);
        int correction = CORRECTION.get(version - 1);
        int shorter = data.length / blocks;
        int firstLonger = blocks - data.length % blocks;
        byte[] divisor = divisor(correction);
        byte[] all = new byte[CODEWORDS.get(version - 1)];
        for (int block = 0, from = 0; block < blocks; block++) {
            int length = block < firstLonger ? shorter : shorter + 1;
            byte[] own = Arrays.copyOfRange(data, from, from + length);
            from += length;
            for (int i = 0; i < length; i++) {
                all[i < shorter ? i * blocks + block : shorter * blocks + block - firstLonger] = own[i];
            }
            byte[] remainder = remainder(own, divisor);
            for (int i = 0; i < correction; i++) {
                all[data.length + i * blocks + block] = remainder[i];
            }
        }
        return all;
    }

    // ---- Reed-Solomon over GF(256) with x^8 + x^4 + x^3 + x^2 + 1

    private static byte[] divisor(int degree) {
        byte[] product = new byte[degree];
        product[degree - 1] = 1;
        for (int i = 0, root = 1; i < degree; i++, root = times(root, 2)) {
            for (int j = 0; j < degree; j++) {
                int next = j + 1 < degree ? product[j + 1] : 0;
                product[j] = (byte) (times(product[j] & 0xFF, root) ^ next);
            }
        }
        return product;
    }

    private static byte[] remainder(byte[] data, byte[] divisor) {
        byte[] rest = new byte[divisor.length];
        for (byte b : data) {
            int factor = (b ^ rest[0]) & 0xFF;
            System.arraycopy(rest, 1, rest, 0, rest.length - 1);
            rest[rest.length - 1] = 0;
            for (int i = 0; i < rest.length; i++) {
                rest[i] ^= (byte) times(divisor[i] & 0xFF, factor);
            }
        }
        return rest;
    }

    private static int times(int a, int b) {
        int product = 0;
        for (int i = 7; i >= 0; i--) {
            product = product << 1 ^ (product >>> 7) * 0x11D;
            product ^= (b >>> i & 1) * a;
        }
        return product;
    }

    // ---- the picture

    private void patterns() {
        for (int i = 0; i < size; i++) {
            set(6, i, i % 2 == 0);
            set(i, 6, i % 2 == 0);
        }
        finder(3, 3);
        finder(size - 4, 3);
        finder(3, size - 4);
        int[] lines = alignment();
        for (int i = 0; i < lines.length; i++) {
            for (int j = 0; j < lines.length; j++) {
                boolean isFinder = i + j == 0 || (i == 0 && j == lines.length - 1) || (j == 0 && i == lines.length - 1);
                if (!isFinder) {
                    square(lines[i], lines[j], 2);
                }
            }
        }
        format(0); // keeps the place
        if (version >= 7) {
            version();
        }
    }

    private int[] alignment() {
        if (version == 1) {
            return new int[0];
        }
        return version < 7 ? new int[] {6, size - 7} : new int[] {6, MIDDLE.get(version - 7), size - 7};
    }

    private void finder(int x, int y) {
        square(x, y, 4);
    }

    /** Rings around a dark middle; the outermost of a finder's is its light border. */
    private void square(int x, int y, int radius) {
        for (int dy = -radius; dy <= radius; dy++) {
            for (int dx = -radius; dx <= radius; dx++) {
                int ring = Math.max(Math.abs(dx), Math.abs(dy));
                boolean isOnPage = x + dx >= 0 && x + dx < size && y + dy >= 0 && y + dy < size;
                if (isOnPage) {
                    set(x + dx, y + dy, radius == 2 ? ring != 1 : ring != 2 && ring != 4);
                }
            }
        }
    }

    private void set(int x, int y, boolean isDark) {
        dark[y][x] = isDark;
        fixed[y][x] = true;
    }

    /** Level M and the mask, twice. */
    private void format(int mask) {
        int rest = mask;
        for (int i = 0; i < 10; i++) {
            rest = rest << 1 ^ (rest >>> 9) * 0x537;
        }
        int bits = (mask << 10 | rest) ^ 0x5412;
        for (int i = 0; i < 15; i++) {
            boolean bit = (bits >>> i & 1) != 0;
            if (i < 6) {
                set(8, i, bit);
            } else if (i < 8) {
                set(8, i + 1, bit);
            } else if (i == 8) {
                set(7, 8, bit);
            } else {
                set(14 - i, 8, bit);
            }
            if (i < 8) {
                set(size - 1 - i, 8, bit);
            } else {
                set(8, size - 15 + i, bit);
            }
        }
        set(8, size - 8, true);
    }

    private void version() {
        int rest = version;
        for (int i = 0; i < 12; i++) {
            rest = rest << 1 ^ (rest >>> 11) * 0x1F25;
        }
        int bits = version << 12 | rest;
        for (int i = 0; i < 18; i++) {
            boolean bit = (bits >>> i & 1) != 0;
            set(size - 11 + i % 3, i / 3, bit);
            set(i / 3, size - 11 + i % 3, bit);
        }
    }

    /** In columns of two from the right, up and down by turns, past the timing column. */
    private void place(byte[] codewords) {
        int bit = 0;
        for (int right = size - 1; right >= 1; right -= 2) {
            if (right == 6) {
                right = 5;
            }
            for (int step = 0; step < size; step++) {
                boolean isUpwards = (right + 1 & 2) == 0;
                int y = isUpwards ? size - 1 - step : step;
                for (int x = right; x > right - 2; x--) {
                    if (!fixed[y][x] && bit < 8 * codewords.length) {
                        dark[y][x] = (codewords[bit / 8] >>> (7 - bit % 8) & 1) != 0;
                        bit++;
                    }
                }
            }
        }
    }

    private void bestMask() {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int mask = 0; mask < MASKS; mask++) {
            apply(mask);
            format(mask);
            int penalty = penalty();
            if (penalty < least) {
                least = penalty;
                best = mask;
            }
            apply(mask); // takes it off again
        }
        apply(best);
        format(best);
    }

    private void apply(int mask) {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                dark[y][x] ^= !fixed[y][x] && isTurned(mask, x, y);
            }
        }
    }

    private static boolean isTurned(int mask, int x, int y) {
        return switch (mask) {
            case 0 -> (x + y) % 2 == 0;
            case 1 -> y % 2 == 0;
            case 2 -> x % 3 == 0;
            case 3 -> (x + y) % 3 == 0;
            case 4 -> (x / 3 + y / 2) % 2 == 0;
            case 5 -> x * y % 2 + x * y % 3 == 0;
            case 6 -> (x * y % 2 + x * y % 3) % 2 == 0;
            default -> ((x + y) % 2 + x * y % 3) % 2 == 0;
        };
    }

    /** Long runs, blocks, what looks like a finder, and too much of one colour are hard to read. */
    private int penalty() {
        int penalty = 0;
        int darks = 0;
        for (int a = 0; a < size; a++) {
            penalty += runs(a, false) + runs(a, true);
            for (int b = 0; b < size; b++) {
                darks += dark[a][b] ? 1 : 0;
                boolean isBlock = a + 1 < size
                        && b + 1 < size
                        && dark[a][b] == dark[a][b + 1]
                        && dark[a][b] == dark[a + 1][b]
                        && dark[a][b] == dark[a + 1][b + 1];
                penalty += isBlock ? 3 : 0;
            }
        }
        return penalty + Math.abs(darks * 20 / (size * size) - 10) * 10;
    }

    private int runs(int line, boolean isColumn) {
        int penalty = 0;
        int length = 0;
        int last = 0; // the last eleven modules, as bits
        for (int i = 0; i < size; i++) {
            boolean now = isColumn ? dark[i][line] : dark[line][i];
            boolean isSame = i > 0 && now == (isColumn ? dark[i - 1][line] : dark[line][i - 1]);
            length = isSame ? length + 1 : 1;
            penalty += length == 5 ? 3 : length > 5 ? 1 : 0;
            last = (last << 1 | (now ? 1 : 0)) & 0x7FF;
            penalty += i >= 10 && (last == 0b10111010000 || last == 0b00001011101) ? 40 : 0;
        }
        return penalty;
    }
}
