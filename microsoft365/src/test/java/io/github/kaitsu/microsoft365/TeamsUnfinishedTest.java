package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.microsoft365.Known.ADMIN_SITE;
import static io.github.kaitsu.microsoft365.Known.APP_ID;
import static io.github.kaitsu.microsoft365.Known.SHAREPOINTS_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether Teams' window still shows アプリID with 完了, told by a reading or a person, and what follows (M365-4). */
class TeamsUnfinishedTest {
    private static final String UNFINISHED = "microsoft-teams.unfinished";
    private static final String PERMISSION = "microsoft-teams.sharepoint-permission";
    private static final String LISTED = "microsoft-teams.permission-listed";
    private static final String FINISH = "microsoft-teams.finish";
    private static final String HEAD = "運用管理 > サービスアカウント\n\tアカウント名 / 登録トークン\tサービスの種類\n";
    private static final String SENTENCE = "Successfully created a service account and synced data.";

    // ---- the manuals' console: the row tells

    @Test
    void m365_4_whenTheRowShowsTheAppId_nobodyIsAsked() throws Exception {
        Journey journey = granted(manuals()).saw(Journey.READ, Known.console(Known.teamsRow(APP_ID)));

        assertThat(journey.openSteps()).containsExactly(PERMISSION);
        assertThat(journey.evidence(UNFINISHED).orElseThrow())
                .satisfies(e -> assertThat(e.level()).isEqualTo(Evidence.Level.ATTESTED))
                .satisfies(e -> assertThat(e.source().kind()).isEqualTo(Evidence.Kind.CONSOLE))
                .satisfies(e -> assertThat(e.seen()).isEqualTo(Statement.of("unfinished-row")));
    }

    @Test
    void m365_4_whenTheRowSurelyShowsNone_itIsLeftOutForThatReason_andDoneFollows() throws Exception {
        Journey journey =
                granted(manuals()).saw(Journey.READ, Known.console("☐\tadmin@example.co.jp\tMicrosoft Teams"));

        assertThat(journey.openSteps()).containsExactly(FINISH);
        assertThat(journey.evidence(UNFINISHED).orElseThrow().seen()).isEqualTo(Statement.of("finished-row"));
        assertThat(journey.skipped(PERMISSION)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // one cell a line between whole rows: whose the id is, nothing tells
                HEAD + "☐\tadmin@example.co.jp\tExchange Online\nアプリID: " + APP_ID + "\nMicrosoft Teams\n",
                HEAD + "アプリID: [Redacted]\nMicrosoft Teams\n",
                HEAD + "☐\tアプリID\tMicrosoft Teams\n",
                HEAD + "☐\tMicrosoft Teams\n",
                "サービスアカウント: SharePoint Online、Microsoft Teams",
            })
    void m365_4_whenTheReadingCannotTell_somebodyIsAskedBeforeAnythingIsLeftOut(String text) throws Exception {
        Journey journey = granted(manuals()).saw(Journey.READ, text);

        assertThat(journey.openSteps()).containsExactly(UNFINISHED);
        assertThat(journey.skipped(PERMISSION)).isEmpty();
        OperatorAction question = journey.open(UNFINISHED);
        assertThat(question.template().kind()).isEqualTo(ActionTemplate.Kind.READ);
        assertThat(question.form()).isEqualTo(AnswerForm.yesOrNo());
        journey.saw(UNFINISHED, "yes");
        assertThat(journey.openSteps()).containsExactly(PERMISSION);
    }

    @Test
    void m365_4_whenTheIdStandsAboveTheServiceInItsOwnLine_itIsTheServices() throws Exception {
        Journey journey = granted(manuals())
                .saw(
                        Journey.READ,
                        HEAD + "アプリID: " + SHAREPOINTS_ID + "\nSharePoint Online\nアプリID: " + APP_ID
                                + "\nMicrosoft Teams\n");

        assertThat(journey.openSteps()).containsExactly(PERMISSION);
        assertThat(journey.open(PERMISSION).values(Locale.JAPANESE)).containsEntry("アプリ ID", APP_ID);
    }

    /** A line that a person has called furniture is read past; it may be the row's own id all the same. */
    @Test
    void m365_4_whenTheIdWasCalledFurniture_thatTheRowHasNoneIsNotBelieved() throws Exception {
        String text = HEAD + "☐\tadmin@example.co.jp\tMicrosoft Teams\nアプリID: " + APP_ID + "\n";
        Journey journey = granted(manuals()).saw(Journey.READ, text);

        journey.saw("console.furniture", "yes");

        assertThat(journey.openSteps()).containsExactly(UNFINISHED);
    }

