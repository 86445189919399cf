package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A key in a file: 32 bytes in Base64 on one line, for its owner only. */
public final class KeyFile {
    private static final int LONGEST = 1024;

    private KeyFile() {}

    /** See {@link io.github.kaitsu.consent.EncryptionKeys#ofFile}. @return the key, for the caller to overwrite */
    public static byte[] read(Path file) {
        byte[] line = new byte[0];
        try {
            Optional<byte[]> content = OwnerOnly.file(file)
                            .filter(found -> found.size() <= LONGEST)
                            .isPresent()
                    ? OwnerOnly.read(file)
                    : Optional.empty();
            if (content.isEmpty()) {
                throw KaitsuException.of(
                        ErrorCode.CREDENTIAL_KEY, OwnerOnly.file(file).isEmpty() ? "absent" : "file", file);
            }
            line = content.get();
            return decode(line, file);
        } catch (IOException e) {
            throw translated(e, file);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static byte[] decode(byte[] line, Path file) {
        int end = line.length;
        while (end > 0 && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
            end--;
        }
        byte[] text = Arrays.copyOf(line, end);
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == CredentialKey.LENGTH) {
                return key;
            }
            Arrays.fill(key, (byte) 0);
        } catch (IllegalArgumentException e) {
            throw noKey(file); // without the cause: it quotes a character
        } finally {
            Arrays.fill(text, (byte) 0);
        }
        throw noKey(file);
    }

    private static KaitsuException noKey(Path file) {
        return KaitsuException.of(ErrorCode.CREDENTIAL_KEY, "file", file);
    }

    /** See {@link io.github.kaitsu.consent.EncryptionKeys#createFile}. */
    public static void create(Path file) {
        Disk disk = Disk.local();
        byte[] key = new byte[CredentialKey.LENGTH];
        new SecureRandom().nextBytes(key);
        byte[] text = Base64.getEncoder().encode(key);
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        Path absolute = file.toAbsolutePath();
        try {
            disk.createFile(absolute);
            write(disk, absolute, line);
        } catch (FileAlreadyExistsException e) {
            throw KaitsuException.of(ErrorCode.CREDENTIAL_KEY, "exists", file);
        } catch (IOException e) {
            throw translated(e, file);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(text, (byte) 0);
            Arrays.fill(line, (byte) 0);
        }
    }

    private static void write(Disk disk, Path file, byte[] line) throws IOException {
        try (FileChannel channel = OwnerOnly.open(file, StandardOpenOption.WRITE)) {
            disk.write(file, channel, 0, line);
            disk.force(file, channel);
            disk.forceDirectoryOf(file);
        } catch (IOException e) {
            disk.delete(file); // ours since a moment ago, and used by nobody
            throw e;
        }
    }

    private static KaitsuException translated(IOException e, Path file) {
        return e instanceof AccessDeniedException
                ? KaitsuException.because(e, ErrorCode.STORE_UNSAFE, "access", file)
                : KaitsuException.because(e, ErrorCode.IO_ERROR, "", file);
    }
}
