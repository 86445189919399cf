package io.github.kaitsu.invite.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** A style sheet or script of this jar, as it stands in the page, and the hash by which the browser is allowed to take it. */
final class Asset {
    private final String text;
    private final String source;

    private Asset(String text) {
        this.text = text;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            this.source = "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    static Asset of(String file) {
        try (InputStream in = Asset.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new Asset(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    /** For a Content-Security-Policy. */
    String source() {
        return source;
    }
}
