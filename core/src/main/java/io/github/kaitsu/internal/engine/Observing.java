package io.github.kaitsu.internal.engine;

import io.github.kaitsu.EngineObserver;
import io.github.kaitsu.StepId;
import io.github.kaitsu.provision.ProbeResult;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an observer, who must not disturb: what he throws is no reason not to look. */
final class Observing {
    private static final Logger LOG = LoggerFactory.getLogger(Observing.class);

    private Observing() {}

    static EngineObserver.Look of(EngineObserver observer, StepId step) {
        EngineObserver.Look look =
                guarded(() -> observer.look(step), EngineObserver.none().look(step));
        return new EngineObserver.Look() {
            @Override
            public void called(EngineObserver.Call outcome) {
                tell(() -> look.called(outcome));
            }

            @Override
            public void over(Optional<ProbeResult> seen) {
                tell(() -> look.over(seen));
            }
        };
    }

    static void tell(Runnable news) {
        boolean ignored = guarded(
                () -> {
                    news.run();
                    return true;
                },
                false);
    }

    private static <T> T guarded(Supplier<T> call, T otherwise) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            LOG.debug("an observer failed", e);
            return otherwise;
        }
    }
}
