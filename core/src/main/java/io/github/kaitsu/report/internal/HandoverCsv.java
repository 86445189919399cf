package io.github.kaitsu.report.internal;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.Handover;
import io.github.kaitsu.report.Handover.Claim;
import io.github.kaitsu.text.CleanText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report for a spreadsheet: one row a fact, so that it can be sorted and filtered. */
final class HandoverCsv {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> COLUMNS = List.of(
            "part",
            "service",
            "item",
            "result",
            "detail",
            "expected",
            "source",
            "permission",
            "limitation",
            "time",
            "rule");

    private final Handover handover;
    private final ReportTexts words;
    private final StringBuilder out = new StringBuilder(BYTE_ORDER_MARK);

    private HandoverCsv(Handover handover, Locale locale) {
        this.handover = handover;
        this.words = ReportTexts.in(locale);
    }

    static String of(ActivationView view, List<RecordedChange> record, Locale locale) {
        HandoverCsv csv = new HandoverCsv(Handovers.of(view, locale), locale);
        csv.write(view.id().value());
        record.forEach(csv::change);
        return csv.out.toString();
    }

    private void write(String activation) {
        line(COLUMNS.stream().map(c -> words.get("report.column." + c)));
        HandoverPage.facts(handover, words).forEach((name, text) -> row("facts", "", name, "", text));
        row("facts", "", words.get("report.activation"), "", activation);
        handover.verdict().forEach(s -> row("verdict", "", handover.title(), handover.outcomeText(), s));
        handover.services().forEach(s -> row("services", s.name(), "", s.stateText(), s.about()));
        handover.remaining().forEach(r -> row("remaining", name(r), "", r.who(), r.text()));
        handover.announcements().forEach(a -> row("announcement", a.name(), "", "", a.text()));
        handover.evidence().forEach(this::claim);
        handover.notes().forEach(n -> row("notes", n.name(), "", "", n.text()));
    }

    private String name(Handover.Remaining remaining) {
        return remaining.service().map(s -> s.label(words.locale())).orElse("");
    }

    private void claim(Claim claim) {
        String detail = claim.against().isEmpty() ? claim.seen() : claim.seen() + "\n" + claim.against();
        row(
                "evidence",
                claim.name(),
                HandoverPage.title(claim, words),
                claim.levelText(),
                detail,
                claim.expected(),
                claim.source(),
                claim.permission(),
                claim.limitation(),
                claim.timeText(),
                claim.rule());
    }

    private void change(RecordedChange change) {
        String pictures = Stream.of(change.before(), change.after())
                .flatMap(p -> p.map(Path::getFileName).stream())
                .map(Path::toString)
                .collect(Collectors.joining(" "));
        row(
                "record",
                "",
                change.what(),
                words.get("report.record.by." + change.by().name()),
                pictures,
                "",
                change.address(),
                "",
                "",
                words.time(change.time()));
    }

    private void row(String part, String... cells) {
        Stream<String> known = Stream.concat(Stream.of(words.get("report.part." + part)), Arrays.stream(cells));
        line(Stream.concat(known, Stream.generate(() -> "")).limit(COLUMNS.size()));
    }

    private void line(Stream<String> cells) {
        out.append(cells.map(CleanText::csv).collect(Collectors.joining(","))).append("\r\n");
    }
}
