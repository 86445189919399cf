package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Faults;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/** All servers of one sandbox; each stands for one or more of the vendors' hosts. */
public final class Sites implements AutoCloseable {
    /** Trend's client id at Box; ours is another. */
    static final String TREND_CLIENT = "trend-cloud-app-security";

    /** The name the customer sees at Dropbox, Google and Microsoft. */
    static final String APP_NAME = "Trend Micro Cloud App Security";

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

    public Sites(Ledger ledger, Faults faults, Clock clock, Executor executor, PageFilter filter) {
        this.faults = faults;
        Visits visits = new Visits();
        console = new Site("console", Site.Kind.PAGES, ledger, visits, faults, clock, executor);
        box = new Site("box", Site.Kind.PAGES, ledger, visits, faults, clock, executor);
        boxApi = new Site(VendorErrors.BOX_API, Site.Kind.API, ledger, visits, faults, clock, executor);
        dropbox = new Site("dropbox", Site.Kind.PAGES, ledger, visits, faults, clock, executor);
        dropboxApi = new Site(VendorErrors.DROPBOX_API, Site.Kind.API, ledger, visits, faults, clock, executor);
        google = new Site("google", Site.Kind.PAGES, ledger, visits, faults, clock, executor);
        googleApi = new Site(VendorErrors.GOOGLE_API, Site.Kind.API, ledger, visits, faults, clock, executor);
        microsoft = new Site(VendorErrors.MICROSOFT, Site.Kind.PAGES, ledger, visits, faults, clock, executor);
        graph = new Site(VendorErrors.GRAPH, Site.Kind.API, ledger, visits, faults, clock, executor);
        sharePoint = new Site("sharepoint", Site.Kind.PAGES, ledger, visits, faults, clock, executor);
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
        List.of(console, box, boxApi, dropbox, dropboxApi, google, googleApi, microsoft, graph, sharePoint)
                .forEach(Site::close);
    }
}