    @Test
    void m365_4_whenAPersonSeesNone_thatIsTheEvidence_andDoneFollows() throws Exception {
        Journey journey = granted(manuals()).saw(Journey.READ, "サービスアカウント: Microsoft Teams");

        journey.saw(UNFINISHED, "no");

        assertThat(journey.openSteps()).containsExactly(FINISH);
        assertThat(journey.evidence(UNFINISHED).orElseThrow())
                .satisfies(e -> assertThat(e.level()).isEqualTo(Evidence.Level.ATTESTED))
                .satisfies(e -> assertThat(e.source().name()).isEqualTo(Journey.PERSON));
    }

    @ParameterizedTest
    @EnumSource(Edition.class)
    void m365_4_whenNobodyCanTell_itIsAskedForAllTheSame(Edition edition) throws Exception {
        if (edition == Edition.AUTO) {
            return;
        }
        Journey journey = asked(edition).answer(UNFINISHED, Answer.blocked(Journey.PERSON, BlockReason.NOT_FOUND));

        assertThat(journey.skipped(UNFINISHED)).contains(SkipReason.BLOCKED);
        assertThat(journey.openSteps()).containsExactly(PERMISSION);
        journey.answer(PERMISSION, Answer.blocked(Journey.PERSON, BlockReason.NOT_ASKED_FOR));
        assertThat(journey.openSteps()).containsExactly(FINISH);
    }

    @Test
    void m365_4_whenAnEarlierGrantHadNoAppId_thisOneIsReadAnew() throws Exception {
        Journey journey = Journey.activating(manuals())
                .done("microsoft-teams.global-administrator")
                .readBefore("☐\tadmin@example.co.jp\tExchange Online")
                .done("microsoft-teams.grant")
                .saw(Journey.READ, "サービスアカウント: Exchange Online、Microsoft Teams");

        assertThat(journey.openSteps()).containsExactly(UNFINISHED);
    }

    // ---- today's console: the window tells

    @Test
    void m365_4_whenTodaysWindowShowsNeither_nothingLiesBetween_andNobodyIsAskedForDone() throws Exception {
        Journey journey = granted(todays());
        assertThat(journey.openSteps()).containsExactly(UNFINISHED);

        journey.saw(UNFINISHED, "no");

        assertThat(journey.openSteps()).isEmpty();
        assertThat(status(journey)).isEqualTo(ActivationStatus.SYNCHRONIZING);
        assertThat(journey.view()
                        .service(CloudService.MICROSOFT_TEAMS)
                        .orElseThrow()
                        .steps())
                .extracting(s -> s.step().value())
                .contains(UNFINISHED)
                .doesNotContain(PERMISSION, LISTED, FINISH);
    }

    @Test
    void m365_4_whenTodaysWindowShowsAppIdAndDone_thePersonIsLedThroughAppInvToDone() throws Exception {
        Journey journey = granted(todays()).saw(UNFINISHED, "yes");

        OperatorAction reading = journey.open(Journey.READ);
        assertThat(reading.form().parts()).containsExactly(Part.WIZARD);
        assertThat(String.join("\n", reading.instructions(Locale.JAPANESE))).contains("「アプリID」と「完了」がある画面");
        journey.saw(Journey.READ, Known.window("Microsoft Teams", APP_ID));

        assertThat(journey.openSteps()).containsExactly(PERMISSION);
        assertThat(journey.open(PERMISSION).values(Locale.JAPANESE)).containsEntry("アプリ ID", APP_ID);
        journey.done(PERMISSION);
        assertThat(journey.openSteps()).containsExactly(LISTED);
        journey.done(LISTED);
        assertThat(journey.openSteps()).containsExactly(FINISH);
        assertThat(status(journey)).isEqualTo(ActivationStatus.LINKING);
        journey.done(FINISH);
        assertThat(status(journey)).isEqualTo(ActivationStatus.SYNCHRONIZING);
    }

    @Test
    void m365_4_whenTheAppIdIsTyped_itIsCopied() throws Exception {
        Journey journey = granted(todays()).saw(UNFINISHED, "yes").saw(Journey.READ, "アプリID: " + APP_ID);

        assertThat(journey.open(PERMISSION).values(Locale.JAPANESE)).containsEntry("アプリ ID", APP_ID);
    }

