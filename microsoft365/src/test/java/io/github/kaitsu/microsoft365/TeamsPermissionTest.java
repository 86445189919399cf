package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.microsoft365.Known.ADMIN_SITE;
import static io.github.kaitsu.microsoft365.Known.APP_ID;
import static io.github.kaitsu.microsoft365.Known.SHAREPOINTS_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.Phase;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Notice;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The permission at SharePoint, between consent and 完了 (M365-4 to M365-10). */
class TeamsPermissionTest {
    private static final String TEAMS_ID = "console.app-id.MICROSOFT_TEAMS";
    private static final String UNFINISHED = "console.unfinished.MICROSOFT_TEAMS";
    private static final String SHAREPOINT_ID = "console.app-id.SHAREPOINT_ONLINE";
    private static final String SITE = "microsoft-teams.admin-site";
    private static final String PERMISSION = "microsoft-teams.sharepoint-permission";
    private static final String LISTED = "microsoft-teams.permission-listed";
    private static final String FINISH = "microsoft-teams.finish";
    private static final URI APP_INV = URI.create(ADMIN_SITE + "/_layouts/15/AppInv.aspx");

    // ---- M365-4: when it is asked for

    @Test
    void m365_4_whenNobodyHasReadTheConsoleYet_itStandsInThePlanAfterTheGrant() {
        List<ActivationStep> steps = steps(request().build(), Map.of());

        assertThat(Known.ids(steps)).contains(SITE, PERMISSION, LISTED);
        for (String id : List.of(SITE, PERMISSION)) {
            assertThat(Steps.step(steps, id).phase()).isEqualTo(Phase.LINK);
            assertThat(Steps.step(steps, id).after()).contains(new StepId("microsoft-teams.grant"));
        }
        assertThat(Steps.step(steps, LISTED).after()).containsExactly(new StepId(PERMISSION));
    }

    @Test
    void m365_4_whenTheConsoleShowsNoAppId_itIsNotAskedFor() {
        assertThat(Known.ids(steps(request().build(), Map.of(UNFINISHED, "no"))))
                .doesNotContain(SITE, PERMISSION, LISTED);
    }

    /** An earlier grant's app id, or that there was none, says nothing about this one's. */
    @Test
    void m365_4_whenOnlyAnEarlierRunKnowsTheAppId_itDecidesNothing() {
        for (String id : List.of("", APP_ID)) {
            assertThat(Known.ids(steps(request().build(), Map.of(TEAMS_ID, id))))
                    .contains(SITE, PERMISSION, LISTED);
        }
    }

    @Test
    void m365_4_whenTheConsoleIsTodays_itIsNotPlanned_butComesUpWhereTheConsoleShowsIt() {
        ActivationRequest request = request().edition(Edition.CONSOLE_2024_07).build();

        assertThat(Known.ids(steps(request, Map.of(TEAMS_ID, APP_ID))))
                .containsExactly("microsoft-teams.global-administrator");
        assertThat(notices(request)).doesNotContain("M365-4");
        assertThat(Known.ids(steps(request, Map.of(UNFINISHED, "yes")))).contains(SITE, PERMISSION, LISTED);
    }

    @Test
    void m365_4_whenTheRequestInsists_itIsAskedForAllTheSame() {
        for (Edition edition : Edition.values()) {
            ActivationRequest request = request()
                    .edition(edition)
                    .insistOnSharePointPermission(true)
                    .build();

            assertThat(Known.ids(steps(request, Map.of(TEAMS_ID, "")))).contains(SITE, PERMISSION, LISTED);
            assertThat(notices(request)).contains("M365-4");
        }
    }

    @Test
    void m365_4_whenItIsPlanned_theEndOfAcsIsSaid() {
        assertThat(notices(request().build())).contains("M365-4");
        assertThat(why(permission(request().build(), Map.of()))).contains("2026年4月2日に終了");
    }

    // ---- M365-4: how it runs

