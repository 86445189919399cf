package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.sandbox.ConsoleLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the person reads behind the console's bell: one list under one 重大度. The bell opens with the first. */
enum Bell {
    NOTIFICATIONS_SUCCESS("通知", "成功しました"),
    TASKS_SUCCESS("タスクリスト", "成功しました"),
    TASKS_PENDING("タスクリスト", "保留");

    private static final String BELL = "通知とタスク";

    private final String list;
    private final String severity;

    Bell(String list, String severity) {
        this.list = list;
        this.severity = severity;
    }

    /** Whether it shows this line. */
    boolean shows(ConsoleLine line) {
        boolean isTask = this != NOTIFICATIONS_SUCCESS;
        boolean isPending = this == TASKS_PENDING;
        return (line.list() == ConsoleLine.List.TASKS) == isTask
                && line.severity() == (isPending ? ConsoleLine.Severity.PENDING : ConsoleLine.Severity.SUCCESS);
    }

    /** The fewest links that lead here from a page of the console, or of this bell: a tab, a 重大度, or the bell again. */
    List<String> way(Optional<Bell> from) {
        List<String> fresh = new ArrayList<>(List.of(BELL));
        fresh.addAll(choices(NOTIFICATIONS_SUCCESS));
        if (from.isEmpty()) {
            return fresh;
        }
        List<String> here = choices(from.get());
        return here.size() <= fresh.size() ? here : fresh;
    }

    private List<String> choices(Bell from) {
        List<String> links = new ArrayList<>();
        if (!list.equals(from.list)) {
            links.add(list);
        }
        if (!severity.equals(from.severity)) {
            links.add(severity);
        }
        return links;
    }
}
