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

/** Exchange Online, SharePoint Online and OneDrive, which are activated alike (M365-1). Immutable. */
record Microsoft365Provisioner(CloudService service, GraphSteps graph) implements ServiceAccountProvisioner {
    private static final Class<?> TEXTS = Microsoft365Provisioners.class;

    @Override
    public String grantRule() {
        return "M365-1";
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        List<ActivationStep> steps = new ArrayList<>();
        steps.add(GlobalAdministrator.step(service, context, graph));
        steps.addAll(graph.preflight(service, GlobalAdministrator.isAsker(service, context)));
        steps.addAll(graph.proof(service, context));
        return List.copyOf(steps);
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return ConsoleGrant.template(service, context);
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(EnterpriseApp.removal(service, context, graph));
    }

    @Override
    public List<Notice> notices(StepContext context) {
        List<Notice> notices = new ArrayList<>(permissions(service, context));
        notices.addAll(mipNotice(service, context));
        return List.copyOf(notices);
    }

    /** What the administrator will be asked to consent to: for the plan, and nothing that is left to do once a run is under way. */
    static List<Notice> permissions(CloudService service, StepContext context) {
        if (context.facts().listed().isPresent()) {
            return List.of();
        }
        return List.of(Notice.of(
                service == CloudService.MIP ? "MIP-1" : "M365-1",
                TEXTS,
                "notice.permissions",
                service.label(Locale.ENGLISH), // the same in every language
                ConsoleGrant.permissions(service)));
    }

    @Override
    public Optional<String> finding(Answer refusal) {
        return GrantRefusal.finding(refusal);
    }

    /** Said once per run: without MIP's own account its protected files are not scanned. */
    static List<Notice> mipNotice(CloudService service, StepContext context) {
        boolean requested = context.request().services().contains(CloudService.MIP);
        return requested || !GlobalAdministrator.isAsker(service, context)
                ? List.of()
                : List.of(Notice.of("MIP-1", TEXTS, "notice.mip-not-requested"));
    }

    @Override
    public Notice prerequisite() {
        return Notice.of("COMMON-1", TEXTS, "prerequisite");
    }
}
