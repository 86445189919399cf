package io.github.kaitsu.files;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs calls to the disk to their end, on threads nobody interrupts. An interrupt closes the {@code FileChannel} a thread is
 * at work on: it would leave half an append behind, or drop locks that other threads hold through the same channel. The
 * caller's interrupt stays set.
 */
public final class Uninterrupted implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "kaitsu-store");
        thread.setDaemon(true);
        return thread;
    });

    public <T> T run(IoCall<T> call) throws IOException {
        if (threads.isShutdown()) {
            throw new IllegalStateException("the store is closed");
        }
        try {
            return CompletableFuture.supplyAsync(() -> unchecked(call), threads).join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Failed failed) {
                throw failed.cause;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException unchecked ? unchecked : e;
        }
    }

    private static <T> T unchecked(IoCall<T> call) {
        try {
            return call.call();
        } catch (IOException e) {
            throw new Failed(e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final IOException cause;

        Failed(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
