package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.dropbox.DropboxConnection;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleConnection;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.GraphConnection;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.microsoft365.SharePointConnection;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.sandbox.SandboxConnections;
import java.util.ArrayList;
import java.util.List;

/** Every service that this command knows. */
final class Provisioners {
    private Provisioners() {}

    /** Without looks: a person is asked for everything. */
    static List<ServiceAccountProvisioner> blind() {
        List<ServiceAccountProvisioner> all = new ArrayList<>();
        all.add(BoxProvisioner.create());
        all.add(DropboxProvisioner.create());
        all.addAll(GoogleProvisioners.create());
        all.addAll(Microsoft365Provisioners.create());
        return all;
    }

    /**
     * Without looks, but with the steps of a run that is looked at by another process: what that one has proved is shown.
     *
     * @param connected whether the run is
     */
    static List<ServiceAccountProvisioner> reading(boolean connected) {
        if (!connected) {
            return blind();
        }
        List<ServiceAccountProvisioner> all = new ArrayList<>();
        all.add(BoxProvisioner.create(Connections.none()));
        all.add(DropboxProvisioner.create(Connections.none()));
        all.addAll(GoogleProvisioners.create(Connections.none()));
        all.addAll(Microsoft365Provisioners.create(Connections.none(), Connections.none()));
        return all;
    }

    /** @param connected whether to look at all */
    static List<ServiceAccountProvisioner> of(boolean connected, Links links) {
        return connected ? looking(links) : blind();
    }

    private static List<ServiceAccountProvisioner> looking(Links links) {
        List<ServiceAccountProvisioner> all = new ArrayList<>();
        all.add(BoxProvisioner.create(links.to(
                CloudService.Provider.BOX,
                links.connecting(t -> BoxConnection.builder(t).build(), SandboxConnections::box))));
        all.add(DropboxProvisioner.create(links.to(
                CloudService.Provider.DROPBOX,
                links.connecting(t -> DropboxConnection.builder(t).build(), SandboxConnections::dropbox))));
        all.addAll(GoogleProvisioners.create(links.to(
                CloudService.Provider.GOOGLE,
                links.connecting(t -> GoogleConnection.builder(t).build(), SandboxConnections::google))));
        all.addAll(Microsoft365Provisioners.create(
                links.to(
                        CloudService.Provider.MICROSOFT365,
                        links.connecting(t -> GraphConnection.builder(t).build(), SandboxConnections::graph)),
                sharePoint(links)));
        return all;
    }

    /** For real this takes a certificate, which this command does not handle: a person is asked instead. */
    private static Connections<SharePointConnection> sharePoint(Links links) {
        return links.sandbox()
                .map(s -> links.minted(
                        CloudService.Provider.MICROSOFT365, SandboxConnections.of(s)::sharePoint, s.sharePointScope()))
                .orElse(Connections.none());
    }
}
