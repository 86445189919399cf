package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.RunRequest;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All steps of a run in order, as far as is known by now: the console's once, then each service's.
 *
 * @param console steps before any service
 * @param onDemand steps that are no part of the way: asked for only where something got lost or was left behind
 */
public record StepPlan(
        List<ActivationStep> console, Map<CloudService, ServiceSteps> services, List<ActivationStep> onDemand) {

    /**
     * One service's steps in order. A removal has only what is read and done in the console, and what comes afterwards.
     *
     * @param beforeGrant the provider's own link steps that need no slot
     * @param read what must be known of the console before anything is done there
     * @param act what is done there: the grant, or 削除
     * @param unfinished whether the grant's window still waits for 完了
     * @param afterGrant the provider's own link steps between the grant and 完了
     * @param finish 完了, where the grant alone does not link
     * @param proof what is seen once it is linked, and once it is protected
     * @param afterwards settings at the provider, or what a removal leaves behind there
     */
    record ServiceSteps(
            List<ActivationStep> preflight,
            List<ActivationStep> beforeGrant,
            ActivationStep read,
            ActivationStep act,
            Optional<ActivationStep> unfinished,
            List<ActivationStep> afterGrant,
            Optional<ActivationStep> finish,
            List<ActivationStep> proof,
            List<ActivationStep> afterwards) {

        List<ActivationStep> all() {
            return flat(Stream.of(early(), link(), afterwards));
        }

        /** What needs no slot. */
        List<ActivationStep> early() {
            return flat(Stream.of(preflight, beforeGrant));
        }

        /** From the first reading to 成功しました. */
        List<ActivationStep> link() {
            return flat(Stream.of(
                    List.of(read, act),
                    unfinished.stream().toList(),
                    afterGrant,
                    finish.stream().toList(),
                    proof));
        }

        private static List<ActivationStep> flat(Stream<List<ActivationStep>> order) {
            return order.flatMap(List::stream).toList();
        }
    }

    static StepPlan of(RunState state, Provisioners provisioners) {
        return of(state.run(), state.request(), state.edition(), state.facts(), provisioners, state::refusals);
    }

    /** Of a run that has not begun. */
    public static StepPlan of(
            Event.Run run, RunRequest request, Edition edition, Facts facts, Provisioners provisioners) {
        return of(run, request, edition, facts, provisioners, provider -> Stream.empty());
    }

    private static StepPlan of(
            Event.Run run,
            RunRequest request,
            Edition edition,
            Facts facts,
            Provisioners provisioners,
            Function<CloudService.Provider, Stream<ProbeResult.Refused>> refusals) {
        StepContext context = new StepContext(request, edition, facts);
        Map<CloudService, ServiceSteps> services = new LinkedHashMap<>();
        List<ActivationStep> onDemand = new ArrayList<>(List.of(CoreSteps.signInAgain(request)));
        for (CloudService service : inOrder(request.services())) {
            ServiceAccountProvisioner provisioner = provisioners.get(service);
            services.put(
                    service,
                    run == Event.Run.ACTIVATION ? activation(provisioner, context) : removal(provisioner, context));
            onDemand.add(CoreSteps.clearPending(request, service));
            onDemand.addAll(CoreSteps.accessSteps(
                    service.provider(), refusals.apply(service.provider()).toList()));
        }
        return new StepPlan(CoreSteps.console(run, request), services, onDemand);
    }

    /** As requested, with MIP last: it needs another Microsoft 365 service first (MIP-1). */
    private static List<CloudService> inOrder(List<CloudService> services) {
        return Stream.concat(
                        services.stream().filter(s -> s != CloudService.MIP),
                        services.stream().filter(s -> s == CloudService.MIP))
                .toList();
    }

    private static ServiceSteps activation(ServiceAccountProvisioner provisioner, StepContext context) {
        CloudService service = provisioner.service();
        List<ActivationStep> own = provisioner.steps(context);
        List<ActivationStep> link = in(own, Phase.LINK);
        List<ActivationStep> afterGrant = dependents(link, CoreSteps.id(service, CoreSteps.GRANT));
        Optional<ActivationStep> unfinished =
                provisioner.unfinished(context).map(q -> CoreSteps.unfinished(context.request(), service, q));
        // the manuals' window always ends with 完了; today's only where it asks for something before (COMMON-9, M365-4)
        boolean isAlwaysThere = unfinished.isPresent() && context.edition() != Edition.CONSOLE_2024_07;
        Set<StepId> before = Stream.concat(afterGrant.stream(), unfinished.stream())
                .map(ActivationStep::id)
                .collect(Collectors.toSet());
        ActivationStep grant = CoreSteps.grant(provisioner, context);
        Optional<ActivationStep> finish = afterGrant.isEmpty() && !isAlwaysThere
                ? Optional.empty()
                : Optional.of(CoreSteps.finish(context.request(), service, before));
        return new ServiceSteps(
                in(own, Phase.PREFLIGHT),
                link.stream().filter(s -> !afterGrant.contains(s)).toList(),
                CoreSteps.consoleRead(service),
                grant,
                unfinished,
                afterGrant,
                finish,
                List.of(CoreSteps.linked(service, finish.orElse(grant).id()), CoreSteps.protectedLine(service)),
                in(own, Phase.POST_SETUP));
    }

    private static ServiceSteps removal(ServiceAccountProvisioner provisioner, StepContext context) {
        CloudService service = provisioner.service();
        return new ServiceSteps(
                List.of(),
                List.of(),
                CoreSteps.consoleRead(service),
                CoreSteps.remove(context.request(), service),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                provisioner.removalSteps(context));
    }

    private static List<ActivationStep> in(List<ActivationStep> steps, Phase phase) {
        return steps.stream().filter(s -> s.phase() == phase).toList();
    }

    /** Those that come after the grant, directly or by way of another; in their order. */
    private static List<ActivationStep> dependents(List<ActivationStep> steps, StepId grant) {
        Set<StepId> found = new HashSet<>(Set.of(grant));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ActivationStep step : steps) {
                if (step.after().stream().anyMatch(found::contains)) {
                    grown |= found.add(step.id());
                }
            }
        }
        return steps.stream().filter(s -> found.contains(s.id())).toList();
    }

    /** Everything on the way. */
    Stream<ActivationStep> all() {
        return Stream.concat(console.stream(), services.values().stream().flatMap(s -> s.all().stream()));
    }

    public Optional<ActivationStep> find(StepId id) {
        return Stream.concat(all(), onDemand.stream())
                .filter(s -> s.id().equals(id))
                .findFirst();
    }

    /** @param service one of the run's */
    ServiceSteps of(CloudService service) {
        return Objects.requireNonNull(services.get(service));
    }

    /** The service whose step it is, by its name. */
    static Optional<CloudService> serviceNamed(StepId step, Collection<CloudService> services) {
        int dot = step.value().indexOf('.');
        return services.stream()
                .filter(s -> dot > 0 && s.id().equals(step.value().substring(0, dot)))
                .findFirst();
    }

    /** The service whose step it is on the way. */
    Optional<CloudService> serviceOf(StepId step) {
        return services.entrySet().stream()
                .filter(e -> e.getValue().all().stream().anyMatch(s -> s.id().equals(step)))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
