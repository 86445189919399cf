package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.invite.InvitationRequest;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.invite.Invitations.Minted;
import io.github.kaitsu.operator.Role;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Invites persons: a link for each role, told once, in a mail that is sent where there is a server and else shown. Thread-safe. */
@Component
class Letters {
    private final Customers customers;
    private final Invitations invitations;
    private final Invited invited;
    private final Mails mails;
    private final URI base;
    private final Say say;

    Letters(
            Customers customers,
            Invitations invitations,
            Invited invited,
            Mails mails,
            DeskProperties properties,
            Say say) {
        this.customers = customers;
        this.invitations = invitations;
        this.invited = invited;
        this.mails = mails;
        this.base = URI.create(properties.url() + "/invite");
        this.say = say;
    }

    /**
     * A mail.
     *
     * @param code to be told in another way; empty where none is asked for
     * @param isSent whether the desk has sent it
     */
    record Letter(String to, String role, String subject, String text, String code, boolean isSent)
            implements Serializable {
        @Override
        public String toString() {
            return "Letter[" + to + "]";
        }
    }

    /**
     * Invites whoever has a name and no link that works; and those that are to get a new one.
     *
     * @param people by role; an empty name takes the contact away
     * @param again roles whose link is made anew; the old one ends
     */
    List<Letter> write(
            ActivationView view, Map<Role, String> people, Set<Role> again, Locale locale, boolean withCode) {
        Set<Role> open = invited.roles(view.id());
        List<Letter> letters = new ArrayList<>();
        people.forEach((role, name) -> {
            customers.contact(view.id(), role, name);
            if (!name.isEmpty() && (!open.contains(role) || again.contains(role))) {
                invitations.of(view.id()).stream()
                        .filter(i -> i.role() == role)
                        .forEach(i -> invitations.revoke(i.id()));
                InvitationRequest wanted =
                        InvitationRequest.of(view.id(), role, name).in(locale);
                letters.add(letter(view, invitations.mint(withCode ? wanted.askingForCode() : wanted), locale));
            }
        });
        return letters;
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
}
