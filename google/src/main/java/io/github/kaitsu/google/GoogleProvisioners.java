package io.github.kaitsu.google;

import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import java.util.List;

/** All services of Google Workspace. They share one administrator and one Marketplace app: register both. */
public final class GoogleProvisioners {
    private GoogleProvisioners() {}

    /** Gmail and Google Drive, looking at nothing: the super admin is asked, and what was seen stays attested. */
    public static List<ServiceAccountProvisioner> create() {
        return List.of(GmailProvisioner.create(), GoogleDriveProvisioner.create());
    }

    /** Gmail and Google Drive, looking through these connections; a customer without one is asked instead. */
    public static List<ServiceAccountProvisioner> create(Connections<GoogleConnection> connections) {
        return List.of(GmailProvisioner.create(connections), GoogleDriveProvisioner.create(connections));
    }
}
