package io.github.kaitsu.invite.internal;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.invite.Invitation;
import io.github.kaitsu.operator.Role;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** An invitation as a file of properties. Keys may be added, none renamed or dropped. */
public final class InvitationText {
    private InvitationText() {}

    public static byte[] write(Invitation invitation) {
        Properties p = new Properties();
        p.setProperty("id", invitation.id());
        p.setProperty("activation", invitation.activation().value());
        p.setProperty("role", invitation.role().name());
        p.setProperty("invited", invitation.invited());
        p.setProperty("language", invitation.language().toLanguageTag());
        p.setProperty("minted", invitation.minted().toString());
        p.setProperty("expires", invitation.expires().toString());
        p.setProperty("wrongCodes", Integer.toString(invitation.wrongCodes()));
        invitation.code().ifPresent(hash -> p.setProperty("code", hash));
        invitation.device().ifPresent(hash -> p.setProperty("device", hash));
        invitation.ready().ifPresent(at -> p.setProperty("ready", at.toString()));
        invitation.withoutConsent().ifPresent(at -> p.setProperty("withoutConsent", at.toString()));
        invitation.used().ifPresent(at -> p.setProperty("used", at.toString()));
        invitation.revoked().ifPresent(at -> p.setProperty("revoked", at.toString()));
        try (StringWriter text = new StringWriter()) {
            p.store(text, null);
            return text.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string does not fail
        }
    }

    /**
     * The invitation that was written.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Invitation read(byte[] file) {
        Properties p = new Properties();
        try (StringReader text = new StringReader(new String(file, StandardCharsets.UTF_8))) {
            p.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string does not fail
        }
        return new Invitation(
                required(p, "id"),
                ActivationId.of(required(p, "activation")),
                Role.parse(required(p, "role")).orElseThrow(() -> new IllegalArgumentException("role")),
                required(p, "invited"),
                Locale.forLanguageTag(required(p, "language")),
                Instant.parse(required(p, "minted")),
                Instant.parse(required(p, "expires")),
                optional(p, "code"),
                Integer.parseInt(required(p, "wrongCodes")),
                optional(p, "device"),
                optional(p, "ready").map(Instant::parse),
                optional(p, "withoutConsent").map(Instant::parse),
                optional(p, "used").map(Instant::parse),
                optional(p, "revoked").map(Instant::parse));
    }

    private static String required(Properties p, String key) {
        return optional(p, key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static Optional<String> optional(Properties p, String key) {
        return Optional.ofNullable(p.getProperty(key));
    }
}
