package io.github.kaitsu.simulate;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.MemoryActivationStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store that all nodes share, which fails, and loses the leases of those who hold them too long. What is kept, and by what rules,
 * is a real store's: in memory, or on a disk that tears what is being written when a node dies.
 *
 * <p>A proxy, so that it fails at whatever a store can be asked: a change is what is named here, everything else is a read.
 */
final class SimStore {
    private static final Set<String> CHANGES = Set.of("append", "claim", "release", "forget");
    private static final double RARELY = 0.006;
    private static final double SOMETIMES = 0.02;

    private final Simulation sim;

    /** Without any trouble: what is true. */
    final ActivationStore truth;

    @Nullable
    private final SimDisk disk;

    private final List<HeldLease> leases = new ArrayList<>();

    SimStore(Simulation sim, @Nullable SimDisk disk) {
        this.sim = sim;
        this.disk = disk;
        this.truth = disk == null ? new MemoryActivationStore() : disk.store();
    }

    ActivationStore of(Node node) {
        return (ActivationStore) Proxy.newProxyInstance(
                ActivationStore.class.getClassLoader(), new Class<?>[] {ActivationStore.class}, new Calls(node));
    }

    void died(Node node) {
        List.copyOf(leases).stream().filter(l -> l.node == node).forEach(HeldLease::close);
    }

    Optional<String> slotHolder(Console console) {
        return truth.claimant(new ClaimKey(
                "console", console.organisations.get(0).customer.console().toString()));
    }

    /** A lease that may be lost before its holder knows. */
    private final class HeldLease implements Lease {
        private final Node node;
        private final Lease real;
        private boolean isLost;

        HeldLease(Node node, Lease real) {
            this.node = node;
            this.real = real;
            leases.add(this);
        }

        void lose() {
            isLost = true;
            real.close();
        }

        @Override
        public ActivationId activation() {
            return real.activation();
        }

        @Override
        public long fencingToken() {
            return real.fencingToken();
        }

        @Override
        public void close() {
            leases.remove(this);
            if (!isLost) {
                real.close();
            }
        }
    }

    /** One node's calls. */
    private final class Calls implements InvocationHandler {
        private final Node node;

        Calls(Node node) {
            this.node = node;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
                throws Throwable {
            String name = method.getName();
            if (method.getDeclaringClass() == Object.class || name.equals("close")) {
                return name.equals("equals") ? proxy == args[0] : name.equals("hashCode") ? node.number : node + "'s";
            }
            if (node.isDead) {
                throw new Crash();
            }
            boolean isChange = CHANGES.contains(name);
            sim.meanwhile(node);
            if (name.equals("append") && args[2] instanceof Optional<?> lease && lease.isPresent()) {
                loseSome((HeldLease) lease.get());
            }
            before(name, isChange);
            Object found = called(method, args);
            if (name.equals("tryLease")) {
                return ((Optional<?>) found).map(real -> new HeldLease(node, (Lease) real));
            }
            if (isChange) {
                changed(name, args);
            }
            return found;
        }

        /** It took too long, another node is at it, and this one does not know yet. */
        private void loseSome(HeldLease lease) {
            if (!lease.isLost && sim.chaos.happens(Fault.LEASE_LOST, SOMETIMES)) {
                sim.world.tell(() -> node + " loses its lease of " + lease.activation());
                sim.reach.rare("lease-lost");
                lease.lose();
                sim.another(node, lease.activation());
            }
        }

        private void before(String name, boolean isChange) {
            if (!isChange) {
                if (sim.chaos.happens(Fault.READ_ERROR, RARELY / 4)) {
                    throw KaitsuException.of(ErrorCode.IO_ERROR, "", Secrets.CANARY);
                }
                return;
            }
            if (sim.chaos.happens(Fault.CRASH_BEFORE_WRITE, RARELY)) {
                crash("before " + name);
            }
            if (disk != null && sim.chaos.happens(Fault.CRASH_IN_WRITE, SOMETIMES)) {
                disk.tearNext(sim.dice);
            }
            if (sim.chaos.happens(Fault.IO_ERROR, RARELY)) {
                throw KaitsuException.of(ErrorCode.IO_ERROR, "", "the medium");
            }
            if (sim.chaos.has(Fault.DISK_FULL) && sim.isDiskFull()) {
                sim.chaos.happens(Fault.DISK_FULL, 1);
                sim.reach.rare("disk-full");
                throw KaitsuException.of(ErrorCode.IO_ERROR, "", "no space left on device");
            }
        }

        private void crash(String when) {
            throw sim.kill(node, when);
        }

        private @Nullable Object called(Method method, @Nullable Object @Nullable [] args) throws Throwable {
            try {
                return method.invoke(truth, args);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof Crash) {
                    sim.reach.rare("crash-in-write");
                    throw sim.kill(node, "while it writes");
                } else if (e.getCause() instanceof KaitsuException refusal
                        && refusal.code() == ErrorCode.STORE_CONFLICT) {
                    sim.world.tell(() -> node + " meets a conflict");
                    sim.reach.rare("append-conflict");
                }
                throw e.getCause();
            }
        }

        @SuppressWarnings("unchecked")
        private void changed(String name, @Nullable Object[] args) {
            if (disk != null) {
                disk.assertForced(sim.world, name);
            }
            if (name.equals("append")) {
                boolean isLost =
                        args[2] instanceof Optional<?> lease && lease.isPresent() && ((HeldLease) lease.get()).isLost;
                List<JournalEntry> entries = (List<JournalEntry>) args[3];
                if (isLost && !entries.isEmpty()) {
                    sim.world.violated(
                            "only the holder of the lease writes",
                            () -> node + " wrote " + entries.get(0).event() + " under a lease that it had lost");
                }
                sim.written((ActivationId) args[0], node, entries);
            }
            if (sim.chaos.happens(Fault.CRASH_AFTER_WRITE, name.equals("append") ? RARELY : SOMETIMES)) {
                sim.reach.rare("crash-after-" + name);
                crash("after " + name);
            }
            if (sim.chaos.happens(Fault.IO_ERROR_AFTER_WRITE, RARELY)) {
                throw KaitsuException.of(ErrorCode.IO_ERROR, "", "written, or perhaps not");
            }
        }
    }
}
