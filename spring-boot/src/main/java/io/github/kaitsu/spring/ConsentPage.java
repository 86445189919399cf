package io.github.kaitsu.spring;

import io.github.kaitsu.consent.ConsentOutcome;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;

/** A bean of the host: where the callback sends the administrator's browser, instead of answering with the outcome's text. */
@FunctionalInterface
public interface ConsentPage {
    /**
     * The page's address; a path alone is one of the host's own.
     *
     * @param request the vendor's answer; its session is the administrator's, so what the page needs may be left there
     */
    URI of(ConsentOutcome outcome, HttpServletRequest request);
}
