package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.desk.Letters.Letter;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.operator.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Whom to ask, and the links by which they answer: each is told once, and kept as a hash. */
@Controller
class InvitationController {
    private final Runs runs;
    private final Customers customers;
    private final Invitations invitations;
    private final Invited invited;
    private final Mails mails;
    private final Letters letters;
    private final Say say;

    InvitationController(
            Runs runs,
            Customers customers,
            Invitations invitations,
            Invited invited,
            Mails mails,
            Letters letters,
            Say say) {
        this.runs = runs;
        this.customers = customers;
        this.invitations = invitations;
        this.invited = invited;
        this.mails = mails;
        this.letters = letters;
        this.say = say;
    }

    /** A role in the form. */
    record Wanted(Role role, String label, String name, boolean isInvited) {}

    @GetMapping("/customers/{id}/invite")
    String form(@PathVariable String id, Model model) {
        ActivationView view = runs.view(id);
        fill(model, view);
        return "invite";
    }

    private void fill(Model model, ActivationView view) {
        Map<Role, String> contacts = customers.contacts(view.id());
        var open = invited.roles(view.id());
        model.addAttribute("view", view);
        model.addAttribute(
                "wanted",
                roles(view).stream()
                        .map(r -> new Wanted(r, r.label(say.locale()), contacts.getOrDefault(r, ""), open.contains(r)))
                        .toList());
        model.addAttribute("sends", mails.areSent());
    }

    private static List<Role> roles(ActivationView view) {
        return NewCustomerController.wanted(
                view.services().stream().map(ServiceView::service).toList());
    }

    /** Mints a link for everybody who has a name and no link that works; and for those that are to get a new one. */
    @PostMapping("/customers/{id}/invite")
    String mint(
            @PathVariable String id,
            @RequestParam(defaultValue = "ja") String language,
            @RequestParam(defaultValue = "false") boolean code,
            HttpServletRequest request,
            Model model) {
        ActivationView view = runs.view(id);
        Locale locale = language.equals("en") ? Locale.ENGLISH : Locale.JAPANESE;
        Map<Role, String> people = new EnumMap<>(Role.class);
        Set<Role> again = EnumSet.noneOf(Role.class);
        for (Role role : roles(view)) {
            people.put(
                    role,
                    Optional.ofNullable(request.getParameter("contact-" + role.id()))
                            .orElse("")
                            .strip());
            if (request.getParameter("again-" + role.id()) != null) {
                again.add(role);
            }
        }
        List<Letter> written = letters.write(view, people, again, locale, code);
        fill(model, view);
        model.addAttribute("letters", written);
        return "invite";
    }

    @PostMapping("/customers/{id}/invite/revoke")
    String revoke(@PathVariable String id, @RequestParam String invitation) {
        ActivationView view = runs.view(id);
        invitations.of(view.id()).stream()
                .filter(i -> i.id().equals(invitation)) // nobody else's
                .forEach(i -> invitations.revoke(i.id()));
        return "redirect:/customers/" + view.id().value();
    }
}
