package io.github.kaitsu.text;

import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Statement;
import java.util.List;
import java.util.Locale;

/** Says statements in Japanese and English: the module's own sentence under {@code seen.<code>}, else the core's. */
public final class Sentences {
    private static final String PREFIX = "seen.";

    private Sentences() {}

    /**
     * The sentence, with somebody's own words behind it.
     *
     * @param texts the class beside which the module's texts stand
     * @throws IllegalStateException if neither the module nor the core has words for the code
     */
    public static String say(Class<?> texts, Statement statement, Edition edition, Locale locale) {
        if (statement.code().equals(Statement.NOTHING.code())) {
            return statement.quote();
        }
        String key = PREFIX + statement.code();
        Texts core = Texts.load(Texts.class, "actions", locale);
        String pattern = Texts.load(texts, "actions", locale).find(key).orElseGet(() -> core.get(key));
        String said = Labels.of(edition, locale).fill(pattern, statement.arguments());
        String whole =
                statement.quote().isEmpty() ? said : core.format("seen.quoted", List.of(said, statement.quote()));
        for (Statement besides : statement.besides()) {
            whole = core.format("seen.besides", List.of(whole, say(texts, besides, edition, locale)));
        }
        return whole;
    }

    public static Bilingual say(Class<?> texts, Statement statement, Edition edition) {
        return new Bilingual(
                say(texts, statement, edition, Locale.JAPANESE), say(texts, statement, edition, Locale.ENGLISH));
    }

    /** Who or what said so. */
    public static Bilingual source(Evidence.Source source) {
        return new Bilingual(source(source, Locale.JAPANESE), source(source, Locale.ENGLISH));
    }

    private static String source(Evidence.Source source, Locale locale) {
        Texts core = Texts.load(Texts.class, "actions", locale);
        return switch (source.kind()) {
            case NOBODY -> "";
            case API, PERSON -> source.name();
            case CONSOLE, MACHINE, STEPS -> core.format("source." + source.kind(), List.of(source.name()));
        };
    }
}
