package io.github.kaitsu.microsoft365;

import io.github.kaitsu.Answer;
import io.github.kaitsu.BlockReason;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Check;
import io.github.kaitsu.spi.Notice;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Microsoft Teams, its channels and never its chats (M365-3), with the permission at SharePoint within its link. Immutable. */
final class TeamsProvisioner implements ServiceAccountProvisioner {
    private static final Class<?> TEXTS = Microsoft365Provisioners.class;
    private static final CloudService TEAMS = CloudService.MICROSOFT_TEAMS;

    private final GraphSteps graph;

    TeamsProvisioner(GraphSteps graph) {
        this.graph = graph;
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
    public List<ActivationStep> steps(StepContext context) {
        List<ActivationStep> steps = new ArrayList<>();
        steps.add(GlobalAdministrator.step(TEAMS, context, graph));
        steps.addAll(graph.preflight(TEAMS, GlobalAdministrator.isAsker(TEAMS, context)));
        steps.addAll(new TeamsPermission(context).steps());
        steps.addAll(graph.proof(TEAMS, context));
        return List.copyOf(steps);
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return ConsoleGrant.template("teams-grant", TEAMS, context);
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(permissionRemoval(context), EnterpriseApp.removal(TEAMS, context, graph));
    }

    /** The tenant's row; a run of removal does not know whether it was ever granted, so the person looks. */
    private static ActivationStep permissionRemoval(StepContext context) {
        ActionTemplate action = ActionTemplate.change(TEXTS, "remove-sharepoint-permission")
                .copying(EnterpriseApp.appId(TEAMS, context)
                        .map(id -> Map.of("sharepoint.appId", id))
                        .orElse(Map.of()))
                .accepting(BlockReason.PAGE_REFUSES, BlockReason.NOT_FOUND);
        return ActivationStep.act(
                StepId.of(TEAMS, "remove-sharepoint-permission"),
                "M365-10",
                Phase.REMOVAL,
                TEXTS,
                "remove-sharepoint-permission",
                Check.attestedByDoing(),
                new TeamsPermission(context)
                        .adminSite()
                        .map(site -> action.at(site.allAppPrincipalsUrl()))
                        .orElse(action));
    }

    @Override
    public List<Notice> notices(StepContext context) {
        List<Notice> notices = new ArrayList<>();
        notices.add(Microsoft365Provisioner.permissions(TEAMS));
        notices.add(Notice.of("M365-3", TEXTS, "notice.teams-chat"));
        if (new TeamsPermission(context).mayBeAskedFor()) {
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
