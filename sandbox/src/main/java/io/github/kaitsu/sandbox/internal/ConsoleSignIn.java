package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.sandbox.PageOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The Licensing Management Platform: password of the opening mail, sign-in, what is shown once, コンソールを開く. */
final class ConsoleSignIn {
    static final String START = "/Dashboard";
    static final String HOME = "/lmp";
    private static final String RESET = "/ForgetPassword/ResetPassword";
    private static final String CONSOLE = "/console";
    private static final String TWO_FACTOR = "two-factor";
    private static final String SET_UP = "/two-factor/set-up";
    private static final String CODE = "/two-factor/code";
    private static final String COLOUR = "#8a1c1c";
    private static final String PASSWORD_RULE = "(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z]).{8,25}"; // COMMON-3

    /** COMMON-2. */
    static final Duration MAIL_LIFE = Duration.ofDays(7);

    private final Ledger ledger;
    private final World world;
    private final Sessions sessions;

    ConsoleSignIn(Ledger ledger, Sessions sessions) {
        this.ledger = ledger;
        this.world = ledger.world();
        this.sessions = sessions;
    }

    /** The two secrets of the opening mail's password URL. */
    static String passwordPage(Setup setup) {
        return RESET + "?T=" + setup.secrets().hex("mail/T", 5) + "&v="
                + setup.secrets().guid("mail/v");
    }

    /** Empty if the request is for the console itself. */
    Optional<Response> answer(Request r) {
        Labels t = Labels.of(r.locale());
        return switch (r.path()) {
            case "/", START -> Optional.of(r.isGet() ? start(r, t, "") : Response.empty(405));
            case "/login" -> Optional.of(login(r, t));
            case RESET -> Optional.of(reset(r, t));
            case "/two-factor" -> twoFactor(r, t);
            case SET_UP -> inside(r, (request, session) -> setUp(request, session, t));
            case CODE -> signedIn(r, (request, session) -> askCode(request, session, t));
            case "/privacy" -> once(r, "privacy", page(t, "lmp.privacy").asDialog(), "lmp.ok", HOME);
            case "/agreement" -> once(r, "agreement", page(t, "lmp.agreement").asDialog(), "lmp.agree", "/welcome");
            case "/welcome" -> once(r, "welcome", page(t, "lmp.welcome").asDialog(), "lmp.close", CONSOLE);
            case HOME -> inside(r, this::home);
            case "/open-console" -> inside(r, this::openConsole);
            default -> Optional.empty();
        };
    }

    private Response start(Request r, Labels t, String error) {
        if (error.isEmpty() && sessions.find(r).isPresent()) {
            return Response.redirect(HOME);
        }
        Form form = Form.post("/login")
                .text("account", t.get("lmp.account"), "")
                .password("password", t.get("lmp.password"))
                .tick("_remember", "on", t.get("lmp.remember"), false)
                .button("login", t.get("lmp.signIn"));
        return Response.html(new Html(t.locale(), COLOUR, t.get("lmp.brand"))
                .brand(t.get("lmp.brand"))
                .heading(t.get("lmp.signIn.title"))
                .error(error)
                .form(form)
                .note(t.get("lmp.forgotten"))
                .html());
    }

    private Response login(Request r, Labels t) {
        boolean right = r.method().equals("POST")
                && r.field("account").equals(world.setup().account())
                && !world.passwordDigest.isEmpty()
                && Secrets.digest(r.raw("password")).equals(world.passwordDigest);
        if (!right) {
            return start(r, t, t.get("lmp.signIn.wrong"));
        }
        return sessions.signIn(world.setup().account(), Response.redirect(asksForCode() ? CODE : HOME));
    }

    // ---- the second factor

    /** Where a prompt comes first, the account has no second factor yet. */
    private boolean asksForCode() {
        boolean toBeSetUp = world.setup().twoFactorPrompt() && !world.promptsSettled.contains(TWO_FACTOR);
        return hasCodes() && !toBeSetUp;
    }

    private boolean hasCodes() {
        return world.setup().pages().has(PageOptions.Trait.CODE_AT_CONSOLE);
    }

    private Optional<Response> twoFactor(Request r, Labels t) {
        if (hasCodes() && !r.isGet()) {
            return inside(r, (request, session) -> Response.redirect(SET_UP));
        }
        return once(r, TWO_FACTOR, page(t, "lmp.twoFactor"), "lmp.twoFactor.setUp", HOME);
    }

