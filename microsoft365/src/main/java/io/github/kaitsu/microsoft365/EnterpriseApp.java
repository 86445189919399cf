package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.StepContext;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The consent that stays behind in Entra when the console has removed a service. Every service has an app of its own, all under
 * one name: deleting the wrong one ends the protection of another service, so only one that is surely the right one goes.
 */
final class EnterpriseApp {
    private static final Class<?> TEXTS = Microsoft365Provisioners.class;
    private static final URI ENTRA = URI.create("https://entra.microsoft.com/");

    /** The directory may list for a while what was deleted. */
    private static final ProbeTiming LAG = ProbeTiming.of(Duration.ofMinutes(10), Duration.ofHours(1));

    private EnterpriseApp() {}

    static ActivationStep removal(CloudService service, StepContext context, GraphSteps graph) {
        Optional<String> appId = appId(service, context);
        ActionTemplate action = ActionTemplate.builder(ActionTemplate.Kind.DO, TEXTS, "remove-enterprise-app")
                .variantIf(appId.isEmpty(), "by-permissions")
                .arguments(service.label(Locale.ENGLISH), ConsoleGrant.permissions(service))
                .link(ENTRA)
                .values(appId.map(id -> Map.of("entra.applicationId", id)).orElse(Map.of()))
                .acceptedBlocks(Set.of(BlockReason.NOT_FOUND, BlockReason.BLOCKED_BY_POLICY))
                .build();
        ActivationStep step = ActivationStep.act(
                StepId.of(service, "remove-enterprise-app"),
                "M365-1",
                Phase.REMOVAL,
                TEXTS,
                "remove-enterprise-app",
                graph.removal(service),
                action);
        return step.patient(LAG);
    }

    /**
     * The アプリID of a service's row in the newest reading of the console that listed it. A removal reads the console before it
     * asks for 削除, so the ID is noted by then.
     */
    static Optional<String> appId(CloudService service, StepContext context) {
        return context.facts().appId(service).filter(id -> !id.isBlank());
    }
}
