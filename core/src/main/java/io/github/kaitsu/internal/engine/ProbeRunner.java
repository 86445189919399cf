package io.github.kaitsu.internal.engine;

import io.github.kaitsu.Evidence;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes looks, side by side on an executor. What a probe throws counts as unclear. */
public final class ProbeRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeRunner.class);

    private final Executor executor;
    private final Clock clock;

    public ProbeRunner(Executor executor, Clock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** One look that was made. */
    public record Sight(StepId step, Evidence.Source source, ProbeResult look) {}

    public List<Sight> look(List<ActivationStep> steps, RunState state) throws InterruptedException {
        ProbeContext context = new ProbeContext(state.request().customer(), state.facts(), clock, state.begunAt());
        return look(steps, context);
    }

    public List<Sight> look(List<ActivationStep> steps, ProbeContext context) throws InterruptedException {
        List<FutureTask<Sight>> tasks = new ArrayList<>();
        for (ActivationStep step : steps) {
            FutureTask<Sight> task = new FutureTask<>(() -> look(step, context));
            tasks.add(task);
            executor.execute(task);
        }
        List<Sight> sights = new ArrayList<>();
        for (FutureTask<Sight> task : tasks) {
            sights.add(result(task));
        }
        return sights;
    }

    private static Sight look(ActivationStep step, ProbeContext context) throws InterruptedException {
        Probe probe = step.check().probe().orElseThrow();
        Evidence.Source source = Evidence.Source.api(probe.calls(), probe.scope());
        try {
            return new Sight(step.id(), source, probe.look(context));
        } catch (RuntimeException e) {
            String why = e instanceof KaitsuException refusal
                    ? refusal.code().name()
                    : e.getClass().getSimpleName();
            LOG.warn("looking for {} failed: {}", step.id(), why);
            LOG.debug("looking for {} failed", step.id(), e);
            return new Sight(step.id(), source, ProbeResult.unclear("look-failed", why));
        }
    }

    private static Sight result(FutureTask<Sight> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (CancellationException e) {
            throw new InterruptedException();
        }
    }
}
