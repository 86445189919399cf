package io.github.kaitsu.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerTest {
    private static final URI ANY = URI.create("http://127.0.0.1:0/callback");
    private static final int SAFETY_NET = 30_000;
    private static final AnswerPage PAGE = new AnswerPage(200, "t", "m", "n", Locale.ENGLISH);

    @Test
    void aRequestThatDoesNotArriveInTime_isCutOff() throws Exception {
        Listener.Answerer nobody = (returned, language) -> {
            throw new AssertionError();
        };
        try (Listener listener = Listener.open(ANY, Locale.ENGLISH, nobody, Duration.ofMillis(50));
                Socket half = connect(listener)) {
            send(half, "GET /callback HTTP/1.1\r\nHo");
            assertThat(isClosed(half)).isTrue();
        }
    }

    /** The time is for the request alone: what it has begun at the vendor takes as long as it takes. */
    @Test
    void anAnswerThatTakesLonger_isNotCutOff() throws Exception {
        CountDownLatch cutOff = new CountDownLatch(1);
        Listener.Answerer slow = (returned, language) -> {
            try {
                cutOff.await(); // until another request's time is over, which began later
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Listener.Reply(PAGE, () -> {});
        };
        try (Listener listener = Listener.open(ANY, Locale.ENGLISH, slow, Duration.ofMillis(50));
                Socket whole = connect(listener)) {
            send(whole, request(listener));
            try (Socket half = connect(listener)) {
                send(half, "GET");
                assertThat(isClosed(half)).isTrue();
            }
            cutOff.countDown();
            assertThat(new String(whole.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
    }

    /** Those that wait longest make way, long before their time is over. */
    @Test
    void moreThanThereAreThreads_theNewestIsAnswered() throws Exception {
        List<Socket> halves = new ArrayList<>();
        Listener.Answerer page = (returned, language) -> new Listener.Reply(PAGE, () -> {});
        try (Listener listener = Listener.open(ANY, Locale.ENGLISH, page, Duration.ofDays(1))) {
            for (int n = 0; n < 3 * RequestThreads.MOST; n++) {
                Socket half = connect(listener);
                halves.add(half);
                send(half, "GET /callback HTTP/1.1\r\nHo");
            }
            try (Socket whole = connect(listener)) {
                send(whole, request(listener));
                assertThat(new String(whole.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200");
            }
            assertThat(isClosed(halves.get(0))).isTrue();
        } finally {
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    private static String request(Listener listener) {
        return "GET /callback HTTP/1.1\r\nHost: " + listener.redirectUri().getRawAuthority() + "\r\n\r\n";
    }

    private static Socket connect(Listener listener) throws Exception {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), listener.redirectUri().getPort());
        socket.setSoTimeout(SAFETY_NET);
        return socket;
    }

    private static void send(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static boolean isClosed(Socket socket) throws Exception {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException e) {
            return true;
        }
    }
}
