package io.github.kaitsu.sandbox.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/** What the pages print, in one language: {@code labels_ja.properties}, {@code labels_en.properties}. */
final class Labels {
    private static final Labels JA = read(Locale.JAPANESE);
    private static final Labels EN = read(Locale.ENGLISH);

    private final Locale locale;
    private final Properties texts;

    private Labels(Locale locale, Properties texts) {
        this.locale = locale;
        this.texts = texts;
    }

    static Labels of(Locale locale) {
        return locale.getLanguage().equals("en") ? EN : JA;
    }

    Locale locale() {
        return locale;
    }

    /** A text, with {@code {0}}, {@code {1}} … replaced. */
    String get(String key, Object... arguments) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("no label " + key + " in " + locale);
        }
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return text;
    }

    Properties all() {
        return texts;
    }

    private static Labels read(Locale locale) {
        String name = "labels_" + locale.getLanguage() + ".properties";
        try (InputStream in = Labels.class.getResourceAsStream(name)) {
            Properties texts = new Properties();
            if (in == null) {
                throw new IllegalStateException("missing " + name);
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return new Labels(locale, texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
