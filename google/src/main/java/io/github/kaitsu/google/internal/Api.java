package io.github.kaitsu.google.internal;

/** Where each of Google's APIs is. */
public enum Api {
    ADMIN("https://admin.googleapis.com"),
    LICENSING("https://licensing.googleapis.com"),
    IDENTITY("https://cloudidentity.googleapis.com"),
    DRIVE("https://www.googleapis.com"),
    OPENID("https://openidconnect.googleapis.com");

    /** Stands for each at its own host. */
    public static final String OWN_HOSTS = "https://googleapis.com";

    private final String host;

    Api(String host) {
        this.host = host;
    }

    /** Its own host, or the one that stands for all of them. */
    String at(String base) {
        return base.equals(OWN_HOSTS) ? host : base;
    }
}
