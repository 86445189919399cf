package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.sandbox.internal.View;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each scenario does, and which acts the sandbox writes down as violations. */
class ScenarioTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "link-fails:3",
                "stuck-pending",
                "co-admin",
                "inactive-role",
                "partial-consent",
                "no-folders",
                "already-linked",
                "leftover-folders",
                "foreign-pending",
                "first-sign-in",
                "granted-before",
                "delegated-admin",
                "suspended-admin",
                "marketplace-blocked"
            })
    void parse_readsTheFormOfTheCommandLine(String text) {
        assertThat(Scenario.parse(" " + text.toUpperCase(Locale.ROOT)).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "link-fails", "link-fails:0", "link-fails:x", "none:1", "stuck"})
    void parse_refusesWhatNobodyKnows(String text) {
        assertThatThrownBy(() -> Scenario.parse(text)).isInstanceOfSatisfying(KaitsuException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_SCENARIO);
            assertThat(e.nextStep(Locale.JAPANESE)).contains("link-fails:N");
        });
    }

    @Test
    void common13_whenAnotherServiceIsPending_theLinkIsAViolation() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            walk.link(CloudService.DROPBOX);
            assertThat(sandbox.summary().violations())
                    .extracting(Violation::kind, Violation::service)
                    .containsExactly(tuple(Violation.Kind.LINK_DURING_PENDING, CloudService.DROPBOX));
        }
    }

    @Test
    void common6_whenAHealthyServiceIsGrantedAgain_itIsAViolation() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.DROPBOX);
            sandbox.clock().advance(Duration.ofMinutes(5));
            View wizard = walk.at(sandbox.console(), "/console/wizard?service=dropbox");
            walk.consent(CloudService.DROPBOX, walk.visitor.press(wizard, "権限の付与"));
            assertThat(sandbox.summary().violations())
                    .extracting(Violation::kind)
                    .containsExactly(Violation.Kind.SECOND_GRANT);
            assertThat(sandbox.summary().grants(CloudService.DROPBOX)).isEqualTo(2);
        }
    }

    @Test
    void common14_whenStuck_theServiceStaysPendingUnlisted_andMayBeGrantedAgainAfterTwelveHours() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("stuck-pending")).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            sandbox.clock().advance(Duration.ofHours(13));
            walk.openConsole();
            assertThat(walk.lists()).contains("Boxのユーザおよびグループを更新しています。 2026/11/24 00:00:00");
            assertThat(walk.accounts()).doesNotContain("\tBox");
            walk.link(CloudService.BOX);
            assertThat(sandbox.summary().violations()).isEmpty();
            assertThat(walk.lists()).contains("タスクリスト (1)", "2026/11/24 13:00:00");
            walk.visitor.press(walk.at(sandbox.console(), "/support"), "タスクを消去する");
            assertThat(walk.lists()).contains("タスクリスト (0)");
            walk.link(CloudService.DROPBOX);
            sandbox.clock().advance(Duration.ofMinutes(5));
            assertThat(walk.lists()).contains("Dropboxは保護されています。");
            assertThat(sandbox.summary().violations()).isEmpty();
        }
    }

    @Test
    void common14_whenGrantedAgainTooSoon_itIsAViolation() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("stuck-pending")).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            sandbox.clock().advance(Duration.ofMinutes(50));
            walk.link(CloudService.BOX);
            assertThat(sandbox.summary().violations()).hasSize(1);
        }
    }

    @Test
    void box2_whenNoFolders_theConsoleReportsSuccessAndBoxHasNothing() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("no-folders")).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            sandbox.clock().advance(Duration.ofMinutes(30));
            assertThat(walk.lists()).contains("Boxは保護されています。", "Boxの共有フォルダおよび隔離フォルダを作成しました。");
            BoxCalls box = new BoxCalls(sandbox);
            assertThat(box.get("/2.0/groups").toString())
                    .doesNotContain("\"trendmicro_cas_temp__dont_change_or_delete\"");
        }
    }

    @Test
    void alreadyLinked_allIsListedAndProtected_butTwoBoxTasksAreLeft() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("already-linked")).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            for (CloudService service : CloudService.standard()) {
                assertThat(walk.accounts()).contains("\t" + service.label(Locale.JAPANESE));
                assertThat(walk.lists()).contains(service.label(Locale.JAPANESE) + "は保護されています。 2026/10/2");
                assertThat(sandbox.summary().grants(service)).isEqualTo(1);
            }
            assertThat(walk.lists()).doesNotContain("更新しています。");
            View apps = walk.signIn(walk.at(sandbox.box(), "/master/settings/apps?search=trend"));
            assertThat(apps.value("利用状況")).isEqualTo("使用可能");
            assertThat(walk.at(sandbox.sharePointAdmin(), "/_layouts/15/TA_AllAppPrincipals.aspx")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void leftoverFolders_areFoundInBoxButNotListed_andTheLinkKeepsThem() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("leftover-folders")).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            assertThat(walk.accounts()).doesNotContain("\tBox");
            BoxCalls box = new BoxCalls(sandbox);
            String before = box.get("/2.0/groups").toString();
            assertThat(before).contains("\"trendmicro_cas_temp__dont_change_or_delete\"");
            walk.link(CloudService.BOX);
            assertThat(box.get("/2.0/groups").toString()).isEqualTo(before);
            assertThat(sandbox.summary().grants(CloudService.BOX)).isEqualTo(1);
        }
    }

    @Test
    void foreignPending_clearsByItselfAfterNinetyMinutes_andALinkBeforeIsAViolation() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("foreign-pending")).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            assertThat(walk.lists()).contains("Salesforceのユーザおよびグループを更新しています。");
            sandbox.clock().advance(Duration.ofMinutes(50));
            walk.at(sandbox.console(), "/console");
            sandbox.clock().advance(Duration.ofMinutes(40));
            assertThat(walk.lists()).doesNotContain("更新しています。");
            walk.link(CloudService.BOX);
            assertThat(sandbox.summary().violations()).isEmpty();
        }
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("foreign-pending")).start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            assertThat(sandbox.summary().violations()).hasSize(1);
        }
    }

    @Test
    void common5_whenTheFirstSignInStartedSeveral_allArePendingAtTheStartAndProtectedTogether() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("first-sign-in")).start()) {
            Walk walk = new Walk(sandbox);
            View console = walk.openConsole();
            assertThat(console.hasButton("次へ")).isFalse();
            List<CloudService> started = List.of(CloudService.BOX, CloudService.DROPBOX, CloudService.EXCHANGE_ONLINE);
            assertThat(sandbox.summary().grants())
                    .containsOnlyKeys(started)
                    .allSatisfy((s, n) -> assertThat(n).isEqualTo(1));
            for (CloudService service : started) {
                String label = service.label(Locale.JAPANESE);
                assertThat(walk.list("tasks", "pending"))
                        .contains(label + "のユーザおよびグループを更新しています。 2026/11/23 23:58:00 - 初期設定の組織");
                assertThat(walk.accounts()).contains("\t" + label);
            }
            walk.link(CloudService.ONEDRIVE);
            assertThat(sandbox.summary().violations())
                    .extracting(Violation::kind, Violation::service)
                    .containsExactly(tuple(Violation.Kind.LINK_DURING_PENDING, CloudService.ONEDRIVE));
        }
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("first-sign-in")).start()) {
            sandbox.clock().advance(Duration.ofMinutes(3));
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            assertThat(walk.list("notifications", "success"))
                    .contains("Boxは保護されています。 2026/11/24 00:03:00", "Dropboxは保護されています。", "Exchange Onlineは保護されています。");
            assertThat(walk.list("tasks", "pending")).endsWith("重大度: 保留");
            walk.link(CloudService.ONEDRIVE);
            assertThat(sandbox.summary().violations()).isEmpty();
        }
    }

    @Test
    void common12_whenSomebodyGrantedBefore_oneIsFinishedAndOneIsPendingStill() {
        try (Sandbox sandbox = Sandbox.builder()
                .scenario(Scenario.parse("granted-before"))
                .users(12_000)
                .start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            assertThat(walk.list("notifications", "success"))
                    .endsWith("重大度: 成功しました\nDropboxは保護されています。 2026/11/23 23:58:00 - 初期設定の組織");
            assertThat(walk.list("tasks", "pending"))
                    .endsWith("重大度: 保留\nBoxのユーザおよびグループを更新しています。 2026/11/23 23:59:00 - 初期設定の組織");
            assertThat(walk.accounts()).contains("\tBox", "\tDropbox");
            sandbox.clock().advance(Duration.ofHours(4));
            walk.openConsole();
            assertThat(walk.list("notifications", "success")).contains("Boxは保護されています。 2026/11/24 03:59:00");
            assertThat(new BoxCalls(sandbox).get("/2.0/groups").toString())
                    .contains("\"trendmicro_cas_temp__dont_change_or_delete\"");
            assertThat(sandbox.summary().grants()).isEqualTo(Map.of(CloudService.BOX, 1, CloudService.DROPBOX, 1));
            assertThat(sandbox.summary().violations()).isEmpty();
        }
    }

    @Test
    void organisations_ofTwoCustomersMayBearTheSameName() {
        try (Sandbox one = Sandbox.builder().account("CAS0001").seed(1).start();
                Sandbox two = Sandbox.builder().account("CAS0002").seed(2).start()) {
            assertThat(one.organisations()).isEqualTo(two.organisations());
            Walk walk = new Walk(one);
            walk.openConsole();
            walk.link(CloudService.BOX);
            assertThat(two.summary().grants()).isEmpty();
            assertThat(one.consolePassword()).isNotEqualTo(two.consolePassword());
        }
    }
}
