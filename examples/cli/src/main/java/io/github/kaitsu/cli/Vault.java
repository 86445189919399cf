package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The own access that a state folder keeps, encrypted: which apps are registered for a customer, and what administrators granted
 * to them. The key lies elsewhere, so that a copy of the folder is worth nothing; only a sandbox's key, which opens nothing real,
 * lies beside it.
 */
final class Vault implements AutoCloseable {
    /** The activation store leaves this name to the command. */
    private static final String FOLDER = "credentials";

    private static final String KEY = "credentials.key";

    private final CredentialStore store;
    private final Optional<Sandbox> sandbox;

    private Vault(CredentialStore store, Optional<Sandbox> sandbox) {
        this.store = store;
        this.sandbox = sandbox;
    }

    /** The vault of a folder, if it has one. */
    static Optional<Vault> find(Workspace workspace, Optional<Sandbox> sandbox, Io io) {
        return store(workspace, sandbox.isPresent(), io).map(store -> new Vault(store, sandbox));
    }

    /** As {@link #find}, only to look what is in it. */
    static Optional<Vault> find(Workspace workspace, boolean sandboxed, Io io) {
        return store(workspace, sandboxed, io).map(store -> new Vault(store, Optional.empty()));
    }

    private static Optional<CredentialStore> store(Workspace workspace, boolean sandboxed, Io io) {
        return isIn(workspace, sandboxed, io)
                ? Optional.of(in(workspace, EncryptionKeys.ofFile(key(workspace, sandboxed, io))))
                : Optional.empty();
    }

    private static CredentialStore in(Workspace workspace, EncryptionKeys keys) {
        return workspace
                .database()
                .map(database -> database.credentials(keys))
                .orElseGet(() -> FileCredentialStore.at(folder(workspace), keys));
    }

    private static Path folder(Workspace workspace) {
        return workspace.folder().resolve(FOLDER);
    }

    /** Whether there is one; opens nothing and needs no key. A database's is there with its key. */
    static boolean isIn(Workspace workspace, boolean sandboxed, Io io) {
        Path sign = workspace.database().isPresent() ? key(workspace, sandboxed, io) : folder(workspace);
        return Files.exists(sign, LinkOption.NOFOLLOW_LINKS);
    }

    /** As {@link #find}, made if need be. */
    static Vault open(Workspace workspace, Optional<Sandbox> sandbox, Io io) {
        Path key = key(workspace, sandbox.isPresent(), io);
        if (!isIn(workspace, sandbox.isPresent(), io) && !Files.exists(key, LinkOption.NOFOLLOW_LINKS)) {
            // an old folder without its key is refused, not rekeyed
            Folders.createFor(key);
            createKey(key);
        }
        Folders.createFor(folder(workspace));
        return new Vault(in(workspace, EncryptionKeys.ofFile(key)), sandbox);
    }