    @Test
    void m365_4_whenTeamsIsLinked_doneComesOnlyAfterThePermissionIsListed() throws InterruptedException {
        Journey journey = granted(request().build(), Known.teamsRow(APP_ID));

        assertThat(journey.openSteps()).containsExactly(SITE);
        journey.saw(SITE, ADMIN_SITE);
        assertThat(journey.openSteps()).containsExactly(PERMISSION);
        assertThat(journey.open(PERMISSION).link()).contains(APP_INV);
        assertThat(journey.open(PERMISSION).values(Locale.JAPANESE)).containsEntry("アプリ ID", APP_ID);
        journey.done(PERMISSION);
        assertThat(journey.openSteps()).containsExactly(LISTED);
        journey.done(LISTED);
        assertThat(journey.openSteps()).containsExactly(FINISH);
    }

    @ParameterizedTest
    @EnumSource(
            value = BlockReason.class,
            names = {"PAGE_REFUSES", "NOT_ASKED_FOR", "NO_LONGER_GRANTABLE"})
    void m365_4_whenThePermissionCannotBeHad_doneIsReleasedWithTheReason(BlockReason reason)
            throws InterruptedException {
        Journey journey = granted(request().sharePointAdminSite(ADMIN_SITE).build(), Known.teamsRow(APP_ID));

        journey.answer(PERMISSION, Answer.blocked(Journey.PERSON, reason));

        assertThat(journey.skipped(PERMISSION)).contains(SkipReason.of(reason));
        assertThat(journey.openSteps()).containsExactly(FINISH);
    }

    @ParameterizedTest
    @EnumSource(
            value = BlockReason.class,
            names = {"NOT_ASKED_FOR", "NO_LONGER_GRANTABLE"})
    void m365_4_whenThatIsSaidOfTheAdminSiteAlready_nothingMoreIsAsked(BlockReason reason) throws InterruptedException {
        Journey journey = granted(request().build(), Known.teamsRow(APP_ID));

        journey.answer(SITE, Answer.blocked(Journey.PERSON, reason));

        assertThat(journey.skipped(SITE)).contains(SkipReason.of(reason));
        assertThat(journey.openSteps()).containsExactly(FINISH);
    }

    @Test
    void m365_4_whenTheConsoleShowsNoAppIdAfterTheGrant_doneIsStillAskedFor() throws InterruptedException {
        Journey journey = granted(request().build(), "☐\tadmin@example.co.jp\tMicrosoft Teams");

        assertThat(journey.openSteps()).as("somebody must be told to press 完了").containsExactly(FINISH);
    }

    // ---- M365-5

    @Test
    void m365_5_whenTheRequestNamesTheAdminSite_nobodyIsAskedForIt() {
        ActivationRequest request =
                request().sharePointAdminSite(ADMIN_SITE + "/").build();

        assertThat(Known.ids(steps(request, Map.of()))).doesNotContain(SITE).contains(PERMISSION);
        assertThat(permission(request, Map.of()).link()).contains(APP_INV);
    }

    @Test
    void m365_5_whenTheAdminSiteIsAskedFor_theAnswerIsAnAddressAndLeadsToThePage() {
        ActionTemplate question = Steps.step(steps(request().build(), Map.of()), SITE)
                .check()
                .question()
                .orElseThrow();

        assertThat(question.kind()).isEqualTo(ActionTemplate.Kind.READ);
        assertThat(question.form().kind()).isEqualTo(AnswerForm.Kind.ADDRESS);
        assertThat(permission(request().build(), Map.of("answer." + SITE, ADMIN_SITE))
                        .link())
                .contains(APP_INV);
    }

