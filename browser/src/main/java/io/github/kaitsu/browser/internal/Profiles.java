package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * One folder per customer, named by a hash of the whole {@link CustomerId}, so that two never share a session: the browser's
 * profile, and beside it the record, which stays. Only the owner may look inside.
 */
public final class Profiles {
    /** The lines of a record, in its folder. */
    public static final String RECORD_FILE = "record.jsonl";

    private static final int NAME_BYTES = 16;

    private final Path folder;

    public Profiles(Path folder) {
        this.folder = folder;
    }

    Path profile(CustomerId customer) {
        return ownerOnly(of(customer).resolve("profile"));
    }

    /** Made if there is none yet. */
    Path record(CustomerId customer) {
        return ownerOnly(whereRecordIs(customer));
    }

    public Path whereRecordIs(CustomerId customer) {
        return of(customer).resolve("record");
    }

    /** Signs out for good: cookies, caches and whatever the browser kept. */
    void wipe(CustomerId customer) {
        Path profile = of(customer).resolve("profile");
        if (!Files.isDirectory(profile)) {
            return;
        }
        try (Stream<Path> all = Files.walk(profile)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", profile);
        }
    }

    private Path of(CustomerId customer) {
        return folder.resolve(name(customer));
    }

    /** The parts are told apart by their lengths: no account can look like another account with an organisation. */
    private static String name(CustomerId c) {
        String whole = c.site() + "/" + c.account().length() + "/" + c.account() + "/" + c.organisation();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static Path ownerOnly(Path directory) {
        FileAttribute<?>[] rights =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.createDirectories(directory, rights);
            if (rights.length > 0) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            return directory;
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", directory);
        }
    }
}
