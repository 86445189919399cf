package io.github.kaitsu.internal.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait for vendors: virtual ones where the JDK has them (21); else as many as there are looks at once. */
final class LookThreads {
    private static final long IDLE_SECONDS = 30;

    private LookThreads() {}

    static ExecutorService create() {
        try {
            Method virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) virtual.invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return platform();
        }
    }

    /** Bounded by whoever hands looks over, not here: what waits for its turn waits there. */
    private static ExecutorService platform() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "kaitsu-look-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
