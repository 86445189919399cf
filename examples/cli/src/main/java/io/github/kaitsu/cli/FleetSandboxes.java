package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.RunHead;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The sandbox customers of a fleet, each in a world of its own: a few at a time their servers are started, the scripted person works
 * until the run has ended, and the servers are stopped. Thread-safe.
 */
final class FleetSandboxes implements AutoCloseable {
    private static final int LEAST = 2;

    private final Invocation call;
    private final Workspace workspace;
    private final Supplier<Sandbox.Builder> fresh;
    private final ExecutorService threads;
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();

    /** @param fresh how a sandbox is set up that there is none of yet */
    FleetSandboxes(Invocation call, Workspace workspace, Supplier<Sandbox.Builder> fresh) {
        this.call = call;
        this.workspace = workspace;
        this.fresh = fresh;
        int many = Math.max(LEAST, Runtime.getRuntime().availableProcessors());
        this.threads = Executors.newFixedThreadPool(many, task -> {
            Thread thread = new Thread(task, "kaitsu-fleet");
            thread.setDaemon(true); // a command that is ended ends them too; what was done is in the store
            return thread;
        });
    }

    /** A run that could not be gone on with. */
    record Trouble(RunHead run, RuntimeException why) {}

    /**
     * Goes on with these, one after the other as threads come free.
     *
     * @param choices how each was begun, in a sandbox
     */
    void work(Collection<RunHead> runs, Map<ActivationId, Choice> choices) {
        runs.forEach(run -> threads.execute(() -> {
            try {
                work(run, Objects.requireNonNull(choices.get(run.id())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) { // one customer's trouble is none of the others'
                troubles.add(new Trouble(run, e));
            }
        }));
        threads.shutdown();
    }

    private void work(RunHead run, Choice choice) throws InterruptedException {
        String name = choice.sandbox().orElseThrow();
        Sandbox sandbox = SandboxAgain.of(workspace, name, run.customer(), run.begunAt(), fresh.get());
        Session.Setting setting = Session.Setting.oneOfMany(run.customer(), workspace, sandbox, choice.connected());
        try (Session session = Session.open(call, setting)) {
            session.advance(run.id());
        }
    }

    /** Whether all are through within this time. */
    boolean await(long millis) throws InterruptedException {
        return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }

    List<Trouble> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
