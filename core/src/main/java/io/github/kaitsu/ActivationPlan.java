package io.github.kaitsu;

import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ProbeResult;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an activation would do. Made without changing anything. Immutable.
 *
 * @param company the customer's company, as the request gives it
 * @param reference the run in the host's own books, as the request gives it
 * @param labels as the request gives them, sorted
 * @param edition as asked for; AUTO for a removal
 * @param steps what concerns the whole console
 * @param calls how often persons are called to work where nothing goes wrong
 * @param agenda what persons will have to do, by person and sitting; one sitting is one visit
 */
public record ActivationPlan(
        CustomerId customer,
        Optional<String> company,
        Optional<String> reference,
        Set<String> labels,
        Edition edition,
        List<String> policies,
        List<PlannedStep> steps,
        List<PlannedService> services,
        List<Visit> agenda,
        int calls) {

    /** Keeps unmodifiable copies. */
    public ActivationPlan {
        labels = Collections.unmodifiableSet(new LinkedHashSet<>(labels));
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
     * @param seen the same as a sentence
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
            Optional<ProbeResult> look,
            Bilingual seen) {}

    /**
     * One service with who must be ready for it.
     *
     * @param expected how long its first synchronisation should take, and on what that rests (rule COMMON-11)
     */
    public record PlannedService(
            CloudService service,
            Bilingual prerequisite,
            List<PlannedStep> steps,
            Bilingual expected,
            List<Warning> warnings) {
        /** Keeps unmodifiable copies. */
        public PlannedService {
            steps = List.copyOf(steps);
            warnings = List.copyOf(warnings);
        }
    }

    /** What is worth knowing before the run begins, and the rule of the procedure it comes from. */
    public record Warning(String rule, Bilingual message) {}

    /** One sitting of one person. */
    public record Visit(Bilingual who, int visit, List<AgendaItem> actions) {
        /** Keeps an unmodifiable copy. */
        public Visit {
            actions = List.copyOf(actions);
        }
    }

    /** One thing to do or to look at in a visit. */
    public record AgendaItem(StepId step, String rule, ActionTemplate.Kind kind, Bilingual title) {}
}
