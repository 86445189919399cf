package io.github.kaitsu.recipes;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Consent on a machine without a browser: the address is printed, somebody opens it elsewhere, and pastes back the address at which
 * the browser ended on a page that could not be opened. The program that printed it may be gone by then.
 */
public final class ConsentByPaste {
    private static final URI NOBODY_LISTENS = URI.create("http://127.0.0.1/callback");

    private ConsentByPaste() {}

    public static void main(String... args) throws IOException, InterruptedException {
        run(Files.createTempDirectory("kaitsu").resolve("consents"), System.out);
    }

    static void run(Path folder, PrintStream out) throws InterruptedException {
        Path keyFile = folder.resolve("key"); // for real: elsewhere than what it opens
        EncryptionKeys.createFile(keyFile);
        try (Sandbox sandbox = Sandbox.builder().start()) {
            CustomerId customer = CustomerId.of(sandbox.site(), sandbox.account());
            String id;
            URI page;
            try (FileCredentialStore store = store(folder, keyFile)) { // the first program
                PendingConsent pending = client(sandbox, store)
                        .begin(ConsentRequest.builder(customer, CloudService.Provider.BOX, NOBODY_LISTENS)
                                .build());
                id = pending.id();
                page = pending.authorizationUrl();
            }
            String pasted = new ScriptedPerson(sandbox, "sato@example.co.jp")
                    .consent(page)
                    .orElseThrow()
                    .toString();
            try (FileCredentialStore store = store(folder, keyFile)) { // the second one, later
                ConsentClient consents = client(sandbox, store);
                show(complete(consents, id, "https://www.example.com/", out), out);
                show(complete(consents, id, "  \"" + pasted + "\"\n", out), out); // as it comes from a clipboard
            }
        }
    }

    private static ConsentOutcome complete(ConsentClient consents, String id, String pasted, PrintStream out)
            throws InterruptedException {
        try {
            return consents.complete(id, pasted); // read it from standard input, never from the command line
        } catch (KaitsuException e) { // not the address that was meant; nothing is lost
            out.println(e.message(Locale.JAPANESE));
            out.println("→ " + e.nextStep(Locale.JAPANESE));
            return new ConsentOutcome.StateMismatch();
        }
    }

    private static void show(ConsentOutcome outcome, PrintStream out) {
        out.println(outcome.getClass().getSimpleName() + ": "
                + outcome.explanation().message().in(Locale.JAPANESE));
    }

    private static FileCredentialStore store(Path folder, Path keyFile) {
        return FileCredentialStore.at(folder.resolve("credentials"), EncryptionKeys.ofFile(keyFile));
    }

    private static ConsentClient client(Sandbox sandbox, FileCredentialStore store) {
        return ConsentClient.builder()
                .store(store)
                .server(ConsentOnTheDesktop.box(sandbox))
                .clock(sandbox.clock())
                .build();
    }
}
