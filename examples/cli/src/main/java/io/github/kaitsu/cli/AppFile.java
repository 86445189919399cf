package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The file of {@code --apps}: lines {@code <provider>.client-id=…}, {@code .client-secret=}, {@code .redirect-uri=},
 * {@code .tenant=}. Read once; what it says is kept encrypted with the credentials.
 */
final class AppFile {
    private static final String ID = "client-id";
    private static final String SECRET = "client-secret";
    private static final String REDIRECT = "redirect-uri";
    private static final String TENANT = "tenant";
    /** Box knows no PKCE; Google gives desktop clients a secret that is none, and wants it back. */
    private static final Set<CloudService.Provider> WITH_SECRET =
            EnumSet.of(CloudService.Provider.BOX, CloudService.Provider.GOOGLE);

    private static final Set<String> KNOWN = Set.of(ID, SECRET, REDIRECT, TENANT);

    private final Properties lines = new Properties();

    private AppFile() {}

    static Map<CloudService.Provider, App> read(String name, Io io) {
        AppFile file = new AppFile();
        try {
            file.lines.load(new StringReader(content(name, io)));
        } catch (IOException | IllegalArgumentException e) {
            throw Refusal.usage("apps", name);
        }
        return file.apps(name);
    }

    /** Without the mark that some editors put before the first line. */
    private static String content(String name, Io io) {
        String text = InputFile.read(name, io);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Map<CloudService.Provider, App> apps(String name) {
        Map<CloudService.Provider, App> apps = new EnumMap<>(CloudService.Provider.class);
        for (String key : lines.stringPropertyNames()) {
            int dot = key.indexOf('.');
            if (dot < 0 || !KNOWN.contains(key.substring(dot + 1))) {
                throw Refusal.usage("apps.key", name, key);
            }
            CloudService.Provider provider = CommandWords.provider(key.substring(0, dot));
            apps.computeIfAbsent(provider, p -> app(p, name));
        }
        return apps;
    }

    private App app(CloudService.Provider provider, String name) {
        String id = value(provider, ID).orElseThrow(() -> Refusal.usage("apps.missing", name, key(provider, ID)));
        Optional<String> secret = value(provider, SECRET);
        if (WITH_SECRET.contains(provider) && secret.isEmpty()) {
            throw Refusal.usage("apps.missing", name, key(provider, SECRET));
        }
        return new App(
                provider, id, secret, value(provider, REDIRECT).map(r -> redirect(r, name)), value(provider, TENANT));
    }

    private static URI redirect(String text, String name) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.usage("apps.redirect", name, text);
        }
    }

    private Optional<String> value(CloudService.Provider provider, String what) {
        return Optional.ofNullable(lines.getProperty(key(provider, what)))
                .map(String::strip)
                .filter(v -> !v.isEmpty());
    }

    private static String key(CloudService.Provider provider, String what) {
        return CommandWords.id(provider) + "." + what;
    }
}
