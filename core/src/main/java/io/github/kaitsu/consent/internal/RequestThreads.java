package io.github.kaitsu.consent.internal;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for however many requests. The JDK's server reads a request on the thread that answers it, so one that never ends
 * would hold its thread for ever: the one that is read the longest makes way when all threads are taken, and none is read for longer
 * than its time. To interrupt the thread closes the connection. Thread-safe.
 */
final class RequestThreads implements Executor, AutoCloseable {
    static final int MOST = 16;
    static final Duration LONGEST_READ = Duration.ofSeconds(10);

    private static final long IDLE_SECONDS = 10;

    private final Duration longestRead;
    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService timer;
    private final Map<Thread, Request> running = new ConcurrentHashMap<>();
    private final Set<Request> unread = new LinkedHashSet<>(); // guarded by itself

    RequestThreads(Duration longestRead) {
        this.longestRead = longestRead;
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "kaitsu-consent");
            thread.setDaemon(true);
            return thread;
        };
        this.threads = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
        this.threads.allowCoreThreadTimeOut(true);
        this.timer = Executors.newSingleThreadScheduledExecutor(daemons);
    }

    @Override
    public void execute(Runnable work) {
        Request request = new Request(work);
        synchronized (unread) {
            unread.add(request);
            if (unread.size() > MOST - 1) { // one is left for whatever comes
                Iterator<Request> eldest = unread.iterator();
                Request first = eldest.next();
                eldest.remove();
                first.giveUp();
            }
        }
        threads.execute(request);
    }

    /** Called with the first thing that is done once a request is read: it has all the time it needs now. @return false if it is too late */
    boolean isRead() {
        Request request = running.get(Thread.currentThread());
        return request == null || request.isRead();
    }

    private final class Request implements Runnable {
        private final Runnable work;
        private @Nullable Thread reader; // all three guarded by this
        private boolean givenUp;
        private boolean read;

        Request(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            synchronized (this) {
                reader = Thread.currentThread();
                if (givenUp) {
                    reader.interrupt(); // the first read closes the connection
                }
            }
            running.put(Thread.currentThread(), this);
            ScheduledFuture<?> late = timer.schedule(this::giveUp, longestRead.toNanos(), TimeUnit.NANOSECONDS);
            try {
                work.run();
            } finally {
                late.cancel(false);
                running.remove(Thread.currentThread());
                isRead();
            }
        }

        synchronized void giveUp() {
            givenUp = !read;
            if (givenUp && reader != null) {
                reader.interrupt();
            }
        }

        boolean isRead() {
            synchronized (unread) {
                unread.remove(this);
            }
            synchronized (this) {
                read = true;
                reader = null;
                return !givenUp;
            }
        }
    }

    /** What is under way goes on to its end. */
    @Override
    public void close() {
        threads.shutdown();
        timer.shutdownNow();
    }
}
