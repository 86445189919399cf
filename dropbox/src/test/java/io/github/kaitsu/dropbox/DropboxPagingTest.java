package io.github.kaitsu.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.dropbox.internal.AppEvent;
import io.github.kaitsu.vendor.AccessTokens;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hundred thousand lines of the log, nightly a million, made while they are asked for, pass through and leave nothing behind. */
@Timeout(300)
class DropboxPagingTest {
    private static final int PAGES = Boolean.getBoolean("kaitsu.nightly") ? 1_000 : 100;
    private static final int LINES_A_PAGE = 1_000;
    /** The page in hand, and what the virtual machine has not let go of at the moment of counting. */
    private static final int ALIVE_AT_MOST = 3;

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    /** Lines of a kind that nobody knows, as short as they may be: their number is what counts here. */
    private static final List<String> OTHERS = Collections.nCopies(
            LINES_A_PAGE - 1,
            "{\"timestamp\":\"2026-11-20T00:00:00Z\",\"event_category\":\"apps\",\"event_type\":\"x\",\"details\":\"x\"}");

    private final AtomicInteger served = new AtomicInteger();
    private final ServerSocket server = socket();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "pages");
        thread.setDaemon(true);
        return thread;
    });

    private static ServerSocket socket() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void manyLines_arePagedInConstantMemory() throws Exception {
        threads.execute(this::serve);
        try (server) {
            DropboxConnection connection = DropboxConnection.builder(AccessTokens.singleFlight(
                            spent -> new AccessTokens.Token("t", Optional.empty()), DropboxServer.CLOCK))
                    .baseUrl(URI.create("http://127.0.0.1:" + server.getLocalPort()))
                    .build();
            List<WeakReference<AppEvent>> firstOfPages = new ArrayList<>();
            AtomicInteger mostAlive = new AtomicInteger();

            connection.reads(DropboxServer.HTTP).appEvents(AppEvent.Kind.LINKED, line -> {
                firstOfPages.add(new WeakReference<>(line));
                if (firstOfPages.size() % (PAGES / 4) == 0) {
                    System.gc();
                    mostAlive.accumulateAndGet(alive(firstOfPages), Math::max);
                }
            });

            assertThat(firstOfPages).hasSize(PAGES);
            assertThat(served).hasValue(PAGES);
            assertThat(mostAlive.get()).isLessThanOrEqualTo(ALIVE_AT_MOST);
        }
        threads.shutdownNow();
    }

    private static int alive(List<WeakReference<AppEvent>> all) {
        return (int) all.stream().filter(r -> r.get() != null).count();
    }

    /** A thread for each connection: the client may open a second one before it gives back the first. */
    private void serve() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    /** Each request gets the next page, in one piece. */
    private void answer(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (skipRequest(in)) {
                connection.getOutputStream().write(page());
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static boolean skipRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            head.append((char) c);
        }
        Matcher length = LENGTH.matcher(head);
        in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
        return true;
    }

    private byte[] page() {
        int n = served.incrementAndGet();
        String line = DropboxServer.line("app_link_team", "2026-11-20T00:00:00Z", "dbaid:" + n, "App " + n);
        String body = Stream.concat(Stream.of(line), OTHERS.stream())
                .collect(Collectors.joining(
                        ",", "{\"events\":[", "],\"cursor\":\"" + n + "\",\"has_more\":" + (n < PAGES) + "}"));
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
