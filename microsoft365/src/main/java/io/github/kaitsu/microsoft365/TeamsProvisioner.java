package io.github.kaitsu.microsoft365;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.microsoft365.internal.SharePointReads;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.StepContext;
import java.util.List;
import java.util.Optional;

/** Microsoft Teams, its channels and never its chats (M365-3), with the permission at SharePoint within its link. Immutable. */
final class TeamsProvisioner extends Microsoft365Provisioner {
    private final Connections<SharePointReads> sharePoint;

    TeamsProvisioner(GraphSteps graph, Connections<SharePointReads> sharePoint) {
        super(CloudService.MICROSOFT_TEAMS, graph);
        this.sharePoint = sharePoint;
    }

    private TeamsPermission permission(StepContext context) {
        return new TeamsPermission(context, sharePoint);
    }

    @Override
    public void check(ActivationRequest request) {
        request.sharePointAdminSite().ifPresent(SharePointAdminSite::parse); // M365-5
    }

    @Override
    List<ActivationStep> whileLinking(StepContext context) {
        return permission(context).steps();
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return ConsoleGrant.template(service(), context);
    }

    @Override
    public Optional<ActionTemplate> unfinished(StepContext context) {
        return permission(context).unfinished();
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(permission(context).removal(), graph.removal(service(), context));
    }

    @Override
    List<Notice> ownNotices(StepContext context) {
        Notice noChats = Notice.of("M365-3", TEXTS, "notice.teams-chat");
        return permission(context).isAskedFor()
                ? List.of(noChats, Notice.beforehand("M365-4", TEXTS, "notice.acs-ended"))
                : List.of(noChats);
    }
}
