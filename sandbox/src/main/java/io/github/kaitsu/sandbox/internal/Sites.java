package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.sandbox.Faults;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** All servers of one sandbox; each stands for one or more of the vendors' hosts. */
public final class Sites implements AutoCloseable {
    /** Trend's client id at Box; ours is another. */
    static final String TREND_CLIENT = "trend-cloud-app-security";

    /** The name the customer sees at Dropbox, Google and Microsoft. */
    static final String APP_NAME = "Trend Micro Cloud App Security";

    private final List<Site> all = new ArrayList<>();
    final Faults faults;
    final Site console;
    final Site box;
    final Site boxApi;
    final Site dropbox;
    final Site dropboxApi;
    final Site google;
    final Site googleApi;
    final Site microsoft;
    final Site graph;
    final Site sharePoint;

    /**
     * @param firstPort the console's; the others follow in the order of the fields; 0: any that are free
     * @throws KaitsuException IO_ERROR if one of the ports cannot be used
     */
    public Sites(Ledger ledger, Faults faults, Clock clock, Executor executor, PageFilter filter, int firstPort) {
        this.faults = faults;
        Visits visits = new Visits();
        Opening open = (name, kind) -> {
            int port = firstPort == 0 ? 0 : firstPort + all.size();
            Site site = new Site(name, kind, port, ledger, visits, faults, clock, executor);
            all.add(site);
            return site;
        };
        try {
            console = open.site("console", Site.Kind.PAGES);
            box = open.site("box", Site.Kind.PAGES);
            boxApi = open.site(VendorErrors.BOX_API, Site.Kind.API);
            dropbox = open.site("dropbox", Site.Kind.PAGES);
            dropboxApi = open.site(VendorErrors.DROPBOX_API, Site.Kind.API);
            google = open.site("google", Site.Kind.PAGES);
            googleApi = open.site(VendorErrors.GOOGLE_API, Site.Kind.API);
            microsoft = open.site(VendorErrors.MICROSOFT, Site.Kind.PAGES);
            graph = open.site(VendorErrors.GRAPH, Site.Kind.API);
            sharePoint = open.site("sharepoint", Site.Kind.PAGES);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        console.serve(filter, new ConsoleServer(ledger, this));
        box.serve(filter, new BoxPages(ledger, this));
        boxApi.serve(new BoxApi(ledger));
        dropbox.serve(filter, new DropboxPages(ledger, this));
        dropboxApi.serve(new DropboxApi(ledger));
        google.serve(filter, new GooglePages(ledger, this));
        googleApi.serve(new GoogleApi(ledger));
        graph.serve(new GraphApi(ledger));
        MicrosoftPages microsoftPages = new MicrosoftPages(ledger, this);
        microsoft.serve(filter, microsoftPages);
        sharePoint.serve(filter, new SharePointPages(ledger, this, microsoftPages));
    }

    /** Opens the next server. */
    private interface Opening {
        Site site(String name, Site.Kind kind);
    }

    /** Where the console sends the person who grants access to a service. */
    String consentPage(Wizard wizard) {
        CloudService.Provider provider = wizard.service().provider();
        return switch (provider) {
            case BOX -> box.url("/api/oauth2/authorize?client_id=" + TREND_CLIENT + "&state=" + wizard.id());
            case DROPBOX -> dropbox.url("/oauth2/authorize?state=" + wizard.id());
            case GOOGLE -> google.url("/o/oauth2/auth?state=" + wizard.id());
            case MICROSOFT365 -> microsoft.url("/common/oauth2/v2.0/authorize?state=" + wizard.id());
        };
    }

    /** The console's landing page for a person who comes back from a provider (COMMON-8). */
    String returnPage(Wizard wizard, boolean denied) {
        return console.url("/provision.html?state=" + wizard.id() + (denied ? "&error=access_denied" : ""));
    }

    public String console() {
        return console.url("");
    }

    public String box() {
        return box.url("");
    }

    public String boxApi() {
        return boxApi.url("");
    }

    public String dropbox() {
        return dropbox.url("");
    }

    public String dropboxApi() {
        return dropboxApi.url("");
    }

    public String google() {
        return google.url("");
    }

    public String googleApi() {
        return googleApi.url("");
    }

    public String microsoft() {
        return microsoft.url("");
    }

    public String graph() {
        return graph.url("");
    }

    public String sharePoint() {
        return sharePoint.url("");
    }

    @Override
    public void close() {
        all.forEach(Site::close);
    }
}
