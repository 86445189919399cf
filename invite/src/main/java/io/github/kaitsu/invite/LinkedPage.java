package io.github.kaitsu.invite;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.OwnGrant;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.invite.Invitations.Entered;
import io.github.kaitsu.invite.internal.Fields;
import io.github.kaitsu.invite.internal.Preparation;
import io.github.kaitsu.invite.internal.Replies;
import io.github.kaitsu.invite.internal.Standing;
import io.github.kaitsu.invite.internal.Tokens;
import io.github.kaitsu.invite.internal.Visit;
import io.github.kaitsu.invite.internal.Words;
import io.github.kaitsu.invite.internal.Work;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.report.ActivationReport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request by a link that was minted: what it shows, and what its forms do. */
final class LinkedPage {
    private static final String COOKIE = "kaitsu-invite";
    private static final Duration CONSENT_LIFE = Duration.ofHours(1);

    private final AdministratorPage host;
    private final PageRequest request;
    private final String token;
    private final Invitation invitation;
    private final Words words;
    private final String browser;
    private final boolean isNewBrowser;

    LinkedPage(AdministratorPage host, PageRequest request, String token, Invitation invitation) {
        this.host = host;
        this.request = request;
        this.token = token;
        this.invitation = invitation;
        this.words = Words.in(AdministratorPage.language(request, invitation.language()));
        Optional<String> known = AdministratorPage.cookie(request, COOKIE).filter(Tokens::isToken);
        this.browser = known.orElseGet(() -> Tokens.token(host.random));
        this.isNewBrowser = known.isEmpty();
    }

    PageReply reply(String below, boolean isPost) throws IOException {
        Invitation.State state = host.invitations.state(invitation);
        if (state != Invitation.State.OPEN) {
            return Replies.gone(words, state.name());
        }
        Optional<ActivationView> run = host.client.find(invitation.activation()).map(Activation::view);
        if (run.isEmpty()) {
            return Replies.gone(words, Invitation.State.USED.name()); // it was forgotten
        }
        Visit visit = visit(run.get());
        PageReply reply = isPost ? post(visit, below) : show(visit, below);
        return isNewBrowser
                ? Replies.setting(
                        reply,
                        host.setCookie(
                                COOKIE,
                                browser,
                                host.path(token),
                                Duration.between(invitation.minted(), invitation.expires())))
                : reply;
    }

    private Visit visit(ActivationView run) {
        return new Visit(
                host.below(token),
                host.path(token),
                invitation.role(),
                invitation.invited(),
                run,
                address -> host.links.apply(run.customer(), address),
                words,
                Tokens.sealed(token, "csrf", browser),
                isPhone());
    }

    private boolean isPhone() {
        return request.header()
                .apply("Sec-CH-UA-Mobile")
                .map(said -> said.contains("?1"))
                .orElseGet(() -> request.header().apply("User-Agent").orElse("").contains("Mobi"));
    }

    private boolean isAdmitted() {
        return Invitations.isAdmitted(invitation, token, browser);
    }

    /** Whether this person may see what is asked: has said that all is at hand, and in which browser. */
    private boolean isReady() {
        return invitation.ready().isPresent() && isAdmitted();
    }

    // ---- showing

    private PageReply show(Visit visit, String below) {
        Fields query = Fields.parse(request.query());
        switch (below) {
            case "" -> {
                return Replies.page(200, screen(visit, query));
            }
            case "device" -> {
                return Replies.page(200, Preparation.otherDevice(visit));
            }
            case "report" -> {
                if (visit.run().ended() && isAdmitted()) {
                    return Replies.report(ActivationReport.of(visit.run()).html(words.locale()));
                }
                return Replies.notice(404, words, "unknown");
            }
            default -> {
                return Replies.notice(404, words, "unknown");
            }
        }
    }

