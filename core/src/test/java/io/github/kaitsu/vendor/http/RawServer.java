package io.github.kaitsu.vendor.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server that answers every request with the same bytes and hangs up, or does not answer at all. */
final class RawServer implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    final CountDownLatch asked = new CountDownLatch(1);

    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final byte[] answer;
    private final boolean hangUp;

    /** Answers and hangs up. */
    static RawServer saying(String answer) {
        return new RawServer(answer, true);
    }

    /** Sends this much of an answer and then nothing, without hanging up. */
    static RawServer stoppingAfter(String part) {
        return new RawServer(part, false);
    }

    static RawServer json(int status, String body, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Some\r\nContent-Type: application/json\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return saying(head + "Connection: close\r\nContent-Length: " + length + "\r\n\r\n" + body);
    }

    private RawServer(String answer, boolean hangUp) {
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.hangUp = hangUp;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket one = socket.accept();
                open.add(one);
                requests.add(request(one.getInputStream()));
                asked.countDown();
                OutputStream out = one.getOutputStream();
                out.write(answer);
                out.flush();
                if (hangUp) {
                    one.close();
                }
            } catch (IOException e) {
                // the client or the test has gone
            }
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        int length = -1;
        int head = -1;
        while (head < 0 || text.length() < head + 4 + length) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
            if (head < 0 && text.indexOf("\r\n\r\n") >= 0) {
                head = text.indexOf("\r\n\r\n");
                length = text.toString()
                        .lines()
                        .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                        .mapToInt(l -> Integer.parseInt(l.substring(15).strip()))
                        .findFirst()
                        .orElse(0);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
