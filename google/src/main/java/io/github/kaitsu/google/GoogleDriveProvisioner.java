package io.github.kaitsu.google;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Notice;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Activation and removal of Google Drive (rules GOOGLE-1 and GOOGLE-3 to GOOGLE-5).
 *
 * <p>It looks at nothing by itself yet: the super admin is asked, and what was seen stays attested. Immutable and thread-safe.
 */
public final class GoogleDriveProvisioner implements ServiceAccountProvisioner {
    private final GoogleWorkspace google;

    private GoogleDriveProvisioner(GoogleWorkspace google) {
        this.google = google;
    }

    public static GoogleDriveProvisioner create() {
        return new GoogleDriveProvisioner(GoogleWorkspace.of(CloudService.GOOGLE_DRIVE));
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
        return Stream.concat(google.setUp(context).stream(), Stream.of(google.folders()))
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
        return List.of(Notice.of("GOOGLE-4", GoogleWorkspace.TEXTS, "notice.business-starter"), google.desktopSync());
    }

    @Override
    public Notice prerequisite() {
        return GoogleWorkspace.prerequisite();
    }
}
