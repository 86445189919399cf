package io.github.kaitsu.contract;

import io.github.kaitsu.files.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A disk under the file store that fails at a chosen point. Every change has one point before it, and a write of <i>n</i>
 * bytes has <i>n</i>: before it and after each byte but the last. To stop a program everywhere, run it once on a healthy disk
 * and then once for each point:
 *
 * <pre>{@code
 * FaultyDisk dry = FaultyDisk.healthy();
 * run(ActivationStores.on(folder(), dry));
 * for (long point = 0; point < dry.points(); point++) {     // or dry.edges(), where a run is long
 *     ActivationStore store = ActivationStores.on(folder(), FaultyDisk.failing(Fault.CRASH, point));
 *     try { run(store); } catch (SimulatedCrash e) { store.close(); }    // the kernel takes a dead process's locks
 *     resume(FileActivationStore.at(folder()));
 * }
 * }</pre>
 *
 * <p>After a crash every further change is refused: a dead process changes nothing, not even in a {@code finally}. Nothing is
 * really forced to the medium, which makes thousands of runs affordable; what was not forced is remembered instead and lost at
 * a loss of power. Thread-safe.
 */
public final class FaultyDisk implements Disk {
    /** What happens at the point. */
    public enum Fault {
        /** The process dies: {@link SimulatedCrash}. */
        CRASH,
        /** The machine dies, and with it everything that was not forced to the medium: {@link SimulatedCrash}. */
        POWER_LOSS,
        /** One change fails with an {@link IOException}, a write after part of its bytes; then the disk works again. */
        IO_ERROR
    }

    private final Disk disk = Disk.local();
    private final Fault fault;
    private final long failAt;
    private final List<Long> edges = new ArrayList<>();
    private final Unforced unforced = new Unforced();
    private long points;
    private boolean dead;

    private FaultyDisk(Fault fault, long failAt) {
        this.fault = fault;
        this.failAt = failAt;
    }

    /** Never fails; counts. */
    public static FaultyDisk healthy() {
        return new FaultyDisk(Fault.CRASH, -1);
    }

    /** @param point counted from 0 */
    public static FaultyDisk failing(Fault fault, long point) {
        return new FaultyDisk(fault, point);
    }

    /** How many points have gone by. */
    public synchronized long points() {
        return points;
    }

    /** The points that matter most: before each change, and in each write after the first, half and all but the last byte. */
    public synchronized List<Long> edges() {
        return List.copyOf(edges);
    }

    // ---- changes

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        point();
        disk.createDirectory(directory);
        unforced.created(directory);
    }

    @Override
    public synchronized void createFile(Path file) throws IOException {
        point();
        disk.createFile(file);
        unforced.created(file);
    }

    @Override
    public synchronized void closeToOthers(Path directory) throws IOException {
        point();
        disk.closeToOthers(directory);
    }

    @Override
    public synchronized void write(Path file, FileChannel channel, long position, byte[] bytes) throws IOException {
        checkAlive();
        long passed = failAt - points;
        addEdges(points, bytes.length);
        unforced.changing(file);
        if (0 <= passed && passed < bytes.length) {
            disk.write(file, channel, position, Arrays.copyOf(bytes, (int) passed));
            points = failAt + 1;
            fail();
        }
        points += bytes.length;
        disk.write(file, channel, position, bytes);
    }

    private void addEdges(long first, int length) {
        edges.add(first);
        for (int inside : new int[] {1, length / 2, length - 1}) {
            if (inside > edges.get(edges.size() - 1) - first && inside < length) {
                edges.add(first + inside);
            }
        }
    }

    @Override
    public synchronized void truncate(Path file, FileChannel channel, long length) throws IOException {
        point();
        unforced.changing(file);
        disk.truncate(file, channel, length);
    }

    @Override
    public synchronized void force(Path file, FileChannel channel) throws IOException {
        point();
        unforced.forced(file);
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        point();
        unforced.namesForced(directory);
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        point();
        unforced.moving(from, to);
        disk.move(from, to);
    }

    @Override
    public synchronized void moveNew(Path from, Path to) throws IOException {
        point();
        disk.moveNew(from, to);
        unforced.created(to);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        point();
        if (Files.exists(file)) {
            unforced.deleting(file);
        }
        disk.delete(file);
    }

    // ---- faults

    private void point() throws IOException {
        checkAlive();
        edges.add(points);
        if (points++ == failAt) {
            fail();
        }
    }

    private void checkAlive() {
        if (dead) {
            throw new SimulatedCrash("the process is dead already");
        }
    }

    private void fail() throws IOException {
        if (fault == Fault.IO_ERROR) {
            throw new IOException("simulated failure at point " + failAt);
        }
        dead = true;
        if (fault == Fault.POWER_LOSS) {
            unforced.lose();
        }
        throw new SimulatedCrash("at point " + failAt);
    }
}
