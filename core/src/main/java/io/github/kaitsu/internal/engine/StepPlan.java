package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.RunRequest;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All steps of a run in order, as far as is known by now: the console's once, then each service's.
 *
 * @param console steps before any service
 */
public record StepPlan(List<ActivationStep> console, Map<CloudService, List<ActivationStep>> services) {

    static StepPlan of(RunState state, Provisioners provisioners) {
        return of(state.run(), state.request(), state.edition(), state.facts(), provisioners);
    }

    public static StepPlan of(
            Event.Run run, RunRequest request, Edition edition, Facts facts, Provisioners provisioners) {
        StepContext context = new StepContext(request, edition, facts);
        Map<CloudService, List<ActivationStep>> services = new LinkedHashMap<>();
        for (CloudService service : inOrder(request.services())) {
            ServiceAccountProvisioner provisioner = provisioners.get(service);
            services.put(
                    service,
                    run == Event.Run.ACTIVATION ? activation(provisioner, context) : removal(provisioner, context));
        }
        return new StepPlan(CoreSteps.console(run, request), services);
    }

    /** As requested, with MIP last: it needs another Microsoft 365 service first (MIP-1). */
    private static List<CloudService> inOrder(List<CloudService> services) {
        return Stream.concat(
                        services.stream().filter(s -> s != CloudService.MIP),
                        services.stream().filter(s -> s == CloudService.MIP))
                .toList();
    }

    private static List<ActivationStep> activation(ServiceAccountProvisioner provisioner, StepContext context) {
        CloudService service = provisioner.service();
        List<ActivationStep> own = provisioner.steps(context);
        Set<StepId> afterGrant = dependents(own, CoreSteps.id(service, CoreSteps.GRANT));

        List<ActivationStep> steps = new ArrayList<>(in(own, Phase.PREFLIGHT));
        List<ActivationStep> link = in(own, Phase.LINK);
        link.stream().filter(s -> !afterGrant.contains(s.id())).forEach(steps::add);
        steps.add(CoreSteps.consoleRead(service));
        steps.add(CoreSteps.grant(provisioner, context));
        Optional<ActionTemplate> unfinished = provisioner.unfinished(context);
        unfinished.ifPresent(q -> steps.add(CoreSteps.unfinished(context.request(), service, q)));
        link.stream().filter(s -> afterGrant.contains(s.id())).forEach(steps::add);
        StepId last = CoreSteps.id(service, CoreSteps.GRANT);
        // the manuals' window always ends with 完了; today's only where it asks for something before (COMMON-9, M365-4)
        boolean isAlwaysThere = unfinished.isPresent() && context.edition() != Edition.CONSOLE_2024_07;
        if (!afterGrant.isEmpty() || isAlwaysThere) {
            Set<StepId> before = new HashSet<>(afterGrant);
            unfinished.ifPresent(q -> before.add(CoreSteps.id(service, CoreSteps.UNFINISHED)));
            steps.add(CoreSteps.finish(context.request(), service, before));
            last = CoreSteps.id(service, CoreSteps.FINISH);
        }
        steps.add(CoreSteps.linked(service, last));
        steps.add(CoreSteps.protectedLine(service));
        steps.addAll(in(own, Phase.POST_SETUP));
        return List.copyOf(steps);
    }

    private static List<ActivationStep> removal(ServiceAccountProvisioner provisioner, StepContext context) {
        List<ActivationStep> steps = new ArrayList<>();
        steps.add(CoreSteps.consoleRead(provisioner.service()));
        steps.add(CoreSteps.remove(context.request(), provisioner.service()));
        steps.addAll(provisioner.removalSteps(context));
        return List.copyOf(steps);
    }

    private static List<ActivationStep> in(List<ActivationStep> steps, Phase phase) {
        return steps.stream().filter(s -> s.phase() == phase).toList();
    }

    /** The link steps that come after the grant, directly or by way of another. */
    private static Set<StepId> dependents(List<ActivationStep> steps, StepId grant) {
        Set<StepId> found = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ActivationStep step : steps) {
                if (step.phase() == Phase.LINK
                        && step.after().stream().anyMatch(a -> a.equals(grant) || found.contains(a))) {
                    grown |= found.add(step.id());
                }
            }
        }
        return found;
    }

    public Stream<ActivationStep> all() {
        return Stream.concat(console.stream(), services.values().stream().flatMap(List::stream));
    }

    Optional<ActivationStep> find(StepId id) {
        return all().filter(s -> s.id().equals(id)).findFirst();
    }

    List<ActivationStep> of(CloudService service) {
        return services.getOrDefault(service, List.of());
    }

    List<ActivationStep> of(CloudService service, Phase phase) {
        return in(of(service), phase);
    }

    /** The provider's own link steps: those before the grant, or those after it. */
    List<ActivationStep> ownLink(CloudService service, boolean afterGrant) {
        List<ActivationStep> steps = of(service);
        Set<StepId> core = Set.of(
                CoreSteps.id(service, CoreSteps.CONSOLE_READ),
                CoreSteps.id(service, CoreSteps.GRANT),
                CoreSteps.id(service, CoreSteps.UNFINISHED),
                CoreSteps.id(service, CoreSteps.FINISH),
                CoreSteps.id(service, CoreSteps.LINKED));
        Set<StepId> later = dependents(
                steps.stream().filter(s -> !core.contains(s.id())).toList(), CoreSteps.id(service, CoreSteps.GRANT));
        return in(steps, Phase.LINK).stream()
                .filter(s -> !core.contains(s.id()))
                .filter(s -> later.contains(s.id()) == afterGrant)
                .toList();
    }

    /** The service whose step it is, by its name. */
    static Optional<CloudService> serviceNamed(StepId step, Set<CloudService> services) {
        int dot = step.value().indexOf('.');
        return services.stream()
                .filter(s -> dot > 0 && s.id().equals(step.value().substring(0, dot)))
                .findFirst();
    }

    static Optional<CloudService> serviceOf(StepPlan plan, StepId step) {
        return plan.services.entrySet().stream()
                .filter(e -> e.getValue().stream().anyMatch(s -> s.id().equals(step)))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
