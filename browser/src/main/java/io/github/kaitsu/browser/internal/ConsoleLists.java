package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What is read in the console: its edition, サービスアカウント, 通知 and タスクリスト (COMMON-12, COMMON-13). */
final class ConsoleLists {
    /** A 保留 of this age is what the last grant left, not one that got stuck. */
    private static final Duration JUST_NOW = Duration.ofHours(1);

    private static final List<String> LISTS = List.of("console.notifications", "console.taskList");

    /** What a page that was looked for must show; the other parts are read where they are. */
    private static final Map<Part, String> SHOWN = Map.of(
            Part.ACCOUNTS, "console.serviceAccount",
            Part.SUCCESS, "console.notifications",
            Part.PENDING, "console.pending");

    private final ActionRun job;
    private final ConsoleSignIn door;

    ConsoleLists(ActionRun job) {
        this.job = job;
        this.door = new ConsoleSignIn(job);
    }

    Reply edition() {
        Window window = door.walk("console.dashboard");
        boolean today = job.canPress(window, "console.serviceStatus");
        return job.read((today ? Edition.CONSOLE_2024_07 : Edition.CONSOLE_2024_04).id());
    }

    /**
     * The parts that are asked for; サービスアカウント last, since a grant goes on from there. A part that no page shows goes to a
     * person; one with lines that cannot be read is handed in all the same, since only a person can tell what they are.
     */
    Reply read() {
        List<Part> parts = job.action.form().parts();
        StringBuilder text = new StringBuilder();
        if (parts.contains(Part.SUCCESS)) {
            append(text, lists(LISTS, "console.succeeded"));
        }
        if (parts.contains(Part.PENDING)) {
            append(text, lists(List.of("console.taskList"), "console.pending"));
        }
        if (parts.contains(Part.ORGANISATIONS)) {
            append(text, door.walk("console.administration").text());
        }
        if (parts.contains(Part.ACCOUNTS) || text.isEmpty()) {
            append(text, accounts().text());
        }
        ConsoleReading reading = ConsoleReading.parse(text.toString());
        SHOWN.forEach((part, label) -> {
            if (parts.contains(part) && reading.state(part) == PartState.MISSING) {
                throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown(label));
            }
        });
        if (parts.contains(Part.PENDING)) {
            job.tabs.pendingReadAt = job.settings.clock().instant();
        }
        return job.read(text.toString());
    }

    private static void append(StringBuilder text, String page) {
        text.append(page).append('\n');
    }

    /** 運用管理 → サービスアカウント. */
    Window accounts() {
        Window window = door.walk("console.administration", "console.serviceAccount");
        window.await(() -> job.canPress(window, "console.add"));
        return window;
    }

    boolean isListed(Window accounts, CloudService service) {
        return ConsoleReading.parse(accounts.text())
                .isListed(service)
                .orElseThrow(() -> new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.serviceType")));
    }

    /** Not listed, yet 保留 since a moment ago: the grant was given, only nobody said so. */
    boolean isJustGranted(CloudService service) {
        Instant now = job.settings.clock().instant();
        Instant read = job.tabs.pendingReadAt;
        if (read != null && read.plus(JUST_NOW).isAfter(now)) {
            return false; // seen without it, and nothing granted since
        }
        String organisation = job.action.customer().organisation();
        return ConsoleReading.parse(lists(List.of("console.taskList"), "console.pending")).pending().stream()
                .filter(e -> e.service() == service && e.isOf(organisation))
                .map(ConsoleEntry::time)
                .anyMatch(t -> t != null && t.plus(JUST_NOW).isAfter(now));
    }

    /** Of the bell these lists under one choice of 重大度; all that it shows where it shows all at once. */
    private String lists(List<String> lists, String severity) {
        Window bell = door.walk("console.bell");
        if (!bell.await(() -> ConsoleReading.parse(bell.text()).isRecognised())) {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.notifications"));
        }
        ConsoleReading all = ConsoleReading.parse(bell.text());
        boolean isWhole = all.showsPending()
                && all.tasks()
                && all.notifications()
                && all.severities().size() > 1;
        return isWhole ? bell.text() : listByList(bell, lists, severity);
    }

    /** Where a tab shows one list and a filter one severity: each in turn. */
    private String listByList(Window window, List<String> lists, String severity) {
        StringBuilder text = new StringBuilder();
        for (String list : lists) {
            open(window, list);
            choose(window, severity);
            String shown = window.text();
            if (ConsoleReading.parse(shown).severities().isEmpty()) { // a list of its own is not in the page's text
                text.append(job.words.of(list).get(0)).append('\n');
                text.append("重大度: ").append(job.words.of(severity).get(0)).append('\n');
            }
            append(text, shown);
        }
        return text.toString();
    }

    private void open(Window window, String list) {
        Locator tab = window.with(AriaRole.TAB, Label.wholeOrCounted(job.words.of(list)));
        if (tab.count() != 1 || "true".equals(tab.getAttribute("aria-selected"))) {
            return;
        }
        boolean tells = tab.getAttribute("aria-selected") != null;
        boolean done = window.change(
                tab::click,
                () -> tab.count() == 1 && (!tells || "true".equals(tab.getAttribute("aria-selected"))),
                otherLines(window));
        if (!done) { // what is shown then is another list than the one asked for
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown(list));
        }
    }

    private void choose(Window window, String severity) {
        List<String> labels = job.words.of(severity);
        window.await(() -> filter(window).count() == 1);
        if (filter(window).count() != 1) {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.severity"));
        }
        if (Choice.isChosen(filter(window), labels)) {
            return;
        }
        boolean done = window.change(
                () -> Choice.of(window, filter(window), labels, job.shown(severity)),
                () -> filter(window).count() == 1 && Choice.isChosen(filter(window), labels),
                otherLines(window));
        if (!done) {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown(severity));
        }
    }

    /** Other lines than there are now; no lines at all may be those of a list that is still to come. */
    private static BooleanSupplier otherLines(Window window) {
        List<String> before = lines(window);
        return () -> {
            List<String> now = lines(window);
            return !now.isEmpty() && !now.equals(before);
        };
    }

    private static List<String> lines(Window window) {
        return ConsoleReading.parse(window.text()).entries().stream()
                .map(ConsoleEntry::text)
                .toList();
    }

    private Locator filter(Window window) {
        return window.with(AriaRole.COMBOBOX, Label.whole(job.words.of("console.severity")));
    }
}
