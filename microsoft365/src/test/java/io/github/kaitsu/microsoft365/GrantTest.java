package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The role, the grant and what is left behind (M365-1, M365-3). */
class GrantTest {
    private static final CloudService[] FOUR = {
        CloudService.EXCHANGE_ONLINE,
        CloudService.SHAREPOINT_ONLINE,
        CloudService.ONEDRIVE,
        CloudService.MICROSOFT_TEAMS
    };

    @Test
    void m365_1_whenEveryServiceIsWanted_eachHasItsProvisioner() {
        assertThat(Microsoft365Provisioners.create())
                .extracting(ServiceAccountProvisioner::service)
                .containsExactly(
                        CloudService.EXCHANGE_ONLINE,
                        CloudService.SHAREPOINT_ONLINE,
                        CloudService.ONEDRIVE,
                        CloudService.MICROSOFT_TEAMS,
                        CloudService.MIP);
    }

    @Test
    void m365_1_whenSeveralServicesAreRequested_theFirstAsksForTheRoleAndTheOthersComeAfterIt() {
        ActivationRequest request = Known.request(
                        CloudService.MIP, CloudService.BOX, CloudService.ONEDRIVE, CloudService.EXCHANGE_ONLINE)
                .build();

        ActivationStep asking = role(CloudService.ONEDRIVE, request, Map.of());
        ActivationStep other = role(CloudService.EXCHANGE_ONLINE, request, Map.of());

        assertThat(asking.phase()).isEqualTo(Phase.PREFLIGHT);
        assertThat(asking.required()).isTrue();
        assertThat(asking.check().question().orElseThrow().form()).isEqualTo(AnswerForm.yesOrNo());
        assertThat(other.after()).containsExactly(asking.id());
        assertThat(other.check().question()).isEmpty();
    }

    @Test
    void m365_1_whenTheRoleIsAttested_oneAnswerLetsAllServicesGoOn() throws InterruptedException {
        Journey journey = Journey.activating(Known.request(CloudService.EXCHANGE_ONLINE, CloudService.ONEDRIVE)
                .build());

        assertThat(journey.openSteps()).containsExactly("exchange-online.global-administrator");
        journey.done("exchange-online.global-administrator");
        assertThat(journey.openSteps()).containsExactly(Journey.READ);
        assertThat(journey.holds("onedrive.global-administrator")).isTrue();
    }

    @Test
    void m365_1_whenThereIsNoGlobalAdministrator_noServiceOfTheTenantIsLinked() throws InterruptedException {
        Journey journey = Journey.activating(Known.request(CloudService.EXCHANGE_ONLINE, CloudService.ONEDRIVE)
                .build());

        journey.saw("exchange-online.global-administrator", "no");

        assertThat(journey.ended(CloudService.EXCHANGE_ONLINE)).isPresent();
        assertThat(journey.ended(CloudService.ONEDRIVE)).isPresent();
        assertThat(journey.openSteps()).isEmpty();
    }

    @Test
    void m365_1_whenAccessIsGranted_theWayIsTheManuals() {
        String text =
                instructions(CloudService.EXCHANGE_ONLINE, Known.request(FOUR).build());

        assertThat(text)
                .containsSubsequence(
                        "運用管理",
                        "サービスアカウント",
                        "追加",
                        "初期設定の組織",
                        "Exchange Online",
                        "権限の付与",
                        "次へ",
                        "サインイン",
                        "承諾",
                        "Please close this window, then back to Trend Micro Cloud App Security continue provision.",
                        "タブを閉じます",
                        "ステータスの更新",
                        "閉じる");
    }

    @Test
    void m365_1_whenTheOrganisationHasAnotherName_theMenuShowsIt() {
        ActivationRequest request = ActivationRequest.builder(new CustomerId(ConsoleSite.JP, "CAS0001", "営業本部"))
                .services(FOUR)
                .edition(Edition.CONSOLE_2024_04)
                .build();

        assertThat(instructions(CloudService.ONEDRIVE, request)).contains("「追加」→「営業本部」→「OneDrive」");
    }

    @Test
    void m365_1_whenTheConsoleIsTodays_theWayIsTodays() {
        ActivationRequest request =
                Known.request(FOUR).edition(Edition.CONSOLE_2024_07).build();

        for (CloudService service : FOUR) {
            assertThat(instructions(service, request))
                    .containsSubsequence(
                            "サービスのステータス",
                            "アクセス権付与",
                            "権限の付与",
                            "承諾",
                            "Successfully created a service account and synced data.")
                    .doesNotContain("ステータスの更新");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXCHANGE_ONLINE, Mail.ReadWrite",
        "SHAREPOINT_ONLINE, Sites.FullControl.All",
        "ONEDRIVE, User.Read.All",
        "MICROSOFT_TEAMS, Sites.Manage.All",
        "MIP, Content.SuperUser"
    })
    void m365_1_whenConsentIsAskedFor_thePublishedPermissionsAreShown(CloudService service, String permission) {
        OperatorAction action = action(service, Known.request(service).build());

        assertThat(action.why(Locale.JAPANESE)).contains(permission);
        assertThat(action.why(Locale.ENGLISH)).contains(permission);
    }

