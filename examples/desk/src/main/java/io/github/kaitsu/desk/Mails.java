package io.github.kaitsu.desk;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Sends mails where {@code spring.mail.host} and {@code desk.notices.mail-from} say how; else nothing is sent. Thread-safe. */
@Component
public class Mails {
    private static final Logger LOG = LoggerFactory.getLogger(Mails.class);

    private final @Nullable JavaMailSender server;
    private final @Nullable String from;

    Mails(ObjectProvider<JavaMailSender> server, DeskProperties properties) {
        this.server = server.getIfAvailable();
        this.from = properties.notices().mailFrom();
    }

    /** Whether mails are sent at all. */
    public boolean areSent() {
        return server != null && from != null;
    }

    /** Whether it was sent: not without a server, to what is no address, or when the server refuses it. */
    public boolean send(String to, String subject, String text) {
        if (server == null || from == null || !to.matches("[^@\\s]+@[^@\\s]+")) {
            return false;
        }
        SimpleMailMessage mail = new SimpleMailMessage();
        mail.setFrom(from);
        mail.setTo(to);
        mail.setSubject(subject.replaceAll("[\\r\\n]+", " "));
        mail.setText(text);
        try {
            server.send(mail);
            return true;
        } catch (MailException e) {
            LOG.warn("a mail could not be sent: {}", e.getClass().getSimpleName());
            return false;
        }
    }
}
