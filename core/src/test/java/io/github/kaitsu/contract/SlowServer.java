package io.github.kaitsu.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A vendor that answers every request with a beginning, and then with a piece now and then, for ever, or with nothing more. */
final class SlowServer implements AutoCloseable {
    private static final int PAUSE = 20; // milliseconds

    final AtomicInteger asked = new AtomicInteger();

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final String beginning;
    private final String piece;

    /** @param piece empty for nothing more */
    SlowServer(String beginning, String piece) throws IOException {
        this.beginning = beginning;
        this.piece = piece;
        start(this::accept);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "slow-vendor");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                Socket one = socket.accept();
                open.add(one);
                start(() -> drip(one));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void drip(Socket one) {
        try (one) {
            one.setTcpNoDelay(true);
            readHead(one.getInputStream());
            asked.incrementAndGet();
            OutputStream out = one.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.UTF_8));
            while (!closed.await(PAUSE, TimeUnit.MILLISECONDS)) {
                out.write(piece.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // the client has cut it off
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.append((char) next);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
