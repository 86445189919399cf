package io.github.kaitsu.microsoft365;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.microsoft365.internal.SharePointReads;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Microsoft Teams, its channels and never its chats (M365-3), with the permission at SharePoint within its link. Immutable. */
final class TeamsProvisioner implements ServiceAccountProvisioner {
    private static final Class<?> TEXTS = Microsoft365Provisioners.class;
    private static final CloudService TEAMS = CloudService.MICROSOFT_TEAMS;

    private final GraphSteps graph;
    private final Connections<SharePointReads> sharePoint;

    TeamsProvisioner(GraphSteps graph, Connections<SharePointReads> sharePoint) {
        this.graph = graph;
        this.sharePoint = sharePoint;
    }

    private TeamsPermission permission(StepContext context) {
        return new TeamsPermission(context, sharePoint);
    }

    @Override
    public CloudService service() {
        return TEAMS;
    }

    @Override
    public String grantRule() {
        return "M365-1";
    }

    @Override
    public void check(ActivationRequest request) {
        request.sharePointAdminSite().ifPresent(SharePointAdminSite::parse); // M365-5
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        List<ActivationStep> steps = new ArrayList<>();
        steps.add(GlobalAdministrator.step(TEAMS, context, graph));
        steps.addAll(graph.preflight(TEAMS, GlobalAdministrator.isAsker(TEAMS, context)));
        steps.addAll(permission(context).steps());
        steps.addAll(graph.proof(TEAMS, context));
        return List.copyOf(steps);
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return ConsoleGrant.template(TEAMS, context);
    }

    @Override
    public Optional<ActionTemplate> unfinished(StepContext context) {
        return permission(context).unfinished();
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(permission(context).removal(), EnterpriseApp.removal(TEAMS, context, graph));
    }

    @Override
    public List<Notice> notices(StepContext context) {
        List<Notice> notices = new ArrayList<>();
        notices.addAll(Microsoft365Provisioner.permissions(TEAMS, context));
        notices.add(Notice.of("M365-3", TEXTS, "notice.teams-chat"));
        if (permission(context).isAskedFor()) {
            notices.add(Notice.of("M365-4", TEXTS, "notice.acs-ended"));
        }
        notices.addAll(Microsoft365Provisioner.mipNotice(TEAMS, context));
        return List.copyOf(notices);
    }

    @Override
    public Optional<String> finding(Answer refusal) {
        return GrantRefusal.finding(refusal);
    }

    @Override
    public Notice prerequisite() {
        return Notice.of("COMMON-1", TEXTS, "prerequisite");
    }
}
