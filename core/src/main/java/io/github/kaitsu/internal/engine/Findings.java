package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.Edition;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A provider's own words for what a look found wrong: {@code fails.<reason>} and what to do, {@code fails.<reason>.next}. */
final class Findings {
    private Findings() {}

    /** Empty where the module has no words for it. */
    static Optional<Explanation> explain(ActivationStep step, String code, Edition edition) {
        return explain(step.texts(), code, edition);
    }

    static Optional<Explanation> explain(Class<?> texts, String code, Edition edition) {
        String key = "fails." + code;
        if (Texts.load(texts, "actions", Locale.ENGLISH).find(key).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Explanation(text(texts, key, edition), text(texts, key + ".next", edition)));
    }

    private static Bilingual text(Class<?> texts, String key, Edition edition) {
        return new Bilingual(text(texts, key, edition, Locale.JAPANESE), text(texts, key, edition, Locale.ENGLISH));
    }

    private static String text(Class<?> texts, String key, Edition edition, Locale locale) {
        String pattern = Texts.load(texts, "actions", locale).get(key);
        return Labels.of(edition, locale).fill(pattern, List.of());
    }
}
