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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes looks, side by side on an executor. What a probe throws, of whatever kind, counts as unclear. */
public final class ProbeRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeRunner.class);

    /** What is seen where a probe threw what nobody expects. */
    static final String BROKEN = "look-broken";

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
        return look(steps, context, step -> Optional.ofNullable(state.step(step.id()).look));
    }

    public List<Sight> look(List<ActivationStep> steps, ProbeContext context) throws InterruptedException {
        return look(steps, context, step -> Optional.empty());
    }

    private List<Sight> look(
            List<ActivationStep> steps, ProbeContext context, Function<ActivationStep, Optional<ProbeResult>> before)
            throws InterruptedException {
        List<FutureTask<Sight>> tasks = new ArrayList<>();
        for (ActivationStep step : steps) {
            Optional<ProbeResult> known = before.apply(step);
            FutureTask<Sight> task = new FutureTask<>(() -> look(step, context, known));
            tasks.add(task);
            executor.execute(task);
        }
        List<Sight> sights = new ArrayList<>();
        for (FutureTask<Sight> task : tasks) {
            sights.add(result(task));
        }
        return sights;
    }

    private static Sight look(ActivationStep step, ProbeContext context, Optional<ProbeResult> known)
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
