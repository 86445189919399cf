package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.desk.Line.Whose;
import io.github.kaitsu.invite.ActionPiece;
import io.github.kaitsu.operator.OperatorAction;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * One action a page, as the administrator's page shows it, with the name of whoever is signed in; and the queue: after each answer the
 * next customer's.
 */
@Controller
class ActionController {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final ActivationClient client;
    private final Runs runs;
    private final Board board;
    private final DeskLinks links;
    private final Say say;

    ActionController(ActivationClient client, Runs runs, Board board, DeskLinks links, Say say) {
        this.client = client;
        this.runs = runs;
        this.board = board;
        this.links = links;
        this.say = say;
    }

    /** Something that the team has to do. */
    record Task(ActivationView view, OperatorAction action, String company) {}

    @GetMapping("/today")
    String today(Model model) {
        model.addAttribute("tasks", tasks());
        model.addAttribute("locale", say.locale());
        return "today";
    }

    /** One after the other: one of each customer before another of the same. */
    private List<Task> tasks() {
        List<Task> first = new ArrayList<>();
        List<Task> later = new ArrayList<>();
        for (Line line : board.lines(say.locale())) {
            if (line.whose() == Whose.OURS) {
                ActivationView view = runs.view(line.id().value());
                List<OperatorAction> ours = board.ours(view);
                for (int i = 0; i < ours.size(); i++) {
                    (i == 0 ? first : later).add(new Task(view, ours.get(i), line.company()));
                }
            }
        }
        first.addAll(later);
        return first;
    }

    @GetMapping("/queue")
    String next(@RequestParam(defaultValue = "") String after, Model model, RedirectAttributes onward) {
        if (model.getAttribute("notice") != null) {
            onward.addFlashAttribute("notice", model.getAttribute("notice")); // this page is none to see
        }
        return tasks().stream()
                .filter(t -> !after.equals(t.view().id().value()))
                .findFirst()
                .or(() -> tasks().stream().findFirst())
                .map(t -> "redirect:/queue/" + t.view().id().value() + "/"
                        + t.action().id().value())
                .orElse("redirect:/today");
    }

    @GetMapping({"/customers/{id}/actions/{action}", "/queue/{id}/{action}"})
    String action(
            @PathVariable String id,
            @PathVariable String action,
            HttpServletRequest request,
            CsrfToken csrf,
            Principal who,
            Model model) {
        ActivationView view = runs.view(id);
        Optional<OperatorAction> open = open(view, action);
        if (open.isEmpty()) {
            model.addAttribute("title", say.get("action.gone"));
            model.addAttribute("next", say.get("action.gone.next"));
            return "refused";
        }
        return page(
                view, open.get(), piece(view, open.get(), request, csrf, who).html(), model);
    }

    private static Optional<OperatorAction> open(ActivationView view, String action) {
        return view.openActions().stream()
                .filter(a -> a.id().value().equals(action))
                .findFirst();
    }

    private ActionPiece piece(
            ActivationView view, OperatorAction action, HttpServletRequest request, CsrfToken csrf, Principal who) {
        return ActionPiece.of(
                view,
                action,
                new ActionPiece.Place(
                        URI.create(request.getRequestURI()),
                        csrf.getToken(),
                        who.getName(),
                        say.locale(),
                        address -> links.leadsTo(view.customer(), address)));
    }

    private String page(ActivationView view, OperatorAction action, String piece, Model model) {
        model.addAttribute("view", view);
        model.addAttribute("company", view.company().orElse(view.customer().account()));
        model.addAttribute("action", action);
        model.addAttribute("title", action.title(say.locale()));
        model.addAttribute("piece", piece);
        return "action";
    }

    @PostMapping(
            path = {"/customers/{id}/actions/{action}", "/queue/{id}/{action}"},
            params = "do!=check",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    String answer(
            @PathVariable String id,
            @PathVariable String action,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf,
            Principal who,
            Model model,
            RedirectAttributes after)
            throws InterruptedException {
        ActivationView view = runs.view(id);
        boolean isQueue = request.getRequestURI().startsWith("/queue/");
        Optional<OperatorAction> open = open(view, action);
        if (open.isEmpty()) {
            after.addFlashAttribute("notice", say.get("action.gone"));
            return where(view, isQueue);
        }
        ActionPiece piece = piece(view, open.get(), request, csrf, who);
        ActionPiece.Outcome outcome = piece.answer(client, form(request));
        if (outcome instanceof ActionPiece.Outcome.Again again) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return page(view, open.get(), again.html(), model);
        }
        client.awaitQuiet(view.id(), MOMENT); // so that what comes next is there at once
        after.addFlashAttribute(
                "notice", say.get(outcome instanceof ActionPiece.Outcome.Taken ? "action.taken" : "action.gone"));
        return where(view, isQueue);
    }

    /** What can be read so far of what was pasted; changes nothing. */
    @PostMapping(
            path = {"/customers/{id}/actions/{action}", "/queue/{id}/{action}"},
            params = "do=check",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    String check(
            @PathVariable String id,
            @PathVariable String action,
            HttpServletRequest request,
            CsrfToken csrf,
            Principal who) {
        ActivationView view = runs.view(id);
        return open(view, action)
                .map(a -> piece(view, a, request, csrf, who).check(form(request)))
                .orElse("{}");
    }

    private static String where(ActivationView view, boolean isQueue) {
        return isQueue
                ? "redirect:/queue?after=" + view.id().value()
                : "redirect:/customers/" + view.id().value();
    }

    /** The form as it was sent: the servlet has read it already. */
    private static String form(HttpServletRequest request) {
        StringBuilder form = new StringBuilder();
        request.getParameterMap().forEach((name, values) -> {
            for (String value : values) {
                form.append(form.length() == 0 ? "" : "&")
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return form.toString();
    }
}
