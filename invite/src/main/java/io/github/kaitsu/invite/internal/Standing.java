package io.github.kaitsu.invite.internal;

import static io.github.kaitsu.invite.internal.Frame.heading;
import static io.github.kaitsu.invite.internal.Frame.list;
import static io.github.kaitsu.invite.internal.Frame.submit;
import static io.github.kaitsu.invite.internal.Frame.toCopy;
import static io.github.kaitsu.invite.internal.Html.all;
import static io.github.kaitsu.invite.internal.Html.el;
import static io.github.kaitsu.invite.internal.Html.is;
import static io.github.kaitsu.invite.internal.Html.nothing;
import static io.github.kaitsu.invite.internal.Html.text;

import io.github.kaitsu.invite.internal.Html.Node;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.report.Handover;
import java.util.ArrayList;
import java.util.List;

/** How it stands in plain words: while there is nothing to do, and at the end. */
public final class Standing {
    private Standing() {}

    /**
     * While there is nothing to do, or it was put off.
     *
     * @param notice a key below {@code stand.notice}; empty if there is nothing to say
     */
    public static String waiting(Visit visit, String notice) {
        Words words = visit.words();
        return Frame.page(
                visit,
                words.get(visit.actions().isEmpty() ? "stand.title" : "stand.title.later"),
                notice(words, notice),
                visit.actions().isEmpty()
                        ? el("p", is("data-waiting", visit.to("")), text(words.get("stand.about")))
                        : again(visit),
                heading(words.get("stand.services")),
                services(visit));
    }

    /** What was put off can be begun at any time. */
    private static Node again(Visit visit) {
        return el(
                "p",
                el(
                        "a",
                        is("class", "button"),
                        is("href", visit.to("")),
                        text(visit.words().get("stand.again"))));
    }

    static Node notice(Words words, String notice) {
        return notice.isEmpty()
                ? nothing()
                : el("p", is("class", "note thanks"), is("role", "status"), text(words.get("stand.notice." + notice)));
    }

    /** The role's own services; the console's administrator has to do with all. */
    static Node services(Visit visit) {
        Words words = visit.words();
        return list(handover(visit).services().stream()
                .filter(s -> visit.role().provider().stream()
                        .allMatch(p -> p == s.service().provider()))
                .map(s -> words.get("stand.service", s.name(), s.stateText())
                        + (s.about().isEmpty() ? "" : " – " + s.about()))
                .toList());
    }

    /** The report's first page as far as it concerns whoever looks, and the way to the whole. */
    public static String ended(Visit visit) {
        Words words = visit.words();
        Handover handover = handover(visit);
        List<Node> announcements = new ArrayList<>();
        for (Handover.Announcement a : handover.announcements()) {
            announcements.add(toCopy(words, "announcement-" + announcements.size(), a.name(), a.text()));
        }
        return Frame.page(
                visit,
                words.get(handover.removal() ? "end.title.removal" : "end.title"),
                el("div", is("class", "note"), all(handover.verdict().stream().map(v -> el("p", v)))),
                heading(words.get("stand.services")),
                services(visit),
                handover.remaining().isEmpty()
                        ? nothing()
                        : all(
                                heading(words.get("end.remaining")),
                                list(
                                        "ol",
                                        handover.remaining().stream()
                                                .map(Handover.Remaining::text)
                                                .toList())),
                announcements.isEmpty() ? nothing() : all(heading(words.get("end.announcements")), all(announcements)),
                el(
                        "p",
                        el(
                                "a",
                                is("class", "button first"),
                                is("href", visit.to("/report")),
                                is("target", "_blank"),
                                is("rel", "noopener noreferrer"),
                                text(words.get("end.report")))),
                Frame.form(
                        visit,
                        "received",
                        submit(false, words.get("end.received")),
                        el("p", "soft", words.get("end.received.about"))));
    }

    private static Handover handover(Visit visit) {
        return ActivationReport.of(visit.run()).handover(visit.words().locale());
    }
}
