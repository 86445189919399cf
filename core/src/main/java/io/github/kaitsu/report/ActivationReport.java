package io.github.kaitsu.report;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.internal.Reports;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The report on a run, to be handed over to the customer at its end (完了報告書) and true at any moment of it: the verdict, every
 * service, what is left to the customer and what to tell their users on one page, then every claim with its evidence (rules
 * COMMON-15 and COMMON-18).
 *
 * <p>UNKNOWN is never shown as success. Texts of vendors and persons are escaped, so that none of them can add to the page,
 * command a terminal or calculate in a spreadsheet. Texts are Japanese for {@link Locale#JAPANESE} and English otherwise; times
 * are Japan's, in JSON UTC. The same view always gives the same document. Immutable, thread-safe.
 */
public final class ActivationReport {
    private final ActivationView view;
    private final List<RecordedChange> record;

    private ActivationReport(ActivationView view, List<RecordedChange> record) {
        this.view = view;
        this.record = record;
    }

    /** The report of a run as it is now, ended or not. */
    public static ActivationReport of(ActivationView view) {
        return new ActivationReport(Objects.requireNonNull(view), List.of());
    }

    /** With what was done in a browser's window, each with its pictures; changes of other activations are left out. */
    public ActivationReport with(List<RecordedChange> changes) {
        return new ActivationReport(
                view,
                changes.stream().filter(c -> c.activation().equals(view.id())).toList());
    }

    /** What all documents say, for a screen of one's own. */
    public Handover handover(Locale locale) {
        return Reports.handover(view, locale);
    }

    /** GitHub's Markdown, ending with a line end; pictures by the names of their files. */
    public String markdown(Locale locale) {
        return Reports.markdown(view, record, locale);
    }

    /**
     * One HTML file that loads nothing and runs nothing, so that it can be mailed: its first page, printed on A4, is what the
     * customer needs; from the second on the evidence, in the element with the id {@code evidence}. Pictures are inside, the first
     * ten megabytes of them; one that cannot be read or is no PNG or JPEG is named instead.
     */
    public String html(Locale locale) {
        return Reports.html(view, record, locale);
    }

    /**
     * One JSON object, indented. Names of services, statuses and reasons are those of the enums, times are ISO 8601 in UTC.
     *
     * <p>{@code waitingFor} is {@code NOTHING}, {@code OPERATOR}, {@code TIME} or {@code LINK_SLOT}, and null once the service has
     * ended; a step's {@code time} is null while nobody has looked. {@link ScreenJson#schema()} describes it under {@code $defs/activation};
     * keys may be added, none renamed or dropped.
     */
    public String json(Locale locale) {
        return Reports.json(view, record, locale);
    }

    /**
     * Comma-separated values for a spreadsheet: UTF-8 with a byte order mark, every cell quoted, lines ended by CR LF. A cell that
     * a spreadsheet would take for a formula begins with an apostrophe.
     */
    public String csv(Locale locale) {
        return Reports.csv(view, record, locale);
    }
}
