package io.github.kaitsu.browser.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/** What the banner and the reasons for handing back say: {@code banner_<ja|en>.properties}. Immutable. */
public final class BannerTexts {
    private final Properties texts;

    private BannerTexts(Properties texts) {
        this.texts = texts;
    }

    public static BannerTexts of(Locale locale) {
        String name = "banner_" + (locale.getLanguage().equals("ja") ? "ja" : "en") + ".properties";
        try (InputStream in = BannerTexts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing " + name);
            }
            Properties texts = new Properties();
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return new BannerTexts(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text with {@code {0}}, {@code {1}} … replaced. */
    public String get(String key, String... arguments) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("missing text " + key);
        }
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", arguments[i]);
        }
        return text;
    }
}