    /** Its id comes from the window or the row then, as the action says. */
    @Test
    void m365_4_whenNobodyReadsTheAppId_theWayGoesOnWithoutIt() throws Exception {
        for (Answer answer : List.of(
                Answer.declined(Journey.PERSON),
                Answer.blocked(Journey.PERSON, BlockReason.NOT_FOUND),
                Answer.saw(Journey.PERSON, "サービスアカウント: Microsoft Teams"))) {
            Journey journey = granted(todays()).saw(UNFINISHED, "yes").answer(Journey.READ, answer);

            assertThat(journey.openSteps()).as("%s", answer).containsExactly(PERMISSION);
            assertThat(String.join("\n", journey.open(PERMISSION).instructions(Locale.JAPANESE)))
                    .contains("開いたままの付与の画面の「アプリID」");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = BlockReason.class,
            names = {"PAGE_REFUSES", "NOT_ASKED_FOR", "NO_LONGER_GRANTABLE"})
    void m365_4_whenItCannotBeHadToday_doneIsReleasedWithTheReason_andTheReportSaysWhatIsOpen(BlockReason reason)
            throws Exception {
        Journey journey = granted(todays())
                .saw(UNFINISHED, "yes")
                .saw(Journey.READ, Known.window("Microsoft Teams", APP_ID))
                .answer(PERMISSION, Answer.blocked(Journey.PERSON, reason));

        assertThat(journey.skipped(PERMISSION)).contains(SkipReason.of(reason));
        assertThat(journey.openSteps()).containsExactly(FINISH);
        assertThat(journey.view().openItems())
                .anySatisfy(i -> assertThat(i.text().ja()).startsWith("SharePointでのMicrosoft Teamsの権限の登録（"));
    }

    @Test
    void m365_4_whenTheWindowWasCopiedUnasked_itTellsInsteadOfAPerson() throws Exception {
        Journey journey = granted(todays()).handedIn(Known.window("Microsoft Teams", APP_ID));

        assertThat(journey.openSteps()).containsExactly(PERMISSION);
        assertThat(journey.evidence(UNFINISHED).orElseThrow().seen()).isEqualTo(Statement.of("unfinished-window"));
        assertThat(journey.open(PERMISSION).values(Locale.JAPANESE)).containsEntry("アプリ ID", APP_ID);
    }

    @Test
    void m365_4_whenTheWindowSaysThatTheDataAreSynchronised_nothingIsWaitedFor() throws Exception {
        Journey journey = granted(todays()).handedIn("Microsoft Teamsへのアクセス権付与\n" + SENTENCE + "\n閉じる\n");

        assertThat(journey.evidence(UNFINISHED).orElseThrow().seen()).isEqualTo(Statement.of("finished-window"));
        assertThat(status(journey)).isEqualTo(ActivationStatus.SYNCHRONIZING);
    }

    @Test
    void m365_4_whenTheWindowIsStillAtWork_itDoesNotTell() throws Exception {
        Journey journey = granted(todays()).handedIn("Microsoft Teamsへのアクセス権付与\nしばらくお待ちください。\n閉じる\n");

        assertThat(journey.openSteps()).containsExactly(UNFINISHED);
    }

    /** A window names no service: what was copied before Teams' grant is another's. */
    @Test
    void m365_4_whenTheWindowWasCopiedBeforeTheGrant_itIsAnotherServices() throws Exception {
        Journey journey = Journey.activating(todays())
                .done("microsoft-teams.global-administrator")
                .saw(Journey.READ, Known.console() + Known.window("SharePoint Online", SHAREPOINTS_ID))
                .saw("console.users", "unknown")
                .done("microsoft-teams.grant")
                .saw(UNFINISHED, "yes");

        assertThat(journey.openSteps()).containsExactly(Journey.READ);
    }

    /** Both stand in one window: it waits, whatever the sentence says. */
    @Test
    void m365_4_whenDoneIsShownBesideTheSentence_thatIsNoProof() throws Exception {
        Journey journey = Journey.activating(todays())
                .done("microsoft-teams.global-administrator")
                .readBefore()
                .handedIn(Known.window("Microsoft Teams", APP_ID) + SENTENCE + "\n"
                        + Known.console("☐\tadmin@example.co.jp\tMicrosoft Teams"));

        assertThat(journey.openSteps()).containsExactly("microsoft-teams.grant");
        journey.done("microsoft-teams.grant");
        assertThat(journey.openSteps()).containsExactly(PERMISSION);
        assertThat(journey.holds("microsoft-teams.protected")).isFalse();
    }

    @Test
    void m365_4_whenAPersonTakesTheirNoBack_itIsAskedAgain() throws Exception {
        Journey journey = granted(todays());
        ActionId question = journey.open(UNFINISHED).id();
        journey.saw(UNFINISHED, "no");

        journey.corrected(question);

        assertThat(journey.openSteps()).contains(UNFINISHED);
        journey.saw(UNFINISHED, "yes");
        assertThat(journey.openSteps()).contains(Journey.READ).doesNotContain(FINISH);
        assertThat(status(journey)).isEqualTo(ActivationStatus.LINKING);
    }

    // ---- 完了

    @Test
    void m365_4_whenTheRequestInsistsAndTheConsoleShowsNoDone_thatIsAnAcceptedAnswer() throws Exception {
        ActivationRequest request = request(Edition.CONSOLE_2024_07)
                .insistOnSharePointPermission(true)
                .build();
        Journey journey = granted(request).saw(Journey.READ, Known.console(Known.teamsRow(APP_ID)));
        assertThat(journey.openSteps()).containsExactly(PERMISSION);

        journey.done(PERMISSION).done(LISTED).answer(FINISH, Answer.blocked(Journey.PERSON, BlockReason.NOT_ASKED_FOR));

        assertThat(journey.skipped(FINISH)).contains(SkipReason.NOT_ASKED_FOR);
        assertThat(status(journey)).isEqualTo(ActivationStatus.SYNCHRONIZING);
    }

    // ---- what a person is told

    @Test
    void m365_4_whoGrantsToday_isToldWhatFollowsAppIdAndDone() {
        ActionTemplate grant = Known.provisioner(CloudService.MICROSOFT_TEAMS).grant(Known.context(todays()));

        assertThat(String.join(
                        "\n", Known.render(grant, Edition.CONSOLE_2024_07).instructions(Locale.JAPANESE)))
                .contains("「アプリID」と「完了」が表示された場合は", "このタブを開いたまま「できた」と回答してください", "このあと順に依頼します");
        assertThat(String.join(
                        "\n", Known.render(grant, Edition.CONSOLE_2024_07).instructions(Locale.ENGLISH)))
                .contains("keep this tab open and answer “done”", "You will be asked next");
    }

    @Test
    void m365_11_whoRegistersThePermission_isToldWhereTheValuesCanBeCompared() throws Exception {
        OperatorAction action = granted(todays())
                .saw(UNFINISHED, "yes")
                .saw(Journey.READ, Known.window("Microsoft Teams", APP_ID))
                .open(PERMISSION);

        assertThat(String.join("\n", action.instructions(Locale.JAPANESE)))
                .contains("「はじめに」→「オンラインヘルプの表示」", "「？」→「よくある質問」→「オンラインヘルプ」")
                .contains("「Office 365サービス用アカウントの準備」→「Microsoft Teams用サービスアカウントの準備」");
    }

    // ---- helpers

    private static ActivationRequest.Builder request(Edition edition) {
        return Known.request(CloudService.MICROSOFT_TEAMS).edition(edition).sharePointAdminSite(ADMIN_SITE);
    }

    private static ActivationRequest manuals() {
        return request(Edition.CONSOLE_2024_04).build();
    }

    private static ActivationRequest todays() {
        return request(Edition.CONSOLE_2024_07).build();
    }

    /** A run up to できた. */
    private static Journey granted(ActivationRequest request) throws InterruptedException {
        return Journey.activating(request)
                .done("microsoft-teams.global-administrator")
                .readBefore()
                .done("microsoft-teams.grant");
    }

    /** A run up to the question. */
    private static Journey asked(Edition edition) throws InterruptedException {
        Journey journey = granted(request(edition).build());
        return edition == Edition.CONSOLE_2024_07 ? journey : journey.saw(Journey.READ, "サービスアカウント: Microsoft Teams");
    }

    private static ActivationStatus status(Journey journey) {
        return journey.view()
                .service(CloudService.MICROSOFT_TEAMS)
                .orElseThrow()
                .status();
    }
}
