package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.Edition;
import io.github.kaitsu.internal.Labels;
import io.github.kaitsu.internal.Texts;
import io.github.kaitsu.spi.ActivationStep;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A provider's own words for what a look found wrong: {@code fails.<reason>} and what to do, {@code fails.<reason>.next}. */
final class Findings {
    private Findings() {}

    /** How a failing look is written as evidence, so that its reason can be told again. */
    static String detail(String reason, String seen) {
        return seen.isEmpty() ? reason : reason + ": " + seen;
    }

    /** Empty where the module has no words for it. */
    static Optional<Explanation> explain(ActivationStep step, String detail, Edition edition) {
        int colon = detail.indexOf(':');
        String key = "fails." + (colon < 0 ? detail : detail.substring(0, colon));
        if (Texts.load(step.texts(), "actions", Locale.ENGLISH).find(key).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Explanation(text(step, key, edition), text(step, key + ".next", edition)));
    }

    private static Bilingual text(ActivationStep step, String key, Edition edition) {
        return new Bilingual(text(step, key, edition, Locale.JAPANESE), text(step, key, edition, Locale.ENGLISH));
    }

    private static String text(ActivationStep step, String key, Edition edition, Locale locale) {
        String pattern = Texts.load(step.texts(), "actions", locale).get(key);
        return Labels.of(edition, locale).fill(pattern, List.of());
    }
}