    @ParameterizedTest
    @EnumSource(
            value = CloudService.class,
            names = {"EXCHANGE_ONLINE", "SHAREPOINT_ONLINE", "ONEDRIVE", "MICROSOFT_TEAMS"})
    void common7_whenPoliciesAreRequested_theyAreToBeChosen(CloudService service) {
        for (Edition edition : Edition.values()) {
            ActivationRequest.Builder request = Known.request(service).edition(edition);

            assertThat(instructions(service, request.build())).contains("ポリシーは選択せずに");
            assertThat(instructions(
                            service, request.policies(List.of("既定のポリシー", "B")).build()))
                    .contains("既定のポリシー / B")
                    .doesNotContain("ポリシーは選択せずに");
        }
    }

    @Test
    void m365_3_whenTeamsIsGranted_theChatIsNotToBeChosen() {
        for (Edition edition : Edition.values()) {
            for (List<String> policies : List.of(List.<String>of(), List.of("A"))) {
                assertThat(instructions(
                                CloudService.MICROSOFT_TEAMS,
                                Known.request(FOUR)
                                        .edition(edition)
                                        .policies(policies)
                                        .build()))
                        .contains("「Teamsチャット」は追加料金が発生することがあるため、選択しません");
            }
        }
        assertThat(notices(CloudService.MICROSOFT_TEAMS, Known.request(FOUR).build()))
                .contains("M365-3");
    }

    @Test
    void common9_whenTeamsIsGranted_neitherDoneNorCloseIsPressedAndTheTabStays() {
        assertThat(instructions(
                        CloudService.MICROSOFT_TEAMS, Known.request(FOUR).build()))
                .contains("「完了」も「閉じる」もまだクリックせず、このタブを開いたままにします")
                .doesNotContain("「閉じる」をクリックします");
    }

    @Test
    void mip1_whenMipIsNotRequested_itIsMentionedOnceInARun() {
        ActivationRequest without = Known.request(FOUR).build();
        ActivationRequest with =
                Known.request(CloudService.EXCHANGE_ONLINE, CloudService.MIP).build();

        assertThat(List.of(FOUR).stream().filter(s -> notices(s, without).contains("MIP-1")))
                .containsExactly(CloudService.EXCHANGE_ONLINE);
        assertThat(notices(CloudService.EXCHANGE_ONLINE, with)).doesNotContain("MIP-1");
    }

    @Test
    void m365_1_whenAServiceIsRemoved_onlyTheAppWithItsIdIsToGo() {
        Map<String, String> facts = Map.of("console.app-id.SHAREPOINT_ONLINE", Known.SHAREPOINTS_ID);

        ActionTemplate known = appRemoval(CloudService.SHAREPOINT_ONLINE, facts);
        ActionTemplate unknown = appRemoval(CloudService.EXCHANGE_ONLINE, facts);

        assertThat(known.values()).containsEntry("entra.applicationId", Known.SHAREPOINTS_ID);
        assertThat(unknown.values()).isEmpty();
        assertThat(Known.render(unknown).instructions(Locale.JAPANESE))
                .anySatisfy(line -> assertThat(line).contains("Member.Read.Hidden"))
                .anySatisfy(line -> assertThat(line).contains("判断できない場合は、削除せずに"));
        assertThat(unknown.acceptedBlocks()).contains(BlockReason.NOT_FOUND);
    }

    @Test
    void m365_10_whenTeamsIsRemoved_theTenantsRowGoesTooByTheIdTheConsoleShowed() throws InterruptedException {
        Journey journey = Journey.removing(Known.CUSTOMER, CloudService.MICROSOFT_TEAMS);
        journey.saw(Journey.READ, Known.console(Known.teamsRow(Known.APP_ID)));
        journey.done("microsoft-teams.remove");
        journey.saw(Journey.READ, Known.console());

        assertThat(journey.open("microsoft-teams.remove-sharepoint-permission").values(Locale.JAPANESE))
                .containsEntry("アプリ ID", Known.APP_ID);
        assertThat(journey.open("microsoft-teams.remove-enterprise-app").values(Locale.ENGLISH))
                .containsEntry("Application ID", Known.APP_ID);
        journey.done("microsoft-teams.remove-sharepoint-permission");
        journey.answer("microsoft-teams.remove-enterprise-app", Answer.blocked(Journey.PERSON, BlockReason.NOT_FOUND));
        assertThat(journey.ended(CloudService.MICROSOFT_TEAMS).orElseThrow().status())
                .hasToString("REMOVED");
    }

    // ---- helpers

    private static ActivationStep role(CloudService service, ActivationRequest request, Map<String, String> facts) {
        return Steps.step(
                Known.provisioner(service).steps(Known.context(request, facts)),
                service.id() + ".global-administrator");
    }

    private static List<String> notices(CloudService service, ActivationRequest request) {
        return Known.provisioner(service).notices(Known.context(request)).stream()
                .map(Notice::rule)
                .toList();
    }

    private static ActionTemplate appRemoval(CloudService service, Map<String, String> facts) {
        return Steps.step(
                        Known.provisioner(service)
                                .removalSteps(Known.context(Known.request(FOUR).build(), facts)),
                        service.id() + ".remove-enterprise-app")
                .action()
                .orElseThrow();
    }

    private static String instructions(CloudService service, ActivationRequest request) {
        return String.join("\n", action(service, request).instructions(Locale.JAPANESE));
    }

    private static OperatorAction action(CloudService service, ActivationRequest request) {
        return Known.render(Known.provisioner(service).grant(Known.context(request)), request.edition());
    }
}
