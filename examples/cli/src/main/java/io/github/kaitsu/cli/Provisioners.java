package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.spi.AccessTokens;
import io.github.kaitsu.spi.AccessTokens.Token;
import io.github.kaitsu.spi.Connections;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every service that this command knows. */
final class Provisioners {
    private static final Duration BOX_TOKEN = Duration.ofMinutes(60);

    private Provisioners() {}

    static List<ServiceAccountProvisioner> all(Connections<BoxConnection> box) {
        List<ServiceAccountProvisioner> all = new ArrayList<>();
        all.add(BoxProvisioner.create(box));
        all.add(DropboxProvisioner.create());
        all.addAll(GoogleProvisioners.create());
        all.addAll(Microsoft365Provisioners.create());
        return all;
    }

    /** Looks at the sandbox's Box, as an app of ours would that the administrator consented to. */
    static List<ServiceAccountProvisioner> all(Sandbox sandbox) {
        AccessTokens tokens = AccessTokens.singleFlight(
                spent -> new Token(
                        sandbox.mintTokens(CloudService.Provider.BOX).accessToken(),
                        Optional.of(sandbox.clock().instant().plus(BOX_TOKEN))),
                sandbox.clock());
        BoxConnection connection = BoxConnection.builder(tokens)
                .baseUrl(sandbox.boxApi())
                .clock(sandbox.clock())
                .build();
        return all(customer -> Optional.of(connection));
    }
}
