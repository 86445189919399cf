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
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.invite.Invitations.Entered;
import io.github.kaitsu.invite.internal.Fields;
import io.github.kaitsu.invite.internal.Preparation;
import io.github.kaitsu.invite.internal.Reading;
import io.github.kaitsu.invite.internal.Replies;
import io.github.kaitsu.invite.internal.Standing;
import io.github.kaitsu.invite.internal.Tokens;
import io.github.kaitsu.invite.internal.Visit;
import io.github.kaitsu.invite.internal.Words;
import io.github.kaitsu.invite.internal.Work;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.report.ActivationReport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A request by a link that was minted: what it shows, and what its forms do. */
final class LinkedPage {
    private static final String COOKIE = "kaitsu-invite";
    private static final Duration CONSENT_LIFE = Duration.ofHours(1);
    private static final int LONGEST_WORDS = 1_000;
    /** The address in the opening mail by which a password is set. */
    private static final Pattern SECRET = Pattern.compile("(?i)forgetpwd\\.|[?&](?:T|v)=[A-Za-z0-9%+/_-]{8}");

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
                host.links,
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
        String text = text(action.form(), fields);
        if (SECRET.matcher(text + fields.one("words")).find()) {
            return again(visit, action, words.get("secret"), Fields.parse(""), Map.of());
        }
        Optional<Answer> answer = answer(fields, text);
        if (answer.isEmpty()) {
            boolean isReading = action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT;
            return again(visit, action, words.get(isReading ? "read.nothing" : "empty"), fields, Map.of());
        }
        if (answer.get() instanceof Answer.Saw && action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT) {
            Map<Part, PartState> states = Reading.states(action.form(), text);
            boolean isWhole = states.values().stream().allMatch(s -> s == PartState.COMPLETE);
            if (!isWhole && !fields.has("anyway")) {
                return again(visit, action, words.get("read.lacks"), fields, states);
            }
        }
        try {
            host.client.answer(visit.run().id(), id, answer.get());
        } catch (KaitsuException e) {
            return switch (e.code()) {
                case ACTION_GONE, ACTION_NOT_FOUND -> to(visit, "gone");
                case ANSWER_FORM, ANSWER_NOT_ADMITTED, INVALID_CONSOLE_TEXT ->
                    again(
                            visit,
                            action,
                            e.message(words.locale()) + " " + e.nextStep(words.locale()),
                            fields,
                            Map.of());
                default -> throw e;
            };
        }
        host.answered.accept(visit.run().id());
        return answer.get() instanceof Answer.NotYet ? to(visit, "later", "later=" + id.value()) : to(visit, "thanks");
    }

    private PageReply again(
            Visit visit, OperatorAction action, String problem, Fields filled, Map<Part, PartState> states) {
        return Replies.page(422, Work.page(visit, action, "", problem, filled, states));
    }

    /** Only what contradicts is news of an action that was closed: a refusal, which the client keeps and weighs. */
    private PageReply late(Visit visit, ActionId id, Fields fields) {
        Optional<Answer> answer = answer(fields, "");
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

    private String text(AnswerForm form, Fields fields) {
        return form.kind() == AnswerForm.Kind.CONSOLE_TEXT
                ? Reading.filledIn(form, fields)
                : fields.one("text").strip();
    }

    /** Empty if the form says nothing. The name is the invitation's, whatever was sent. */
    private Optional<Answer> answer(Fields fields, String text) {
        String by = invitation.invited();
        return switch (fields.one("answer")) {
            case "done" -> Optional.of(Answer.done(by));
            case "not-yet" -> Optional.of(Answer.notYet(by));
            case "declined" -> Optional.of(Answer.declined(by));
            case "blocked" ->
                BlockReason.parse(fields.one("reason"))
                        .map(reason -> new Answer.Blocked(by, reason, shortened(fields.one("words"))));
            case "saw" -> text.isEmpty() ? Optional.empty() : Optional.of(Answer.saw(by, text));
            default -> Optional.empty();
        };
    }

    private String shortened(String text) {
        return text.strip()
                .codePoints()
                .limit(LONGEST_WORDS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** What can be read so far; tells, and changes nothing. */
    private PageReply check(Visit visit, Fields fields) {
        return visit.actions().stream()
                .filter(a ->
                        a.id().value().equals(fields.one("action")) && a.form().kind() == AnswerForm.Kind.CONSOLE_TEXT)
                .findFirst()
                .map(a -> Replies.json(Reading.json(Reading.states(a.form(), Reading.filledIn(a.form(), fields)))))
                .orElseGet(() -> Replies.json("{}"));
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
