package io.github.kaitsu.desk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of a mail server as takes mails (RFC 5321), and keeps them as they came. */
final class MailBox implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> mails = new CopyOnWriteArrayList<>();

    MailBox() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "mail-box");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> mails() {
        return mails;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        out.print("220 box\r\n");
        out.flush();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String reply = "250 ok\r\n";
            if (line.equals("DATA")) {
                out.print("354 go on\r\n");
                out.flush();
                StringBuilder mail = new StringBuilder();
                for (String part = in.readLine(); !".".equals(part); part = in.readLine()) {
                    mail.append(part).append('\n');
                }
                mails.add(mail.toString());
            } else if (line.equals("QUIT")) {
                reply = "221 bye\r\n";
            }
            out.print(reply);
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
