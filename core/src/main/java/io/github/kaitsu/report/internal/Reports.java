package io.github.kaitsu.report.internal;

import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.Handover;
import java.util.List;
import java.util.Locale;

/** The documents made of a view or a plan. */
public final class Reports {
    private Reports() {}

    public static Handover handover(ActivationView view, Locale locale) {
        return Handovers.of(view, locale);
    }

    public static String markdown(ActivationView view, List<RecordedChange> record, Locale locale) {
        return TextWriter.markdown(HandoverPage.of(view, record, locale));
    }

    public static String html(ActivationView view, List<RecordedChange> record, Locale locale) {
        return HtmlWriter.write(HandoverPage.of(view, record, locale));
    }

    public static String json(ActivationView view, List<RecordedChange> record, Locale locale) {
        return ReportJson.print(ActivationJson.of(view, record, locale));
    }

    public static String json(OperatorAction action, Locale locale) {
        return ReportJson.print(ActionJson.of(action, locale));
    }

    public static String json(List<OperatorAction> actions, Locale locale) {
        return ReportJson.print(ReportJson.array(actions, a -> ActionJson.of(a, locale)));
    }

    public static String csv(ActivationView view, List<RecordedChange> record, Locale locale) {
        return HandoverCsv.of(view, record, locale);
    }

    public static String text(ActivationPlan plan, Locale locale, boolean detailed) {
        return TextWriter.plain(PlanPage.of(plan, locale, detailed));
    }

    public static String json(ActivationPlan plan, Locale locale) {
        return ReportJson.print(PlanJson.of(plan, locale));
    }
}
