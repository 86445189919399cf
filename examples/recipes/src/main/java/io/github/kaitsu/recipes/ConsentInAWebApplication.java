package io.github.kaitsu.recipes;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.io.PrintStream;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Consent in a web application: one request sends the administrator away, another one, perhaps at another node, gets the answer.
 * What must be remembered between the two is in the credential store that all nodes share.
 */
public final class ConsentInAWebApplication {
    private static final URI CALLBACK = URI.create("https://app.example.com/oauth/callback"); // registered with the app

    private final ConsentClient consents;

    ConsentInAWebApplication(ConsentClient consents) {
        this.consents = consents;
    }

    public static void main(String... args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().redirects(CALLBACK).start()) {
            MemoryCredentialStore shared = new MemoryCredentialStore();
            ConsentInAWebApplication one = new ConsentInAWebApplication(consents(sandbox, shared));
            ConsentInAWebApplication two = new ConsentInAWebApplication(consents(sandbox, shared));
            ScriptedPerson administrator = new ScriptedPerson(sandbox, "sato@example.co.jp");

            PendingConsent pending = one.connectBox(CustomerId.of(sandbox.site(), sandbox.account()));
            String session = pending.id(); // kept in the administrator's session; the answer is a redirect to the page
            URI called = administrator
                    .consent(pending.authorizationUrl())
                    .orElseThrow(); // where the vendor sends the browser
            Map<String, String> ahead = Map.of("Sec-Purpose", "prefetch", "Sec-Fetch-Dest", "document");
            Map<String, String> there = Map.of("Sec-Fetch-Dest", "document", "Sec-Fetch-Mode", "navigate");
            out.println(two.callback(session, "GET", ahead::get, called)); // the browser runs ahead; nothing is used up
            out.println(two.callback("another session", "GET", there::get, called)); // not the one that asked
            out.println(two.callback(session, "GET", there::get, called));
            out.println(two.callback(session, "GET", there::get, called)); // an answer counts once
        }
    }

    /** GET /connect/box: where to send the administrator's browser, and what to remember in the session. */
    PendingConsent connectBox(CustomerId customer) {
        return consents.begin(ConsentRequest.builder(customer, CloudService.Provider.BOX, CALLBACK)
                .build());
    }

    /**
     * GET /oauth/callback: the whole address that was called, with its query. It must belong to the consent of this very session, or
     * somebody could have another company's administrator consent for his own customer; so the session's cookie is SameSite=Lax,
     * to be there on the way back. Escape what you show.
     *
     * @param header of a servlet: {@code request::getHeader}
     */
    String callback(String idOfTheSession, String method, UnaryOperator<String> header, URI called)
            throws InterruptedException {
        if (!ConsentClient.isNavigation(method, header)) {
            return "404, not to be stored"; // a prefetch, a preview, an image: the person is still to come
        }
        ConsentOutcome outcome = consents.complete(idOfTheSession, called);
        return outcome.explanation().message().in(Locale.ENGLISH) + " "
                + outcome.explanation().nextStep().in(Locale.ENGLISH);
    }

    private static ConsentClient consents(Sandbox sandbox, MemoryCredentialStore shared) {
        return ConsentClient.builder()
                .store(shared)
                .server(ConsentOnTheDesktop.box(sandbox))
                .clock(sandbox.clock())
                .build();
    }
}
