package io.github.kaitsu.simulate;

import io.github.kaitsu.files.Disk;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder on the real disk which forces nothing but knows what should have been, and tears a write when a node dies in it. */
final class SimDisk implements Disk, AutoCloseable {
    private final Disk disk = Disk.local();
    private final Path folder;
    private final TreeSet<String> unforced = new TreeSet<>();
    private int tearAt = -1;

    SimDisk(Path folder) {
        this.folder = folder;
    }

    static SimDisk create() {
        try {
            Path shm = Path.of("/dev/shm");
            return new SimDisk(
                    Files.isWritable(shm)
                            ? Files.createTempDirectory(shm, "kaitsu-sim")
                            : Files.createTempDirectory("kaitsu-sim"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ActivationStore store() {
        return ActivationStores.on(folder.resolve("store"), this);
    }

    /** The next write is the last one, and only a part of it is there. */
    void tearNext(Random dice) {
        tearAt = dice.nextInt(4);
    }

    /** Contents, and the names of claims; of a run's folder the names are there before anything is confirmed to be in it. */
    void assertForced(World world, String change) {
        unforced.stream()
                .filter(path -> !isFolder(path) || (change.equals("claim") && path.endsWith("/claims")))
                .findFirst()
                .ifPresent(
                        path -> world.violated("what is confirmed is on the medium", () -> change + " left " + path));
    }

    private static boolean isFolder(String path) {
        return Files.isDirectory(Path.of(path));
    }

    @Override
    public void write(Path file, FileChannel channel, long position, byte[] bytes) throws IOException {
        if (tearAt >= 0) {
            int written = bytes.length * tearAt / 4;
            tearAt = -1;
            disk.write(file, channel, position, Arrays.copyOf(bytes, written));
            unforced.clear(); // its process is gone
            throw new Crash();
        }
        disk.write(file, channel, position, bytes);
        unforced.add(file.toString());
    }

    @Override
    public void force(Path file, FileChannel channel) {
        unforced.remove(file.toString());
    }

    @Override
    public void truncate(Path file, FileChannel channel, long length) throws IOException {
        disk.truncate(file, channel, length);
        unforced.add(file.toString());
    }

    @Override
    public void forceDirectory(Path directory) {
        unforced.remove(directory.toString());
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        disk.createDirectory(directory);
        unforced.add(directory.getParent().toString());
    }

    @Override
    public void createFile(Path file) throws IOException {
        disk.createFile(file);
        unforced.add(file.getParent().toString());
    }

    @Override
    public void closeToOthers(Path directory) throws IOException {
        disk.closeToOthers(directory);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        if (unforced.remove(from.toString())) {
            unforced.add(to.toString());
        }
        disk.move(from, to);
        unforced.add(to.getParent().toString());
    }

    @Override
    public void moveNew(Path from, Path to) throws IOException {
        if (unforced.remove(from.toString())) {
            unforced.add(to.toString());
        }
        disk.moveNew(from, to);
        unforced.add(to.getParent().toString());
    }

    @Override
    public void delete(Path file) throws IOException {
        unforced.remove(file.toString());
        disk.delete(file);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
