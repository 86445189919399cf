package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.invite.InvitationRequest;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.invite.Invitations.Minted;
import io.github.kaitsu.operator.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private final URI base;
    private final Say say;

    InvitationController(
            Runs runs,
            Customers customers,
            Invitations invitations,
            Invited invited,
            Mails mails,
            DeskProperties properties,
            Say say) {
        this.runs = runs;
        this.customers = customers;
        this.invitations = invitations;
        this.invited = invited;
        this.mails = mails;
        this.base = URI.create(properties.url() + "/invite");
        this.say = say;
    }

    /** A role in the form. */
    record Wanted(Role role, String label, String name, boolean isInvited) {}

    /**
     * A mail to be sent.
     *
     * @param code to be told in another way; empty where none is asked for
     * @param isSent whether the desk has sent it
     */
    record Letter(String to, String role, String subject, String text, String code, boolean isSent) {}

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
        var open = invited.roles(view.id());
        List<Letter> letters = new ArrayList<>();
        for (Role role : roles(view)) {
            String name = Optional.ofNullable(request.getParameter("contact-" + role.id()))
                    .orElse("")
                    .strip();
            boolean isAgain = request.getParameter("again-" + role.id()) != null;
            customers.contact(view.id(), role, name);
            if (name.isEmpty() || (open.contains(role) && !isAgain)) {
                continue;
            }
            invitations.of(view.id()).stream().filter(i -> i.role() == role).forEach(i -> invitations.revoke(i.id()));
            InvitationRequest wanted =
                    InvitationRequest.of(view.id(), role, name).in(locale);
            letters.add(letter(view, invitations.mint(code ? wanted.askingForCode() : wanted), locale));
        }
        fill(model, view);
        model.addAttribute("letters", letters);
        return "invite";
    }

    private Letter letter(ActivationView view, Minted minted, Locale locale) {
        String company = view.company().orElse(view.customer().account());
        String role = minted.invitation().role().label(locale);
        String subject = say.get(locale, "letter.subject", company);
        String text = say.get(
                locale,
                view.removal() ? "letter.removal" : "letter.text",
                company,
                role,
                minted.link(base),
                say.at(locale, minted.invitation().expires()),
                minted.code().isPresent() ? say.get(locale, "letter.code") : "");
        String to = minted.invitation().invited();
        return new Letter(to, role, subject, text, minted.code().orElse(""), mails.send(to, subject, text));
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
