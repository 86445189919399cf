package io.github.kaitsu.console;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.text.PastedText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
 * @param sent when the mail was sent, read as Japanese time where it bears no offset; empty if the text does not tell for sure
 * @param repaired what had to be undone, so that whoever pasted it can check it: {@code transfer-encoding}, {@code wrapped-links},
 *     {@code escapes}; empty for a text as the mail had it
 */
public record OpeningMail(
        String account,
        Optional<String> company,
        URI signInUrl,
        URI passwordUrl,
        Optional<Instant> sent,
        Set<String> repaired) {

    /** How long the password URL works after the mail was sent. */
    public static final Duration PASSWORD_URL_VALIDITY = Duration.ofDays(7);

    /** Refuses URLs that are not the vendor's. */
    public OpeningMail {
        signInUrl = Link.SIGN_IN.genuine(signInUrl.toString()).orElseThrow(Link.SIGN_IN::refusal);
        passwordUrl = Link.PASSWORD.genuine(passwordUrl.toString()).orElseThrow(Link.PASSWORD::refusal);
        repaired = Collections.unmodifiableSet(new TreeSet<>(repaired));
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
                + sent.map(Instant::toString).orElse("") + ", repaired=" + repaired + "]";
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
                Pattern.compile("[?&]v=[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?:&|$)");
        private static final Pattern TOKEN = Pattern.compile("[?&]T=[A-Za-z0-9_-]{2,128}(?:&|$)");

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
            if (url.length() > LONGEST_URL || !m.matches() || !areSecrets(m.group(1))) {
                return Optional.empty();
            }
            try {
                return Optional.of(URI.create(address + m.group(1)));
            } catch (IllegalArgumentException e) { // its message holds the URL, so it must not become a cause
                return Optional.empty();
            }
        }

        /** What looks otherwise was cut, half decoded, or never the vendor's. */
        private static boolean areSecrets(String query) {
            boolean hasToken = !query.contains("T=") || TOKEN.matcher(query).find();
            return hasToken && (!query.contains("v=") || GUID.matcher(query).find());
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
        private static final Pattern URL =
                Pattern.compile("(?i)https?://[^\\s\\p{Z}\\p{Cf}\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}"
                        + "\\p{No}<>()\\[\\]{}|`*\"'「」『』（）【】、。]+");
        private static final String TRAILING = ".,;:!";
        private static final Pattern REST_OF_GUID = Pattern.compile("^[0-9A-Fa-f-]+");
        private static final Pattern LABEL_NOISE = Pattern.compile("^[^\\p{L}]+");
        private static final String EMPHASIS = "*`";

        private static final Pattern HALF_DECODED = Pattern.compile("v=3D[0-9A-Fa-f]{8}-");
        /** Brackets: of a text whose names were taken out. */
        private static final Pattern ACCOUNT = Pattern.compile("\\[?[A-Za-z0-9_-]{1,128}]?");

        private static final Pattern NO_NAME = Pattern.compile("(?i)https?://|<br|\ufffd");

        private final List<String> lines;
        private final Set<String> repaired = new TreeSet<>();
        private final boolean isHalfDecoded;

        Reader(String text) {
            if (text.length() > PastedText.LONGEST) {
                throw KaitsuException.of(ErrorCode.INVALID_OPENING_MAIL, "too-long");
            }
            this.lines = PastedText.lines(text);
            this.isHalfDecoded = HALF_DECODED.matcher(text).find();
        }

        OpeningMail read() {
            Found signIn = find(Link.SIGN_IN);
            Found password = find(Link.PASSWORD);
            int first = Math.min(signIn.line, password.line);
            int last = Math.max(signIn.line, password.line);
            String account = value("アカウント名", first, last)
                    .map(PastedText::fold) // a sign-in name is ASCII, whatever a scan makes of it
                    .filter(a -> ACCOUNT.matcher(a).matches())
                    .orElseThrow(() -> KaitsuException.of(ErrorCode.INVALID_OPENING_MAIL, "no-account"));
            Optional<String> company = value("会社名", first, last)
                    .filter(name -> !NO_NAME.matcher(name).find()); // a lost line break must not show a URL's secret
            return new OpeningMail(account, company, signIn.url, password.url, SentDate.above(lines, first), repaired);
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
                    .map(u -> undone(u, line))
                    .toList();
        }

        /** The link as the mail had it. */
        private String undone(String written, int line) {
            Optional<String> inside = RewrittenLinks.inside(written);
            String url = inside.orElse(written);
            boolean isOurs = Stream.of(Link.values()).anyMatch(link -> link.isClaimedBy(PastedText.key(url)));
            if (!isOurs) {
                return url;
            }
            inside.ifPresent(u -> repaired.add("wrapped-links"));
            if (lines.get(line).contains("&amp;")) {
                repaired.add("escapes");
            }
            if (isHalfDecoded && url.contains("=3D")) {
                repaired.add("transfer-encoding");
                return url.replace("=3D", "=");
            }
            return url;
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
    }
}
