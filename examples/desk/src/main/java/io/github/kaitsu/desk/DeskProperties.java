package io.github.kaitsu.desk;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the desk is set up.
 *
 * @param url where browsers find the desk, without a slash at the end; links in notices begin with it
 * @param users who may sign in with a password: a name and its BCrypt hash
 * @param signingKey the private key (PKCS8, PEM) that signs evidence bundles; without it there are none
 * @param notices who is told what
 */
@ConfigurationProperties("desk")
public record DeskProperties(
        @DefaultValue("http://127.0.0.1:8087") URI url,
        @DefaultValue List<User> users,
        @Nullable Path signingKey,
        @DefaultValue Notices notices) {

    /** Somebody of the team. */
    public record User(String name, String passwordHash) {}

    /**
     * Notices.
     *
     * @param webhook gets every notice as a CloudEvent
     * @param mailFrom the sender of mails; without it, or without a mail server, none are sent
     * @param mail addresses by the name that a person signs in with, where that is none itself
     * @param escalateTo who is told of what is overdue, once
     */
    public record Notices(
            @Nullable URI webhook,
            @Nullable String mailFrom,
            @DefaultValue Map<String, String> mail,
            @Nullable String escalateTo) {}
}