    private static void createKey(Path key) {
        try {
            EncryptionKeys.createFile(key).close();
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.CREDENTIAL_KEY) {
                throw e;
            } // another process was faster: its key is whole
        }
    }

    private static Path key(Workspace workspace, boolean sandboxed, Io io) {
        String named = io.environment().getOrDefault("KAITSU_KEY_FILE", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        } else if (sandboxed) {
            return workspace.sandbox(Workspace.SANDBOX).resolve(KEY);
        }
        String config = io.environment().getOrDefault("XDG_CONFIG_HOME", "");
        String own = io.environment().getOrDefault("HOME", "");
        Path home = Path.of(own.isEmpty() ? System.getProperty("user.home") : own);
        return (config.isEmpty() ? home.resolve(".config") : Path.of(config))
                .resolve("kaitsu")
                .resolve(KEY);
    }

    /** The vault, with everything in it encrypted anew: by the key in use now, no longer by an older one. */
    static Vault rotated(Workspace workspace, Optional<Sandbox> sandbox, Io io, Path older) {
        EncryptionKeys keys = EncryptionKeys.ofFile(key(workspace, sandbox.isPresent(), io), older);
        if (workspace.database().isPresent()) {
            workspace.database().get().rotate(keys);
            return new Vault(in(workspace, keys), sandbox);
        }
        FileCredentialStore store = FileCredentialStore.at(folder(workspace), keys);
        store.rotate();
        return new Vault(store, sandbox);
    }

    // ---- apps

    /** Keeps them, after all of them are found good; one whose access is still held is not changed under it. */
    void register(CustomerId customer, Map<CloudService.Provider, App> apps) {
        apps.values().forEach(app -> check(customer, app));
        apps.forEach((provider, app) -> {
            CredentialStore.Key key = key(customer, provider);
            boolean written = false;
            while (!written) {
                written = store.put(key, store.version(key), app.bytes()).isPresent();
            }
        });
    }

    private void check(CustomerId customer, App app) {
        try {
            AuthorizationServers.of(app, Optional.empty());
            app.redirect()
                    .ifPresent(uri -> ConsentRequest.builder(customer, app.provider(), uri)
                            .build());
        } catch (IllegalArgumentException e) {
            throw Refusal.usage("apps.value", app.provider().label(), String.valueOf(e.getMessage()));
        }
        boolean isOther = app(customer, app.provider())
                .filter(known -> !known.clientId().equals(app.clientId()))
                .isPresent();
        if (isOther && client(customer).held(customer).contains(app.provider())) {
            throw Refusal.usage("apps.in-use", app.provider().label(), CommandWords.id(app.provider()));
        }
    }

    /** Whose a consent is that is asked for and not answered. */
    Optional<CustomerId> asked(String id) {
        return store.pending(id).map(CredentialStore.Key::customer);
    }

    /** The app at a provider; a sandbox brings its own. */
    Optional<App> app(CustomerId customer, CloudService.Provider provider) {
        if (sandbox.isPresent()) {
            Sandbox its = sandbox.get();
            return Optional.of(new App(
                    provider, its.clientId(provider), its.clientSecret(provider), Optional.empty(), Optional.empty()));
        }
        return store.load(key(customer, provider)).map(entry -> App.parse(provider, entry.secret()));
    }

    private static CredentialStore.Key key(CustomerId customer, CloudService.Provider provider) {
        return new CredentialStore.Key(CredentialStore.Kind.APP, customer, provider, "");
    }

    /** Forgets what is held at a provider, unread: for an entry that was damaged or put back to an earlier state. */
    void discard(CustomerId customer, CloudService.Provider provider) {
        CredentialStore.Key key = CredentialStore.Key.grant(customer, provider);
        if (store instanceof FileCredentialStore files) {
            files.discard(key);
        } else {
            store.delete(key, store.version(key));
        }
    }

    /** The files of entries that cannot be read, with what is wrong; a database's are told when they are used. */
    Map<String, ErrorCode> unreadable() {
        return store instanceof FileCredentialStore files ? files.unreadable() : Map.of();
    }

    /** Forgets them. @return their names */
    Set<String> discardUnreadable() {
        Set<String> names = new TreeSet<>(unreadable().keySet());
        if (store instanceof FileCredentialStore files) {
            names.forEach(files::discard);
        }
        return names;
    }

    // ---- access

    /** Asks for, uses and gives back the access of one customer. */
    ConsentClient client(CustomerId customer) {
        ConsentClient.Builder client = ConsentClient.builder()
                .store(store)
                .clock(sandbox.<Clock>map(Sandbox::clock).orElse(Clock.systemUTC()));
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            app(customer, provider).ifPresent(app -> client.server(AuthorizationServers.of(app, sandbox)));
        }
        return client.build();
    }

    /** The providers where this customer has an app. */
    Set<CloudService.Provider> registered(CustomerId customer) {
        Set<CloudService.Provider> found = EnumSet.noneOf(CloudService.Provider.class);
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            app(customer, provider).ifPresent(app -> found.add(provider));
        }
        return found;
    }

    @Override
    public void close() {
        store.close();
    }
}
