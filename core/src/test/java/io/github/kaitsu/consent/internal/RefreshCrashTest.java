package io.github.kaitsu.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.AuthorizationServer.Identity;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStore.Entry;
import io.github.kaitsu.consent.CredentialStores;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.consent.internal.GrantRecord.State;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.FaultyDisk;
import io.github.kaitsu.contract.FaultyDisk.Fault;
import io.github.kaitsu.contract.SimulatedCrash;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.vendor.VendorCallException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops a refresh before, inside and after every change it makes to the disk. */
class RefreshCrashTest {
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    private static final Clock LATER = Clock.fixed(START.plus(Duration.ofHours(2)), ZoneOffset.UTC);
    private static final CredentialStore.Key KEY =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "acme"), CloudService.Provider.BOX);

    @TempDir
    Path temp;

    private int folders;
    private Path folder;
    private OneTimeVendor vendor;

    @Test
    void refresh_whereverItsProcessDies_leavesAGoodGrantOrSaysThatItIsLost() throws Exception {
        for (Fault fault : List.of(Fault.CRASH, Fault.POWER_LOSS)) {
            List<String> ends = new ArrayList<>();
            for (long point : dryRun().edges()) {
                connect();
                FileCredentialStore dying = store(FaultyDisk.failing(fault, point));
                assertThatThrownBy(tokens(dying)::get).isInstanceOf(SimulatedCrash.class);
                dying.close();

                ends.add(nextProcess());
            }
            assertThat(ends).contains("lost", "good");
        }
    }

    /** Neither is said of a grant that is not so. */
    private String nextProcess() throws Exception {
        try (FileCredentialStore store = store(FaultyDisk.healthy())) {
            try {
                String token = tokens(store).get();
                GrantRecord stored = stored(store);
                assertThat(stored.grant().accessToken()).isEqualTo(token);
                assertThat(vendor.accepts(stored.grant())).isTrue();
                return "good";
            } catch (VendorCallException e) {
                assertThat(e.authorizationLost()).isTrue();
                assertThat(stored(store).state()).isEqualTo(State.DEAD);
                return "lost";
            }
        }
    }

    @Test
    void refresh_whicheverChangeFails_losesNothing() throws Exception {
        for (long point : dryRun().edges()) {
            connect();
            try (FileCredentialStore store = store(FaultyDisk.failing(Fault.IO_ERROR, point))) {
                StoredTokens tokens = tokens(store);
                try {
                    tokens.get();
                } catch (KaitsuException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                }
                assertThat(tokens.get()).isEqualTo("access-secret-2");
                assertThat(vendor.refreshes()).isEqualTo(1);
                assertThat(vendor.accepts(stored(store).grant())).isTrue();
            }
        }
    }

    private FaultyDisk dryRun() throws Exception {
        FaultyDisk dry = FaultyDisk.healthy();
        connect();
        try (FileCredentialStore store = store(dry)) {
            assertThat(tokens(store).get()).isEqualTo("access-secret-2");
        }
        return dry;
    }

    /** A new folder with a grant that ends before {@link #LATER}. */
    private void connect() {
        folder = temp.resolve("store-" + folders++);
        vendor = new OneTimeVendor(Clock.fixed(START, ZoneOffset.UTC));
        GrantRecord record = GrantRecord.of(vendor.issue(), new Identity("sato", "4711", Optional.empty()), START, "");
        vendor.at(LATER);
        try (FileCredentialStore store = store(FaultyDisk.healthy())) {
            store.put(KEY, 0, record.bytes());
        }
    }

    private FileCredentialStore store(Disk disk) {
        return CredentialStores.on(folder, disk, Duration.ofSeconds(30), new byte[32]);
    }

    private StoredTokens tokens(FileCredentialStore store) {
        return new StoredTokens(store, KEY, vendor, LATER);
    }

    private static GrantRecord stored(FileCredentialStore store) {
        return GrantRecord.parse(store.load(KEY).map(Entry::secret).orElseThrow());
    }
}
