package io.github.kaitsu.sandbox.internal.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** COMMON-12: the person reads what is asked for and no more, and goes on from where the console's tab is. */
class ReadingTest {
    private static final Set<Part> THREE = EnumSet.of(Part.ACCOUNTS, Part.SUCCESS, Part.PENDING);

    private static final String ORGANISATION = "初期設定の組織";

    private final Sandbox sandbox = Sandbox.builder()
            .scenario(Scenario.of(Scenario.Kind.GRANTED_BEFORE))
            .start();
    private final Browser browser = new Browser(sandbox);
    private final ReadingHandlers reading = new ReadingHandlers(browser, new Replies("sato"));
    private HandsOn before = HandsOn.NOTHING;

    @BeforeEach
    void signedIn() {
        browser.console();
        since();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HandsOn since() {
        HandsOn now = sandbox.summary().handsOn(HandsOn.Actor.PERSON);
        HandsOn did = new HandsOn(
                0,
                now.clicks() - before.clicks(),
                now.fields() - before.fields(),
                now.copies() - before.copies(),
                now.pastes() - before.pastes(),
                0);
        before = now;
        return did;
    }

    private static HandsOn clicksAndPages(int clicks, int pages) {
        return new HandsOn(0, clicks, 0, pages, pages, 0);
    }

    private String read(Set<Part> parts, CloudService... google) {
        return ((Answer.Saw) reading.read(parts, List.of(google), ORGANISATION)).text();
    }

    @Test
    void common12_aWholeReadingFromElsewhere_costsFiveClicksAndThreePages() {
        ConsoleReading reading = ConsoleReading.parse(read(THREE));
        assertThat(since()).isEqualTo(clicksAndPages(5, 3));
        assertThat(reading.isListed(CloudService.BOX)).contains(true);
        assertThat(reading.isListed(CloudService.GMAIL)).contains(false);
        assertThat(reading.state(Part.ACCOUNTS)).isEqualTo(ConsoleReading.PartState.COMPLETE);
        assertThat(reading.pending())
                .singleElement()
                .satisfies(e -> assertThat(e.service()).isEqualTo(CloudService.BOX));
        assertThat(reading.protectedEntry(CloudService.DROPBOX, ORGANISATION)).isPresent();
    }

    @Test
    void common6_theAccountsComeLast_soThatAGrantGoesOnFromThere() {
        String text = read(THREE);
        assertThat(text.indexOf("運用管理 > サービスアカウント")).isGreaterThan(text.indexOf("重大度: 保留"));
        assertThat(browser.isAtAccounts()).isTrue();
        since();
        browser.add();
        assertThat(since()).isEqualTo(clicksAndPages(1, 0));
    }

    @Test
    void common12_theSameAgain_costsNoClick_sinceEachListKeepsItsTab() {
        read(THREE);
        since();
        sandbox.clock().advance(Duration.ofMinutes(4));
        assertThat(ConsoleReading.parse(read(THREE)).pending()).isEmpty();
        assertThat(since()).isEqualTo(clicksAndPages(0, 3));
    }

    @Test
    void common13_oneListAlone_isOpenedFromTheNearestTab() {
        read(Set.of(Part.PENDING));
        assertThat(since()).isEqualTo(clicksAndPages(3, 1)); // bell, list, 重大度
        read(EnumSet.of(Part.SUCCESS, Part.PENDING));
        assertThat(since()).isEqualTo(clicksAndPages(1, 2)); // the bell opens with it
    }

    @Test
    void common12_ofAGoogleServiceWithoutNotification_theTasksThatSucceededAreReadOnTheWay() {
        String text = read(THREE, CloudService.GMAIL);
        assertThat(since()).isEqualTo(clicksAndPages(5, 4));
        assertThat(text).contains("Dropboxのユーザおよびグループを更新しました。");
        assertThat(read(THREE)).doesNotContain("Dropboxのユーザおよびグループを更新しました。");
    }

    @Test
    void common16_whereTheSessionHasEnded_thePersonSignsInAndReadsTheSame() {
        read(EnumSet.of(Part.SUCCESS, Part.PENDING));
        sandbox.clock().advance(Duration.ofMinutes(61));
        since();
        String text = read(EnumSet.of(Part.SUCCESS, Part.PENDING));
        assertThat(text).contains("重大度: 成功しました\nBoxは保護されています。", "重大度: 保留");
        // ログイン, コンソールを開く, the bell again; the other tab is loaded again
        assertThat(since()).isEqualTo(new HandsOn(0, 3, 2, 2, 2, 0));
    }

    @Test
    void way_isTheOneWithTheFewestClicks() {
        assertThat(Bell.TASKS_PENDING.way(Optional.empty())).containsExactly("通知とタスク", "タスクリスト", "保留");
        assertThat(Bell.TASKS_PENDING.way(Optional.of(Bell.TASKS_SUCCESS))).containsExactly("保留");
        assertThat(Bell.NOTIFICATIONS_SUCCESS.way(Optional.of(Bell.TASKS_PENDING)))
                .containsExactly("通知とタスク");
    }
}
