package io.github.kaitsu.internal.engine;

import io.github.kaitsu.Evidence;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes looks. What a probe throws, of whatever kind, counts as unclear. Thread-safe. */
public final class ProbeRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeRunner.class);

    /** What is seen where a probe threw what nobody expects. */
    static final String BROKEN = "look-broken";

    private final Executor executor;

    /** @param executor makes looks side by side for whoever waits for them */
    public ProbeRunner(Executor executor) {
        this.executor = executor;
    }

    /** One look that was made. */
    public record Sight(StepId step, Evidence.Source source, ProbeResult look) {}

    /** Makes the looks of a run and waits for them. */
    public List<Sight> look(Looking looking) throws InterruptedException {
        return look(looking.steps(), looking.context());
    }

    /** Makes looks of which nothing is known yet and waits for them. */
    public List<Sight> look(List<ActivationStep> steps, ProbeContext context) throws InterruptedException {
        Map<ActivationStep, Optional<ProbeResult>> all = new LinkedHashMap<>();
        steps.forEach(step -> all.put(step, Optional.empty()));
        return look(all, context);
    }

    private List<Sight> look(Map<ActivationStep, Optional<ProbeResult>> steps, ProbeContext context)
            throws InterruptedException {
        List<FutureTask<Sight>> tasks = new ArrayList<>();
        steps.forEach((step, known) -> {
            FutureTask<Sight> task = new FutureTask<>(() -> look(step, context, known));
            tasks.add(task);
            executor.execute(task);
        });
        List<Sight> sights = new ArrayList<>();
        for (FutureTask<Sight> task : tasks) {
            sights.add(result(task));
        }
        return sights;
    }

    /**
     * Makes a look, in this thread.
     *
     * @param known what was seen there last
     */
    static Sight look(ActivationStep step, ProbeContext context, Optional<ProbeResult> known)
            throws InterruptedException {
        Evidence.Source source = Evidence.Source.NOBODY;
        try {
            Probe probe = step.check().probe().orElseThrow();
            source = Evidence.Source.api(probe.calls(), probe.scope());
            return new Sight(step.id(), source, Objects.requireNonNull(probe.look(context), "a probe found nothing"));
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) { // a missing method of an SDK, too, is no reason to end other looks
            boolean isRefusal = e instanceof KaitsuException;
            ProbeResult found = ProbeResult.unclear(isRefusal ? "look-failed" : BROKEN, Disturbances.kind(e));
            if (isRefusal) {
                LOG.warn("looking for {} failed: {}", step.id(), Disturbances.kind(e));
            } else if (!known.equals(Optional.of(found))) {
                LOG.error("looking for {} failed; it is tried again, ever more rarely", step.id(), e);
            }
            return new Sight(step.id(), source, found);
        }
    }

    private static Sight result(FutureTask<Sight> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new IllegalStateException(e.getCause());
        } catch (CancellationException e) {
            throw new InterruptedException();
        }
    }
}
