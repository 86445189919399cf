package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.util.List;

/**
 * Activation and removal of Exchange Online, SharePoint Online, OneDrive, Microsoft Teams and Microsoft Information Protection
 * (rules M365-1 to M365-10, MIP-1).
 *
 * <p>With connections the tenant is read through Microsoft Graph: the administrator's role, users, licences, and after the link
 * the app that the grant left there. Every service's app bears the same name and no app ID is published: one is held to be a
 * service's only if the console names it, or by what was granted and when; what stays ambiguous proves nothing, and a person is
 * asked. Without connections a person is asked, and the console's own line (COMMON-12) shows that a service was granted.
 */
public final class Microsoft365Provisioners {
    private Microsoft365Provisioners() {}

    /** One for each of the five services, which ask a person; immutable, thread-safe, without any I/O. */
    public static List<ServiceAccountProvisioner> create() {
        return create(GraphSteps.NONE, Connections.none());
    }

    /**
     * One for each of the five services, which look through these connections; immutable, thread-safe, without any I/O outside
     * their probes. For a customer without a connection a person is asked.
     */
    public static List<ServiceAccountProvisioner> create(Connections<GraphConnection> connections) {
        return create(connections, Connections.none());
    }

    /**
     * The same, with Teams' permission looked at through SharePoint (M365-10).
     *
     * @param sharePoint of the customers' SharePoint admin sites; independent of the connections to Graph
     */
    public static List<ServiceAccountProvisioner> create(
            Connections<GraphConnection> connections, Connections<SharePointConnection> sharePoint) {
        return create(GraphSteps.over(connections), sharePoint);
    }

    private static List<ServiceAccountProvisioner> create(
            GraphSteps graph, Connections<SharePointConnection> sharePoint) {
        VendorHttp http = VendorHttp.create(); // one for all customers
        return List.of(
                new Microsoft365Provisioner(CloudService.EXCHANGE_ONLINE, graph),
                new Microsoft365Provisioner(CloudService.SHAREPOINT_ONLINE, graph),
                new Microsoft365Provisioner(CloudService.ONEDRIVE, graph),
                new TeamsProvisioner(
                        graph, customer -> sharePoint.find(customer).map(connection -> connection.reads(http))),
                new MipProvisioner(graph));
    }
}
