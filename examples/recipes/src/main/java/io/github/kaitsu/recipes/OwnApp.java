package io.github.kaitsu.recipes;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxAuthorization;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.store.FileActivationStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** For real: an administrator consents to your app at Box, and the client looks at Box through what was granted. */
public final class OwnApp {
    private static final URI CALLBACK =
            URI.create("https://portal.example.co.jp/consents/callback"); // registered with the app

    private OwnApp() {}

    public static void main(String... args) throws IOException {
        Path folder = Files.createTempDirectory("kaitsu");
        Path key = folder.resolve("grants.key"); // made once; for real elsewhere than what it opens
        EncryptionKeys.createFile(key);
        try (FileCredentialStore grants =
                FileCredentialStore.at(folder.resolve("grants"), EncryptionKeys.ofFile(key))) {
            ConsentClient consents = consents(grants, "client-id", "client-secret");
            PendingConsent pending = begin(consents, CustomerId.of(ConsoleSite.JP, "CAS0001"));
            System.out.println("open " + pending.authorizationUrl() + "\nkeep " + pending.id() + " in the session");
        }
    }

    static ConsentClient consents(FileCredentialStore grants, String clientId, String clientSecret) {
        return ConsentClient.builder()
                .store(grants)
                .server(BoxAuthorization.of(clientId, clientSecret))
                .build();
    }

    /** Send the administrator to its address, and keep its id in their session. */
    static PendingConsent begin(ConsentClient consents, CustomerId customer) {
        return consents.begin(ConsentRequest.builder(customer, CloudService.Provider.BOX, CALLBACK)
                .build());
    }

    /** What the callback shows to whoever comes back, at whichever node: how it ended, and what to do. */
    static String answered(ConsentClient consents, String idFromTheSession, URI returned) throws InterruptedException {
        ConsentOutcome outcome = consents.complete(idFromTheSession, returned);
        return outcome.explanation().message().in(Locale.JAPANESE) + "\n"
                + outcome.explanation().nextStep().in(Locale.JAPANESE);
    }

    static ActivationClient client(ConsentClient consents, Path folder) {
        return ActivationClient.builder()
                .provisioner(BoxProvisioner.create(consents.connections(
                        CloudService.Provider.BOX,
                        tokens -> BoxConnection.builder(tokens).build())))
                .ownAccess(consents) // given back when a run ends, unless its request keeps it for drift checks
                .store(FileActivationStore.at(folder))
                .build();
    }
}
