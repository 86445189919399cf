package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.AtomicFile;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.StoreCalls;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A key in a file: 32 bytes in Base64 on one line, for its owner only. */
public final class KeyFile {
    private static final int LONGEST = 1024;
    /** Of the key in Base64. */
    private static final int CHARACTERS = 44;

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    private static final String ENDS = "\r\n\0";

    private KeyFile() {}

    /** See {@link io.github.kaitsu.consent.EncryptionKeys#ofFile}. @return the key, for the caller to overwrite */
    public static byte[] read(Path file) {
        byte[] line = new byte[0];
        try {
            Optional<BasicFileAttributes> found = OwnerOnly.file(file);
            if (found.isPresent() && found.get().size() > LONGEST) {
                throw noKey("file", file);
            }
            line = OwnerOnly.read(file).orElseThrow(() -> noKey("absent", file));
            return decode(line, file);
        } catch (IOException e) {
            throw StoreCalls.refusal(e, file);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static byte[] decode(byte[] line, Path file) {
        byte[] text = Arrays.copyOf(line, end(line, "\r\n"));
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == CredentialKey.LENGTH) {
                return key;
            }
            Arrays.fill(key, (byte) 0);
        } catch (IllegalArgumentException e) {
            throw noKey(whatIs(line), file, end(line, ENDS)); // without the cause: it quotes a character
        } finally {
            Arrays.fill(text, (byte) 0);
        }
        throw noKey(whatIs(line), file, end(line, ENDS));
    }

    /** What a crash or a full disk leaves of a key is its beginning, with nothing or zeros behind it. */
    private static String whatIs(byte[] line) {
        int length = end(line, ENDS);
        if (length == 0) {
            return "empty";
        }
        for (int i = 0; i < length; i++) {
            if (BASE64.indexOf(line[i]) < 0) {
                return "file";
            }
        }
        return length < CHARACTERS || (length == CHARACTERS && length < end(line, "\r\n")) ? "cut" : "file";
    }

    private static int end(byte[] line, String behind) {
        int end = line.length;
        while (end > 0 && behind.indexOf(line[end - 1]) >= 0) {
            end--;
        }
        return end;
    }

    private static KaitsuException noKey(String what, Object... arguments) {
        return KaitsuException.of(ErrorCode.CREDENTIAL_KEY, what, arguments);
    }

    /** See {@link io.github.kaitsu.consent.EncryptionKeys#createFile}. */
    public static void create(Path file) {
        create(file, Disk.local());
    }

    /** @param disk what a test may break */
    static void create(Path file, Disk disk) {
        byte[] key = new byte[CredentialKey.LENGTH];
        new SecureRandom().nextBytes(key);
        byte[] text = Base64.getEncoder().encode(key);
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        try {
            AtomicFile.create(disk, file.toAbsolutePath(), line);
        } catch (FileAlreadyExistsException e) {
            throw noKey("exists", file);
        } catch (IOException e) {
            throw StoreCalls.refusal(e, file);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(text, (byte) 0);
            Arrays.fill(line, (byte) 0);
        }
    }
}
