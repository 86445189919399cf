package io.github.kaitsu.report;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.internal.Reports;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The report on a run, at any moment of it: every claim with its evidence, what failed and what to do about it, open actions
 * and open items (rules COMMON-15 and COMMON-18).
 *
 * <p>UNKNOWN is never shown as success. Texts of vendors and persons are escaped, so that none of them can add to the page or
 * command a terminal. Texts are Japanese for {@link Locale#JAPANESE} and English otherwise; times are UTC. The same view always
 * gives the same document. Immutable, thread-safe.
 */
public final class ActivationReport {
    private final ActivationView view;
    private final List<RecordedChange> record;

    private ActivationReport(ActivationView view, List<RecordedChange> record) {
        this.view = view;
        this.record = record;
    }

    public static ActivationReport of(ActivationView view) {
        return new ActivationReport(Objects.requireNonNull(view), List.of());
    }

    /** With what was done in a browser's window, each with its pictures; changes of other activations are left out. */
    public ActivationReport with(List<RecordedChange> changes) {
        return new ActivationReport(
                view,
                changes.stream().filter(c -> c.activation().equals(view.id())).toList());
    }

    /** GitHub's Markdown, ending with a line end. */
    public String markdown(Locale locale) {
        return Reports.markdown(view, record, locale);
    }

    /** One HTML file that loads nothing and runs nothing, fit for printing. */
    public String html(Locale locale) {
        return Reports.html(view, record, locale);
    }

    /**
     * One JSON object, indented. Names of services, statuses and reasons are those of the enums, times are ISO 8601 in UTC.
     *
     * <p>{@code waitingFor} is {@code NOTHING}, {@code OPERATOR}, {@code TIME} or {@code LINK_SLOT}, and null once the service has
     * ended; a step's {@code time} is null while nobody has looked.
     */
    public String json(Locale locale) {
        return Reports.json(view, record, locale);
    }
}
