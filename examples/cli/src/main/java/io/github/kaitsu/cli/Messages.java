package io.github.kaitsu.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command's own texts in one language; {@code {0}} stands for the first argument. Immutable. */
final class Messages {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)}");

    private final ResourceBundle texts;

    private Messages(ResourceBundle texts) {
        this.texts = texts;
    }

    static Messages of(Locale locale) {
        return new Messages(bundle(locale));
    }

    static ResourceBundle bundle(Locale locale) {
        return load("messages", locale);
    }

    /** The texts of {@code --help}, in the form picocli wants them. */
    static ResourceBundle help(Locale locale) {
        return load("help", locale);
    }

    /** Unlike {@link ResourceBundle#getBundle} never falls back to the language of the JVM. */
    private static ResourceBundle load(String name, Locale locale) {
        String file = name + "_" + (locale.getLanguage().equals("ja") ? "ja" : "en") + ".properties";
        try (InputStream in = Objects.requireNonNull(Messages.class.getResourceAsStream(file), file)) {
            return new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    String text(String key, Object... arguments) {
        Matcher m = PLACEHOLDER.matcher(texts.getString(key));
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(out, Matcher.quoteReplacement(String.valueOf(arguments[Integer.parseInt(m.group(1))])));
        }
        return m.appendTail(out).toString();
    }
}
