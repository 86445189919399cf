package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.kaitsu.Answer;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ConsoleEntry;
import io.github.kaitsu.ConsoleReading;
import io.github.kaitsu.Edition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is read in the console: its edition, サービスアカウント, 通知 and タスクリスト (COMMON-12, COMMON-13). */
final class ConsoleLists {
    /** A 保留 of this age is what the last grant left, not one that got stuck. */
    private static final Duration JUST_NOW = Duration.ofHours(1);

    private final Job job;
    private final ConsoleDoor door;

    ConsoleLists(Job job) {
        this.job = job;
        this.door = new ConsoleDoor(job);
    }

    Answer edition() {
        Window window = door.walk("console.dashboard");
        boolean today = job.canPress(window, "console.serviceStatus");
        return job.read((today ? Edition.CONSOLE_2024_07 : Edition.CONSOLE_2024_04).id());
    }

    /** All that the question asks for. */
    Answer read() {
        String text = accounts().text() + "\n" + lists();
        ConsoleReading reading = ConsoleReading.parse(text);
        if (reading.serviceAccounts().isEmpty()) {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.serviceAccount"));
        }
        if (!reading.showsPending() || !(reading.tasks() || reading.notifications())) {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.pending"));
        }
        job.tabs.listsReadAt = job.settings.clock().instant();
        return job.read(text);
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
        Instant read = job.tabs.listsReadAt;
        if (read != null && read.plus(JUST_NOW).isAfter(now)) {
            return false; // seen without it, and nothing granted since
        }
        String organisation = job.action.customer().organisation();
        return ConsoleReading.parse(lists()).pending().stream()
                .filter(e -> e.service() == service && e.isOf(organisation))
                .map(ConsoleEntry::time)
                .anyMatch(t -> t != null && t.plus(JUST_NOW).isAfter(now));
    }

    /** The bell, as one text: both lists, each under 成功しました and 保留. */
    private String lists() {
        Window window = door.walk("console.bell");
        if (!window.await(() -> ConsoleReading.parse(window.text()).isRecognised())) {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.notifications"));
        }
        ConsoleReading all = ConsoleReading.parse(window.text());
        return all.showsPending()
                        && all.tasks()
                        && all.notifications()
                        && all.severities().size() > 1
                ? window.text()
                : listByList(window);
    }

    /** Where a tab shows one list and a filter one severity: each in turn, its name put before it. */
    private String listByList(Window window) {
        StringBuilder text = new StringBuilder();
        for (String list : List.of("console.notifications", "console.taskList")) {
            Locator tab = window.with(AriaRole.TAB, Label.wholeOrCounted(job.words.of(list)));
            if (tab.count() == 1) {
                window.click(tab, job.tabs::hasOpened);
            }
            for (String severity : List.of("console.succeeded", "console.pending")) {
                choose(window, severity);
                text.append(job.words.of(list).get(0)).append('\n');
                text.append("重大度: ").append(job.words.of(severity).get(0)).append('\n');
                text.append(window.text()).append('\n');
            }
        }
        return text.toString();
    }

    private void choose(Window window, String severity) {
        Locator filter = window.with(AriaRole.COMBOBOX, Label.whole(job.words.of("console.severity")));
        if (filter.count() != 1) {
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("console.severity"));
        }
        Choice.of(window, filter, job.words.of(severity), job.shown(severity));
        window.settled();
    }
}
