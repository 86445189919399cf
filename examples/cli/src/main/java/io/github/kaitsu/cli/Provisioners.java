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
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.vendor.AccessTokens;
import java.util.ArrayList;
import java.util.List;

/** Every service that this command knows. */
final class Provisioners {
    private final Links links;

    private Provisioners(Links links) {
        this.links = links;
    }

    /** Without looks: enough to read and to answer. */
    static List<ServiceAccountProvisioner> blind() {
        List<ServiceAccountProvisioner> all = new ArrayList<>();
        all.add(BoxProvisioner.create());
        all.add(DropboxProvisioner.create());
        all.addAll(GoogleProvisioners.create());
        all.addAll(Microsoft365Provisioners.create());
        return all;
    }

    /** @param connected whether to look at all */
    static List<ServiceAccountProvisioner> of(boolean connected, Links links) {
        return connected ? looking(links) : blind();
    }

    private static List<ServiceAccountProvisioner> looking(Links links) {
        Provisioners own = new Provisioners(links);
        List<ServiceAccountProvisioner> all = new ArrayList<>();
        all.add(BoxProvisioner.create(links.to(CloudService.Provider.BOX, own::box)));
        all.add(DropboxProvisioner.create(links.to(CloudService.Provider.DROPBOX, own::dropbox)));
        all.addAll(GoogleProvisioners.create(links.to(CloudService.Provider.GOOGLE, own::google)));
        all.addAll(Microsoft365Provisioners.create(
                links.to(CloudService.Provider.MICROSOFT365, own::graph), own.sharePoint()));
        return all;
    }

    private BoxConnection box(AccessTokens tokens) {
        BoxConnection.Builder box = BoxConnection.builder(tokens).clock(links.clock());
        links.inSandbox(Sandbox::boxApi).ifPresent(box::baseUrl);
        return box.build();
    }

    private DropboxConnection dropbox(AccessTokens tokens) {
        DropboxConnection.Builder dropbox = DropboxConnection.builder(tokens).clock(links.clock());
        links.inSandbox(Sandbox::dropboxApi).ifPresent(dropbox::baseUrl);
        return dropbox.build();
    }

    private GoogleConnection google(AccessTokens tokens) {
        GoogleConnection.Builder google = GoogleConnection.builder(tokens).clock(links.clock());
        links.inSandbox(Sandbox::googleApi).ifPresent(google::baseUrl);
        return google.build();
    }

    /** For real this takes a certificate, which this command does not handle: a person is asked instead. */
    private Connections<SharePointConnection> sharePoint() {
        return links.inSandbox(s -> s)
                .<Connections<SharePointConnection>>map(s -> Links.minted(
                        s,
                        CloudService.Provider.MICROSOFT365,
                        tokens -> SharePointConnection.builder(tokens)
                                .adminSite(s.sharePointAdmin())
                                .clock(links.clock())
                                .build(),
                        s.sharePointScope()))
                .orElse(Connections.none());
    }

    private GraphConnection graph(AccessTokens tokens) {
        GraphConnection.Builder graph = GraphConnection.builder(tokens).clock(links.clock());
        links.inSandbox(Sandbox::graph).ifPresent(graph::baseUrl);
        return graph.build();
    }
}
