package io.github.kaitsu.hardening;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What is asked of whoever reads a foreign text: a value or a refusal, no other exception; memory in proportion to the text; nothing secret
 * in anything that is told. In the long profile also time in proportion, by the processor's clock, which a busy machine does not move.
 */
public final class Foreign {
    /** Stands for whatever nobody may read: a seed or a target puts it into the input, and then it must not be in what is told. */
    public static final String SECRET = "Zk7fuzzedSecret9Qx";

    private static final boolean IS_FUZZING = System.getenv("JAZZER_FUZZ") != null;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Of an instrumented run, in which everything takes several times as long. */
    private static final long LONGEST_PER_KILOBYTE = TimeUnit.MILLISECONDS.toNanos(500);

    /** What any reading may take; Jazzer's hooks around each comparison and pattern take more than what they watch. */
    private static final long BASE = IS_FUZZING ? 256L << 20 : 4L << 20;

    private static final long LONGEST_START = TimeUnit.SECONDS.toNanos(10);

    /** Reads. */
    @FunctionalInterface
    public interface Reading {
        /** Gives what was read, of which the text is looked through. */
        Object read() throws Exception;
    }

    private Foreign() {}

    /**
     * Reads and judges.
     *
     * @param size of the text, in characters or bytes
     * @param bytesPerSign how much memory each of them may take, besides 4 MB for whatever is loaded (256 MB while fuzzing)
     * @param hides whether what is told must not hold {@link #SECRET}
     */
    public static void read(int size, int bytesPerSign, boolean hides, Reading reading) {
        int most = 4; // the first times pay for classes and their instrumentation
        while (costs(size, bytesPerSign, hides, reading)) {
            if (--most == 0) {
                throw new AssertionError("too much memory or time for a text of " + size);
            }
        }
    }

    private static boolean costs(int size, int bytesPerSign, boolean hides, Reading reading) {
        long thread = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long time = THREADS.getCurrentThreadCpuTime();
        List<String> told = new ArrayList<>();
        try {
            told.add(String.valueOf(reading.read()));
        } catch (KaitsuException e) {
            told.addAll(List.of(
                    e.message(Locale.JAPANESE), e.message(Locale.ENGLISH),
                    e.nextStep(Locale.JAPANESE), e.nextStep(Locale.ENGLISH)));
            told.add(trace(e));
        } catch (VendorCallException e) {
            told.add(trace(e));
        } catch (Exception e) {
            throw new AssertionError("neither a value nor a refusal: " + e, e);
        }
        long spent = THREADS.getCurrentThreadCpuTime() - time;
        long taken = THREADS.getThreadAllocatedBytes(thread) - bytes;
        if (hides && told.stream().anyMatch(text -> text.contains(SECRET))) {
            throw new AssertionError("told: " + told);
        }
        return taken > BASE + (long) bytesPerSign * size
                || (IS_FUZZING && spent > LONGEST_START + LONGEST_PER_KILOBYTE * (1 + size / 1024));
    }

    private static String trace(Exception e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
