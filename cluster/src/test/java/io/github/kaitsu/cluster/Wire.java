package io.github.kaitsu.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The wire between a node and the database, which can be cut. Thread-safe. */
final class Wire implements AutoCloseable {
    private final ServerSocket server;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    /** @param to the database's port */
    Wire(int to) throws IOException {
        this.to = to;
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void cut(boolean whether) {
        isCut = whether;
        if (whether) {
            open.forEach(Wire::end);
            open.clear();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket here = server.accept();
                if (isCut) {
                    end(here);
                } else {
                    connect(here);
                }
            } catch (IOException e) {
                // the next one
            }
        }
    }

    private void connect(Socket here) throws IOException {
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
            here.setTcpNoDelay(true);
            there.setTcpNoDelay(true);
            open.add(here);
            open.add(there);
            begin(() -> copy(here, there));
            begin(() -> copy(there, here));
        } catch (IOException e) {
            end(here);
        }
    }

    private void copy(Socket from, Socket into) {
        byte[] buffer = new byte[8192];
        try (from;
                into) {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // cut
        }
        open.remove(from);
        open.remove(into);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut(true);
    }
}
