package io.github.kaitsu.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file system of this machine. */
enum LocalDisk implements Disk {
    INSTANCE;

    @Override
    public void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, OwnerOnly.newDirectory(directory));
    }

    @Override
    public void createFile(Path file) throws IOException {
        Files.createFile(file, OwnerOnly.newFile(file));
    }

    @Override
    public void closeToOthers(Path directory) throws IOException {
        OwnerOnly.narrow(directory);
    }

    @Override
    public void write(Path file, FileChannel channel, long position, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest, position + rest.position());
        }
    }

    @Override
    public void truncate(Path file, FileChannel channel, long length) throws IOException {
        channel.truncate(length);
    }

    @Override
    public void force(Path file, FileChannel channel) throws IOException {
        channel.force(true);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (!OwnerOnly.appliesTo(directory)) {
            return; // Windows opens no directory; it journals its names itself
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void moveNew(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) { // no hard links there: take the name first
            createFile(to);
            move(from, to);
            return;
        }
        delete(from);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
