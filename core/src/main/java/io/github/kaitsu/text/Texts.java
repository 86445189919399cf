package io.github.kaitsu.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

/**
 * Texts of one language: a UTF-8 properties file next to a class, {@code name_ja.properties} or {@code name_en.properties}.
 *
 * <p>Placeholders are {@code {0}}, {@code {1}} … as they stand; quotes have no meaning, unlike in
 * {@link java.text.MessageFormat}, so an apostrophe in a text cannot switch a placeholder off. Unlike a
 * {@link java.util.ResourceBundle} nothing falls back to the JVM's default language. Immutable.
 */
public final class Texts {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)}");
    private static final Map<String, Texts> LOADED = new ConcurrentHashMap<>(); // a cache of immutable files, no state

    private final String name;
    private final Map<String, String> entries;

    private Texts(String name, Map<String, String> entries) {
        this.name = name;
        this.entries = entries;
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

    public Set<String> keys() {
        return entries.keySet();
    }

    public Optional<String> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public String get(String key) {
        return find(key).orElseThrow(() -> new IllegalStateException("missing text " + key + " in " + name));
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
