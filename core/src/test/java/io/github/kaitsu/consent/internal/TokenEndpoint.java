package io.github.kaitsu.consent.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A vendor over HTTP on the loopback: {@code POST /token} gives a refresh token, which works once, for new tokens and answers
 * 400 to a spent one; {@code POST /api} accepts the newest access token alone. Both tokens stand in the body, and so does the
 * answer: the number of the new tokens.
 */
final class TokenEndpoint implements AutoCloseable {
    private static final int BACKLOG = 500;

    private final ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private int issued = 1;
    private int refreshes;
    private int refused;
    private boolean expired;

    TokenEndpoint() throws IOException {
        threads.execute(this::acceptAll);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** From now on no access token is accepted that was given so far. */
    synchronized void expire() {
        expired = true;
    }

    /** Refreshes that were granted. */
    synchronized int refreshes() {
        return refreshes;
    }

    /** Refreshes with a spent token. */
    synchronized int refused() {
        return refused;
    }

    private synchronized String answer(String path, String token) {
        if (path.equals("/api")) {
            return !expired && token.equals("access-secret-" + issued) ? "yes" : "";
        }
        if (!token.equals("refresh-secret-" + issued)) {
            refused++;
            return "";
        }
        issued++;
        refreshes++;
        expired = false;
        return Integer.toString(issued);
    }

    // ---- as much HTTP as is needed

    private void acceptAll() {
        try {
            while (true) {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String path = in.readLine().split(" ")[1];
            int length = 0;
            for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
                if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            char[] body = new char[length];
            for (int read = 0; read < length; ) {
                read += in.read(body, read, length - read);
            }
            String answer = answer(path, new String(body));
            OutputStream out = client.getOutputStream();
            out.write(("HTTP/1.1 " + (answer.isEmpty() ? "400 Bad" : "200 OK")
                            + "\r\nConnection: close\r\nContent-Length: " + answer.length() + "\r\n\r\n" + answer)
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            return; // the client died
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
