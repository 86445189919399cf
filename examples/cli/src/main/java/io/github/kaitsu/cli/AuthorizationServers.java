package io.github.kaitsu.cli;

import io.github.kaitsu.box.BoxAuthorization;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.dropbox.DropboxAuthorization;
import io.github.kaitsu.google.GoogleAuthorization;
import io.github.kaitsu.microsoft365.MicrosoftAuthorization;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.Optional;

/** Where each provider's consent is asked for: at the vendor, or in a sandbox. */
final class AuthorizationServers {
    private AuthorizationServers() {}

    static AuthorizationServer of(App app, Optional<Sandbox> sandbox) {
        return switch (app.provider()) {
            case BOX -> box(app, sandbox);
            case DROPBOX -> dropbox(app, sandbox);
            case GOOGLE -> google(app, sandbox);
            case MICROSOFT365 -> microsoft(app, sandbox);
        };
    }

    private static AuthorizationServer box(App app, Optional<Sandbox> sandbox) {
        BoxAuthorization.Builder box =
                BoxAuthorization.builder(app.clientId(), app.secret().orElse(""));
        sandbox.ifPresent(s -> box.page(s.box().resolve("/api/oauth2/authorize"))
                .baseUrl(s.boxApi())
                .clock(s.clock()));
        return box.build();
    }

    private static AuthorizationServer dropbox(App app, Optional<Sandbox> sandbox) {
        DropboxAuthorization.Builder dropbox = DropboxAuthorization.builder(app.clientId());
        sandbox.ifPresent(s -> dropbox.page(s.dropbox().resolve("/oauth2/authorize"))
                .baseUrl(s.dropboxApi())
                .clock(s.clock()));
        return dropbox.build();
    }

    private static AuthorizationServer google(App app, Optional<Sandbox> sandbox) {
        GoogleAuthorization.Builder google =
                GoogleAuthorization.builder(app.clientId(), app.secret().orElse(""));
        sandbox.ifPresent(s -> google.page(s.google().resolve("/o/oauth2/v2/auth"))
                .tokenUrl(s.googleApi())
                .openIdUrl(s.googleApi())
                .directoryUrl(s.googleApi())
                .clock(s.clock()));
        return google.build();
    }

    private static AuthorizationServer microsoft(App app, Optional<Sandbox> sandbox) {
        MicrosoftAuthorization.Builder microsoft = MicrosoftAuthorization.builder(app.clientId());
        app.secret().ifPresent(microsoft::clientSecret);
        app.tenant().ifPresent(microsoft::tenant);
        sandbox.ifPresent(
                s -> microsoft.loginUrl(s.microsoft()).graphUrl(s.graph()).clock(s.clock()));
        return microsoft.build();
    }
}
