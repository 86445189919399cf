package portal;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.spring.SessionConsents;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A portal: begins activations, shows what only a person can do, takes the answers. Who may call it is its own security's affair. */
@SpringBootApplication
public class Portal {
    public static void main(String[] args) {
        SpringApplication.run(Portal.class, args);
    }

    /** How far the services are, and what somebody must do now. */
    record Progress(boolean ended, Map<String, String> services, List<Open> open) {
        static Progress of(ActivationView view, Locale language) {
            return new Progress(
                    view.ended(),
                    view.services().stream()
                            .collect(Collectors.toMap(
                                    s -> s.service().id(), s -> s.status().name())),
                    view.openActions().stream()
                            .map(action -> Open.of(action, language))
                            .toList());
        }
    }

    record Open(String id, String title, List<String> instructions, AnswerForm.Kind form) {
        static Open of(OperatorAction action, Locale language) {
            return new Open(
                    action.id().value(),
                    action.title(language),
                    action.instructions(language),
                    action.form().kind());
        }
    }

    /** @param text what was seen, pasted or chosen; absent if the action is simply done */
    record Reply(String by, String text) {
        Answer answer() {
            return text == null ? Answer.done(by) : Answer.saw(by, text);
        }
    }

    @RestController
    static class Api {
        private final ActivationClient activations;
        private final SessionConsents consents;
        private final URI callback;

        Api(ActivationClient activations, SessionConsents consents, @Value("${portal.callback}") URI callback) {
            this.activations = activations;
            this.consents = consents;
            this.callback = callback;
        }

        /** Again under the same contract: the same activation. All eight services, since none is named. */
        @PostMapping("/contracts/{contract}/activation/{account}")
        Progress begin(@PathVariable String contract, @PathVariable String account, Locale language) {
            ActivationRequest request =
                    ActivationRequest.builder(customer(account)).build();
            return Progress.of(
                    activations.begin(ActivationId.of(contract), request).view(), language);
        }

        @GetMapping("/contracts/{contract}/activation")
        ResponseEntity<Progress> progress(@PathVariable String contract, Locale language) {
            return ResponseEntity.of(
                    activations.find(ActivationId.of(contract)).map(a -> Progress.of(a.view(), language)));
        }

        @PostMapping("/contracts/{contract}/actions/{action}")
        Progress answer(
                @PathVariable String contract, @PathVariable String action, @RequestBody Reply reply, Locale language) {
            Activation activation = activations.find(ActivationId.of(contract)).orElseThrow();
            activation.answer(new ActionId(action), reply.answer());
            return Progress.of(activation.view(), language);
        }

        /** Sends the administrator to Box, and back to the callback; both belong to this session. */
        @GetMapping("/customers/{account}/connect/box")
        ResponseEntity<Void> connect(@PathVariable String account, HttpSession session, Locale language) {
            PendingConsent pending = consents.begin(
                    session,
                    ConsentRequest.builder(customer(account), CloudService.Provider.BOX, callback)
                            .language(language)
                            .build());
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(pending.authorizationUrl())
                    .build();
        }

        private static CustomerId customer(String account) {
            return CustomerId.of(ConsoleSite.JP, account);
        }
    }
}
