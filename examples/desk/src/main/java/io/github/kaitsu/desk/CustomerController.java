package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.invite.Invitation;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.report.Handover;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One customer: the verdict first, then every service, what is to be done, what happened; the evidence last. */
@Controller
class CustomerController {
    private final ActivationClient client;
    private final Runs runs;
    private final Board board;
    private final Customers customers;
    private final Invitations invitations;
    private final Timeline timeline;
    private final Say say;

    CustomerController(
            ActivationClient client,
            Runs runs,
            Board board,
            Customers customers,
            Invitations invitations,
            Timeline timeline,
            Say say) {
        this.client = client;
        this.runs = runs;
        this.board = board;
        this.customers = customers;
        this.invitations = invitations;
        this.timeline = timeline;
        this.say = say;
    }

    /**
     * A service in the table.
     *
     * @param expected when it is expected to be done, and on what that rests
     */
    record Row(String name, String state, String about, String expected) {}

    /** Somebody at the customer. */
    record Guest(String id, String role, String name, String state, boolean isOpen, Instant expires) {}

    @GetMapping("/customers/{id}")
    String customer(@PathVariable String id, Model model) {
        fill(model, runs.view(id), "");
        return "customer";
    }

    private void fill(Model model, ActivationView view, String problem) {
        Locale locale = say.locale();
        Handover handover = ActivationReport.of(view).handover(locale);
        Set<OperatorAction> ours = Set.copyOf(board.ours(view));
        model.addAttribute("view", view);
        model.addAttribute("locale", locale);
        model.addAttribute("company", view.company().orElse(view.customer().account()));
        model.addAttribute("handover", handover);
        model.addAttribute("rows", rows(view, handover, locale));
        model.addAttribute(
                "ours", view.openActions().stream().filter(ours::contains).toList());
        model.addAttribute(
                "theirs",
                view.openActions().stream().filter(a -> !ours.contains(a)).toList());
        model.addAttribute("guests", guests(view, locale));
        model.addAttribute("known", customers.known(view.id()));
        model.addAttribute("timeline", timeline.of(view, client.events(view.id()), locale));
        model.addAttribute("claims", claims(handover));
        model.addAttribute("problem", problem);
        model.addAttribute(
                "canRemove",
                view.ended()
                        && !view.removal()
                        && handover.services().stream().anyMatch(s -> s.state().isDone()));
    }

    private List<Row> rows(ActivationView view, Handover handover, Locale locale) {
        return handover.services().stream()
                .map(line -> new Row(
                        line.name(),
                        view.ended()
                                ? line.stateText()
                                : say.get(
                                        locale, "status." + service(view, line).status()),
                        line.about(),
                        expected(service(view, line), locale)))
                .toList();
    }

    private static ServiceView service(ActivationView view, Handover.ServiceLine line) {
        return view.service(line.service()).orElseThrow();
    }

    private String expected(ServiceView service, Locale locale) {
        if (service.status().isFinal()) {
            return "";
        }
        String text = service.expectation().text().in(locale);
        return service.expectation().at().map(at -> say.at(locale, at) + " – ").orElse("") + text;
    }

    private List<Guest> guests(ActivationView view, Locale locale) {
        Instant now = Instant.now(); // links end by the real time
        return invitations.of(view.id()).stream()
                .map(i -> new Guest(
                        i.id(),
                        i.role().label(locale),
                        i.invited(),
                        say.get(locale, "link." + i.state(now)),
                        i.state(now) == Invitation.State.OPEN,
                        i.expires()))
                .toList();
    }

    private static Map<String, List<Handover.Claim>> claims(Handover handover) {
        return handover.evidence().stream()
                .collect(Collectors.groupingBy(Handover.Claim::name, LinkedHashMap::new, Collectors.toList()));
    }

    /** Whose action it is, for the list of a customer. */
    static String role(OperatorAction action, Locale locale) {
        return Role.of(action.step()).label(locale);
    }

    // ---- ending and taking back: the company's name is typed, so that nobody does it to somebody else

    @PostMapping("/customers/{id}/cancel")
    String cancel(
            @PathVariable String id,
            @RequestParam String company,
            Principal who,
            Model model,
            HttpServletResponse response) {
        ActivationView view = runs.view(id);
        if (!isSame(company, view)) {
            return refused(view, "company.wrong", model, response);
        }
        client.cancel(view.id(), who.getName());
        return "redirect:/customers/" + view.id().value();
    }

    @PostMapping("/customers/{id}/remove")
    String remove(
            @PathVariable String id,
            @RequestParam String company,
            Principal who,
            Model model,
            HttpServletResponse response) {
        ActivationView view = runs.view(id);
        if (!isSame(company, view)) {
            return refused(view, "company.wrong", model, response);
        }
        String reference = view.reference().orElse(view.id().value()) + "-R";
        ActivationId removal = Fleet.id(reference);
        RemovalRequest.Builder request = RemovalRequest.builder(view.customer())
                .services(view.services().stream().map(ServiceView::service).toList())
                .reference(reference);
        view.company().ifPresent(request::company);
        try {
            client.beginRemoval(removal, request.build());
        } catch (KaitsuException e) {
            if (e.code() == ErrorCode.IO_ERROR) {
                throw e;
            }
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            fill(model, view, e.message(say.locale()) + " " + e.nextStep(say.locale()));
            return "customer";
        }
        customers.add(
                removal, new Customers.Known(who.getName(), java.util.Optional.empty()), customers.contacts(view.id()));
        return "redirect:/customers/" + removal.value() + "/invite";
    }

    private String refused(ActivationView view, String key, Model model, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
        fill(model, view, say.get(key));
        return "customer";
    }

    private static boolean isSame(String typed, ActivationView view) {
        return typed.strip()
                .equals(view.company().orElse(view.customer().account()).strip());
    }
}
