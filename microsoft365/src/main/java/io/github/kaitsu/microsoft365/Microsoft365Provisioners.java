package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.spi.Connections;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import java.util.List;

/**
 * Activation and removal of Exchange Online, SharePoint Online, OneDrive, Microsoft Teams and Microsoft Information Protection
 * (rules M365-1 to M365-10, MIP-1).
 *
 * <p>Nothing is read at Microsoft: where a check is needed, a person is asked. That a service was granted is shown by the
 * console's own line (COMMON-12) and by nothing else. A look at Entra's list of enterprise applications would not add to it,
 * since every service's app bears the same name and no app ID is published, so that nobody can tell which one is meant.
 */
public final class Microsoft365Provisioners {
    private Microsoft365Provisioners() {}

    /** One for each of the five services; immutable, thread-safe, without any I/O. */
    public static List<ServiceAccountProvisioner> create() {
        return withSharePoint(Connections.none());
    }

    /** The same, with Teams' permission at SharePoint looked at where there is a connection, instead of asked for (M365-10). */
    public static List<ServiceAccountProvisioner> withSharePoint(Connections<SharePointConnection> sharePoint) {
        return List.of(
                new Microsoft365Provisioner(CloudService.EXCHANGE_ONLINE),
                new Microsoft365Provisioner(CloudService.SHAREPOINT_ONLINE),
                new Microsoft365Provisioner(CloudService.ONEDRIVE),
                new TeamsProvisioner(customer -> sharePoint.find(customer).map(SharePointConnection::reads)),
                new MipProvisioner());
    }
}
