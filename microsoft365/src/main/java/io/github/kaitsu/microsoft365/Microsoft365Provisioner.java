package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Notice;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.util.List;

/** Exchange Online, SharePoint Online and OneDrive, which are activated alike (M365-1). Immutable. */
record Microsoft365Provisioner(CloudService service) implements ServiceAccountProvisioner {
    private static final Class<?> TEXTS = Microsoft365Provisioners.class;

    @Override
    public String grantRule() {
        return "M365-1";
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        return List.of(GlobalAdministrator.step(service, context));
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return ConsoleGrant.template("grant", service, context);
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(EnterpriseApp.removal(service, context));
    }

    @Override
    public List<Notice> notices(StepContext context) {
        return mipNotice(service, context);
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
