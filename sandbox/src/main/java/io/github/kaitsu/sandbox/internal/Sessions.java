package io.github.kaitsu.sandbox.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in at one site. Kept in memory: after a restart everybody signs in again.
 *
 * <p>An idle session ends by the sandbox's clock; the console's after an hour (COMMON-16). Guarded by the ledger's monitor.
 */
final class Sessions {
    private final String cookie;
    private final Duration idle;
    private final Ledger ledger;
    private final Map<String, Session> sessions = new HashMap<>();

    /** One signed-in browser. */
    static final class Session {
        final String user;
        boolean consoleOpen;
        boolean codeGiven;
        private Instant seen;

        Session(String user, Instant seen) {
            this.user = user;
            this.seen = seen;
        }
    }

    Sessions(Site site, Duration idle, Ledger ledger) {
        this.cookie = "sandbox-session-" + site.base().getPort();
        this.idle = idle;
        this.ledger = ledger;
    }

    Optional<Session> find(Request request) {
        Session session = sessions.get(request.cookies().getOrDefault(cookie, ""));
        if (session == null || session.seen.plus(idle).isBefore(ledger.now())) {
            return Optional.empty();
        }
        session.seen = ledger.now();
        return Optional.of(session);
    }

    /** Signs a user in; the answer carries the cookie. */
    Response signIn(String user, Response answer) {
        String token = ledger.read(w -> w.setup().secrets().hex("session/" + cookie + "/" + sessions.size(), 32));
        sessions.put(token, new Session(user, ledger.now()));
        return answer.withCookie(cookie, token);
    }
}
