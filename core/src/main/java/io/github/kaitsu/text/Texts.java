package io.github.kaitsu.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts of one language: a UTF-8 properties file next to a class, {@code name_ja.properties} or {@code name_en.properties}.
 *
 * <p>Placeholders are {@code {0}}, {@code {1}} … as they stand; quotes have no meaning, unlike in
 * {@link java.text.MessageFormat}, so an apostrophe in a text cannot switch a placeholder off. Unlike a
 * {@link java.util.ResourceBundle} nothing falls back to the JVM's default language. Immutable.
 *
 * <p>A text may have variants, each on a line of its own, and what they share stands once: {@code <key>@<variant>} is taken
 * instead of {@code <key>} where that variant applies, {@code <key>@<one>@<other>} where both do. The edition of the console is
 * always one ({@code @2024-07}; {@code @2024-04} also as long as it is not known); an action may name others
 * ({@code @policies}). Of several lines that fit, the one with the most variants is taken, so there must be only one such line.
 * A text for which no line fits is an error; but of numbered lines, {@code <key>.1}, {@code <key>.2} and so on, a number for
 * which none fits is left out.
 */
public final class Texts {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)}");
    private static final Map<String, Texts> LOADED = new ConcurrentHashMap<>(); // a cache of immutable files, no state

    private final String name;
    private final Map<String, String> entries;
    /** The keys of the variants, by the key that they are variants of. */
    private final Map<String, List<String>> variants;

    private Texts(String name, Map<String, String> entries) {
        this.name = name;
        this.entries = entries;
        this.variants = entries.keySet().stream().sorted().collect(Collectors.groupingBy(key -> split(key)[0]));
    }

    public static Texts errors(Locale locale) {
        return load(Texts.class, "errors", locale);
    }

    /** Loads {@code <name>_<ja|en>.properties} from the package of {@code anchor}. */
    public static Texts load(Class<?> anchor, String name, Locale locale) {
        String file = name + "_" + (locale.getLanguage().equals("ja") ? "ja" : "en") + ".properties";
        return LOADED.computeIfAbsent(anchor.getName() + "/" + file, k -> read(anchor, file));
    }

    private static Texts read(Class<?> anchor, String file) {
        try (InputStream in = anchor.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("missing text file " + file + " beside " + anchor.getName());
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> entries = new HashMap<>();
            properties.forEach((k, v) -> entries.put((String) k, (String) v));
            return new Texts(file, Map.copyOf(entries));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every key as it stands in the file, with its variants. */
    public Set<String> keys() {
        return entries.keySet();
    }

    public Optional<String> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public String get(String key) {
        return find(key).orElseThrow(() -> new IllegalStateException("missing text " + key + " in " + name));
    }

    /**
     * The text where these variants apply.
     *
     * @throws IllegalStateException if there is none, or none that fits better than all others
     */
    public String get(String key, Set<String> applying) {
        return key(key, applying)
                .flatMap(this::find)
                .orElseThrow(
                        () -> new IllegalStateException("missing text " + key + " for " + applying + " in " + name));
    }

    /** The numbered lines where these variants apply, in order. */
    public List<String> lines(String key, Set<String> applying) {
        return lineKeys(key, applying).stream().map(this::get).toList();
    }

    /** The keys of those lines. */
    public List<String> lineKeys(String key, Set<String> applying) {
        return Stream.iterate(1, n -> variants.containsKey(key + "." + n), n -> n + 1)
                .flatMap(n -> key(key + "." + n, applying).stream())
                .toList();
    }

    /** The key under which the text stands where these variants apply. */
    public Optional<String> key(String key, Set<String> applying) {
        List<String> fitting = variants.getOrDefault(key, List.of()).stream()
                .filter(k -> applying.containsAll(List.of(split(k)).subList(1, split(k).length)))
                .sorted(Comparator.comparing((String k) -> split(k).length).reversed())
                .toList();
        if (fitting.size() > 1 && split(fitting.get(0)).length == split(fitting.get(1)).length) {
            throw new IllegalStateException(
                    fitting.get(0) + " and " + fitting.get(1) + " fit equally well for " + applying + " in " + name);
        }
        return fitting.stream().findFirst();
    }

    private static String[] split(String key) {
        return key.split("@");
    }

    public String format(String key, List<String> arguments) {
        return fill(get(key), arguments);
    }

    static String fill(String pattern, List<String> arguments) {
        Matcher m = PLACEHOLDER.matcher(pattern);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            int n = Integer.parseInt(m.group(1));
            String value = n < arguments.size() ? arguments.get(n) : m.group();
            m.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return m.appendTail(out).toString();
    }
}
