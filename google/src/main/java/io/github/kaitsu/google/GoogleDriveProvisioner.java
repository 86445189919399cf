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
 * Activation and removal of Google Drive (rules GOOGLE-1 and GOOGLE-3 to GOOGLE-5).
 *
 * <p>Google has no API for the installation and the consents: these are the super admin's. What they leave behind in logs, lists
 * and the Drive is read through a {@link GoogleConnection}; where there is none, or it may not read, a person is asked. Immutable
 * and thread-safe; makes no call outside its probes.
 */
public final class GoogleDriveProvisioner implements ServiceAccountProvisioner {
    private final GoogleWorkspace google;

    private GoogleDriveProvisioner(GoogleWorkspace google) {
        this.google = google;
    }

    /** A provisioner that looks at nothing: a person is asked, and what was seen stays attested. */
    public static GoogleDriveProvisioner create() {
        return new GoogleDriveProvisioner(GoogleWorkspace.of(CloudService.GOOGLE_DRIVE));
    }

    /** A provisioner that looks through these connections; where there is none, a person is asked instead. */
    public static GoogleDriveProvisioner create(Connections<GoogleConnection> connections) {
        return new GoogleDriveProvisioner(
                GoogleWorkspace.of(CloudService.GOOGLE_DRIVE).looking(connections));
    }

    /**
     * The same, with all of Google's web pages at another address: the sandbox's, for instance.
     *
     * @param address scheme, host and port
     * @throws IllegalArgumentException if it is neither https nor http to this very machine
     */
    public GoogleDriveProvisioner withWebAddress(URI address) {
        return new GoogleDriveProvisioner(google.at(address));
    }

    @Override
    public CloudService service() {
        return CloudService.GOOGLE_DRIVE;
    }

    @Override
    public String grantRule() {
        return "GOOGLE-3";
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        return Stream.of(
                        google.setUp(context),
                        google.editions(),
                        google.access(grantRule(), context),
                        List.of(google.folders()))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return google.grant(context);
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return Stream.concat(google.cleanUp(grantRule(), context).stream(), Stream.of(google.removeFolders()))
                .toList();
    }

    @Override
    public List<Notice> notices(StepContext context) {
        return Stream.of(google.twoStep(context), google.businessStarter(context), List.of(google.desktopSync()))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Notice prerequisite() {
        return GoogleWorkspace.prerequisite();
    }
}
