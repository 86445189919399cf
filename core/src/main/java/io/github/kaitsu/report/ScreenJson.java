package io.github.kaitsu.report;

import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.report.internal.Reports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a screen needs, as JSON: a run with its open actions, a plan, an action with its title, labels, the form of its answer and the
 * reasons for which it may not be done. The {@code kaitsu} command and every host print the same document. Described in
 * {@code docs/json.md} and, for programs, by {@link #schema()}; keys may be added, none is renamed or dropped.
 *
 * <p>One document is in one language, Japanese for {@link Locale#JAPANESE} and English otherwise, since a screen is in the language of
 * whoever looks at it; whoever needs both asks twice. Codes, ids and keys are the same in both. The same value always gives the
 * same document, one JSON object (or array), indented, and without characters that command a terminal. Thread-safe.
 */
public final class ScreenJson {
    private static final String SCHEMA = "kaitsu-screen.schema.json";

    private ScreenJson() {}

    /** A run with everything that is open in it; as {@link ActivationReport#json}. */
    public static String of(ActivationView view, Locale locale) {
        return Reports.json(view, List.of(), locale);
    }

    /** A plan; as {@link PlanReport#json}. */
    public static String of(ActivationPlan plan, Locale locale) {
        return Reports.json(plan, locale);
    }

    /** One action. */
    public static String of(OperatorAction action, Locale locale) {
        return Reports.json(action, locale);
    }

    /** A list of actions, of whichever runs, in this order. */
    public static String of(List<OperatorAction> actions, Locale locale) {
        return Reports.json(actions, locale);
    }

    /**
     * The JSON Schema (2020-12) of these documents, as it lies in this jar: {@code $defs} names {@code activation}, {@code plan},
     * {@code action} and {@code actions}. It allows keys that it does not know.
     */
    public static String schema() {
        try (InputStream in = ScreenJson.class.getResourceAsStream(SCHEMA)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
