package io.github.kaitsu.invite.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page's own words in one language; placeholders are {@code {0}}, {@code {1}}. Times are Japan's, whoever reads them. */
public final class Words {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)}");
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final Words JA = new Words(Locale.JAPANESE);
    private static final Words EN = new Words(Locale.ENGLISH);

    private final Locale locale;
    private final Map<String, String> texts;
    private final DateTimeFormatter date;

    private Words(Locale locale) {
        this.locale = locale;
        boolean ja = locale.equals(Locale.JAPANESE);
        this.date = DateTimeFormatter.ofPattern(ja ? "uuuu年M月d日 H:mm（日本時間）" : "d MMMM uuuu, H:mm 'JST'", locale)
                .withZone(JAPAN);
        String name = "page_" + locale.getLanguage() + ".properties";
        try (InputStream in = Words.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            Properties file = new Properties();
            file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            this.texts = file.stringPropertyNames().stream()
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), file::getProperty));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Words in(Locale locale) {
        return locale.getLanguage().equals("ja") ? JA : EN;
    }

    public Locale locale() {
        return locale;
    }

    public String get(String key, Object... arguments) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalStateException("missing text " + key);
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf(arguments[Integer.parseInt(m.group(1))])));
    }

    /** {@code <key>.1}, {@code <key>.2} and so on. */
    List<String> lines(String key, Object... arguments) {
        List<String> lines = new ArrayList<>();
        for (int n = 1; texts.containsKey(key + "." + n); n++) {
            lines.add(get(key + "." + n, arguments));
        }
        return lines;
    }

    String date(Instant time) {
        return date.format(time);
    }

    /** Between the names of a list. */
    String comma() {
        return locale.equals(Locale.JAPANESE) ? "、" : ", ";
    }
}
