package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.View;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The providers' pages that the activation needs besides consent: Box's settings and SharePoint's AppInv.aspx. */
class ProviderPagesTest {
    private static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";
    private static final String XML = """
            <AppPermissionRequests AllowAppOnlyPolicy="true">
              <AppPermissionRequest Scope="http://sharepoint/content/tenant" Right="Manage" />
            </AppPermissionRequests>""";

    @Test
    void allEightServices_areLinkedOneAfterTheOtherWithoutViolation() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.installGoogleApp();
            for (CloudService service : CloudService.standard()) {
                walk.link(service);
                sandbox.clock().advance(Duration.ofMinutes(5));
            }
            assertThat(sandbox.summary().violations()).isEmpty();
            assertThat(sandbox.summary().grants()).hasSize(8);
            assertThat(walk.lists()).contains("通知 (8)").doesNotContain("更新しています。");
            assertThat(walk.accounts()).containsPattern("アプリID: [0-9a-f-]{36}\tSharePoint Online");
        }
    }

    @Test
    void box4_box5_theAppIsFoundBySearchAndSetOnce() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            View settings = walk.signIn(walk.at(sandbox.box(), "/master/settings"));
            View apps = walk.visitor.follow(settings, "アプリ");
            assertThat(apps.text()).contains("アプリケーションの個別管理").doesNotContain("Trend Micro");
            View found = walk.visitor.press(apps, "検索", Map.of("検索", "Trend Micro - Cloud App Security"));
            assertThat(found.text()).contains("Trend Micro - Cloud App Security");
            View saved = walk.visitor.press(
                    found, "保存", Map.of("利用状況", "デフォルトで追加", "Enforce event notifications settings on all users", "on"));
            assertThat(saved.text()).contains("保存しました。");
            View again = walk.at(sandbox.box(), "/master/settings/apps?search=Cloud+App");
            assertThat(again.value("利用状況")).isEqualTo("デフォルトで追加");
            assertThat(again.isTicked("Enforce event notifications settings on all users"))
                    .isTrue();
        }
    }

    @Test
    void box6_theSecondCheckboxNeedsTheFirst() {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("leftover-folders")).start()) {
            Walk walk = new Walk(sandbox);
            View files = walk.signIn(walk.at(sandbox.box(), "/"));
            View settings = walk.visitor.follow(walk.visitor.follow(files, TEMP), "設定");
            String override = "このフォルダとすべてのサブフォルダのデフォルト設定を上書きする";
            String mute = "すべてのコラボレータへのすべてのメール通知を無効化する";
            View refused = walk.visitor.press(settings, "保存", Map.of(mute, "on"));
            assertThat(refused.text()).contains("先にデフォルト設定の上書きを選択してください。");
            View saved = walk.visitor.press(settings, "保存", Map.of(override, "on", mute, "on"));
            assertThat(saved.isTicked(override)).isTrue();
            assertThat(saved.isTicked(mute)).isTrue();
        }
    }

    @Test
    void m365_4_teamsSynchronisesOnlyAfterDone_andTheSandboxKnowsWhetherThePermissionWasThere() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View wizard = walk.grant(CloudService.MICROSOFT_TEAMS);
            assertThat(wizard.hasButton("完了")).isTrue();
            sandbox.clock().advance(Duration.ofMinutes(30));
            assertThat(walk.lists()).doesNotContain("Microsoft Teams");
            String appId = appId(wizard.text());
            assertThat(walk.accounts())
                    .contains("アプリID: " + appId + "\tMicrosoft Teams")
                    .contains("続行");
            View trust = appInv(walk, appId, XML, "https://admin.tmcas.trendmicro.co.jp/provision.html");
            assertThat(trust.text()).contains("Trend Micro Cloud App Security を信頼しますか?");
            walk.visitor.press(trust, "信頼する");
            for (String page : new String[] {"appprincipals.aspx", "TA_AllAppPrincipals.aspx"}) {
                assertThat(walk.at(sandbox.sharePointAdmin(), "/_layouts/15/" + page)
                                .text())
                        .contains("Trend Micro Cloud App Security\ti:0i.t|ms.sp.ext|" + appId);
            }
            View goOn = walk.visitor.follow(walk.at(sandbox.console(), "/console/service-accounts"), "続行");
            walk.visitor.press(goOn, "完了");
            assertThat(walk.lists()).contains("Microsoft Teamsのユーザおよびグループを更新しています。");
            sandbox.clock().advance(Duration.ofMinutes(5));
            assertThat(walk.lists()).contains("Microsoft Teamsは保護されています。");
            assertThat(sandbox.summary().appPermissionAtTeamsFinish()).contains(true);
        }
    }

    @Test
    void m365_4_whenAnotherServiceIsLinkedBeforeDone_itIsAViolation() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.grant(CloudService.MICROSOFT_TEAMS);
            walk.link(CloudService.ONEDRIVE);
            assertThat(sandbox.summary().violations()).hasSize(1);
            View goOn = walk.visitor.follow(walk.at(sandbox.console(), "/console/service-accounts"), "続行");
            walk.visitor.press(goOn, "完了");
            assertThat(sandbox.summary().appPermissionAtTeamsFinish()).contains(false);
        }
    }

    @Test
    void m365_6_m365_7_m365_8_appInvRefusesWrongValues() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.SHAREPOINT_ONLINE);
            String sharePointId = appId(walk.accounts());
            sandbox.clock().advance(Duration.ofMinutes(5));
            String teamsId = appId(walk.grant(CloudService.MICROSOFT_TEAMS).text());
            String redirect = "https://admin.tmcas.trendmicro.co.jp/provision.html";
            assertThat(appInv(walk, sharePointId, XML, redirect).text()).contains("この権限を付与できません");
            assertThat(appInv(walk, "11111111-2222-3333-4444-555555555555", XML, redirect)
                            .text())
                    .contains("アプリが見つかりません");
            assertThat(appInv(walk, teamsId, XML.replace("Manage", "Read"), redirect)
                            .text())
                    .contains("権限の要求 XML が正しくありません");
            assertThat(appInv(walk, teamsId, "<!DOCTYPE x>" + XML, redirect).text())
                    .contains("権限の要求 XML が正しくありません");
            assertThat(appInv(walk, teamsId, XML, redirect.replace("co.jp", "com"))
                            .text())
                    .contains("リダイレクト先の URL が正しくありません");
            View withQuery = walk.at(sandbox.sharePointAdmin(), "/_layouts/15/AppInv.aspx?x=1");
            assertThat(withQuery.hasButton("作成")).isFalse();
        }
    }

    @Test
    void m365_4_theAdminCentreLeadsToSharePoint() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            View view = walk.signIn(walk.at(sandbox.microsoft(), "/"));
            view = walk.visitor.follow(walk.visitor.follow(view, "管理"), "すべて表示");
            view = walk.visitor.follow(view, "SharePoint");
            assertThat(view.address().getPath()).isEqualTo("/_layouts/15/online/AdminHome.aspx");
            assertThat(view.text()).contains("SharePoint管理センター");
        }
    }

    @Test
    void m365_6_appInvSpeaksEnglish_andKeepsTheIdsOfTheRealPage() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            String teamsId = appId(walk.grant(CloudService.MICROSOFT_TEAMS).text());
            walk.signIn(walk.at(sandbox.sharePointAdmin(), "/_layouts/15/AppInv.aspx"));
            walk.at(sandbox.sharePointAdmin(), "/?lang=en");
            View page = walk.at(sandbox.sharePointAdmin(), "/_layouts/15/AppInv.aspx");
            assertThat(List.of(
                            "_IdTitleEditableInputFormSection_ctl01_TxtAppId",
                            "_IdTitleEditableInputFormSection_ctl01_BtnLookup",
                            "_IdTitleEditableInputFormSection_ctl02_TxtTitle",
                            "_IdTitleEditableInputFormSection_ctl03_TxtRealm",
                            "_IdTitleEditableInputFormSection_ctl04_TxtRedirectUrl",
                            "_TitleDescSection_ctl01_TxtPerm",
                            "_ctl01_RptControls_BtnCreate"))
                    .allMatch(page::hasId);
            View unknown = walk.visitor.press(page, "Lookup", Map.of("App Id", "11111111-2222-3333-4444-555555555555"));
            assertThat(unknown.error()).isEqualTo("The app was not found.");
            View looked = walk.visitor.press(page, "Lookup", Map.of("App Id", teamsId));
            assertThat(looked.value("Title")).isEqualTo("Trend Micro Cloud App Security");
            Map<String, String> values = new LinkedHashMap<>();
            values.put("App Domain", "tmcas.trendmicro.com");
            values.put("Redirect URL", "https://admin.tmcas.trendmicro.co.jp/provision.html");
            values.put("Permission Request XML", "<AppPermissionRequests");
            assertThat(walk.visitor.press(looked, "Create", values).error())
                    .isEqualTo("The Permission Request XML is not correct.");
            values.put("Permission Request XML", XML);
            View trust = walk.visitor.press(looked, "Create", values);
            assertThat(trust.hasId("_BtnAllow")).isTrue();
            walk.visitor.press(trust, "Trust It");
            View list = walk.at(sandbox.sharePointAdmin(), "/_layouts/15/TA_AllAppPrincipals.aspx");
            assertThat(list.text()).contains(teamsId);
            assertThat(walk.visitor.press(list, "×").text()).doesNotContain(teamsId);
        }
    }

    private static View appInv(Walk walk, String appId, String xml, String redirect) {
        View page = walk.signIn(walk.at(walk.sandbox.sharePointAdmin(), "/_layouts/15/AppInv.aspx"));
        View looked = walk.visitor.press(page, "参照", Map.of("アプリ ID", appId));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("アプリ ドメイン", "tmcas.trendmicro.com");
        values.put("リダイレクト先の URL:", redirect);
        values.put("権限の要求 XML", xml);
        return walk.visitor.press(looked, "作成", values);
    }

    private static String appId(String text) {
        Matcher m = Pattern.compile("アプリID: ([0-9a-f-]{36})").matcher(text);
        assertThat(m.find()).isTrue();
        return m.group(1);
    }
}
