package io.github.kaitsu.cli;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A text that somebody saved or pipes in: a mail, a page of the console. {@code -} is standard input. */
final class InputFile {
    static final String STDIN = "-";
    static final int LONGEST = 8_000_000;
    static final Charset JAPANESE_WINDOWS = Charset.forName("windows-31j");
    /** ISO-2022-JP with the signs that Windows writes under its name, such as ㈱ and ①. */
    static final Charset JAPANESE_MAIL = Charset.forName("x-windows-50221");

    private static final String TO_JAPANESE = "\u001b$"; // how ISO-2022-JP, all ASCII bytes, begins its Japanese

    private InputFile() {}

    /** @throws KaitsuException IO_ERROR */
    static String read(String name, Io io) {
        return text(bytes(name, io));
    }

    /** @throws KaitsuException IO_ERROR */
    static byte[] bytes(String name, Io io) {
        try {
            if (name.equals(STDIN)) {
                return io.in().readNBytes(LONGEST);
            }
            try (InputStream in = Files.newInputStream(Path.of(name))) {
                return in.readNBytes(LONGEST);
            }
        } catch (IOException | InvalidPathException e) {
            throw Refusal.of(ErrorCode.IO_ERROR, "error.file", name);
        }
    }

    /** UTF-8 if it can be; else what Japanese Windows writes. */
    static String text(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xff + 0xfe && (bytes[0] & 0xfe) == 0xfe) {
            return new String(bytes, StandardCharsets.UTF_16); // a byte order mark
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.contains(TO_JAPANESE) ? new String(bytes, JAPANESE_MAIL) : text;
        } catch (CharacterCodingException e) {
            return new String(bytes, JAPANESE_WINDOWS);
        }
    }
}
