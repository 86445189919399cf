package io.github.kaitsu.vendor.http;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.text.PastedText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The address of a browser's address bar, as a person brings it: wrapped by a mail or a terminal, quoted, in any width, as HTML, with
 * text before and behind, or its query alone.
 *
 * <p>Line breaks and spaces are taken out until the answer is whole, which its state's form tells; from there on a space, a line of
 * prose or a sign that no address has is its end. Where a line behind may be either, nothing is guessed: a code that was cut or
 * grown is spent all the same.
 */
public final class PastedAnswer {
    private static final int LONGEST = 65_536;
    /** Bounds on the work for texts that hold no answer. */
    private static final int MOST_ADDRESSES = 20;

    private static final int MOST_PARTS = 500;

    private static final Pattern SCHEME = Pattern.compile("(?i)(?<![=+])h\\s*t\\s*t\\s*p\\s*(?:s\\s*)?:\\s*/\\s*/");
    private static final Pattern QUERY =
            Pattern.compile("(?i)(?<![\\w&])(?:code|state|error|admin_consent|tenant|iss)\\s*=");
    private static final Pattern HTML =
            Pattern.compile("(?i)&(?:(amp|#38|#x26)|(lt|#60|#x3c)|(gt|#62|#x3e)|quot|#34|#39|nbsp);");
    /** Signs that a query cannot hold (RFC 3986 §3.4), though browsers leave some of them in it. */
    private static final String FOREIGN = "\"<>\\^`{|}[]";
    /** What ends a sentence, or closes what was opened before the address, and ends no value. */
    private static final String BEHIND = ".,:;!?)*'";

    private static final Pattern RULE = Pattern.compile("[-_=*~#+.]{2,}");
    private static final Pattern WORD = Pattern.compile("\\(?[A-Za-z][a-z]*[.)]*");
    /** Of known form, or read by nobody: nothing in the next line belongs to them once the answer is whole. */
    private static final Set<String> SETTLED =
            Set.of("state", "tenant", "admin_consent", "session_state", "client_info", "authuser", "prompt", "hd");

    private PastedAnswer() {}

    /**
     * Reads an answer.
     *
     * @param isWhole whether nothing of it is missing: the state has its form, and what must come beside it is there
     * @return if none is whole, what there is
     * @throws KaitsuException INVALID_CALLBACK if there is no address, or it is not clear where it ends; the text is not repeated
     */
    public static Callback read(String text, Predicate<Callback> isWhole) {
        if (text.length() > LONGEST) {
            throw Callback.refused("too-long");
        }
        String plain =
                unescaped(PastedText.lines(text).stream().map(PastedText::fold).collect(Collectors.joining("\n")));
        return whole(plain, isWhole)
                .or(() -> whole(plain.replace("=\n", "").replace("=3D", "="), isWhole)) // quoted-printable
                .orElseGet(() -> whatThereIs(plain));
    }

    /** The last one that is whole: what stands before it was asked, or was tried in vain. */
    private static Optional<Callback> whole(String text, Predicate<Callback> isWhole) {
        List<Integer> begins = begins(SCHEME, text);
        if (begins.isEmpty()) {
            return begins(QUERY, text).stream()
                    .limit(MOST_ADDRESSES)
                    .flatMap(at -> wholeAt(text.substring(at), isWhole).stream())
                    .findFirst();
        }
        Collections.reverse(begins);
        return begins.stream()
                .limit(MOST_ADDRESSES)
                .flatMap(at -> wholeAt(text.substring(at), isWhole).stream())
                .findFirst();
    }

    private static List<Integer> begins(Pattern begin, String text) {
        return begin.matcher(text).results().map(MatchResult::start).collect(Collectors.toCollection(ArrayList::new));
    }

    private static Optional<Callback> wholeAt(String text, Predicate<Callback> isWhole) {
        StringBuilder joined = new StringBuilder();
        int parts = 0;
        for (int i = 0; i <= text.length() && parts < MOST_PARTS && joined.length() <= Callback.LONGEST; i++) {
            if (i == text.length() || isForeign(text.charAt(i))) {
                parts++;
                Optional<Callback> found = parsed(joined.toString()).filter(isWhole);
                if (found.isPresent() && !goesOn(text.substring(i), found.get().last())) {
                    return found;
                }
            }
            if (i < text.length() && !isSpace(text.charAt(i))) {
                joined.append(text.charAt(i));
            }
        }
        return Optional.empty();
    }

    /** Whether what stands behind a value is the rest of it. */
    private static boolean goesOn(String behind, String parameter) {
        boolean isNextLine = behind.startsWith("\n");
        String line = behind.isEmpty() || !isSpace(behind.charAt(0))
                ? ""
                : behind.substring(1).split("\n", 2)[0];
        int end = 0;
        while (end < line.length() && !isForeign(line.charAt(end))) {
            end++;
        }
        String part = line.substring(0, end);
        if (part.isEmpty()
                || RULE.matcher(part).matches()
                || SCHEME.matcher(part).lookingAt()) {
            return false;
        }
        if (isNextLine && (part.contains("=") || part.startsWith("&"))) {
            return true;
        }
        if (SETTLED.contains(parameter) || ",:;!?".indexOf(part.charAt(end - 1)) >= 0) {
            return false;
        }
        boolean isOneOfMany = end < line.length() && line.charAt(end) == ' ';
        if (isNextLine
                ? isOneOfMany
                : parameter.equals("code") && !WORD.matcher(part).matches()) {
            throw Callback.refused("end");
        }
        return isNextLine;
    }

    private static Callback whatThereIs(String text) {
        Matcher m = SCHEME.matcher(text);
        if (!m.find()) {
            return begins(QUERY, text).stream()
                    .limit(1)
                    .flatMap(at -> parsed(text.substring(at).replaceAll("\\s", "")).stream())
                    .filter(query -> !query.state().isEmpty())
                    .findFirst()
                    .orElseThrow(() -> Callback.refused("url"));
        }
        String rest = text.substring(m.start());
        return parsed(rest.replaceAll("\\s", "")).orElseGet(() -> parse(rest.split("\\s", 2)[0]));
    }

    private static Optional<Callback> parsed(String joined) {
        try {
            return Optional.of(parse(joined));
        } catch (KaitsuException e) {
            return Optional.empty();
        }
    }

    private static Callback parse(String joined) {
        String bare = unescaped(joined); // what a line break had cut
        int end = bare.length();
        while (end > 0 && BEHIND.indexOf(bare.charAt(end - 1)) >= 0) {
            end--;
        }
        bare = bare.substring(0, end);
        if (!SCHEME.matcher(bare).lookingAt()) {
            return Callback.ofQuery(bare);
        }
        try {
            return Callback.parse(new URI(escaped(bare)));
        } catch (URISyntaxException e) {
            throw Callback.refused("url"); // without its cause, which quotes the text
        }
    }

    private static String escaped(String address) {
        int query = address.indexOf('?');
        if (query < 0) {
            return address;
        }
        StringBuilder out = new StringBuilder(address.substring(0, query));
        address.substring(query).chars().forEach(c -> {
            if (FOREIGN.indexOf(c) >= 0) {
                out.append(String.format("%%%02X", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    private static String unescaped(String text) {
        String before;
        String after = text;
        do {
            before = after;
            after = HTML.matcher(before).replaceAll(m -> m.group(1) == null ? " " : "&");
        } while (!after.equals(before)); // some programs escape twice
        return after;
    }

    private static boolean isForeign(char c) {
        return isSpace(c) || c > '~' || FOREIGN.indexOf(c) >= 0;
    }

    private static boolean isSpace(char c) {
        return c <= ' ';
    }
}
