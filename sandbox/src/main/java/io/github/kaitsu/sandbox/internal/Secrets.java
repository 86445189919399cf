package io.github.kaitsu.sandbox.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Everything of a sandbox that looks random, derived from its seed, so that a run replays exactly.
 *
 * <p>Passwords and tokens open nothing but this sandbox; still the log holds only their digests, as a real server's would.
 */
public record Secrets(long seed) {
    /** A password that meets COMMON-3. */
    public String password(String whose) {
        return "Sb" + hex(whose, 12) + "9x";
    }

    public String hex(String name, int length) {
        return HexFormat.of().formatHex(sha256(seed + "/" + name)).substring(0, length);
    }

    /** A number of 9 to 11 digits, as Box gives to things. */
    public String number(String name) {
        long value = Long.parseUnsignedLong(hex(name, 15), 16);
        return String.valueOf(100_000_000L + value % 99_000_000_000L);
    }

    public String guid(String name) {
        return UUID.nameUUIDFromBytes(sha256(seed + "/" + name)).toString();
    }

    /** How the log keeps a secret. */
    public static String digest(String secret) {
        return HexFormat.of().formatHex(sha256(secret));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "Secrets[***]";
    }
}
