package io.github.kaitsu.report;

import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.report.internal.Reports;
import java.util.Locale;
import java.util.Objects;

/**
 * A plan as a document: what must be ready (rule COMMON-1), the agenda of the persons, every step with its rule and performer, and
 * warnings.
 *
 * <p>Texts are Japanese for {@link Locale#JAPANESE} and English otherwise. The same plan always gives the same document.
 * Immutable, thread-safe.
 */
public final class PlanReport {
    private final ActivationPlan plan;

    private PlanReport(ActivationPlan plan) {
        this.plan = plan;
    }

    /** The report of a plan. */
    public static PlanReport of(ActivationPlan plan) {
        return new PlanReport(Objects.requireNonNull(plan));
    }

    /** For people at a terminal: looks like Markdown, is not escaped for it, and holds no control characters. */
    public String text(Locale locale) {
        return Reports.text(plan, locale, true);
    }

    /** {@link #text} without what only programmers and auditors look for: rules, phases, calls of APIs and scopes. */
    public String outline(Locale locale) {
        return Reports.text(plan, locale, false);
    }

    /** One JSON object, indented. */
    public String json(Locale locale) {
        return Reports.json(plan, locale);
    }
}
