package io.github.kaitsu.cli;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.cluster.JdbcActivationStore;
import io.github.kaitsu.cluster.JdbcCredentialStore;
import io.github.kaitsu.cluster.KaitsuSchema;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.store.ActivationStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * A database that keeps runs and access: PostgreSQL, or H2 in a file, which other commands of this machine may use at the same time.
 * Its tables are brought up to date when it is opened. Its password is on no command line and in no output.
 */
final class Jdbc implements AutoCloseable {
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRES = "jdbc:postgresql:";
    private static final String OWN_USER = "kaitsu";
    private static final int MOST_CONNECTIONS = 24;
    private static final int HASH_DIGITS = 12;

    /** A file with or without its scheme; everything else of H2's is no file of this machine. */
    private static final Pattern H2_FILE =
            Pattern.compile("jdbc:h2:(?:retry:|file:)?((?!mem:|tcp:|ssl:|zip:|nio:|async:|split:)[^;]+)(;.*)?");

    private static final Pattern PASSWORD = Pattern.compile("(?i)[?&;](?:password|sslpassword)=|//[^/]*:[^/]*@");

    private final JdbcConnectionPool source;

    private Jdbc(JdbcConnectionPool source) {
        this.source = source;
    }

    /**
     * Opens one and makes its tables.
     *
     * @param user empty: H2's own, or whom the PostgreSQL driver takes
     * @throws Refusal USAGE for another kind of database, or one whose address has a password in it
     * @throws KaitsuException IO_ERROR if it cannot be reached
     */
    static Jdbc open(String url, Optional<String> user, String password) {
        check(url);
        Jdbc opened = new Jdbc(url.startsWith(H2) ? h2(url, user, password) : postgreSql(url, user, password));
        try {
            KaitsuSchema.migrate(opened.source);
            h2File(url).ifPresent(Jdbc::forTheOwner);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static void check(String url) {
        if (PASSWORD.matcher(url).find()) {
            throw Refusal.usage("jdbc-password");
        } else if (!url.startsWith(H2) && !url.startsWith(POSTGRES)) {
            throw Refusal.usage("jdbc");
        }
    }

    private static JdbcConnectionPool h2(String url, Optional<String> user, String password) {
        System.setProperty("h2.bindAddress", "127.0.0.1"); // other commands of this machine come in there, nobody else
        h2File(url).ifPresent(Folders::createFor);
        JdbcConnectionPool pool = JdbcConnectionPool.create(shared(url), user.orElse(OWN_USER), password);
        pool.setMaxConnections(MOST_CONNECTIONS);
        return pool;
    }

    /** A file that other commands may use as well, and that no interrupted thread closes under the others. */
    private static String shared(String url) {
        Matcher file = H2_FILE.matcher(url);
        if (!file.matches()) {
            return url;
        }
        String settings = Objects.requireNonNullElse(file.group(2), "");
        boolean isSaid = settings.toUpperCase(Locale.ROOT).contains(";AUTO_SERVER=");
        return H2 + "retry:" + h2File(url).orElseThrow().toAbsolutePath() + settings
                + (isSaid ? "" : ";AUTO_SERVER=TRUE");
    }

    private static JdbcConnectionPool postgreSql(String url, Optional<String> user, String password) {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        try {
            source.setUrl(url);
        } catch (IllegalArgumentException e) { // its message has the address in it
            throw Refusal.usage("jdbc");
        }
        user.ifPresent(source::setUser);
        if (!password.isEmpty()) {
            source.setPassword(password); // else ~/.pgpass, as everywhere
        }
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(MOST_CONNECTIONS);
        return pool;
    }

    /** H2 makes files as anybody may read them. */
    private static void forTheOwner(Path database) {
        for (String ending : new String[] {".mv.db", ".lock.db", ".trace.db"}) {
            Path file = database.resolveSibling(database.getFileName() + ending);
            try {
                if (Files.exists(file)
                        && Files.getFileStore(file).supportsFileAttributeView("posix")
                        && Files.isWritable(file)) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            } catch (IOException e) {
                throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", file);
            }
        }
    }

    private static Optional<Path> h2File(String url) {
        Matcher file = H2_FILE.matcher(url);
        try {
            return file.matches()
                    ? Optional.of(Path.of(file.group(1).replaceFirst("^~/", home() + "/")))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            throw Refusal.usage("jdbc");
        }
    }

    private static String home() {
        return Matcher.quoteReplacement(System.getProperty("user.home"));
    }

    /**
     * Where this machine keeps what is no matter of the database's: how runs were begun, sandboxes, a browser's pictures. Beside a file;
     * else among the user's own.
     */
    static Path folder(String url, Map<String, String> environment) {
        check(url);
        Optional<Path> file = h2File(url);
        if (file.isPresent()) {
            return file.get().resolveSibling(file.get().getFileName() + ".kaitsu");
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        String own = environment.getOrDefault("HOME", System.getProperty("user.home"));
        Path states = state.isEmpty() ? Path.of(own, ".local", "state") : Path.of(state);
        return states.resolve("kaitsu").resolve(hash(url.replaceFirst("[?;].*", "")));
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    ActivationStore activations() {
        return JdbcActivationStore.on(source);
    }

    CredentialStore credentials(EncryptionKeys keys) {
        return JdbcCredentialStore.on(source, keys);
    }

    /** Seals everything with the key in use now. */
    void rotate(EncryptionKeys keys) {
        try (JdbcCredentialStore store = JdbcCredentialStore.on(source, keys)) {
            store.rotate();
        }
    }

    @Override
    public void close() {
        source.dispose();
    }
}
