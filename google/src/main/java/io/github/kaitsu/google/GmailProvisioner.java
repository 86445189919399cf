package io.github.kaitsu.google;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Activation and removal of Gmail (rules GOOGLE-1 and GOOGLE-2).
 *
 * <p>Google has no API for the installation and the consents: these are the super admin's. What they leave behind in logs, lists
 * and the Drive is read through a {@link GoogleConnection}; where there is none, or it may not read, a person is asked. Immutable
 * and thread-safe; makes no call outside its probes.
 */
public final class GmailProvisioner implements ServiceAccountProvisioner {
    private final GoogleWorkspace google;

    private GmailProvisioner(GoogleWorkspace google) {
        this.google = google;
    }

    /** A provisioner that looks at nothing: a person is asked, and what was seen stays attested. */
    public static GmailProvisioner create() {
        return new GmailProvisioner(GoogleWorkspace.of(CloudService.GMAIL));
    }

    /** A provisioner that looks through these connections; where there is none, a person is asked instead. */
    public static GmailProvisioner create(Connections<GoogleConnection> connections) {
        return new GmailProvisioner(GoogleWorkspace.of(CloudService.GMAIL).looking(connections));
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
        return Stream.of(google.setUp(context), google.access(grantRule(), context))
                .flatMap(List::stream)
                .toList();
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
        return google.twoStep(context);
    }

    @Override
    public Notice prerequisite() {
        return GoogleWorkspace.prerequisite();
    }
}
