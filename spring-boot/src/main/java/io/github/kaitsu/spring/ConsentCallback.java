package io.github.kaitsu.spring;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers with the outcome's text in the browser's language, or sends the browser on to the host's page. */
@Controller
class ConsentCallback {
    private static final Logger LOG = LoggerFactory.getLogger(ConsentCallback.class);
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private final SessionConsents consents;
    private final ObjectProvider<ConsentPage> page;
    private final Locale otherwise;

    ConsentCallback(SessionConsents consents, ObjectProvider<ConsentPage> page, Locale otherwise) {
        this.consents = consents;
        this.page = page;
        this.otherwise = otherwise;
    }

    /** Of every method, so that whatever is no person's browser gets the same 404. */
    @RequestMapping("${kaitsu.consent.callback-path}")
    ResponseEntity<String> returned(HttpServletRequest request) throws InterruptedException {
        if (!ConsentClient.isNavigation(request.getMethod(), request::getHeader)) {
            return answer(HttpStatus.NOT_FOUND).build();
        }
        Locale language = language(request);
        ConsentOutcome outcome;
        try {
            outcome = consents.complete(request);
        } catch (KaitsuException e) {
            LOG.warn("a vendor's answer could not be used: {}", e.code());
            HttpStatus status =
                    e.code() == ErrorCode.INVALID_CALLBACK ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
            return text(status, e.message(language), e.nextStep(language));
        }
        ConsentPage own = page.getIfAvailable();
        if (own != null) {
            return answer(HttpStatus.SEE_OTHER)
                    .location(own.of(outcome, request))
                    .build();
        }
        boolean refused = outcome instanceof ConsentOutcome.StateMismatch;
        return text(
                refused ? HttpStatus.BAD_REQUEST : HttpStatus.OK,
                outcome.explanation().message().in(language),
                outcome.explanation().nextStep().in(language));
    }

    private static ResponseEntity<String> text(HttpStatus status, String message, String nextStep) {
        return answer(status).contentType(TEXT).body((message + "\n\n" + nextStep).strip() + "\n");
    }

    /** The address holds a code: it must not be stored, and no other page must learn of it. */
    private static ResponseEntity.BodyBuilder answer(HttpStatus status) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff");
    }

    private Locale language(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
            return otherwise;
        }
        List<Locale> wanted = Collections.list(request.getLocales());
        return wanted.stream()
                .filter(l -> l.getLanguage().equals("ja") || l.getLanguage().equals("en"))
                .findFirst()
                .orElse(otherwise);
    }
}
