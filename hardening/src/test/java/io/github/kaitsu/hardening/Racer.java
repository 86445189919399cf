package io.github.kaitsu.hardening;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.cluster.JdbcActivationStore;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.FileActivationStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that takes leases and claims wherever it can, appends under the leases, and says for each from when until when it surely had it, by
 * the machine's one clock that only goes forward: {@code lease|claim NAME TOKEN FROM UNTIL}, {@code append RUN NUMBER}.
 */
final class Racer {
    private final ActivationStore store;
    private final String name;
    private final Random random;

    private Racer(ActivationStore store, String name) {
        this.store = store;
        this.name = name;
        this.random = new Random(name.hashCode());
    }

    /** Where the store is, what this process is called, how many rounds; begins when it is told. */
    public static void main(String[] arguments) throws Exception {
        try (ActivationStore store = open(arguments[0])) {
            System.out.println("ready");
            System.in.read();
            Racer racer = new Racer(store, arguments[1]);
            for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
                racer.lease(ActivationId.of("run-" + racer.random.nextInt(2)));
                racer.claim(new ClaimKey("console", "slot-" + racer.random.nextInt(2)));
            }
        }
    }

    private static ActivationStore open(String where) {
        if (!where.startsWith("jdbc:")) {
            return FileActivationStore.at(Path.of(where));
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(where);
        return JdbcActivationStore.on(source);
    }

    private void lease(ActivationId run) {
        Optional<Lease> lease = store.tryLease(run);
        if (lease.isEmpty()) {
            return;
        }
        long from = System.nanoTime();
        long until;
        try (Lease held = lease.get()) {
            long size = store.size(run);
            store.append(run, size, lease, List.of(new JournalEntry(size + 1, Instant.EPOCH, new Event.Ended())));
            System.out.println("append " + run + " " + (size + 1));
            until = System.nanoTime();
            System.out.println("lease " + run + " " + held.fencingToken() + " " + from + " " + until);
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.STORE_CONFLICT) {
                throw e;
            }
            System.out.println("conflict " + run + " under a lease");
        }
    }

    private void claim(ClaimKey key) {
        if (store.claim(key, name)) {
            long from = System.nanoTime();
            boolean isMine = store.claimant(key).filter(name::equals).isPresent();
            long until = System.nanoTime();
            System.out.println((isMine ? "claim " : "lost ") + key.name() + " 0 " + from + " " + until);
            store.release(key, name);
        }
    }
}
