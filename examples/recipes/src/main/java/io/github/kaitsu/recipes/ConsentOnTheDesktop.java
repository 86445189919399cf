package io.github.kaitsu.recipes;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxAuthorization;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.LoopbackReceiver;
import io.github.kaitsu.consent.LoopbackReceiver.Waited;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Consent in a desktop tool: the browser is on this machine, so the answer comes back to it by itself.
 *
 * <p>This is the consent to your own app, through which Kaitsu looks; Trend Micro's is given in the console.
 */
public final class ConsentOnTheDesktop {
    private ConsentOnTheDesktop() {}

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ConsentClient consents = ConsentClient.builder()
                    .store(new MemoryCredentialStore()) // for real: a FileCredentialStore, encrypted with your key
                    .server(box(sandbox))
                    .clock(sandbox.clock())
                    .build();
            CustomerId customer = CustomerId.of(sandbox.site(), sandbox.account());
            ConsentOutcome outcome =
                    consent(consents, customer, browser(sandbox)); // for real: Desktop.getDesktop()::browse
            out.println(outcome.explanation().message().in(Locale.JAPANESE));
            consents.grant(customer, CloudService.Provider.BOX)
                    .ifPresent(g -> out.println(g.account() + " " + g.scopes()));
        }
    }

    static ConsentOutcome consent(ConsentClient consents, CustomerId customer, Consumer<URI> browser)
            throws InterruptedException {
        try (LoopbackReceiver receiver = LoopbackReceiver.open(consents)) { // listens on 127.0.0.1 alone, any free port
            PendingConsent pending =
                    consents.begin(ConsentRequest.builder(customer, CloudService.Provider.BOX, receiver.redirectUri())
                            .language(Locale.JAPANESE)
                            .build());
            browser.accept(pending.authorizationUrl());
            Waited waited = receiver.await(pending, Duration.ofMinutes(10));
            if (waited instanceof Waited.Answered answered) {
                return answered.outcome();
            }
            throw new IllegalStateException("no answer in time; it may still come and be completed from anywhere");
        }
    }

    static BoxAuthorization box(Sandbox sandbox) {
        return BoxAuthorization.builder(
                        sandbox.clientId(CloudService.Provider.BOX),
                        sandbox.clientSecret(CloudService.Provider.BOX).orElseThrow())
                .page(sandbox.box().resolve("/api/oauth2/authorize")) // for real leave out page, baseUrl and clock
                .baseUrl(sandbox.boxApi())
                .clock(sandbox.clock())
                .build();
    }

    /** An administrator who agrees, and whose browser follows the way back. */
    private static Consumer<URI> browser(Sandbox sandbox) {
        ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
        return page -> person.consent(page).ifPresent(person::comeBack);
    }
}
