package io.github.kaitsu.google;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Notice;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.net.URI;
import java.util.List;

/**
 * Activation and removal of Gmail (rules GOOGLE-1 and GOOGLE-2).
 *
 * <p>It looks at nothing by itself yet: the super admin is asked, and what was seen stays attested. Immutable and thread-safe.
 */
public final class GmailProvisioner implements ServiceAccountProvisioner {
    private final GoogleWorkspace google;

    private GmailProvisioner(GoogleWorkspace google) {
        this.google = google;
    }

    public static GmailProvisioner create() {
        return new GmailProvisioner(GoogleWorkspace.of(CloudService.GMAIL));
    }

    /**
     * The same, with all of Google's web pages at another address: the sandbox's, for instance.
     *
     * @param address scheme, host and port
     * @throws IllegalArgumentException if it is neither https nor http to this very machine
     */
    public GmailProvisioner withWebAddress(URI address) {
        return new GmailProvisioner(google.at(address));
    }

    @Override
    public CloudService service() {
        return CloudService.GMAIL;
    }

    @Override
    public String grantRule() {
        return "GOOGLE-2";
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        return google.setUp(context); // the grant leaves nothing in Gmail that a person could look at
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return google.grant(context);
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return google.cleanUp(grantRule(), context);
    }

    @Override
    public List<Notice> notices(StepContext context) {
        return List.of();
    }

    @Override
    public Notice prerequisite() {
        return GoogleWorkspace.prerequisite();
    }
}
