package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.PageOptions.Trait;
import io.github.kaitsu.sandbox.internal.View;
import io.github.kaitsu.sandbox.internal.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bell shows one list under one 重大度; whoever wants another chooses it. */
class BellTest {
    private static final String BELL = "通知とタスク";
    private static final Instant NOW = Instant.parse("2026-11-25T10:03:12Z");

    @Test
    void common12_whenTheBellIsOpened_itShowsTheNotificationsThatSucceeded() {
        try (Sandbox sandbox = protectedBoxAndPendingDropbox(PageOptions.plain())) {
            View bell = bell(sandbox);
            assertThat(bell.text())
                    .endsWith("通知 (1)\tタスクリスト (2)\n重大度: 成功しました\nBoxは保護されています。 2026/11/25 10:08:12 - 初期設定の組織");
        }
    }

    @Test
    void common12_whenATabIsChosen_theSeverityStays_andTheOtherWayRound() {
        try (Sandbox sandbox = protectedBoxAndPendingDropbox(PageOptions.plain())) {
            Visitor visitor = new Walk(sandbox).visitor;
            View pending = visitor.follow(in(sandbox, visitor), "保留");
            assertThat(pending.text()).endsWith("通知 (0)\tタスクリスト (1)\n重大度: 保留");
            View tasks = visitor.follow(pending, "タスクリスト");
            assertThat(tasks.text()).endsWith("重大度: 保留\nDropboxのユーザおよびグループを更新しています。 2026/11/25 10:08:12 - 初期設定の組織");
            assertThat(visitor.follow(tasks, "成功しました").text()).contains("Boxの共有フォルダおよび隔離フォルダを作成しました。");
            assertThat(visitor.follow(tasks, BELL).text()).contains("Boxは保護されています。");
        }
    }

    @Test
    void common21_theHeaderShowsClockAndZone() {
        try (Sandbox sandbox = protectedBoxAndPendingDropbox(PageOptions.plain())) {
            assertThat(bell(sandbox).text()).contains("2026/11/25 10:08:12(UTC+00:00)");
        }
    }

    @Test
    void common19_countsAreThoseOfTheLinesShown_orOfAllWhereThePagesSaySo() {
        try (Sandbox sandbox = protectedBoxAndPendingDropbox(PageOptions.plain().with(Trait.TOTAL_COUNTS))) {
            assertThat(bell(sandbox).text()).contains("通知 (1)\tタスクリスト (3)\n重大度: 成功しました");
        }
    }

    @Test
    void whateverIsNotKnown_isTheFirst() {
        try (Sandbox sandbox = protectedBoxAndPendingDropbox(PageOptions.plain())) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            assertThat(walk.list("all", "all")).isEqualTo(bell(sandbox).text());
        }
    }

    @Test
    void englishPages_haveTabsAndSeverities_too() {
        try (Sandbox sandbox = protectedBoxAndPendingDropbox(PageOptions.plain())) {
            Visitor visitor = new Walk(sandbox).visitor;
            View english = visitor.open(in(sandbox, visitor).address() + "?lang=en");
            View tasks = visitor.follow(visitor.follow(english, "Tasks"), "Pending");
            assertThat(tasks.text()).contains("Notifications (0)\tTasks (1)\nSeverity: Pending\nDropbox");
        }
    }

    private static Sandbox protectedBoxAndPendingDropbox(PageOptions pages) {
        Sandbox sandbox = Sandbox.builder().start(NOW).pages(pages).start();
        Walk walk = new Walk(sandbox);
        walk.openConsole();
        walk.link(CloudService.BOX);
        sandbox.clock().advance(Duration.ofMinutes(5));
        walk.link(CloudService.DROPBOX);
        return sandbox;
    }

    private static View bell(Sandbox sandbox) {
        return in(sandbox, new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE));
    }

    private static View in(Sandbox sandbox, Visitor visitor) {
        View start = visitor.open(sandbox.console() + "/");
        View home =
                visitor.press(start, "ログイン", Map.of("アカウント", sandbox.account(), "パスワード", sandbox.consolePassword()));
        return visitor.follow(visitor.press(home, "コンソールを開く"), BELL);
    }
}
