package io.github.kaitsu.google;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the module's code says it has seen, as its sources write it. */
final class Sources {
    private static final Pattern SAYING =
            Pattern.compile("(ProbeResult\\.(?:holds|fails|unclear|noAccess|accessLost|notBefore)|Statement\\.of)\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final String WRONG_TENANT = "ProbeResult.WRONG_TENANT";

    private Sources() {}

    /**
     * One statement.
     *
     * @param by the factory that makes it
     * @param arguments what stands between its parentheses
     */
    record Saying(String by, String arguments) {
        /** The code, or what stands in its place. */
        String code() {
            Matcher literal = LITERAL.matcher(arguments);
            if (arguments.startsWith(WRONG_TENANT)) {
                return "wrong-tenant";
            }
            return (by.endsWith("notBefore") ? literal.find() : literal.lookingAt()) ? literal.group(1) : arguments;
        }

        List<String> literals() {
            return LITERAL.matcher(arguments).results().map(m -> m.group(1)).toList();
        }
    }

    static List<Saying> sayings() {
        List<Saying> all = new ArrayList<>();
        String code = code();
        Matcher m = SAYING.matcher(code);
        while (m.find()) {
            all.add(new Saying(m.group(1), upToItsEnd(code, m.end()).strip()));
        }
        if (code.contains("new TenantGuard<")) {
            all.add(new Saying("ProbeResult.fails", WRONG_TENANT));
        }
        return all;
    }

    static Set<String> codes() {
        return sayings().stream().map(Saying::code).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The codes of looks that fail. */
    static Set<String> failing() {
        return sayings().stream()
                .filter(s -> s.by().equals("ProbeResult.fails"))
                .map(Saying::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All of the main code, one file after the other. */
    static String code() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                all.append(Files.readString(file)).append('\n');
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String upToItsEnd(String code, int from) {
        int depth = 1;
        int at = from;
        Matcher literal = LITERAL.matcher(code);
        while (depth > 0) {
            char c = code.charAt(at);
            if (c == '"' && literal.find(at)) {
                at = literal.end();
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
        return code.substring(from, at - 1);
    }
}