    private String screen(Visit visit, Fields query) {
        String said = query.one("said");
        String notice = Set.of("thanks", "later", "gone", "consent").contains(said) ? said : "";
        if (!isAdmitted() || (invitation.ready().isEmpty() && !visit.run().ended())) {
            return preparation(visit, "");
        } else if (visit.run().ended()) {
            return Standing.ended(visit);
        }
        Optional<CloudService.Provider> asked = askedForConsent(visit);
        if (asked.isPresent()) {
            return Preparation.consent(visit, asked.get());
        }
        String later = query.one("later");
        return Work.next(visit, later)
                .map(action -> Work.page(visit, action, notice, "", Fields.parse(""), Map.of()))
                .orElseGet(() -> Standing.waiting(visit, notice));
    }

    private String preparation(Visit visit, String problem) {
        return Preparation.page(visit, invitation.expires(), !isAdmitted(), problem);
    }

    // ---- acting

    private PageReply post(Visit visit, String below) throws IOException {
        if (!below.isEmpty()) {
            return Replies.notice(404, words, "unknown");
        }
        if (!host.forms.takes(invitation.id())) {
            return Replies.notice(429, words, "many");
        }
        boolean isForm = request.header()
                .apply("Content-Type")
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        if (!isForm || !isOurs()) {
            return Replies.backTo(403, visit, "stale");
        }
        Optional<Fields> read = Fields.read(request.body());
        if (read.isEmpty()) {
            return Replies.notice(413, words, "large");
        }
        Fields fields = read.get();
        if (isNewBrowser || !Tokens.isSame(fields.one("csrf"), visit.csrf())) {
            return Replies.backTo(403, visit, "stale");
        }
        return act(visit, fields);
    }

    /** A browser that says where a form comes from says that it comes from here; under no-referrer its origin is null. */
    private boolean isOurs() {
        Optional<String> site = request.header().apply("Sec-Fetch-Site");
        if (site.isPresent()) {
            return site.get().equals("same-origin");
        }
        String origin = host.base.getScheme() + "://" + host.base.getRawAuthority();
        return request.header()
                .apply("Origin")
                .filter(said -> !said.equals("null") && !said.equalsIgnoreCase(origin))
                .isEmpty();
    }

    private PageReply act(Visit visit, Fields fields) {
        String what = fields.one("do");
        if (what.equals("ready")) {
            return ready(visit, fields);
        } else if (!isAdmitted()) {
            return Replies.backTo(403, visit, "stale");
        } else if (what.equals("received") && visit.run().ended()) {
            host.invitations.used(token);
            return Replies.goodbye(words);
        } else if (!isReady() || visit.run().ended()) {
            return to(visit, "");
        }
        return switch (what) {
            case "answer" -> answer(visit, fields);
            case "check" -> check(visit, fields);
            case "consent" -> consent(visit);
            case "without-consent" -> {
                host.invitations.withoutConsent(token);
                yield to(visit, "");
            }
            default -> Replies.backTo(403, visit, "stale");
        };
    }

    private PageReply to(Visit visit, String said, String... more) {
        StringBuilder address =
                new StringBuilder(visit.path() + "?lang=" + words.locale().getLanguage());
        if (!said.isEmpty()) {
            address.append("&said=").append(said);
        }
        for (String one : more) {
            address.append('&').append(one);
        }
        return Replies.seeOther(address.toString());
    }

    private PageReply ready(Visit visit, Fields fields) {
        if (!isAdmitted()) {
            Entered entered = host.invitations.enter(token, fields.one("code"), browser);
            if (entered == Entered.REVOKED) {
                return Replies.gone(words, Invitation.State.REVOKED.name());
            } else if (entered != Entered.RIGHT) {
                return Replies.page(422, preparation(visit, entered.name()));
            }
        }
        host.invitations.ready(token);
        return to(visit, "");
    }

    // ---- answering

    private PageReply answer(Visit visit, Fields fields) {
        ActionId id;
        try {
            id = ActionId.of(fields.one("action"));
        } catch (KaitsuException e) {
            return Replies.backTo(403, visit, "foreign");
        }
        if (Role.of(id.step()) != invitation.role()) {
            return Replies.backTo(403, visit, "foreign");
        }
        Optional<OperatorAction> open =
                visit.actions().stream().filter(a -> a.id().equals(id)).findFirst();
        if (open.isEmpty()) {
            return late(visit, id, fields);
        }
        OperatorAction action = open.get();
        Answering.Outcome outcome = Answering.answer(host.client, visit, action, fields);
        if (outcome instanceof Answering.Refused refused) {
            return Replies.page(
                    422, Work.page(visit, action, "", refused.problem(), refused.filled(), refused.states()));
        } else if (outcome instanceof Answering.Taken taken) {
            host.answered.accept(visit.run().id());
            return taken.answer() instanceof Answer.NotYet
                    ? to(visit, "later", "later=" + id.value())
                    : to(visit, "thanks");
        }
        return to(visit, "gone");
    }

