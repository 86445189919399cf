package io.github.kaitsu.consent.internal;

import io.github.kaitsu.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The random words that tie an answer to its question: the state, and the verifier of PKCE (RFC 7636). */
final class StateAndVerifier {
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final Pattern STATE = Pattern.compile("([0-9a-f]{16})\\.[A-Za-z0-9_-]{43}");

    private StateAndVerifier() {}

    static String newId(SecureRandom random) {
        return HexFormat.of().formatHex(bytes(random, ID_BYTES));
    }

    /** {@code <id>.<256 random bits>}: the id finds the question, the rest proves the answer. */
    static String newState(String id, SecureRandom random) {
        return id + "." + newVerifier(random);
    }

    static String newVerifier(SecureRandom random) {
        return encode(bytes(random, SECRET_BYTES));
    }

    /** Whose answer a state pretends to be; empty if it was never one of ours. */
    static Optional<String> idOf(String state) {
        Matcher m = STATE.matcher(state);
        return m.matches() ? Optional.of(m.group(1)) : Optional.empty();
    }

    /** The S256 challenge of a verifier. */
    static String challenge(String verifier) {
        return encode(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
