package io.github.kaitsu.operator;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.StepId;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Sentences;
import io.github.kaitsu.text.Texts;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything an operator needs to know about one thing to do or to look at: data for any screen.
 *
 * @param company whose customer it is about, as the request gives it: every console's organisation has the same name
 * @param reference the run in the host's own books, as the request gives it
 * @param service absent for what concerns the whole console
 * @param handedBack why a machine that tried gave it back: for a person only from then on
 * @param overdueAt when it will be called overdue; that raises an event and nothing else
 */
public record OperatorAction(
        ActivationId activation,
        ActionId id,
        CustomerId customer,
        Optional<String> company,
        Optional<String> reference,
        Optional<CloudService> service,
        StepId step,
        String rule,
        Edition edition,
        ActionTemplate template,
        Instant offeredAt,
        Optional<Instant> overdueAt,
        Optional<Answer.HandedBack> handedBack) {

    /** Whether it only looks or changes something. */
    public ActionTemplate.Kind kind() {
        return template.kind();
    }

    /** In which form it is answered. */
    public AnswerForm form() {
        return template.form();
    }

    /** Where to begin, if one address leads there. */
    public Optional<URI> link() {
        return template.link();
    }

    /** One line: what it is about. */
    public String title(Locale locale) {
        return text(locale, "title");
    }

    /** The state to reach, worded so that asking twice is harmless. */
    public String goal(Locale locale) {
        return text(locale, "goal");
    }

    /** Who must be signed in where. */
    public String who(Locale locale) {
        return text(locale, "who");
    }

    /** Why it is needed, one or two sentences. */
    public String why(Locale locale) {
        return text(locale, "why");
    }

    /** How Kaitsu will know. */
    public String verification(Locale locale) {
        return text(locale, "verify");
    }

    /** Step by step, with the labels as the pages show them in that language. */
    public List<String> instructions(Locale locale) {
        return Stream.concat(
                        texts(locale).lines(template.key(), template.variantsIn(edition)).stream()
                                .map(line -> render(locale, line)),
                        template.lines().stream().map(s -> Sentences.say(template.texts(), s, edition, locale)))
                .toList();
    }

    /** What to copy, by the label of its field. */
    public Map<String, String> values(Locale locale) {
        Map<String, String> byLabel = new LinkedHashMap<>();
        template.values()
                .forEach((key, value) -> byLabel.put(Labels.of(edition, locale).text(key), value));
        return byLabel;
    }

    /**
     * What one of the {@linkplain AnswerForm#choices choices} says: {@code choice.<word>} of the module's texts, else of the core's;
     * the word itself where there is no text.
     */
    public String choice(String word, Locale locale) {
        String key = "choice." + word;
        return texts(locale)
                .find(key)
                .or(() -> Texts.load(Texts.class, "actions", locale).find(key))
                .map(text -> render(locale, text))
                .orElse(word);
    }

    private String text(Locale locale, String part) {
        return render(locale, texts(locale).get(template.key() + "." + part, template.variantsIn(edition)));
    }

    private String render(Locale locale, String pattern) {
        return Labels.of(edition, locale).fill(pattern, template.arguments());
    }

    private Texts texts(Locale locale) {
        return Texts.load(template.texts(), "actions", locale);
    }
}
