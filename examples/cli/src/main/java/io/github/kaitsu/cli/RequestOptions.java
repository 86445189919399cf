package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is to be activated. */
final class RequestOptions {
    @Option(names = "--services", paramLabel = "a,b|all")
    private String services = "all";

    @Option(names = "--edition", paramLabel = "auto|2024-04|2024-07")
    private String edition = Edition.AUTO.id();

    @Option(names = "--policies", paramLabel = "a,b")
    private String policies = "";

    @Option(names = "--sharepoint-admin-site", paramLabel = "URL")
    private @Nullable String sharePointAdminSite;

    @Option(names = "--console-origin", paramLabel = "URL")
    private @Nullable String consoleOrigin;

    @Option(names = "--keep-for-drift")
    private boolean keepForDrift;

    @Option(names = "--insist-on-sharepoint-permission")
    private boolean insistOnSharePointPermission;

    @Mixin
    private HostOptions host = new HostOptions();

    Edition edition() {
        return CommandWords.edition(edition);
    }

    ActivationRequest.Builder of(CustomerId customer) {
        ActivationRequest.Builder request = ActivationRequest.builder(customer)
                .services(CommandWords.services(services))
                .edition(edition())
                .policies(CommandWords.list(policies))
                .keepForDrift(keepForDrift)
                .insistOnSharePointPermission(insistOnSharePointPermission)
                .labels(host.labels());
        host.company().ifPresent(request::company);
        host.reference().ifPresent(request::reference);
        if (sharePointAdminSite != null) {
            request.sharePointAdminSite(sharePointAdminSite);
        }
        if (consoleOrigin != null) {
            request.consoleOrigin(consoleOrigin);
        }
        return request;
    }

    /** In the sandbox the tenant is known, unless somebody wants another one. */
    ActivationRequest.Builder inSandbox(CustomerId customer) {
        ActivationRequest.Builder request = of(customer);
        return sharePointAdminSite == null ? request.sharePointAdminSite(SandboxOptions.ADMIN_SITE) : request;
    }
}
