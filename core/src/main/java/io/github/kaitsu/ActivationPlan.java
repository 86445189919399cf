package io.github.kaitsu;

import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.Look;
import java.util.List;
import java.util.Optional;

/**
 * What an activation would do. Made without changing anything. Immutable.
 *
 * @param steps what concerns the whole console
 * @param agenda what persons will have to do, by person and sitting; one sitting is one visit
 */
public record ActivationPlan(
        CustomerId customer,
        Edition edition,
        List<String> policies,
        List<PlannedStep> steps,
        List<PlannedService> services,
        List<Visit> agenda) {

    public ActivationPlan {
        policies = List.copyOf(policies);
        steps = List.copyOf(steps);
        services = List.copyOf(services);
        agenda = List.copyOf(agenda);
    }

    /**
     * One step.
     *
     * @param calls the API calls it makes, empty if none
     * @param scope the scope they need, empty if none
     * @param look what a plan with reads has found
     */
    public record PlannedStep(
            StepId step,
            String rule,
            Phase phase,
            Performer performer,
            boolean required,
            Bilingual title,
            String calls,
            String scope,
            Optional<Look> look) {}

    /** One service with who must be ready for it. */
    public record PlannedService(
            CloudService service, Bilingual prerequisite, List<PlannedStep> steps, List<Warning> warnings) {
        public PlannedService {
            steps = List.copyOf(steps);
            warnings = List.copyOf(warnings);
        }
    }

    public record Warning(String rule, Bilingual message) {}

    /** One sitting of one person. */
    public record Visit(Bilingual who, int visit, List<AgendaItem> actions) {
        public Visit {
            actions = List.copyOf(actions);
        }
    }

    public record AgendaItem(StepId step, String rule, ActionTemplate.Kind kind, Bilingual title) {}
}
