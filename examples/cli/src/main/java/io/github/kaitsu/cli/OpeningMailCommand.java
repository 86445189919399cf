package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.console.OpeningMail;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the mail 「新規アカウント発行のお知らせ」 (COMMON-2). What is secret in it never leaves. */
@Command(name = "opening-mail")
final class OpeningMailCommand extends Subcommand {
    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private String file = "";

    @Option(names = "--now", paramLabel = "TIME")
    private @Nullable String now;

    @Override
    int run(Invocation call) {
        Instant at = now == null ? Instant.now() : CommandWords.time(now);
        OpeningMail mail = OpeningMail.parse(MailFile.text(InputFile.bytes(file, call.io())));
        if (call.json()) {
            call.result(json(mail, at));
        } else {
            call.result(text(mail, at, call));
        }
        return Exits.SUCCESS;
    }

    private static ObjectNode json(OpeningMail mail, Instant at) {
        ObjectNode node = Json.object()
                .put("account", mail.account())
                .put("company", mail.company().orElse(null))
                .put("signInUrl", mail.maskedSignInUrl())
                .put("passwordUrl", mail.maskedPasswordUrl())
                .put("sent", string(mail.sent()))
                .put("passwordUrlExpires", string(mail.expires()));
        node.put("expired", mail.expired(at).orElse(null));
        if (!mail.repaired().isEmpty()) {
            mail.repaired().forEach(node.putArray("repaired")::add);
        }
        return node;
    }

    private static String text(OpeningMail mail, Instant at, Invocation call) {
        String verdict =
                mail.expired(at).map(e -> e ? "mail.expired" : "mail.valid").orElse("mail.undated");
        Times times = new Times(call);
        String repaired = mail.repaired().isEmpty()
                ? ""
                : "\n"
                        + call.text(
                                "mail.repaired",
                                mail.repaired().stream()
                                        .map(what -> call.text("mail.repaired." + what))
                                        .collect(Collectors.joining(" / ")));
        return String.join(
                "\n",
                call.text("mail.account", mail.account()),
                call.text("mail.company", mail.company().orElse("-")),
                call.text("mail.sign-in", mail.maskedSignInUrl()),
                call.text("mail.password", mail.maskedPasswordUrl()),
                call.text("mail.sent", mail.sent().map(times::japan).orElse("-")),
                call.text("mail.expires", mail.expires().map(times::japan).orElse("-")),
                "",
                call.text(verdict) + repaired);
    }

    private static @Nullable String string(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
