package io.github.kaitsu.sandbox.internal;

import java.time.Duration;
import java.util.Optional;

/** The console's server: sign-in, then the console; each group of pages is a class. */
final class ConsoleServer implements Site.Handler {
    private static final Duration IDLE = Duration.ofHours(1); // COMMON-16

    private final Sessions sessions;
    private final ConsoleSignIn signIn;
    private final ConsolePages pages;
    private final WizardPages wizards;
    private final FirstSignIn first;

    ConsoleServer(Ledger ledger, Sites sites) {
        sessions = new Sessions(sites.console, IDLE, ledger);
        signIn = new ConsoleSignIn(ledger, sessions);
        pages = new ConsolePages(ledger);
        wizards = new WizardPages(ledger, sites, pages);
        first = new FirstSignIn(ledger, pages);
    }

    @Override
    public Response answer(Request request) {
        if (request.isGet("/provision.html")) {
            return wizards.returned(request);
        }
        Optional<Response> outside = signIn.answer(request);
        if (outside.isPresent()) {
            return outside.get();
        }
        Optional<Sessions.Session> session = sessions.find(request);
        if (session.isEmpty()) {
            return Response.redirect(ConsoleSignIn.START);
        }
        if (!session.get().consoleOpen) {
            return Response.redirect(ConsoleSignIn.HOME);
        }
        Optional<Response> atFirst = first.answer(request);
        if (atFirst.isPresent()) {
            return atFirst.get();
        }
        return request.path().startsWith("/console/wizard") ? wizards.answer(request) : pages.answer(request);
    }
}
