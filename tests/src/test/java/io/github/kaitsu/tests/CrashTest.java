package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.contract.FaultyDisk;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.ActivationStores;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.tests.DyingDisk.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * COMMON-16: the SDK's process dies while a whole activation is under way, the sandbox and the person live on, and the next
 * process finishes it with one grant each.
 */
class CrashTest {
    private static final boolean IS_NIGHT = Boolean.getBoolean("kaitsu.nightly");
    private static final List<Position> AT_AN_APPEND = List.of(Position.NOTHING, Position.HALF, Position.EVERYTHING);

    @TempDir
    Path temp;

    /**
     * Each process dies at its n-th append and the next one takes over: with n = 2 (1 where the append reaches the disk) every
     * append of the activation is struck once, in one run; with n = 5 the processes live a little longer.
     */
    @ParameterizedTest
    @EnumSource(Position.class)
    void allEightServices_whenEveryAppendIsStruckOnce_areProtected(Position position) throws Exception {
        boolean samePerson = position != Position.ONE_BYTE && position != Position.ALL_BUT_THE_LAST_BYTE;
        for (int append : new int[] {position == Position.EVERYTHING ? 1 : 2, 5}) {
            try (Sandbox sandbox = Sandbox.builder().start()) {
                Supplier<Disk> disks = () -> new DyingDisk(position, append);
                Path folder = temp.resolve("store-" + append);
                int crashes = activate(sandbox, CloudService.standard(), folder, disks, samePerson);
                assertThat(crashes).isGreaterThan(append < 5 ? 110 : 20);
            }
        }
    }

    /** One crash a run, at every append: before, within and after it, by day one of them in turn. Any tear is like the other, see below. */
    @ParameterizedTest
    @EnumSource(
            value = CloudService.class,
            names = {"BOX", "MICROSOFT_TEAMS"})
    void oneService_whicheverAppendIsStruck_isProtected(CloudService service) throws Exception {
        int crashes = 1;
        int append = 0;
        while (crashes > 0) { // the first append that never comes ends it
            append++;
            for (Position position : IS_NIGHT ? AT_AN_APPEND : List.of(AT_AN_APPEND.get(append % 3))) {
                crashes = activate(service, position, append);
            }
        }
        assertThat(append).isGreaterThan(25);
    }

    private int activate(CloudService service, Position position, int append) throws Exception {
        List<Disk> dying = new ArrayList<>(List.of(new DyingDisk(position, append)));
        Supplier<Disk> disks = () -> dying.isEmpty() ? FaultyDisk.healthy() : dying.remove(0);
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Path folder = temp.resolve("at-" + append + "-" + position);
            return activate(sandbox, List.of(service), folder, disks, append % 2 == 0);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("append " + append + ", " + position + ": " + e.getMessage(), e);
        }
    }

    /** @return how often the process died */
    private static int activate(
            Sandbox sandbox, List<CloudService> services, Path folder, Supplier<Disk> disks, boolean samePerson)
            throws InterruptedException {
        Customer customer = Customer.of(sandbox);
        Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
        for (int crashes = 0; crashes < 2_000; crashes++) {
            FileActivationStore store = ActivationStores.on(folder, disks.get());
            try {
                ActivationClient client = customer.client(store, person).build();
                client.begin(Run.ID, customer.request(services));
                ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);
                Run.assertProtected(view);
                assertThat(sandbox.summary().violations()).isEmpty();
                assertThat(sandbox.summary().grants().values())
                        .hasSize(services.size())
                        .containsOnly(1);
                return crashes;
            } catch (DyingDisk.Died e) {
                if (!samePerson) {
                    person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
                }
            } finally {
                store.close(); // the kernel takes a dead process's locks
            }
        }
        throw new AssertionError("dies for ever");
    }

    /**
     * Every byte, by day every 17th and those beside a line's end: a journal that ends anywhere reads as what was confirmed before, and
     * the next append leaves the same file as if nothing had been torn. From there on it is the crash between two appends, which the
     * other tests carry to the end.
     */
    @Test
    void journal_tornAtAnyByte_readsAsWhatWasConfirmed() throws Exception {
        Path folder = temp.resolve("store");
        try (Sandbox sandbox = Sandbox.builder().start()) {
            activate(sandbox, List.of(CloudService.DROPBOX), folder, FaultyDisk::healthy, true);
        }
        Path file = folder.resolve("activations/" + Run.ID + "/journal.jsonl");
        byte[] whole = Files.readAllBytes(file);
        List<JournalEntry> entries = load(folder);
        byte[] untorn = {};
        int confirmed = 0;
        for (int length = 0; length < whole.length; length++) {
            boolean boundary = length == 0 || whole[length - 1] == '\n';
            boolean beside = whole[length] == '\n' || (length > 1 && whole[length - 2] == '\n');
            if (!IS_NIGHT && !boundary && !beside && length % 17 != 0) {
                continue;
            }
            Files.write(file, Arrays.copyOf(whole, length));
            try (FileActivationStore store = ActivationStores.on(folder, FaultyDisk.healthy())) {
                List<JournalEntry> read =
                        store.load(Run.ID).map(Journal::entries).orElse(List.of());
                confirmed = boundary ? read.size() : confirmed;
                assertThat(read).as("after %d bytes", length).isEqualTo(entries.subList(0, confirmed));
                List<JournalEntry> next = entries.subList(confirmed, confirmed + 1);
                store.append(Run.ID, confirmed, Optional.empty(), next);
            }
            if (boundary) {
                untorn = Files.readAllBytes(file);
                assertThat(load(folder)).isEqualTo(entries.subList(0, confirmed + 1));
            } else {
                assertThat(Files.readAllBytes(file))
                        .as("after %d bytes and one append", length)
                        .isEqualTo(untorn);
            }
        }
        assertThat(confirmed).isGreaterThan(30);
    }

    private static List<JournalEntry> load(Path folder) {
        try (FileActivationStore store = ActivationStores.on(folder, FaultyDisk.healthy())) {
            return store.load(Run.ID).map(Journal::entries).orElse(List.of());
        }
    }
}
