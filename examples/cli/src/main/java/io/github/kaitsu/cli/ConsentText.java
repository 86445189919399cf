package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.OwnGrant;
import io.github.kaitsu.consent.PendingConsent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Consents and connections as lines for a person and as JSON. */
final class ConsentText {
    private ConsentText() {}

    // ---- for a person

    static String line(ConsentOutcome outcome, Invocation call) {
        Explanation explanation = outcome.explanation();
        if (outcome instanceof ConsentOutcome.Granted) {
            return Safe.line(explanation.message().in(call.locale())); // its next step is for the browser's page
        }
        return Safe.line(explanation.message().in(call.locale())) + "\n→ "
                + Safe.line(explanation.nextStep().in(call.locale()));
    }

    static String lines(List<ConsentOutcome> outcomes, List<PendingConsent> pending, Invocation call) {
        return Stream.concat(
                        outcomes.stream().map(o -> line(o, call)),
                        pending.stream().map(p -> awaited(p, call)))
                .collect(Collectors.joining("\n"));
    }

    static String held(List<OwnGrant> grants, List<PendingConsent> pending, Invocation call) {
        List<String> lines = new ArrayList<>();
        for (OwnGrant grant : grants) {
            lines.add(call.text(
                    grant.usable() ? "consent.held" : "consent.dead",
                    grant.provider().label(),
                    Safe.line(grant.account()),
                    Safe.line(grant.tenant()),
                    new Times(call).japan(grant.since())));
        }
        pending.forEach(p -> lines.add(awaited(p, call)));
        if (lines.isEmpty()) {
            lines.add(call.text("consent.nothing-held"));
        }
        return String.join("\n", lines);
    }

    private static String awaited(PendingConsent pending, Invocation call) {
        return call.text(
                "consent.pending",
                pending.provider().label(),
                pending.id(),
                new Times(call).japan(pending.expiresAt()));
    }

    // ---- for a program

    static ObjectNode json(OwnGrant grant) {
        ObjectNode json = Json.object()
                .put("provider", grant.provider().name())
                .put("account", grant.account())
                .put("tenant", grant.tenant())
                .put("since", grant.since().toString())
                .put("usable", grant.usable());
        ArrayNode scopes = json.putArray("scopes");
        grant.scopes().stream().sorted().forEach(scopes::add);
        return json;
    }

    static ObjectNode json(PendingConsent pending) {
        return Json.object()
                .put("id", pending.id())
                .put("provider", pending.provider().name())
                .put("expires", pending.expiresAt().toString());
    }

    static ObjectNode json(ConsentOutcome outcome, Invocation call) {
        ObjectNode json = Json.object()
                .put("provider", provider(outcome).map(Enum::name).orElse(null))
                .put("outcome", word(outcome));
        if (outcome instanceof ConsentOutcome.Granted granted) {
            ArrayNode missing = json.put("account", granted.account())
                    .put("tenant", granted.tenant())
                    .putArray("missing");
            granted.missing().stream().sorted().forEach(missing::add);
        } else if (outcome instanceof ConsentOutcome.ProviderError error) {
            json.put("code", error.code()).put("retryable", error.retryable());
        } else if (outcome instanceof ConsentOutcome.WrongAccount wrong) {
            json.put("account", wrong.actual());
        } else {
            code(outcome).ifPresent(code -> json.put("code", code));
        }
        Explanation explanation = outcome.explanation();
        return json.put("message", explanation.message().in(call.locale()))
                .put("nextStep", explanation.nextStep().in(call.locale()));
    }

    /** The vendor's own code, where it says more. */
    private static Optional<String> code(ConsentOutcome outcome) {
        if (outcome instanceof ConsentOutcome.NotAdministrator x) {
            return Optional.of(x.code());
        } else if (outcome instanceof ConsentOutcome.BlockedByPolicy x) {
            return Optional.of(x.code());
        } else if (outcome instanceof ConsentOutcome.NotInTenant x) {
            return Optional.of(x.code());
        } else if (outcome instanceof ConsentOutcome.SignInRequired x) {
            return Optional.of(x.code());
        } else if (outcome instanceof ConsentOutcome.AppRefused x) {
            return Optional.of(x.code());
        }
        return Optional.empty();
    }

    /** {@code GRANTED}, {@code NOT_ADMINISTRATOR} …: the name of the case. */
    private static String word(ConsentOutcome outcome) {
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
    }

    private static Optional<CloudService.Provider> provider(ConsentOutcome outcome) {
        if (outcome instanceof ConsentOutcome.Granted x) {
            return Optional.of(x.provider());
        } else if (outcome instanceof ConsentOutcome.Denied x) {
            return Optional.of(x.provider());
        } else if (outcome instanceof ConsentOutcome.NotAdministrator x) {
            return Optional.of(x.provider());
        } else if (outcome instanceof ConsentOutcome.BlockedByPolicy x) {
            return Optional.of(x.provider());
        } else if (outcome instanceof ConsentOutcome.Expired x) {
            return Optional.of(x.provider());
        } else if (outcome instanceof ConsentOutcome.WrongAccount x) {
            return Optional.of(x.provider());
        } else if (outcome instanceof ConsentOutcome.NotInTenant x) {
            return Optional.of(x.provider());
        } else if (outcome instanceof ConsentOutcome.SignInRequired x) {
            return Optional.of(x.provider());
        } else if (outcome instanceof ConsentOutcome.AppRefused x) {
            return Optional.of(x.provider());
        } else if (outcome instanceof ConsentOutcome.ProviderError x) {
            return Optional.of(x.provider());
        }
        return Optional.empty(); // StateMismatch: of whom, nobody can tell
    }
}
