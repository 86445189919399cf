package io.github.kaitsu.sandbox.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The Licensing Management Platform: password of the opening mail, sign-in, what is shown once, コンソールを開く. */
final class ConsoleSignIn {
    static final String START = "/Dashboard";
    static final String HOME = "/lmp";
    private static final String RESET = "/ForgetPassword/ResetPassword";
    private static final String CONSOLE = "/console";
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
            case "/two-factor" -> once(r, "two-factor", page(t, "lmp.twoFactor"), "lmp.twoFactor.setUp", HOME);
            case "/privacy" -> once(r, "privacy", page(t, "lmp.privacy"), "lmp.ok", HOME);
            case "/agreement" -> once(r, "agreement", page(t, "lmp.agreement"), "lmp.agree", "/welcome");
            case "/welcome" -> once(r, "welcome", page(t, "lmp.welcome"), "lmp.close", CONSOLE);
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
        return sessions.signIn(world.setup().account(), Response.redirect(HOME));
    }

    private Response home(Request r, Sessions.Session session) {
        if (world.setup().twoFactorPrompt() && !world.promptsSettled.contains("two-factor")) {
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
        return prompt.equals("two-factor") ? "twoFactor" : prompt;
    }
}
