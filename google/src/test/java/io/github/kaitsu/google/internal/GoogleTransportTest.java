package io.github.kaitsu.google.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.GenericUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GoogleTransportTest {
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @Test
    void whenTheBodyIsAsLongAsItMayBe_itIsRead_andOneByteMoreIsGivenUp() throws IOException {
        server.enqueue(new MockResponse().setBody("x".repeat(1_000)));
        assertThat(get(Duration.ofSeconds(30))).hasSize(1_000);
        server.enqueue(new MockResponse().setBody("x".repeat(1_001)));
        assertThatThrownBy(() -> get(Duration.ofSeconds(30))).isInstanceOf(GoogleTransport.TooLong.class);
    }

    /** Never silent for long, and never at its end: the class's limit would come first. */
    @Test
    void whenTheBodyDripsIn_theWholeCallIsGivenUp() {
        server.enqueue(new MockResponse().setBody("x".repeat(1_000)).throttleBody(1, 100, TimeUnit.MILLISECONDS));
        assertThatThrownBy(() -> get(Duration.ofMillis(300))).isInstanceOf(IOException.class);
    }

    private String get(Duration whole) throws IOException {
        return new GoogleTransport(true, whole, 1_000)
                .createRequestFactory()
                .buildGetRequest(new GenericUrl(server.url("/").toString()))
                .execute()
                .parseAsString();
    }
}
