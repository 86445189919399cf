package io.github.kaitsu.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedBodyTest {
    private static byte[] read(RawServer server) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        return client.send(HttpRequest.newBuilder(server.address()).build(), BoundedBody.upTo(10))
                .body();
    }

    @Test
    void upTo_whenTheBodyIsAsLongAsItMayBe_readsIt() throws Exception {
        try (RawServer server = RawServer.json(200, "0123456789")) {
            assertThat(read(server)).asString().isEqualTo("0123456789");
        }
    }

    @Test
    void upTo_whenTheBodyIsLonger_givesItUp() throws Exception {
        try (RawServer server = RawServer.json(200, "0123456789a")) {
            assertThatThrownBy(() -> read(server)).satisfies(BoundedBodyTest::isTooLong);
        }
    }

    @Test
    void upTo_whenTheBodyIsTooLongAlready_doesNotWaitForTheRest() throws Exception {
        try (RawServer server = RawServer.stoppingAfter("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789a")) {
            assertThatThrownBy(() -> read(server)).satisfies(BoundedBodyTest::isTooLong);
        }
    }

    /** A blocking call wraps it. */
    private static void isTooLong(Throwable e) {
        assertThat(e).isInstanceOf(IOException.class).rootCause().isInstanceOf(BoundedBody.TooLong.class);
    }
}
