package io.github.kaitsu.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.files.LockFile;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.store.PrivateFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** This process and another one, really. */
@Timeout(120)
class TwoProcessesTest {
    private static final ActivationId ID = ActivationId.of("acme-1");

    @TempDir
    Path temp;

    private Path folder;
    private FileActivationStore here;
    private StoreProcess there;

    @BeforeEach
    void open() throws Exception {
        folder = temp.resolve("store");
        here = FileActivationStore.at(folder);
        there = StoreProcess.at(folder);
    }

    @AfterEach
    void close() throws Exception {
        there.kill();
        here.close();
    }

    @Test
    void lease_ofAKilledProcess_isFreeAtOnceUnderAGreaterToken() throws Exception {
        long token = Long.parseLong(there.ask("lease acme-1"));
        assertThat(here.tryLease(ID)).isEmpty();

        there.kill();

        Lease lease = here.tryLease(ID).orElseThrow();
        assertThat(lease.fencingToken()).isGreaterThan(token);
        here.append(ID, 0, Optional.of(lease), List.of(new JournalEntry(1, Instant.EPOCH, new Event.Ended())));
    }

    @Test
    void lease_heldHere_isNotGivenThere() throws Exception {
        Lease lease = here.tryLease(ID).orElseThrow();
        assertThat(there.ask("lease acme-1")).isEqualTo("none");

        lease.close();

        assertThat(there.ask("lease acme-1")).isNotEqualTo("none");
    }

    /** POSIX: closing any channel of a lock file would drop every lock of this process. */
    @Test
    void lease_heldHere_survivesEverythingElseThatIsDoneHere() throws Exception {
        Lease lease = here.tryLease(ID).orElseThrow();
        try (FileActivationStore second = FileActivationStore.at(folder)) {
            StoreProcess.append(second, ID, "answer", 2);
            assertThat(second.tryLease(ID)).isEmpty();
            second.load(ID);
            second.claim(new ClaimKey("console", "c"), "acme-1");
        }
        try (FileActivationStore third = FileActivationStore.at(folder.resolve("../store"))) {
            assertThat(third.tryLease(ID)).isEmpty();
            StoreProcess.append(third, ID, "answer", 2);
        }

        assertThat(there.ask("lease acme-1")).isEqualTo("none");
        lease.close();
        assertThat(LockFile.open()).isZero();
    }

    @Test
    void appends_fromBothAtOnce_loseNothing() throws Exception {
        int each = 150;
        there.ask("append warm-up there 20"); // else it would still be starting when this process is done
        StoreProcess.append(here, ActivationId.of("warm-up"), "here", 20);

        there.tell("append acme-1 there " + each);
        assertThat(StoreProcess.append(here, ID, "here", each)).isEqualTo(there.answer());

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            expected.add("here" + i);
            expected.add("there" + i);
        }
        assertThat(here.load(ID).orElseThrow().entries())
                .extracting(e -> ((Event.CancelRequested) e.event()).by())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The kernel takes all threads of a process for one and sees deadlocks here that are none. */
    @Test
    void appends_toTwoRunsFromTwoThreadsEach_allComeThrough() throws Exception {
        there.ask("append warm-up there 20");
        try (FileActivationStore second = FileActivationStore.at(folder)) {
            there.tell("both acme-1 acme-2 150");
            StoreProcess.appendToBoth(here, second, ID, ActivationId.of("acme-2"), 150);
            assertThat(there.answer()).isEqualTo("300");
        }

        assertThat(here.size(ID)).isEqualTo(300);
        assertThat(here.size(ActivationId.of("acme-2"))).isEqualTo(300);
    }

    @Test
    void appends_ofAProcessKilledInTheMiddle_areWholeAndCanBeContinued() throws Exception {
        there.tell("append acme-1 there 1000000");
        while (here.size(ID) < 20) {
            Thread.onSpinWait();
        }
        there.kill();

        long size = here.size(ID);
        StoreProcess.append(here, ID, "here", 1);
        List<JournalEntry> entries = here.load(ID).orElseThrow().entries();
        assertThat(entries).hasSize((int) size + 1);
        try (FileActivationStore afresh = FileActivationStore.at(folder)) {
            assertThat(afresh.load(ID).orElseThrow().entries()).isEqualTo(entries);
        }
    }

    @Test
    void privateFile_changedFromBothAtOnce_losesNothing() throws Exception {
        Path file = temp.resolve("file");
        there.ask("count warm-up " + temp.resolve("warm-up") + " 5");
        there.tell("count there " + file + " 150");
        StoreProcess.count(file, "here", 150);
        assertThat(there.answer()).isEqualTo("150");

        assertThat(PrivateFile.at(file).read().map(String::new).orElseThrow().lines())
                .hasSize(300)
                .doesNotHaveDuplicates();
    }

    @Test
    void claim_ofAKilledProcess_isStillItsOwners() throws Exception {
        assertThat(there.ask("claim acme-1")).isEqualTo("true");
        there.kill();

        assertThat(here.claim(new ClaimKey("console", "c"), "acme-2")).isFalse();
        assertThat(here.claimant(new ClaimKey("console", "c"))).contains("acme-1");
    }
}
