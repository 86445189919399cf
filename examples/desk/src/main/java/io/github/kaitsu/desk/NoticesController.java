package io.github.kaitsu.desk;

import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What the desk has told whom. */
@Controller
class NoticesController {
    private final Notices notices;
    private final Mails mails;
    private final DeskProperties properties;

    NoticesController(Notices notices, Mails mails, DeskProperties properties) {
        this.notices = notices;
        this.mails = mails;
        this.properties = properties;
    }

    @GetMapping("/notices")
    String notices(Principal who, Model model) {
        model.addAttribute("waiting", notices.waiting(who.getName()));
        model.addAttribute("sent", notices.sent());
        model.addAttribute("mail", mails.areSent());
        model.addAttribute("webhook", properties.notices().webhook() != null);
        return "notices";
    }
}
