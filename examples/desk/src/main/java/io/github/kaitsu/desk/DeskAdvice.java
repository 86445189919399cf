package io.github.kaitsu.desk;

import io.github.kaitsu.KaitsuException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** What every page has, and what is shown where one cannot be shown. */
@ControllerAdvice
class DeskAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(DeskAdvice.class);

    private final Say say;
    private final Clock clock;
    private final boolean isSandbox;

    DeskAdvice(Say say, Clock clock, Environment environment) {
        this.say = say;
        this.clock = clock;
        this.isSandbox = Arrays.asList(environment.getActiveProfiles()).contains("sandbox");
    }

    @ModelAttribute
    void everyPage(Model model, HttpServletRequest request, @Nullable Principal who) {
        fill(model, request, who);
    }

    private void fill(Model model, HttpServletRequest request, @Nullable Principal who) {
        boolean isJapanese = say.locale().getLanguage().equals("ja");
        model.addAttribute("lang", isJapanese ? "ja" : "en");
        model.addAttribute("otherLang", isJapanese ? "en" : "ja");
        model.addAttribute("user", who == null ? "" : who.getName());
        model.addAttribute("path", request.getRequestURI());
        model.addAttribute("isSandbox", isSandbox);
        model.addAttribute("now", clock.instant());
    }

    /** A refusal says what is wrong and what to do, in the reader's language. */
    @ExceptionHandler
    ModelAndView refused(KaitsuException refusal, HttpServletRequest request, @Nullable Principal who) {
        LOG.warn("{} refused: {}", request.getRequestURI(), refusal.code());
        return page(
                switch (refusal.code()) {
                    case ACTIVATION_NOT_FOUND, ACTIVATION_FORGOTTEN, INVALID_ACTIVATION_ID, ACTION_NOT_FOUND ->
                        HttpStatus.NOT_FOUND;
                    case IO_ERROR, STORE_BUSY, INTERNAL -> HttpStatus.SERVICE_UNAVAILABLE;
                    default -> HttpStatus.UNPROCESSABLE_CONTENT;
                },
                refusal.message(say.locale()),
                refusal.nextStep(say.locale()),
                request,
                who);
    }

    @ExceptionHandler
    ModelAndView missing(ResponseStatusException missing, HttpServletRequest request, @Nullable Principal who) {
        return page(
                HttpStatus.valueOf(missing.getStatusCode().value()),
                say.get("missing.title"),
                say.get("missing.next"),
                request,
                who);
    }

    private ModelAndView page(
            HttpStatus status, String title, String next, HttpServletRequest request, @Nullable Principal who) {
        ModelAndView page = new ModelAndView("refused", status);
        Model model = new org.springframework.ui.ExtendedModelMap();
        fill(model, request, who);
        page.addAllObjects(model.asMap());
        page.addObject("title", title);
        page.addObject("next", next);
        return page;
    }
}
