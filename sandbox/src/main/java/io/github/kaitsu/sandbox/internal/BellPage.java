package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.sandbox.PageOptions.Trait;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * COMMON-12: what the bell opens. Two tabs, 通知 and タスクリスト, and the drop-down list 重大度; one list under one 重大度 is shown at a
 * time, 通知 under 成功しました at first. {@code ?list=notifications|tasks} and {@code ?severity=success|pending|failed} choose; a tab
 * keeps the 重大度. The number on a tab is that of the lines its list has under it, or with {@link Trait#TOTAL_COUNTS} of all.
 */
final class BellPage {
    static final String PATH = "/console/notifications";

    /** Opens the drop-down list or closes it; choosing is a link. */
    private static final String TOGGLE = "var l=document.getElementById('severities');l.hidden=!l.hidden;"
            + "this.setAttribute('aria-expanded',String(!l.hidden))";

    private final World world;

    private enum Tab {
        NOTIFICATIONS,
        TASKS;

        List<ConsoleLines.Line> of(ConsoleLines lines) {
            return this == TASKS ? lines.tasks() : lines.notifications();
        }
    }

    BellPage(World world) {
        this.world = world;
    }

    Response answer(Request r, Html page, Labels t) {
        Tab tab = chosen(Tab.values(), r.query("list"));
        ConsoleLines.Severity severity = chosen(ConsoleLines.Severity.values(), r.query("severity"));
        ConsoleLines lines = ConsoleLines.of(world, t);
        page.heading(t.get("console.bell")).raw(tabs(tab, severity, lines, t)).raw(filter(tab, severity, t));
        for (ConsoleLines.Line line : under(severity, tab.of(lines))) {
            page.raw("<div class=\"row\">" + Html.escape(line.message()) + " <span class=\"when\">"
                    + Html.escape(line.when()) + "</span></div>");
        }
        return Response.html(page.html());
    }

    /** As one line of two cells, as the manual prints them. */
    private String tabs(Tab open, ConsoleLines.Severity severity, ConsoleLines lines, Labels t) {
        StringBuilder out = new StringBuilder("<table role=\"presentation\" class=\"tabs\"><tr role=\"tablist\">");
        for (Tab tab : Tab.values()) {
            List<ConsoleLines.Line> all = tab.of(lines);
            boolean total = world.setup().pages().has(Trait.TOTAL_COUNTS);
            int count = total ? all.size() : under(severity, all).size();
            out.append("<td role=\"presentation\"><a role=\"tab\" aria-selected=\"")
                    .append(tab == open)
                    .append("\" href=\"")
                    .append(address(tab, severity))
                    .append("\">")
                    .append(Html.escape(t.get("console." + name(tab), count)))
                    .append("</a></td>");
        }
        return out.append("</tr></table>").toString();
    }

    private static String filter(Tab tab, ConsoleLines.Severity chosen, Labels t) {
        String label = Html.escape(t.get("console.severity"));
        StringBuilder out =
                new StringBuilder("<div class=\"severity\">" + label + ": <span role=\"combobox\" aria-label=\""
                        + label
                        + "\" aria-haspopup=\"listbox\" aria-controls=\"severities\" aria-expanded=\"false\" tabindex=\"0\""
                        + " onclick=\"" + TOGGLE + "\">" + Html.escape(t.get("console." + name(chosen)))
                        + "</span></div><ul id=\"severities\" role=\"listbox\" hidden=\"hidden\">");
        for (ConsoleLines.Severity severity : ConsoleLines.Severity.values()) {
            out.append("<li role=\"presentation\"><a role=\"option\" aria-selected=\"")
                    .append(severity == chosen)
                    .append("\" href=\"")
                    .append(address(tab, severity))
                    .append("\">")
                    .append(Html.escape(t.get("console." + name(severity))))
                    .append("</a></li>");
        }
        return out.append("</ul>").toString();
    }

    private static List<ConsoleLines.Line> under(ConsoleLines.Severity severity, List<ConsoleLines.Line> lines) {
        return lines.stream().filter(l -> l.severity() == severity).toList();
    }

    private static String address(Tab tab, ConsoleLines.Severity severity) {
        return Html.escape(PATH + "?list=" + name(tab) + "&severity=" + name(severity));
    }

    /** The first where the address says nothing, or nothing known. */
    private static <E extends Enum<E>> E chosen(E[] all, String name) {
        return Arrays.stream(all).filter(e -> name(e).equals(name)).findFirst().orElse(all[0]);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
