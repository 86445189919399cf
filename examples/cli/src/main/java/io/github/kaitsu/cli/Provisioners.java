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
    static List<ServiceAccountProvisioner> of(boolean connected, Linked links) {
        return connected ? looking(links) : blind();
    }

    private static List<ServiceAccountProvisioner> looking(Linked links) {
        List<ServiceAccountProvisioner> all = new ArrayList<>();
        all.add(BoxProvisioner.create(links.to(
                CloudService.Provider.BOX, t -> BoxConnection.builder(t).build(), SandboxConnections::box)));
        all.add(DropboxProvisioner.create(links.to(
                CloudService.Provider.DROPBOX,
                t -> DropboxConnection.builder(t).build(),
                SandboxConnections::dropbox)));
        all.addAll(GoogleProvisioners.create(links.to(
                CloudService.Provider.GOOGLE, t -> GoogleConnection.builder(t).build(), SandboxConnections::google)));
        all.addAll(Microsoft365Provisioners.create(
                links.to(
                        CloudService.Provider.MICROSOFT365,
                        t -> GraphConnection.builder(t).build(),
                        SandboxConnections::graph),
                links.sharePoint()));
        return all;
    }
}
