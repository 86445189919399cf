package io.github.kaitsu.desk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A link that signs somebody in once: for the sandbox alone. Thread-safe. */
public final class OneTimeSignIn {
    private static final int BYTES = 24;
    private static final byte[] NOBODY = {};

    private final String name;
    private final AtomicReference<byte[]> open = new AtomicReference<>(NOBODY);

    /**
     * Nobody can sign in before {@link #mint}.
     *
     * @param name of whom it signs in
     */
    public OneTimeSignIn(String name) {
        this.name = name;
    }

    /** A new token; one that was minted before no longer counts. */
    public String mint() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        open.set(hash(token));
        return token;
    }

    /** Who is signed in by it; empty if it was never minted, or is spent. */
    Optional<String> use(String token) {
        byte[] now = open.get();
        boolean isRight = MessageDigest.isEqual(now, hash(token));
        return isRight && open.compareAndSet(now, NOBODY) ? Optional.of(name) : Optional.empty();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
