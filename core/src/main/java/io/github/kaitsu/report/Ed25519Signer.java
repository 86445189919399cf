package io.github.kaitsu.report;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs with an Ed25519 key of a PEM file, as {@code openssl genpkey -algorithm ed25519} writes it (PKCS #8, not encrypted). Immutable,
 * thread-safe; {@code toString} tells the key's id alone.
 */
public final class Ed25519Signer implements EvidenceSigner {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String PKCS8 = "PRIVATE KEY";
    private static final int LONGEST_FILE = 64 * 1024;

    private final PrivateKey key;
    private final byte[] publicKey;

    private Ed25519Signer(PrivateKey key, byte[] publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /**
     * The signer whose key is in this file.
     *
     * @throws KaitsuException SIGNING_KEY if the file cannot be read, or holds something else than one such key
     */
    public static Ed25519Signer ofFile(Path pem) {
        try {
            if (Files.isRegularFile(pem) && Files.size(pem) <= LONGEST_FILE) {
                return of(pem.toString(), Files.readString(pem, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.SIGNING_KEY, "file", pem);
        }
        throw KaitsuException.of(ErrorCode.SIGNING_KEY, "file", pem);
    }

    private static Ed25519Signer of(String file, String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw KaitsuException.of(ErrorCode.SIGNING_KEY, "none", file);
        }
        String kind = pem.group(1);
        if (kind.startsWith("ENCRYPTED ") || text.contains("Proc-Type:")) {
            throw KaitsuException.of(ErrorCode.SIGNING_KEY, "encrypted", file);
        } else if (!kind.equals(PKCS8)) {
            throw KaitsuException.of(ErrorCode.SIGNING_KEY, "format", file, kind);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            PrivateKey key = KeyFactory.getInstance("EdDSA").generatePrivate(new PKCS8EncodedKeySpec(der));
            boolean isEd25519 = key instanceof EdECPrivateKey ed
                    && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
            if (isEd25519) {
                return new Ed25519Signer(key, publicKey((EdECPrivateKey) key));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // another kind of key, or a damaged one; what was read belongs into no message
        }
        throw KaitsuException.of(ErrorCode.SIGNING_KEY, "kind", file);
    }

    /** The JDK derives a public key only where it makes the pair: it is given the private key in place of chance. */
    private static byte[] publicKey(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] seed = key.getBytes().orElseThrow(GeneralSecurityException::new);
        KeyPairGenerator pair = KeyPairGenerator.getInstance("Ed25519");
        pair.initialize(NamedParameterSpec.ED25519, new Given(seed));
        var made = pair.generateKeyPair();
        byte[] same = ((EdECPrivateKey) made.getPrivate()).getBytes().orElseThrow(GeneralSecurityException::new);
        if (!MessageDigest.isEqual(seed, same)) {
            throw new GeneralSecurityException("another pair was made");
        }
        return made.getPublic().getEncoded();
    }

    @Override
    public String keyId() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(publicKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw KaitsuException.because(e, ErrorCode.SIGNING_KEY, "failed");
        }
    }

    @Override
    public Optional<byte[]> publicKey() {
        return Optional.of(publicKey.clone());
    }

    @Override
    public String toString() {
        return "Ed25519Signer[keyId=" + keyId() + "]";
    }

    /** Gives what it was given, once. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final transient byte[] bytes;

        Given(byte[] bytes) {
            super(null, null);
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, Math.min(bytes.length, target.length));
        }
    }
}
