package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.LoopbackReceiver;
import io.github.kaitsu.consent.LoopbackReceiver.Waited;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks one administrator after another for consent. The answer may come back to this machine by itself, or be pasted: whichever is
 * first. In a sandbox the scripted person consents.
 */
final class Consenting implements AutoCloseable {
    /** Where an app without an address of its own has the browser sent: any free port, by number, since names can be redirected. */
    private static final URI ANY_PORT = URI.create("http://127.0.0.1:0/callback");

    /** Microsoft lets the port vary with this name only. */
    private static final URI ANY_PORT_BY_NAME = URI.create("http://localhost:0/callback");

    /** The browser ends on a page that cannot be opened; its address is what is pasted. */
    private static final URI NOBODY_LISTENS = URI.create("http://127.0.0.1/callback");

    private final Invocation call;
    private final ConsentClient client;
    private final Optional<ScriptedPerson> person;
    private final Duration longest;
    private @Nullable Pasting pasting;

    Consenting(Invocation call, ConsentClient client, Optional<Sandbox> sandbox, Duration longest) {
        this.call = call;
        this.client = client;
        this.person = sandbox.map(s -> new ScriptedPerson(s, ScriptedHands.name(call)));
        this.longest = longest;
    }

    /** Asks once more where access was lost. @return whether it was granted */
    static boolean again(
            Invocation call, Vault vault, CustomerId whom, Optional<Sandbox> sandbox, CloudService.Provider provider) {
        try (Consenting consenting = new Consenting(call, vault.client(whom), sandbox, Duration.ofMinutes(1))) {
            return consenting
                    .ask(whom, vault.app(whom, provider).orElseThrow())
                    .filter(ConsentOutcome.Granted.class::isInstance)
                    .isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Only asks; {@code --paste} or the callback of another program completes it. */
    void print(CustomerId whom, App app) {
        PendingConsent pending = client.begin(request(whom, app, app.redirect().orElse(NOBODY_LISTENS)));
        call.say(call.text("consent.open", app.provider().label(), pending.authorizationUrl()));
        call.say(call.text("consent.later", pending.id()));
    }

    /** Asks and waits. @return empty if no answer came in time; it may still come */
    Optional<ConsentOutcome> ask(CustomerId whom, App app) throws InterruptedException {
        URI address = app.redirect()
                .orElse(app.provider() == CloudService.Provider.MICROSOFT365 ? ANY_PORT_BY_NAME : ANY_PORT);
        if (!"http".equalsIgnoreCase(address.getScheme())) { // a page of a portal: what it gets can only be pasted here
            print(whom, app);
            return Optional.empty();
        }
        Optional<LoopbackReceiver> listening = listen(address, app);
        if (listening.isEmpty()) {
            print(whom, app);
            return Optional.empty();
        }
        try (LoopbackReceiver receiver = listening.get()) {
            PendingConsent pending = client.begin(request(whom, app, receiver.redirectUri()));
            call.say(call.text("consent.open", app.provider().label(), pending.authorizationUrl()));
            if (person.isPresent()) {
                person.get().consent(pending.authorizationUrl()).ifPresent(person.get()::comeBack);
            } else {
                call.say(call.text("consent.or-paste"));
                readPastes(receiver, pending);
            }
            Waited waited = receiver.await(pending, longest);
            if (waited instanceof Waited.Answered answered) {
                return Optional.of(answered.outcome());
            }
            call.say(call.text("consent.timed-out", pending.id()));
            return Optional.empty();
        }
    }

    /** Empty if this machine cannot listen there, as without IPv6 under the name localhost: then the answer is pasted. */
    private Optional<LoopbackReceiver> listen(URI address, App app) {
        try {
            return Optional.of(LoopbackReceiver.builder(client)
                    .redirectUri(address)
                    .language(call.locale())
                    .open());
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.IO_ERROR || app.redirect().isPresent()) {
                throw e;
            }
            call.error(e.message(call.locale()));
            return Optional.empty();
        }
    }

    private ConsentRequest request(CustomerId whom, App app, URI redirect) {
        return ConsentRequest.builder(whom, app.provider(), redirect)
                .language(call.locale())
                .build();
    }

    private void readPastes(LoopbackReceiver receiver, PendingConsent pending) {
        if (pasting == null) {
            pasting = new Pasting(call);
            pasting.start();
        }
        pasting.into(receiver, pending);
    }

    @Override
    public void close() {
        if (pasting != null) {
            pasting.stop();
        }
    }
}
