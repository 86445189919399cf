package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.files.Sha256;
import io.github.kaitsu.text.CleanText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;

/** What the browser shows when it has brought an answer: what came of it and what to do next. No script, nothing loaded. */
public record AnswerPage(int status, String title, String message, String nextStep, Locale language) {
    private static final String STYLE =
            "body{font-family:sans-serif;line-height:1.6;margin:4em auto;max-width:36em;padding:0 1em}h1{font-size:1.4em}";
    private static final String STYLE_HASH = Base64.getEncoder()
            .encodeToString(HexFormat.of().parseHex(Sha256.hex(STYLE.getBytes(StandardCharsets.UTF_8))));
    /** Allows the one style sheet and nothing else. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + STYLE_HASH
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);
    private static final int LONGEST_WISH = 200;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    public static AnswerPage of(ConsentOutcome outcome, Locale language) {
        Explanation words = outcome.explanation();
        String message = words.message().in(language);
        String next = words.nextStep().in(language);
        if (outcome instanceof ConsentOutcome.StateMismatch) {
            return page(BAD_REQUEST, "refused", message, next, language);
        }
        return page(OK, outcome instanceof ConsentOutcome.Granted ? "done" : "ended", message, next, language);
    }

    /** For an answer that cannot be read; the consent is still awaited. */
    public static AnswerPage refused(KaitsuException why, Locale language) {
        return page(BAD_REQUEST, "refused", why.message(language), why.nextStep(language), language);
    }

    public static AnswerPage failed(KaitsuException why, Locale language) {
        return page(SERVER_ERROR, "failed", why.message(language), why.nextStep(language), language);
    }

    private static AnswerPage page(int status, String title, String message, String next, Locale language) {
        return new AnswerPage(status, ConsentWords.texts(language).get("page." + title), message, next, language);
    }

    /** The language the browser asks for, if it is one of ours. */
    static Locale language(@Nullable String acceptLanguage, Locale otherwise) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST_WISH) {
            return otherwise;
        }
        try {
            Locale found = Locale.lookup(LanguageRange.parse(acceptLanguage), LANGUAGES);
            return found == null ? otherwise : found;
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    byte[] html() {
        String page = """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <h1>%s</h1>
                <p>%s</p>
                <p>%s</p>
                </body>
                </html>
                """.formatted(
                        language.getLanguage().equals("ja") ? "ja" : "en",
                        CleanText.html(title),
                        STYLE,
                        CleanText.html(title),
                        CleanText.html(message),
                        CleanText.html(nextStep));
        return page.getBytes(StandardCharsets.UTF_8);
    }
}
