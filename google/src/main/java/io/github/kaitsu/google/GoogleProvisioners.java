package io.github.kaitsu.google;

import io.github.kaitsu.spi.ServiceAccountProvisioner;
import java.util.List;

/** All services of Google Workspace. They share one administrator and one Marketplace app: register both. */
public final class GoogleProvisioners {
    private GoogleProvisioners() {}

    /** Gmail and Google Drive. */
    public static List<ServiceAccountProvisioner> create() {
        return List.of(GmailProvisioner.create(), GoogleDriveProvisioner.create());
    }
}
