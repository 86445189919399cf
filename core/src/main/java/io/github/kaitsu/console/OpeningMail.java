package io.github.kaitsu.console;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.text.PastedText;
import java.net.URI;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The vendor's mail 「新規アカウント発行のお知らせ」 that opens a customer's account (rule COMMON-2).
 *
 * <p>Both URLs carry secrets in {@code T=} and {@code v=}: whoever has the password URL sets the customer's password. Only
 * {@link #signInUrl} and {@link #passwordUrl} give them; {@link #toString}, the masked URLs and the exceptions never do. Do
 * not hand this record to a serialiser. Immutable.
 *
 * @param account the name to sign in with
 * @param company the customer's name as the mail writes it; empty if the mail, whose template partners may edit, has none
 * @param sent when the mail was sent, to the minute, read as Japanese time; empty if the text does not hold it
 */
public record OpeningMail(
        String account, Optional<String> company, URI signInUrl, URI passwordUrl, Optional<Instant> sent) {

    /** How long the password URL works after the mail was sent. */
    public static final Duration PASSWORD_URL_VALIDITY = Duration.ofDays(7);

    /** Refuses URLs that are not the vendor's. */
    public OpeningMail {
        signInUrl = Link.SIGN_IN.genuine(signInUrl.toString()).orElseThrow(Link.SIGN_IN::refusal);
        passwordUrl = Link.PASSWORD.genuine(passwordUrl.toString()).orElseThrow(Link.PASSWORD::refusal);
    }

    /**
     * Reads the mail out of pasted or scanned text, with whatever stands around it.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_OPENING_MAIL} without account, sign-in URL or password URL, with a URL
     *     that only resembles the vendor's, or with several mails
     */
    public static OpeningMail parse(String text) {
        return new Reader(text).read();
    }

    /** When the password URL stops working; empty if {@link #sent} is. */
    public Optional<Instant> expires() {
        return sent.map(s -> s.plus(PASSWORD_URL_VALIDITY)); // COMMON-2
    }

    /** Whether the password URL has stopped working; empty if {@link #sent} is. */
    public Optional<Boolean> expired(Instant now) {
        return expires().map(e -> !now.isBefore(e));
    }

    /** The sign-in URL with each value as {@code ***}. */
    public String maskedSignInUrl() {
        return masked(signInUrl);
    }

    /** The password URL with each value as {@code ***}. */
    public String maskedPasswordUrl() {
        return masked(passwordUrl);
    }

    private static String masked(URI url) {
        String text = url.toString();
        int question = text.indexOf('?');
        if (question < 0) {
            return text;
        }
        return Stream.of(text.substring(question + 1).split("&"))
                .map(p -> p.contains("=") ? p.substring(0, p.indexOf('=')) + "=***" : "***")
                .collect(Collectors.joining("&", text.substring(0, question + 1), ""));
    }

    @Override
    public String toString() {
        return "OpeningMail[account=" + account + ", company=" + company.orElse("") + ", signInUrl=" + maskedSignInUrl()
                + ", passwordUrl=" + maskedPasswordUrl() + ", sent="
                + sent.map(Instant::toString).orElse("") + "]";
    }

    /** The two addresses of the mail. Exactly these hosts and paths, https, no user, port or fragment (COMMON-2). */
    private enum Link {
        SIGN_IN("clp.trendmicro.com", "/Dashboard", "(?:\\?(?=T=|.*&T=)" + Link.PARAMETERS + ")?", "sign-in-url") {
            @Override
            boolean isClaimedBy(String url) {
                return !PASSWORD.isClaimedBy(url)
                        && (url.contains("://clp.") || PARAMETER_T.matcher(url).find());
            }
        },
        PASSWORD(
                "forgetpwd.trendmicro.com",
                "/ForgetPassword/ResetPassword",
                "\\?(?=T=|.*&T=)(?=v=|.*&v=)" + Link.PARAMETERS,
                "password-url") {
            @Override
            boolean isClaimedBy(String url) {
                return url.contains("forgetpwd")
                        || url.contains("forgetpassword")
                        || url.contains("resetpassword")
                        || (PARAMETER_T.matcher(url).find()
                                && PARAMETER_V.matcher(url).find());
            }
        };

        private static final String PARAMETER = "[A-Za-z]+=[A-Za-z0-9._~%+/=-]+";
        private static final String PARAMETERS = PARAMETER + "(?:&" + PARAMETER + ")*";
        private static final int LONGEST_URL = 2000;
        private static final Pattern PARAMETER_T = Pattern.compile("[?&]t=");
        private static final Pattern PARAMETER_V = Pattern.compile("[?&]v=");
        private static final Pattern CUT_GUID = Pattern.compile("v=[0-9A-Fa-f]{8}-[0-9A-Fa-f-]*(?:&|$)");
        private static final Pattern GUID =
                Pattern.compile("v=[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?:&|$)");

        private final String address;
        private final Pattern form;
        private final String variant;

        Link(String host, String path, String query, String variant) {
            this.address = "https://" + host + path;
            // CASE_INSENSITIVE alone folds ASCII only, so no look-alike letter passes for one of the host's.
            this.form = Pattern.compile(
                    "(?i:https://" + Pattern.quote(host) + ")" + Pattern.quote(path) + "(" + query + ")");
            this.variant = variant;
        }

        /** Whether a lower-case URL pretends to be this one; if it is not genuine, the mail is refused. */
        abstract boolean isClaimedBy(String url);

        Optional<URI> genuine(String url) {
            Matcher m = form.matcher(url);
            if (url.length() > LONGEST_URL || !m.matches() || isCut(m.group(1))) {
                return Optional.empty();
            }
            try {
                return Optional.of(URI.create(address + m.group(1)));
            } catch (IllegalArgumentException e) { // its message holds the URL, so it must not become a cause
                return Optional.empty();
            }
        }

        static boolean isCut(String query) {
            return CUT_GUID.matcher(query).find() && !GUID.matcher(query).find();
        }

        KaitsuException refusal() {
            return KaitsuException.of(ErrorCode.INVALID_OPENING_MAIL, variant);
        }

        KaitsuException missing() {
            return KaitsuException.of(ErrorCode.INVALID_OPENING_MAIL, "no-" + variant);
        }
    }

    private static final class Reader {
        private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
        private static final Pattern URL =
                Pattern.compile("(?i)https?://[^\\s\\p{Z}\\p{Cf}\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}"
                        + "\\p{No}<>()\\[\\]{}|`*\"'「」『』（）【】、。]+");
        private static final String TRAILING = ".,;:!";
        private static final Pattern REST_OF_GUID = Pattern.compile("^[0-9A-Fa-f-]+");
        private static final Pattern DATE = Pattern.compile("(\\d{4})(?:[/.-]|年 ?)(\\d{1,2})(?:[/.-]|月 ?)(\\d{1,2})日?"
                + " ?(?:\\( ?([月火水木金土日])(?:曜日?)? ?\\)|([月火水木金土日])曜日?)? ?"
                + "(\\d{1,2}) ?: ?(\\d{2})(?: ?: ?(\\d{2}))?+(?!\\d)(?! ?\\(UTC)(?! ?- ?[^\\s\\d])");
        private static final String WEEKDAYS = "月火水木金土日";
        private static final Pattern LABEL_NOISE = Pattern.compile("^[^\\p{L}]+");
        private static final String EMPHASIS = "*`";

        private final List<String> lines;

        Reader(String text) {
            if (text.length() > PastedText.LONGEST) {
                throw KaitsuException.of(ErrorCode.INVALID_OPENING_MAIL, "too-long");
            }
            this.lines = PastedText.lines(text);
        }

        OpeningMail read() {
            Found signIn = find(Link.SIGN_IN);
            Found password = find(Link.PASSWORD);
            int first = Math.min(signIn.line, password.line);
            int last = Math.max(signIn.line, password.line);
            String account = value("アカウント名", first, last)
                    .map(PastedText::fold) // a sign-in name is ASCII, whatever a scan makes of it
                    .filter(a -> !a.isEmpty())
                    .orElseThrow(() -> KaitsuException.of(ErrorCode.INVALID_OPENING_MAIL, "no-account"));
            return new OpeningMail(account, value("会社名", first, last), signIn.url, password.url, sentBefore(first));
        }

        private record Found(URI url, int line) {}

        private Found find(Link link) {
            Set<URI> urls = new LinkedHashSet<>();
            int line = -1;
            for (int i = 0; i < lines.size(); i++) {
                for (String candidate : urlsIn(i)) {
                    if (link.isClaimedBy(PastedText.key(candidate))) {
                        urls.add(link.genuine(candidate).orElseThrow(link::refusal));
                        line = line < 0 ? i : line;
                    }
                }
            }
            if (urls.isEmpty()) {
                throw link.missing();
            }
            if (urls.size() > 1) {
                throw KaitsuException.of(ErrorCode.INVALID_OPENING_MAIL, "several-mails");
            }
            return new Found(urls.iterator().next(), line);
        }

        private List<String> urlsIn(int line) {
            String text = lines.get(line).replace("&amp;", "&");
            return URL.matcher(text)
                    .results()
                    .map(r -> r.end() == text.length() ? unwrapped(r.group(), line) : r.group())
                    .map(u -> PastedText.strip(u, TRAILING))
                    .toList();
        }

        /** Mail programs break lines at 76 characters, within the password URL's last value. */
        private String unwrapped(String url, int line) {
            if (!Link.isCut(url) || line + 1 >= lines.size()) {
                return url;
            }
            Matcher rest = REST_OF_GUID.matcher(PastedText.strip(lines.get(line + 1)));
            return rest.find() ? url + rest.group() : url;
        }

        /** The value of a labelled line between the two URLs, where the mail has it; else the first one anywhere. */
        private Optional<String> value(String label, int first, int last) {
            return valueWithin(first, last, label).or(() -> valueWithin(0, lines.size() - 1, label));
        }

        private Optional<String> valueWithin(int first, int last, String label) {
            for (int i = first; i <= last; i++) {
                String line = lines.get(i);
                int colon = colonIn(line);
                if (colon >= 0
                        && LABEL_NOISE
                                .matcher(PastedText.key(line.substring(0, colon)))
                                .replaceFirst("")
                                .equals(label)) {
                    String value = PastedText.strip(line.substring(colon + 1), EMPHASIS);
                    return value.isEmpty() ? valueBelow(i) : Optional.of(value);
                }
            }
            return Optional.empty();
        }

        private Optional<String> valueBelow(int label) {
            return lines.stream()
                    .skip(label + 1L)
                    .map(PastedText::strip)
                    .filter(l -> !l.isEmpty())
                    .findFirst()
                    .filter(l -> colonIn(l) < 0);
        }

        private static int colonIn(String line) {
            int narrow = line.indexOf(':');
            int wide = line.indexOf('：');
            return narrow < 0 || wide < 0 ? Math.max(narrow, wide) : Math.min(narrow, wide);
        }

        /** The nearest date above the mail's body: that of the mail itself, also where somebody forwarded it later. */
        private Optional<Instant> sentBefore(int body) {
            for (int i = body; i >= 0; i--) {
                Matcher m = DATE.matcher(PastedText.fold(lines.get(i)));
                if (m.find()) {
                    return time(m);
                }
            }
            return Optional.empty();
        }

        /** Empty rather than wrong: a date that is none, or whose day of the week contradicts it, was misread. */
        private static Optional<Instant> time(Matcher m) {
            try {
                LocalDateTime time = LocalDateTime.of(
                        Integer.parseInt(m.group(1)),
                        Integer.parseInt(m.group(2)),
                        Integer.parseInt(m.group(3)),
                        Integer.parseInt(m.group(6)),
                        Integer.parseInt(m.group(7)),
                        m.group(8) == null ? 0 : Integer.parseInt(m.group(8)));
                String weekday = m.group(4) != null ? m.group(4) : m.group(5);
                if (weekday != null && DayOfWeek.of(WEEKDAYS.indexOf(weekday) + 1) != time.getDayOfWeek()) {
                    return Optional.empty();
                }
                return Optional.of(time.atZone(JAPAN).toInstant()); // COMMON-2: the mail's times are Japanese
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }
}
