package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Exchange Online, SharePoint Online and OneDrive, which are activated alike (M365-1), and what Teams and MIP share with them.
 * Immutable.
 */
class Microsoft365Provisioner implements ServiceAccountProvisioner {
    static final Class<?> TEXTS = Microsoft365Provisioners.class;

    final GraphSteps graph;
    private final CloudService service;

    Microsoft365Provisioner(CloudService service, GraphSteps graph) {
        this.service = service;
        this.graph = graph;
    }

    @Override
    public final CloudService service() {
        return service;
    }

    @Override
    public final String grantRule() {
        return GraphSteps.rule(service);
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        List<ActivationStep> steps = new ArrayList<>();
        steps.add(graph.globalAdministrator(service, context));
        steps.addAll(graph.preflight(service, context));
        steps.addAll(whileLinking(context));
        steps.addAll(graph.proof(service, context));
        return List.copyOf(steps);
    }

    /** Steps between the preflight and the proof. */
    List<ActivationStep> whileLinking(StepContext context) {
        return List.of();
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return ConsoleGrant.template(service, context);
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(graph.removal(service, context));
    }

    @Override
    public final List<Notice> notices(StepContext context) {
        List<Notice> notices = new ArrayList<>();
        if (context.facts()
                .listed()
                .isEmpty()) { // for the plan, and nothing that is left to do once a run is under way
            notices.add(Notice.beforehand(
                    grantRule(),
                    TEXTS,
                    "notice.permissions",
                    service.label(Locale.ENGLISH), // the same in every language
                    ConsoleGrant.permissions(service)));
        }
        notices.addAll(ownNotices(context));
        // Said once per run: without MIP's own account its protected files are not scanned.
        if (!context.request().services().contains(CloudService.MIP) && GraphSteps.asker(service, context) == service) {
            notices.add(Notice.of("MIP-1", TEXTS, "notice.mip-not-requested"));
        }
        return List.copyOf(notices);
    }

    List<Notice> ownNotices(StepContext context) {
        return List.of();
    }

    @Override
    public final Optional<String> finding(Answer refusal) {
        return AadstsCodes.finding(refusal);
    }

    @Override
    public final Notice prerequisite() {
        return Notice.of("COMMON-1", TEXTS, "prerequisite");
    }
}
