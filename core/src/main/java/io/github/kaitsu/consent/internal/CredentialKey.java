package io.github.kaitsu.consent.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One of the host's keys: 256 bits, from which the key that encrypts, the key that signs and the name are derived, so that
 * none of them tells another. Immutable until it is wiped.
 */
final class CredentialKey {
    static final int LENGTH = 32;
    static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_DIGITS = 16;

    private final String id;
    private final byte[] sealing;
    private final byte[] signing;
    private volatile boolean wiped;

    /** Keeps nothing of what is given. */
    CredentialKey(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("a key has " + LENGTH + " bytes");
        }
        this.id = HexFormat.of().formatHex(derive(secret, "id")).substring(0, ID_DIGITS);
        this.sealing = derive(secret, "seal");
        this.signing = derive(secret, "sign");
    }

    private static byte[] derive(byte[] secret, String use) {
        return hmac(secret, ("kaitsu credential key: " + use).getBytes(StandardCharsets.UTF_8));
    }

    /** Tells keys apart and tells nothing about them. */
    String id() {
        return id;
    }

    byte[] seal(byte[] nonce, byte[] associated, byte[] secret) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty unless both texts are what was sealed with this key. */
    Optional<byte[]> open(byte[] nonce, byte[] associated, byte[] sealed) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, associated).doFinal(sealed));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
        checkNotWiped();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(sealing, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }

    byte[] sign(byte[] text) {
        checkNotWiped();
        return hmac(signing, text);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private void checkNotWiped() {
        if (wiped) {
            throw new IllegalStateException("the keys are closed");
        }
    }

    void wipe() {
        wiped = true;
        Arrays.fill(sealing, (byte) 0);
        Arrays.fill(signing, (byte) 0);
    }
}