    /** Only what contradicts is news of an action that was closed: a refusal, which the client keeps and weighs. */
    private PageReply late(Visit visit, ActionId id, Fields fields) {
        Optional<Answer> answer = Answering.said(invitation.invited(), fields, "");
        boolean isRefusal = answer.filter(a -> a instanceof Answer.Blocked || a instanceof Answer.Declined)
                .isPresent();
        if (isRefusal) {
            try {
                host.client.answer(visit.run().id(), id, answer.get());
                host.answered.accept(visit.run().id());
            } catch (KaitsuException e) {
                if (e.code() != ErrorCode.ACTION_GONE && e.code() != ErrorCode.ACTION_NOT_FOUND) {
                    throw e;
                }
            }
        }
        return to(visit, "gone");
    }

    /** What can be read so far; tells, and changes nothing. */
    private PageReply check(Visit visit, Fields fields) {
        return Replies.json(visit.actions().stream()
                .filter(a -> a.id().value().equals(fields.one("action")))
                .findFirst()
                .map(a -> Answering.check(a, fields))
                .orElse("{}"));
    }

    // ---- the permission to look

    /** The provider, while its permission is wanted: not given and not done without, or a new one is asked for. */
    private Optional<CloudService.Provider> askedForConsent(Visit visit) {
        return host.consents.flatMap(c -> invitation
                .role()
                .provider()
                .filter(p -> c.providers().contains(p))
                .filter(p -> isConnectingAgain(visit)
                        || (invitation.withoutConsent().isEmpty()
                                && c.grant(visit.run().customer(), p)
                                        .filter(OwnGrant::usable)
                                        .isEmpty())));
    }

    private boolean isConnectingAgain(Visit visit) {
        return visit.actions().stream().anyMatch(a -> a.step().value().startsWith("connect."))
                && invitation.withoutConsent().isEmpty();
    }

    private PageReply consent(Visit visit) {
        Optional<CloudService.Provider> provider = askedForConsent(visit);
        if (provider.isEmpty()) {
            return to(visit, "");
        }
        PendingConsent pending = host.consents
                .orElseThrow()
                .begin(ConsentRequest.builder(visit.run().customer(), provider.get(), host.consentUri())
                        .life(CONSENT_LIFE)
                        .language(words.locale())
                        .build());
        return Replies.setting(
                Replies.page(200, Preparation.consentReady(visit, provider.get(), pending.authorizationUrl())),
                host.setCookie(
                        AdministratorPage.CONSENT_COOKIE,
                        token + "." + pending.id(),
                        host.path(AdministratorPage.CONSENT),
                        CONSENT_LIFE));
    }

    /** Uses the vendor's answer for the consent that this browser has begun by this link. */
    PageReply returned(String consent, URI back) {
        Optional<ActivationView> run = host.client.find(invitation.activation()).map(Activation::view);
        if (host.invitations.state(invitation) != Invitation.State.OPEN || run.isEmpty()) {
            return Replies.gone(words, Invitation.State.USED.name());
        }
        Visit visit = visit(run.get());
        ConsentOutcome outcome;
        try {
            outcome = host.consents.orElseThrow().complete(consent, back);
        } catch (KaitsuException e) {
            return Replies.page(
                    400, Preparation.consentEnded(visit, e.message(words.locale()), e.nextStep(words.locale())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Replies.notice(503, words, "failed");
        }
        if (outcome instanceof ConsentOutcome.Granted) {
            host.answered.accept(invitation.activation());
            return to(visit, "consent");
        }
        return Replies.page(
                200,
                Preparation.consentEnded(
                        visit,
                        outcome.explanation().message().in(words.locale()),
                        outcome.explanation().nextStep().in(words.locale())));
    }
}