    @Test
    void m365_5_whenTheAddressIsNoAdminSite_theRequestIsRefusedAndAnAnswerLeadsNowhere() {
        ActivationRequest request =
                request().sharePointAdminSite("https://example.sharepoint.com").build();

        assertThatThrownBy(() -> Known.provisioner(CloudService.MICROSOFT_TEAMS).check(request))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ADMIN_SITE));
        assertThat(permission(request().build(), Map.of("answer." + SITE, "https://xn--a-admin.sharepoint.com"))
                        .link())
                .isEmpty();
    }

    @Test
    void m365_5_whenNobodyTellsTheAdminSite_theWayThereIsGiven() throws InterruptedException {
        Journey journey = granted(request().build(), Known.teamsRow(APP_ID));

        journey.answer(SITE, Answer.declined(Journey.PERSON));

        OperatorAction action = journey.open(PERMISSION);
        assertThat(action.link()).isEmpty();
        assertThat(String.join("\n", action.instructions(Locale.JAPANESE)))
                .contains("「すべて表示」→「SharePoint」", "-admin.sharepoint.com/_layouts/15/AppInv.aspx");
    }

    // ---- M365-6

    @Test
    void m365_6_whenTheAppIdIsSharePoints_itIsNotOfferedAndTheActionSaysSo() throws InterruptedException {
        Journey journey = granted(
                request().sharePointAdminSite(ADMIN_SITE).build(),
                Known.sharePointRow(SHAREPOINTS_ID),
                Known.teamsRow(SHAREPOINTS_ID.toUpperCase(Locale.ROOT)));

        OperatorAction action = journey.open(PERMISSION);
        assertThat(action.values(Locale.JAPANESE)).doesNotContainKey("アプリ ID").doesNotContainValue(SHAREPOINTS_ID);
        for (Locale language : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            assertThat(String.join("\n", action.instructions(language))).contains(SHAREPOINTS_ID, "NOT_FOUND");
        }
        journey.done(PERMISSION);
        assertThat(journey.open(LISTED).values(Locale.JAPANESE)).isEmpty();
    }

    @Test
    void m365_6_whenTheAppIdIsTeamsOwn_itIsToBeCopiedAndTheTitleAloneProvesNothing() {
        ActivationRequest request = request().sharePointAdminSite(ADMIN_SITE).build();
        ActionTemplate action = permission(request, Map.of(TEAMS_ID, APP_ID, SHAREPOINT_ID, SHAREPOINTS_ID));

        assertThat(action.key()).isEqualTo("sharepoint-permission");
        assertThat(action.variants()).isEmpty();
        assertThat(action.values()).containsEntry("sharepoint.appId", APP_ID);
        assertThat(instructions(action)).contains("「参照」", "名前はどのサービスでも同じです");
    }

    @Test
    void m365_6_whenTheAppIdIsNotKnown_theRowToTakeItFromIsNamed() {
        ActionTemplate action =
                permission(request().sharePointAdminSite(ADMIN_SITE).build(), Map.of());

        assertThat(action.values()).doesNotContainKey("sharepoint.appId");
        assertThat(instructions(action))
                .contains("「サービスの種類」が「Microsoft Teams」の行の「アプリID」", "「SharePoint Online」の行のIDは使いません");
    }

    // ---- M365-7, M365-8, M365-9

    @Test
    void m365_7_whenTheSiteIsKnown_domainAndRedirectAreToBeCopied() {
        assertThat(permission(request().build(), Map.of()).values())
                .containsEntry("sharepoint.appDomain", "tmcas.trendmicro.com")
                .containsEntry("sharepoint.redirectUrl", "https://admin.tmcas.trendmicro.co.jp/provision.html");
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsoleSite.class,
            names = {"US", "AU"})
    void m365_7_whenTheSitesAddressIsNotAttested_itComesFromTheAddressBar(ConsoleSite site) {
        ActivationRequest.Builder request = ActivationRequest.builder(CustomerId.of(site, "CAS0001"))
                .services(CloudService.MICROSOFT_TEAMS)
                .edition(Edition.CONSOLE_2024_04)
                .sharePointAdminSite(ADMIN_SITE);
        Map<String, String> facts = Map.of(TEAMS_ID, APP_ID);

        ActionTemplate unknown = permission(request.build(), facts);
        ActionTemplate known = permission(
                request.consoleOrigin("https://admin.tmcas.trendmicro.com").build(), facts);

        assertThat(unknown.values()).doesNotContainKey("sharepoint.redirectUrl");
        assertThat(instructions(unknown)).contains("アドレスバー", "/provision.html");
        assertThat(known.values())
                .containsEntry("sharepoint.redirectUrl", "https://admin.tmcas.trendmicro.com/provision.html");
    }

    @Test
    void m365_8_whenTheXmlIsToBeCopied_itIsTheBuildersAndItsReachIsSaid() {
        ActionTemplate action = permission(request().build(), Map.of());

        assertThat(action.values())
                .containsEntry(
                        "sharepoint.permissionXml",
                        AppPermissionRequests.tmcas().toXml());
        assertThat(why(action)).contains("Manage", "テナントのすべてのサイトに及びます");
    }

    @Test
    void m365_9_whenThePermissionIsRegistered_aPersonCreatesAndTrustsIt() {
        ActionTemplate action = permission(request().build(), Map.of());

        assertThat(action.kind()).isEqualTo(ActionTemplate.Kind.DO);
        assertThat(instructions(action)).containsSubsequence("「作成」", "「信頼する」");
    }

    // ---- M365-10

    @Test
    void m365_10_whenTheListIsLookedAt_theTenantsPageIsFirstAndTheManualsSecond() {
        ActionTemplate question = Steps.step(
                        steps(request().sharePointAdminSite(ADMIN_SITE).build(), Map.of(TEAMS_ID, APP_ID)), LISTED)
                .check()
                .question()
                .orElseThrow();

        assertThat(question.kind()).isEqualTo(ActionTemplate.Kind.READ);
        assertThat(question.form()).isEqualTo(AnswerForm.yesOrNo());
        assertThat(question.link()).contains(URI.create(ADMIN_SITE + "/_layouts/15/TA_AllAppPrincipals.aspx"));
        assertThat(question.arguments()).contains(ADMIN_SITE + "/_layouts/15/appprincipals.aspx");
        assertThat(question.values()).containsEntry("sharepoint.appId", APP_ID);
    }

    @Test
    void m365_10_whenThePermissionWasLeftOut_nobodyLooksForIt() {
        assertThat(Known.ids(steps(request().build(), Map.of("skipped." + PERMISSION, "PAGE_REFUSES"))))
                .contains(PERMISSION)
                .doesNotContain(LISTED);
    }

    @Test
    void m365_10_whenTheListCannotBeOpened_doneIsReleasedWithTheReason() throws InterruptedException {
        Journey journey = granted(request().sharePointAdminSite(ADMIN_SITE).build(), Known.teamsRow(APP_ID));
        journey.done(PERMISSION);

        journey.answer(LISTED, Answer.blocked(Journey.PERSON, BlockReason.PAGE_REFUSES));

        assertThat(journey.skipped(LISTED)).contains(SkipReason.PAGE_REFUSES);
        assertThat(journey.openSteps()).containsExactly(FINISH);
    }

    @Test
    void m365_10_whenThePermissionIsNotListed_doneIsNotOffered() throws InterruptedException {
        Journey journey = granted(request().sharePointAdminSite(ADMIN_SITE).build(), Known.teamsRow(APP_ID));
        journey.done(PERMISSION);

        journey.saw(LISTED, "no");

        assertThat(journey.openSteps()).isEmpty();
        assertThat(journey.ended(CloudService.MICROSOFT_TEAMS).orElseThrow())
                .satisfies(e -> assertThat(e.step()).contains(new StepId(LISTED)))
                .satisfies(e -> assertThat(e.detail()).isEqualTo(Statement.of("answered-no")));
    }

    // ---- helpers

    private static ActivationRequest.Builder request() {
        return Known.request(CloudService.MICROSOFT_TEAMS);
    }

    /** A run up to the reading after the grant. */
    private static Journey granted(ActivationRequest request, String... rows) throws InterruptedException {
        return Journey.activating(request)
                .done("microsoft-teams.global-administrator")
                .readBefore()
                .done("microsoft-teams.grant")
                .saw(Journey.READ, Known.console(rows));
    }

    private static List<ActivationStep> steps(ActivationRequest request, Map<String, String> facts) {
        return Known.provisioner(CloudService.MICROSOFT_TEAMS).steps(Known.context(request, facts));
    }

    private static ActionTemplate permission(ActivationRequest request, Map<String, String> facts) {
        return Steps.step(steps(request, facts), PERMISSION).action().orElseThrow();
    }

    private static List<String> notices(ActivationRequest request) {
        return Known.provisioner(CloudService.MICROSOFT_TEAMS).notices(Known.context(request)).stream()
                .map(Notice::rule)
                .toList();
    }

    private static String why(ActionTemplate template) {
        return Known.render(template).why(Locale.JAPANESE);
    }

    private static String instructions(ActionTemplate template) {
        return String.join("\n", Known.render(template).instructions(Locale.JAPANESE));
    }
}
