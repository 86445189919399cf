package io.github.kaitsu.consent.internal;

import static io.github.kaitsu.consent.internal.RefreshProcess.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.consent.AuthorizationServer.Identity;
import io.github.kaitsu.consent.CredentialStore.Entry;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.consent.internal.GrantRecord.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One grant whose refresh token works once, and several processes, really. */
@Timeout(180)
class ManyProcessesTest {
    private static final int PROCESSES = 4;
    private static final int THREADS = 64;
    private static final int EXPIRIES = 3;

    @TempDir
    Path temp;

    private final List<RefreshProcess> there = new ArrayList<>();
    private Path folder;
    private TokenEndpoint endpoint;
    private HttpVendor vendor;
    private FileCredentialStore store;
    private StoredTokens here;

    @BeforeEach
    void connect() throws Exception {
        folder = temp.resolve("credentials");
        endpoint = new TokenEndpoint();
        vendor = new HttpVendor(endpoint.port(), "never");
        store = RefreshProcess.store(folder);
        store.put(
                KEY,
                0,
                GrantRecord.of(
                                HttpVendor.grant("1"),
                                new Identity("sato@example.co.jp", "4711", Optional.empty()),
                                Instant.EPOCH,
                                "")
                        .bytes());
        here = new StoredTokens(store, KEY, vendor, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        for (RefreshProcess process : there) {
            process.kill();
        }
        endpoint.close();
        store.close();
    }

    /** 64 threads here and in four other processes; each expiry costs one refresh in all. */
    @Test
    void refresh_byManyThreadsOfManyProcesses_reachesTheVendorOncePerExpiry() throws Exception {
        for (int i = 0; i < PROCESSES; i++) {
            there.add(start("never"));
            assertThat(there.get(i).ask("1")).isEqualTo("ok");
        }
        for (int expiry = 1; expiry <= EXPIRIES; expiry++) {
            endpoint.expire();
            there.forEach(process -> process.tell(Integer.toString(THREADS)));
            assertThat(RefreshProcess.use(here, vendor, THREADS)).isEqualTo("ok");
            for (RefreshProcess process : there) {
                assertThat(process.answer()).isEqualTo("ok");
            }
            assertThat(endpoint.refreshes()).isEqualTo(expiry);
        }
        assertThat(endpoint.refused()).isZero();
        assertThat(store.version(KEY)).isEqualTo(1 + EXPIRIES);
        assertNoSecretIsReadable();
    }

    /** The vendor has not heard of it: nothing is lost. */
    @Test
    void refresh_whenTheProcessIsKilledBeforeTheAnswer_isMadeByTheNext() throws Exception {
        endpoint.expire();
        kill("before-answer");

        assertThat(RefreshProcess.use(here, vendor, 4)).isEqualTo("ok");
        assertThat(endpoint.refreshes()).isEqualTo(1);
    }

    /** Nobody has the new token any more. That must be said, and nobody may go on trying. */
    @Test
    void refresh_whenTheProcessIsKilledBetweenAnswerAndStore_isLostAccessForEverybody() throws Exception {
        endpoint.expire();
        kill("after-answer");

        assertThat(RefreshProcess.use(here, vendor, 4)).isEqualTo("lost");
        assertThat(stored().state()).isEqualTo(State.DEAD);
        there.add(start("never"));
        assertThat(there.get(1).ask("4")).isEqualTo("lost");
        assertThat(endpoint.refused()).isEqualTo(1);
        assertNoSecretIsReadable();
    }

    private void kill(String where) throws Exception {
        there.add(start(where));
        assertThat(there.get(0).ask("8")).isNull();
        assertThat(there.get(0).exit()).isEqualTo(1);
    }

    private RefreshProcess start(String death) throws IOException {
        return RefreshProcess.at(folder, endpoint.port(), death);
    }

    private GrantRecord stored() {
        return GrantRecord.parse(store.load(KEY).map(Entry::secret).orElseThrow());
    }

    private void assertNoSecretIsReadable() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile).toList())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(file -> {
                        try {
                            assertThat(Files.readString(file, StandardCharsets.UTF_8))
                                    .doesNotContain("secret-");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
