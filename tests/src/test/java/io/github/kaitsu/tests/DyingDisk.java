package io.github.kaitsu.tests;

import io.github.kaitsu.contract.FaultyDisk;
import io.github.kaitsu.files.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** The disk of a process that dies at its n-th append to a journal, and changes nothing afterwards. */
final class DyingDisk implements Disk {
    /** How much of the append is on the disk by then. */
    enum Position {
        NOTHING,
        ONE_BYTE,
        HALF,
        ALL_BUT_THE_LAST_BYTE,
        EVERYTHING
    }

    /** No exception: no code that handles one may go on as if it lived. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Disk disk = FaultyDisk.healthy(); // forces nothing, which makes many runs affordable
    private final Position position;
    private int appendsLeft;
    private boolean dead;

    DyingDisk(Position position, int append) {
        this.position = position;
        this.appendsLeft = append;
    }

    private Disk alive() {
        if (dead) {
            throw new Died();
        }
        return disk;
    }

    @Override
    public synchronized void write(Path file, FileChannel channel, long at, byte[] bytes) throws IOException {
        boolean last = file.endsWith("journal.jsonl") && --appendsLeft == 0;
        if (!last) {
            alive().write(file, channel, at, bytes);
            return;
        }
        int written = switch (position) {
            case NOTHING -> 0;
            case ONE_BYTE -> 1;
            case HALF -> bytes.length / 2;
            case ALL_BUT_THE_LAST_BYTE -> bytes.length - 1;
            case EVERYTHING -> bytes.length;
        };
        alive().write(file, channel, at, Arrays.copyOf(bytes, written));
        dead = true;
        throw new Died();
    }

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        alive().createDirectory(directory);
    }

    @Override
    public synchronized void createFile(Path file) throws IOException {
        alive().createFile(file);
    }

    @Override
    public synchronized void closeToOthers(Path directory) throws IOException {
        alive().closeToOthers(directory);
    }

    @Override
    public synchronized void truncate(Path file, FileChannel channel, long length) throws IOException {
        alive().truncate(file, channel, length);
    }

    @Override
    public synchronized void force(Path file, FileChannel channel) throws IOException {
        alive().force(file, channel);
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        alive().forceDirectory(directory);
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        alive().move(from, to);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        alive().delete(file);
    }
}