    /** Ours: the page's picture for the phone is left out, since the sandbox tells the code. */
    private Response setUp(Request r, Sessions.Session session, Labels t) {
        if (!r.isGet() && SecondFactor.isRight(world, r.field("code"))) {
            session.codeGiven = true;
            ledger.record(new Change.PromptSettled(TWO_FACTOR));
            return Response.redirect(HOME);
        }
        return codePage(SET_UP, t.get("code.setUp.text"), r, t);
    }

    private Response askCode(Request r, Sessions.Session session, Labels t) {
        if (!r.isGet() && SecondFactor.isRight(world, r.field("code"))) {
            session.codeGiven = true;
            return Response.redirect(HOME);
        }
        return codePage(CODE, t.get("code.text"), r, t);
    }

    private Response codePage(String path, String text, Request r, Labels t) {
        return Response.html(page(t, "code")
                .text(text)
                .error(r.isGet() ? "" : t.get("code.wrong"))
                .form(SecondFactor.form(path, t))
                .html());
    }

    // ---- behind it

    private Response home(Request r, Sessions.Session session) {
        if (world.setup().twoFactorPrompt() && !world.promptsSettled.contains(TWO_FACTOR)) {
            return Response.redirect("/two-factor");
        }
        if (!world.promptsSettled.contains("privacy")) {
            return Response.redirect("/privacy");
        }
        Labels t = Labels.of(r.locale());
        return Response.html(page(t, "lmp.home")
                .text(t.get("console.brand"))
                .form(Form.post("/open-console").button("open", t.get("lmp.openConsole")))
                .html());
    }

    private Response openConsole(Request r, Sessions.Session session) {
        session.consoleOpen = true;
        return Response.redirect(world.promptsSettled.contains("welcome") ? CONSOLE : "/agreement");
    }

    /** A page that is shown once and left by its only button. */
    private Optional<Response> once(Request r, String prompt, Html page, String button, String next) {
        return inside(r, (request, session) -> {
            if (request.isGet()) {
                Labels t = Labels.of(r.locale());
                return Response.html(page.text(t.get("lmp." + camel(prompt) + ".text"))
                        .form(Form.post(request.path()).button(prompt, t.get(button)))
                        .html());
            }
            ledger.record(new Change.PromptSettled(prompt));
            return Response.redirect(next);
        });
    }

    private Optional<Response> inside(Request r, Inside page) {
        return signedIn(r, (request, session) -> {
            boolean locked = asksForCode() && !session.codeGiven;
            return locked ? Response.redirect(CODE) : page.answer(request, session);
        });
    }

    private Optional<Response> signedIn(Request r, Inside page) {
        return Optional.of(
                sessions.find(r).map(session -> page.answer(r, session)).orElseGet(() -> Response.redirect(START)));
    }

    private interface Inside {
        Response answer(Request request, Sessions.Session session);
    }

    private Response reset(Request r, Labels t) {
        Html page = page(t, "lmp.reset");
        Setup setup = world.setup();
        String expected = RESET + "?T=" + r.query("T") + "&v=" + r.query("v");
        if (!expected.equals(passwordPage(setup))) {
            return Response.html(404, page.error(t.get("lmp.reset.unknown")).html());
        }
        if (openingMailSent(setup).plus(MAIL_LIFE).isBefore(world.now())) {
            return Response.html(page.error(t.get("lmp.reset.expired")).html());
        }
        String error = "";
        if (!r.isGet()) {
            error = resetError(r, t);
            if (error.isEmpty()) {
                ledger.record(new Change.PasswordSet(Secrets.digest(r.raw("password"))));
                return Response.html(page.good(t.get("lmp.reset.done")).html());
            }
        }
        Form form = Form.post(expected)
                .note(t.get("lmp.reset.accountName", setup.account()))
                .password("password", t.get("lmp.reset.new"))
                .note(t.get("lmp.reset.rule"))
                .password("again", t.get("lmp.reset.again"))
                .button("send", t.get("lmp.reset.send"));
        return Response.html(
                page.text(t.get("lmp.reset.text")).error(error).form(form).html());
    }

    private static String resetError(Request r, Labels t) {
        if (!r.raw("password").matches(PASSWORD_RULE)) {
            return t.get("lmp.reset.rule");
        }
        return r.raw("password").equals(r.raw("again")) ? "" : t.get("lmp.reset.mismatch");
    }

    static Instant openingMailSent(Setup setup) {
        return setup.start().minus(Duration.ofDays(1));
    }

    private static Html page(Labels t, String key) {
        return new Html(t.locale(), COLOUR, t.get(key + ".title"))
                .brand(t.get("lmp.brand"))
                .heading(t.get(key + ".title"));
    }

    private static String camel(String prompt) {
        return prompt.equals(TWO_FACTOR) ? "twoFactor" : prompt;
    }
}
