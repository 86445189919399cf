package io.github.kaitsu.spring;

import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.PendingConsent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Consents that belong to the HTTP session in which they were begun: nobody has somebody else's answer counted as his own. A
 * session may have begun several. Its cookie must be {@code SameSite=Lax}, to be there on the way back from a vendor. Thread-safe.
 */
public final class SessionConsents {
    /** Followed by a consent's id; its value is where the answer comes back, so that any session store can keep it. */
    private static final String ATTRIBUTE = "io.github.kaitsu.consent.";

    private final ConsentClient consents;

    SessionConsents(ConsentClient consents) {
        this.consents = consents;
    }

    /**
     * Begins a consent for the person of this session. Send the browser to {@link PendingConsent#authorizationUrl}.
     *
     * @param request its redirect URI leads to the callback, as registered with the app
     */
    public PendingConsent begin(HttpSession session, ConsentRequest request) {
        PendingConsent pending = consents.begin(request);
        session.setAttribute(ATTRIBUTE + pending.id(), request.redirectUri().toString());
        return pending;
    }

    /** Uses the answer for the one of the session's consents that it belongs to, if there is one. */
    ConsentOutcome complete(HttpServletRequest request) throws InterruptedException {
        HttpSession session = request.getSession(false);
        for (String attribute : session == null ? List.<String>of() : begun(session)) {
            Optional<URI> returned = returned(session.getAttribute(attribute), request.getQueryString());
            if (returned.isPresent()) {
                ConsentOutcome outcome = consents.complete(attribute.substring(ATTRIBUTE.length()), returned.get());
                if (!(outcome instanceof ConsentOutcome.StateMismatch)) {
                    session.removeAttribute(attribute);
                    return outcome;
                }
            }
        }
        return new ConsentOutcome.StateMismatch();
    }

    private static List<String> begun(HttpSession session) {
        return Collections.list(session.getAttributeNames()).stream()
                .filter(name -> name.startsWith(ATTRIBUTE))
                .toList();
    }

    /** The address as the browser called it, whatever proxies made of it; empty if it is none. */
    private static Optional<URI> returned(@Nullable Object redirectUri, @Nullable String query) {
        try {
            return redirectUri == null || query == null
                    ? Optional.empty()
                    : Optional.of(new URI(redirectUri + "?" + query));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
