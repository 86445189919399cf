package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.StepContext;
import java.util.stream.Stream;

/**
 * The preflight of M365-1: is there a Global Administrator? One look or question serves all services of a run, since they share the
 * tenant and its administrator. The first requested service asks it; the others hold or fail with its answer.
 */
final class GlobalAdministrator {
    private static final Class<?> TEXTS = Microsoft365Provisioners.class;
    private static final String NAME = "global-administrator";

    private GlobalAdministrator() {}

    static ActivationStep step(CloudService service, StepContext context, GraphSteps graph) {
        CloudService asker = asker(service, context);
        return asker == service
                ? ActivationStep.look(
                        id(service),
                        "M365-1",
                        Phase.PREFLIGHT,
                        TEXTS,
                        NAME,
                        graph.globalAdministrator(ActionTemplate.question(TEXTS, "ask-global-administrator")),
                        ProbeTiming.none())
                : ActivationStep.look(
                                id(service),
                                "M365-1",
                                Phase.PREFLIGHT,
                                TEXTS,
                                NAME + "-known",
                                Check.attestedByDoing(),
                                ProbeTiming.none())
                        .after(id(asker));
    }

    /** Whether this service asks the run's question, and so speaks for all Microsoft 365 services. */
    static boolean isAsker(CloudService service, StepContext context) {
        return asker(service, context) == service;
    }

    private static CloudService asker(CloudService service, StepContext context) {
        return others(context).findFirst().orElse(service);
    }

    /** The requested Microsoft 365 services in their order, without MIP, which comes after them. */
    static Stream<CloudService> others(StepContext context) {
        return context.request().services().stream()
                .filter(CloudService::isMicrosoft365)
                .filter(s -> s != CloudService.MIP);
    }

    private static StepId id(CloudService service) {
        return StepId.of(service, NAME);
    }
}
