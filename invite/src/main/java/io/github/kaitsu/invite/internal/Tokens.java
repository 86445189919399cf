package io.github.kaitsu.invite.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets of a link. A token has 128 random bits, so a plain hash of it can be kept; a code of six digits has not, so what is
 * kept of it is keyed by the token, which nobody keeps.
 */
public final class Tokens {
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final int CODES = 1_000_000;

    private Tokens() {}

    /** 22 characters that may stand in an address. */
    public static String token(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Six digits. */
    public static String code(SecureRandom random) {
        return String.format("%06d", random.nextInt(CODES));
    }

    /** Whether it could be a token at all. */
    public static boolean isToken(String text) {
        return FORM.matcher(text).matches();
    }

    /** Under what a token is kept: nobody makes a link of it. */
    public static String id(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes("kaitsu-invitation " + token));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** A text that only somebody with the token can have made. */
    public static String sealed(String token, String purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(token), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes(purpose + " " + text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** In a time that tells nothing. */
    public static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(bytes(one), bytes(other));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
