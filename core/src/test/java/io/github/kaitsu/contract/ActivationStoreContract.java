package io.github.kaitsu.contract;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.Changes;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunPage;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ActivationStore} must keep to. Extend it, say how to make a store, and run it with your tests:
 *
 * <pre>{@code
 * class MyStoreTest extends ActivationStoreContract {
 *     protected ActivationStore newStore() { return new MyStore(emptyDatabase()); }
 *     protected ActivationStore reopen()   { return new MyStore(sameDatabase()); }
 * }
 * }</pre>
 *
 * <p>What it cannot test from outside is yours to prove: that an append is durable or absent after a crash, and that a dead
 * process loses its lease.
 */
public abstract class ActivationStoreContract extends StoresUnderTest {
    private static final ActivationId OTHER = ActivationId.of("Other_2.b");
    private static final ClaimKey CONSOLE = new ClaimKey("console", "JP/佐藤 商店/../x");

    // ---- journals

    @Test
    void load_whenNothingWasBegun_isEmpty() {
        assertThat(store.load(ID)).isEmpty();
        assertThat(store.size(ID)).isZero();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void load_afterAppends_returnsEveryEntryInOrder() {
        append(store, 0, "a", "b");
        append(store, 2, "c");

        assertThat(store.load(ID)).contains(new Journal(ID, entries(0, "a", "b", "c")));
        assertThat(store.size(ID)).isEqualTo(3);
    }

    @Test
    void load_afterReopening_returnsEveryEntryInOrder() throws Exception {
        append(store, 0, "a", "b");
        append(store, 2, "c");

        assertThat(second().load(ID)).contains(new Journal(ID, entries(0, "a", "b", "c")));
        assertThat(second().size(ID)).isEqualTo(3);
    }

    @Test
    void load_afterSomebodyElseAppended_seesIt() throws Exception {
        ActivationStore other = second();
        append(store, 0, "a");
        assertThat(other.size(ID)).isEqualTo(1);

        append(other, 1, "b");

        assertThat(store.size(ID)).isEqualTo(2);
        assertThat(store.load(ID).orElseThrow().entries()).isEqualTo(entries(0, "a", "b"));
    }

    @Test
    void append_toOneRun_leavesTheOthersAlone() {
        append(store, 0, "a");
        store.append(OTHER, 0, Optional.empty(), entries(0, "b"));

        assertThat(store.load(ID).orElseThrow().entries()).isEqualTo(entries(0, "a"));
        assertThat(store.load(OTHER).orElseThrow().entries()).isEqualTo(entries(0, "b"));
    }

    @Test
    void append_ofNothing_beginsNothing() {
        append(store, 0);

        assertThat(store.load(ID)).isEmpty();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void append_whenTheJournalHasGrown_conflictsAndChangesNothing() throws Exception {
        append(store, 0, "a");
        append(second(), 1, "b");

        assertRefused(ErrorCode.STORE_CONFLICT, () -> append(store, 1, "c"));
        assertRefused(ErrorCode.STORE_CONFLICT, () -> append(store, 0, "c"));
        assertThat(store.load(ID).orElseThrow().entries()).isEqualTo(entries(0, "a", "b"));
    }

    @Test
    void append_whenMoreIsExpectedThanThereIs_conflicts() {
        append(store, 0, "a");

        assertRefused(ErrorCode.STORE_CONFLICT, () -> append(store, 2, "c"));
        assertThat(store.size(ID)).isEqualTo(1);
    }

    @Test
    void append_ofEntriesNumberedOtherwise_isAMistakeOfTheProgram() {
        assertThatThrownBy(() -> store.append(ID, 0, Optional.empty(), entries(1, "a")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.size(ID)).isZero();
    }

    @Test
    void journal_whenTheCallersListChangesLater_doesNot() {
        List<JournalEntry> mine = new ArrayList<>(entries(0, "a"));
        store.append(ID, 0, Optional.empty(), mine);
        Journal loaded = store.load(ID).orElseThrow();
        mine.clear();
        append(store, 1, "b");

        assertThat(loaded.entries()).isEqualTo(entries(0, "a"));
        assertThat(store.size(ID)).isEqualTo(2);
    }

    @Test
    void all_always_namesEveryRunOnce() throws Exception {
        append(store, 0, "a");
        append(store, 1, "b");
        store.append(OTHER, 0, Optional.empty(), List.of(new JournalEntry(1, Instant.EPOCH, new Event.Ended())));
        store.tryLease(ActivationId.of("never-begun")).orElseThrow().close();

        assertThat(store.all()).containsExactlyInAnyOrder(ID, OTHER);
        assertThat(second().all()).containsExactlyInAnyOrder(ID, OTHER);
    }

    @Test
    void tail_ofAJournal_isWhatCameAfter() {
        append(store, 0, "a", "b");
        append(store, 2, "c");

        assertThat(store.tail(ID, 1)).isEqualTo(entries(0, "a", "b", "c").subList(1, 3));
        assertThat(store.tail(ID, 3)).isEmpty();
        assertThat(store.tail(OTHER, 0)).isEmpty();
    }

    @Test
    void grown_ofSeveral_namesThoseWithAnotherLength() {
        append(store, 0, "a", "b");
        store.append(OTHER, 0, Optional.empty(), entries(0, "b"));

        assertThat(store.grown(Map.of(ID, 1L, OTHER, 1L))).containsExactly(ID);
        assertThat(store.grown(Map.of(ID, 2L, OTHER, 1L))).isEmpty();
    }

    // ---- heads

    @Test
    void head_writtenWithAnAppend_isSeenByEverybody() throws Exception {
        ActivationStore other = second();
        store.append(ID, 0, Optional.empty(), entries(0, "a"), Optional.of(head(ID, 1, Turn.PERSON)));
        store.append(ID, 1, Optional.empty(), entries(1, "b"), Optional.of(head(ID, 2, Turn.VENDOR)));

        assertThat(store.head(ID)).contains(head(ID, 2, Turn.VENDOR));
        assertThat(other.head(ID)).contains(head(ID, 2, Turn.VENDOR));
        assertThat(other.headless()).isEmpty();
        assertThat(store.head(OTHER)).isEmpty();
    }

    @Test
    void head_ofAnAppendThatWasRefused_isNotSeen() {
        store.append(ID, 0, Optional.empty(), entries(0, "a"), Optional.of(head(ID, 1, Turn.PERSON)));

        assertRefused(
                ErrorCode.STORE_CONFLICT,
                () -> store.append(ID, 0, Optional.empty(), entries(0, "b"), Optional.of(head(ID, 1, Turn.VENDOR))));

        assertThat(store.head(ID)).contains(head(ID, 1, Turn.PERSON));
    }

    @Test
    void run_appendedToWithoutAHead_isHeadlessUntilItIsRestored() throws Exception {
        ActivationStore other = second();
        store.append(ID, 0, Optional.empty(), entries(0, "a"), Optional.of(head(ID, 1, Turn.PERSON)));
        append(store, 1, "b");

        assertThat(store.headless()).containsExactly(ID);
        assertThat(other.headless()).containsExactly(ID);
        assertThat(other.head(ID)).isEmpty();
        assertThat(other.find(RunQuery.all(), Optional.empty(), 10).items()).isEmpty();

        other.restore(head(ID, 1, Turn.PERSON)); // the journal has grown since
        assertThat(other.headless()).containsExactly(ID);
        other.restore(head(ID, 2, Turn.VENDOR));

        assertThat(other.headless()).isEmpty();
        assertThat(other.head(ID)).contains(head(ID, 2, Turn.VENDOR));
        assertThat(store.head(ID)).contains(head(ID, 2, Turn.VENDOR));
    }

    @Test
    void find_byWhateverIsSaid_namesThoseRunsPageByPage() throws Exception {
        List<RunHead> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ActivationId id = ActivationId.of("run-" + i);
            RunHead head = head(id, 1, i == 6 ? Turn.NOBODY : i % 2 == 0 ? Turn.PERSON : Turn.VENDOR);
            all.add(head);
            store.append(id, 0, Optional.empty(), entries(0, "a"), Optional.of(head));
        }
        ActivationStore other = second();

        RunPage first = other.find(RunQuery.live(), Optional.empty(), 4);
        RunPage last = other.find(RunQuery.live(), first.next(), 4);

        assertThat(first.items()).isEqualTo(all.subList(0, 4));
        assertThat(first.total()).isEqualTo(6);
        assertThat(last.items()).isEqualTo(all.subList(4, 6));
        assertThat(last.next()).isEmpty();
        assertThat(found(other, RunQuery.all().ended(true))).containsExactly("run-6");
        assertThat(found(other, RunQuery.all().withTurn(Turn.VENDOR))).containsExactly("run-1", "run-3", "run-5");
        assertThat(found(other, RunQuery.all().ofCustomer(all.get(2).customer())))
                .containsExactly("run-2");
        assertThat(found(other, RunQuery.all().ofConsole(all.get(2).customer().console())))
                .containsExactly("run-2");
        assertThat(found(other, RunQuery.all().withReference("ref-run-3"))).containsExactly("run-3");
        assertThat(found(other, RunQuery.all().withLabel("east"))).hasSize(7);
        assertThat(found(other, RunQuery.all().withLabel("west"))).isEmpty();
        assertThat(found(other, RunQuery.all().withStatus(ActivationStatus.LINKING)))
                .hasSize(7);
        assertThat(found(other, RunQuery.all().withStatus(ActivationStatus.FAILED)))
                .isEmpty();
        assertThat(found(other, RunQuery.all().silentSince(Instant.EPOCH.plusSeconds(1))))
                .hasSize(7);
        assertThat(found(other, RunQuery.all().silentSince(Instant.EPOCH))).isEmpty();
    }

    private static List<String> found(ActivationStore store, RunQuery query) {
        return store.find(query, Optional.empty(), 100).items().stream()
                .map(head -> head.id().value())
                .toList();
    }

    @Test
    void changedSince_whoeverWrote_namesEachRunOnce() throws Exception {
        ActivationStore other = second();
        append(store, 0, "before");
        Changes begun = store.changedSince(Changes.NONE);
        assertThat(begun.runs()).isEmpty();
        assertThat(store.changedSince(begun).runs()).isEmpty();

        append(other, 1, "a");
        append(other, 2, "b");
        append(store, 3, "c");
        other.append(OTHER, 0, Optional.empty(), entries(0, "d"), Optional.of(head(OTHER, 1, Turn.PERSON)));

        Changes now = store.changedSince(begun);
        assertThat(now.runs()).containsExactlyInAnyOrder(ID, OTHER);
        assertThat(store.changedSince(now).runs()).isEmpty();
    }

    @Test
    void forgotten_itsHead_isGone() throws Exception {
        store.append(ID, 0, Optional.empty(), entries(0, "a"), Optional.of(head(ID, 1, Turn.NOBODY)));
        ActivationStore other = second();
        assertThat(other.head(ID)).isPresent();

        try (Lease lease = store.tryLease(ID).orElseThrow()) {
            store.forget(ID, 1, lease, Instant.EPOCH);
        }

        for (ActivationStore each : List.of(store, other)) {
            assertThat(each.head(ID)).isEmpty();
            assertThat(each.find(RunQuery.all(), Optional.empty(), 10).items()).isEmpty();
            assertThat(each.headless()).isEmpty();
        }
    }

    private static RunHead head(ActivationId id, long size, Turn turn) {
        return new RunHead(
                id,
                size,
                CustomerId.of(ConsoleSite.JP, "admin-" + id),
                false,
                Optional.of("佐藤商店 " + id),
                Optional.of("ref-" + id),
                Set.of("east", "vip"),
                Map.of(
                        CloudService.BOX,
                        ActivationStatus.LINKING,
                        CloudService.MICROSOFT_TEAMS,
                        ActivationStatus.PLANNED),
                turn,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    @Test
    void append_fromManyThreadsAtOnce_losesNothing() throws Exception {
        ActivationStore[] stores = {store, second()};
        int each = 10;
        List<String> said = atOnce(thread -> {
            List<String> mine = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                String text = thread + "/" + i;
                appendAnyhow(stores[thread % 2], text);
                mine.add(text);
            }
            return mine;
        });

        List<JournalEntry> found = second().load(ID).orElseThrow().entries();
        assertThat(found).hasSize(THREADS * each);
        assertThat(found).extracting(JournalEntry::number).isSorted().doesNotHaveDuplicates();
        assertThat(found)
                .extracting(e -> ((Event.CancelRequested) e.event()).by())
                .containsExactlyInAnyOrderElementsOf(said);
    }

    /** As every writer of answers does: after a conflict, load and append again. */
    private static void appendAnyhow(ActivationStore store, String text) {
        while (true) {
            try {
                append(store, store.size(ID), text);
                return;
            } catch (KaitsuException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_CONFLICT);
            }
        }
    }

    // ---- forgetting

    private static final Instant THEN = Instant.parse("2027-01-01T00:00:00.123456789Z");

    private static void forget(ActivationStore store, long expectedSize, Instant at) {
        try (Lease lease = store.tryLease(ID).orElseThrow()) {
            store.forget(ID, expectedSize, lease, at);
        }
    }

    @Test
    void forget_always_erasesTheJournalForEverybody_andLeavesTheTime() throws Exception {
        ActivationStore other = second();
        append(store, 0, "a", "b");
        store.append(OTHER, 0, Optional.empty(), entries(0, "c"));
        assertThat(other.size(ID)).isEqualTo(2);
        assertThat(store.forgottenAt(ID)).isEmpty();

        forget(store, 2, THEN);

        for (ActivationStore any : List.of(store, other, second())) {
            assertThat(any.load(ID)).isEmpty();
            assertThat(any.size(ID)).isZero();
            assertThat(any.all()).containsExactly(OTHER);
            assertThat(any.forgottenAt(ID)).contains(THEN);
            assertThat(any.forgottenAt(OTHER)).isEmpty();
            assertThat(any.load(OTHER).orElseThrow().entries()).isEqualTo(entries(0, "c"));
        }
    }

    @Test
    void forget_afterwards_nothingIsAppendedEverAgain() throws Exception {
        append(store, 0, "a");
        ActivationStore other = second();
        assertThat(other.size(ID)).isEqualTo(1);
        forget(store, 1, THEN);

        for (ActivationStore any : List.of(store, other, second())) {
            assertRefused(ErrorCode.ACTIVATION_FORGOTTEN, () -> append(any, 1, "late"));
            assertRefused(ErrorCode.ACTIVATION_FORGOTTEN, () -> append(any, 0, "again"));
            try (Lease lease = any.tryLease(ID).orElseThrow()) {
                assertRefused(
                        ErrorCode.ACTIVATION_FORGOTTEN,
                        () -> any.append(ID, 0, Optional.of(lease), entries(0, "again")));
            }
            assertThat(any.all()).isEmpty();
        }
    }

    @Test
    void forget_twice_keepsTheFirstTime() throws Exception {
        append(store, 0, "a");
        forget(store, 1, THEN);
        forget(second(), 1, THEN.plusSeconds(1));

        assertThat(second().forgottenAt(ID)).contains(THEN);
    }

    @Test
    void forget_whenTheJournalHasGrown_conflictsAndChangesNothing() throws Exception {
        append(store, 0, "a");
        append(second(), 1, "b");

        for (long other : new long[] {1, 3}) {
            assertRefused(ErrorCode.STORE_CONFLICT, () -> forget(store, other, THEN));
        }
        assertThat(store.load(ID).orElseThrow().entries()).isEqualTo(entries(0, "a", "b"));
        assertThat(store.forgottenAt(ID)).isEmpty();
    }

    @Test
    void forget_underALeaseThatWasClosed_conflictsAndChangesNothing() throws Exception {
        append(store, 0, "a");
        Lease old = store.tryLease(ID).orElseThrow();
        old.close();
        assertRefused(ErrorCode.STORE_CONFLICT, () -> store.forget(ID, 1, old, THEN));
        Lease current = second().tryLease(ID).orElseThrow();
        assertRefused(ErrorCode.STORE_CONFLICT, () -> store.forget(ID, 1, old, THEN));
        assertThat(store.size(ID)).isEqualTo(1);
        current.close();
    }

    @Test
    void forget_ofNothing_orUnderTheLeaseOfAnotherRun_isAMistakeOfTheProgram() {
        append(store, 0, "a");
        try (Lease lease = store.tryLease(ID).orElseThrow();
                Lease other = store.tryLease(OTHER).orElseThrow()) {
            assertThatThrownBy(() -> store.forget(ID, 0, lease, THEN)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.forget(ID, 1, other, THEN)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.size(ID)).isEqualTo(1);
    }

    @Test
    void forget_always_leavesTheClaims() throws Exception {
        append(store, 0, "a");
        store.claim(CONSOLE, "acme-1");
        forget(store, 1, THEN);

        assertThat(second().claimant(CONSOLE)).contains("acme-1");
    }

    // ---- leases

    @Test
    void lease_whileSomebodyHasIt_isNotGiven() throws Exception {
        ActivationStore other = second();
        Lease lease = store.tryLease(ID).orElseThrow();

        assertThat(lease.activation()).isEqualTo(ID);
        assertThat(store.tryLease(ID)).isEmpty();
        assertThat(other.tryLease(ID)).isEmpty();
        other.tryLease(OTHER).orElseThrow().close();
    }

    @Test
    void lease_afterItWasClosed_isGivenAgainWithAGreaterToken() throws Exception {
        Lease first = store.tryLease(ID).orElseThrow();
        first.close();
        first.close();
        Lease second = second().tryLease(ID).orElseThrow();
        first.close();

        assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
        assertThat(store.tryLease(ID)).isEmpty();
    }

    @Test
    void lease_fromManyThreadsAtOnce_isGivenOnce() throws Exception {
        ActivationStore[] stores = {store, second()};

        List<Lease> given =
                atOnce(thread -> stores[thread % 2].tryLease(ID).map(List::of).orElse(List.of()));

        assertThat(given).hasSize(1);
    }

    @Test
    void append_underALease_isDone() {
        Lease lease = store.tryLease(ID).orElseThrow();
        store.append(ID, 0, Optional.of(lease), entries(0, "a"));

        assertThat(store.size(ID)).isEqualTo(1);
    }

    @Test
    void append_withoutLeaseWhileSomebodyHasIt_isDone() throws Exception {
        ActivationStore other = second();
        Lease lease = store.tryLease(ID).orElseThrow();
        append(other, 0, "answer");

        assertRefused(ErrorCode.STORE_CONFLICT, () -> store.append(ID, 0, Optional.of(lease), entries(0, "decision")));
        store.append(ID, 1, Optional.of(lease), entries(1, "decision"));
        assertThat(other.load(ID).orElseThrow().entries()).isEqualTo(entries(0, "answer", "decision"));
    }

    @Test
    void append_underALeaseThatWasClosed_conflicts() {
        Lease lease = store.tryLease(ID).orElseThrow();
        lease.close();

        assertRefused(ErrorCode.STORE_CONFLICT, () -> store.append(ID, 0, Optional.of(lease), entries(0, "late")));
        assertThat(store.size(ID)).isZero();
    }

    @Test
    void append_underAnOlderToken_conflicts() throws Exception {
        ActivationStore other = second();
        Lease old = store.tryLease(ID).orElseThrow();
        old.close();
        Lease current = other.tryLease(ID).orElseThrow();

        assertRefused(ErrorCode.STORE_CONFLICT, () -> store.append(ID, 0, Optional.of(old), entries(0, "late")));
        other.append(ID, 0, Optional.of(current), entries(0, "a"));
    }

    @Test
    void append_underTheLeaseOfAnotherRun_isAMistakeOfTheProgram() {
        Lease lease = store.tryLease(OTHER).orElseThrow();

        assertThatThrownBy(() -> store.append(ID, 0, Optional.of(lease), entries(0, "a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- claims

    @Test
    void claim_whenFree_isTakenAndMayBeTakenAgain() {
        assertThat(store.claimant(CONSOLE)).isEmpty();
        assertThat(store.claim(CONSOLE, "acme-1")).isTrue();
        assertThat(store.claim(CONSOLE, "acme-1")).isTrue();
        assertThat(store.claimant(CONSOLE)).contains("acme-1");
    }

    @Test
    void claim_whenSomebodyElseHasIt_isRefused() throws Exception {
        ActivationStore other = second();
        store.claim(CONSOLE, "acme-1");

        assertThat(other.claim(CONSOLE, "acme-2")).isFalse();
        assertThat(other.claimant(CONSOLE)).contains("acme-1");
    }

    @Test
    void claim_afterReopening_isStillThere() throws Exception {
        store.claim(CONSOLE, "acme-1 / BOX / 佐藤");
        store.close();

        assertThat(second().claimant(CONSOLE)).contains("acme-1 / BOX / 佐藤");
        assertThat(second().claim(CONSOLE, "acme-2")).isFalse();
    }

    @Test
    void claim_afterItsOwnerReleasedIt_isFree() throws Exception {
        store.claim(CONSOLE, "acme-1");
        store.release(CONSOLE, "acme-1");

        assertThat(second().claimant(CONSOLE)).isEmpty();
        assertThat(second().claim(CONSOLE, "acme-2")).isTrue();
    }

    @Test
    void release_bySomebodyElse_changesNothing() {
        store.release(CONSOLE, "acme-1");
        store.claim(CONSOLE, "acme-1");
        store.release(CONSOLE, "acme-2");

        assertThat(store.claimant(CONSOLE)).contains("acme-1");
    }

    @Test
    void claim_ofOtherKindOrName_isAnother() {
        store.claim(new ClaimKey("console", "JP/a"), "acme-1");

        assertThat(store.claim(new ClaimKey("customer", "JP/a"), "acme-2")).isTrue();
        assertThat(store.claim(new ClaimKey("console", "JP/A"), "acme-2")).isTrue();
    }

    @Test
    void claim_fromManyThreadsAtOnce_isGivenToOne() throws Exception {
        ActivationStore[] stores = {store, second()};

        List<String> owners = atOnce(thread ->
                stores[thread % 2].claim(CONSOLE, "acme-" + thread) ? List.of("acme-" + thread) : List.<String>of());

        assertThat(owners).hasSize(1);
        assertThat(store.claimant(CONSOLE)).contains(owners.get(0));
    }
}
