package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.microsoft365.Known.ADMIN_SITE;
import static io.github.kaitsu.microsoft365.Known.APP_ID;
import static io.github.kaitsu.microsoft365.Known.SHAREPOINTS_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.Connections;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Teams' link with a connection to SharePoint: what is looked at is not asked for (M365-4 to M365-10). */
@Timeout(60)
class ConnectedPermissionTest {
    private static final String PERMISSION = "microsoft-teams.sharepoint-permission";
    private static final String LISTED = "microsoft-teams.permission-listed";
    private static final String FINISH = "microsoft-teams.finish";
    private static final String REMOVAL = "microsoft-teams.remove-sharepoint-permission";
    private static final Duration A_WHILE = Duration.ofMinutes(11);

    private SharePointServer sharePoint;
    private Connections<SharePointConnection> connections;

    @BeforeEach
    void start() throws Exception {
        sharePoint = new SharePointServer();
        SharePointConnection connection = sharePoint.connection();
        connections = customer -> Optional.of(connection);
    }

    @AfterEach
    void stop() throws Exception {
        sharePoint.close();
    }

    @Test
    void m365_9_whenThePermissionIsThereAlready_nobodyRegistersItAgain() throws Exception {
        sharePoint.granted(APP_ID);

        Journey journey = granted(Known.teamsRow(APP_ID));

        assertThat(journey.openSteps()).containsExactly(FINISH);
        for (String step : new String[] {PERMISSION, LISTED}) {
            assertThat(journey.evidence(step).orElseThrow())
                    .satisfies(e -> assertThat(e.level()).isEqualTo(Evidence.Level.VERIFIED))
                    .satisfies(e -> assertThat(e.source().name()).contains("AddinPermissions"));
        }
    }

    @Test
    void m365_10_whenThePersonHasTrustedIt_theLooksShowItAndDoneIsOffered() throws Exception {
        sharePoint.nothingGranted();
        Journey journey = granted(Known.teamsRow(APP_ID));
        assertThat(journey.openSteps()).containsExactly(PERMISSION);

        sharePoint.granted(APP_ID);
        journey.done(PERMISSION).after(A_WHILE);

        assertThat(journey.openSteps()).containsExactly(FINISH);
        assertThat(journey.evidence(LISTED).orElseThrow().level()).isEqualTo(Evidence.Level.VERIFIED);
    }

    @Test
    void m365_10_whenItIsTrustedWithoutAnAnswer_theLookIsEnough() throws Exception {
        sharePoint.nothingGranted();
        Journey journey = granted(Known.teamsRow(APP_ID));

        sharePoint.granted(APP_ID);
        journey.after(Duration.ofHours(1));

        assertThat(journey.openSteps()).containsExactly(FINISH);
    }

    @Test
    void m365_10_whenSharePointShowsAnotherAppTrusted_doneIsNotOffered_andTheFailureSaysWhy() throws Exception {
        sharePoint
                .granted(SHAREPOINTS_ID)
                .on(
                        SharePointServer.PERMISSIONS,
                        "{\"addinPermissions\":["
                                + SharePointServer.permission(
                                        SHAREPOINTS_ID, true, SharePointServer.tenantWide("Manage"))
                                + "]}");
        Journey journey = granted(Known.teamsRow(APP_ID));

        for (int i = 0; i < 20 && journey.ended(CloudService.MICROSOFT_TEAMS).isEmpty(); i++) {
            assertThat(journey.openSteps()).doesNotContain(FINISH);
            if (journey.openSteps().contains(PERMISSION)) {
                journey.done(PERMISSION);
            }
            journey.after(A_WHILE);
        }

        assertThat(journey.ended(CloudService.MICROSOFT_TEAMS).orElseThrow().detail())
                .isEqualTo(Statement.of("permission-other-app", SHAREPOINTS_ID));
    }

    @ParameterizedTest
    @EnumSource(
            value = BlockReason.class,
            names = {"PAGE_REFUSES", "NOT_ASKED_FOR", "NO_LONGER_GRANTABLE"})
    void m365_4_whenThePageIsNoMore_doneIsOfferedAndTheReportSaysWhatIsOpen(BlockReason reason) throws Exception {
        sharePoint.nothingGranted();
        Journey journey = granted(Known.teamsRow(APP_ID));

        journey.answer(PERMISSION, Answer.blocked(Journey.PERSON, reason));

        assertThat(journey.openSteps()).containsExactly(FINISH);
        assertThat(journey.skipped(PERMISSION)).contains(SkipReason.of(reason));
        assertThat(journey.view().openItems())
                .filteredOn(
                        i -> i.rule().equals("M365-4") && i.service().equals(Optional.of(CloudService.MICROSOFT_TEAMS)))
                .extracting(OpenItem::text)
                .anySatisfy(text -> {
                    assertThat(text.ja()).startsWith("SharePointでのMicrosoft Teamsの権限の登録（");
                    assertThat(text.en()).startsWith("The permission for Microsoft Teams, registered at SharePoint (");
                });
    }

    @Test
    void m365_10_whenSharePointMayNotBeRead_thePersonActsAndLooksAsWithoutAConnection() throws Exception {
        sharePoint.on(SharePointServer.PRINCIPALS, SharePointServer.json(403, ""));
        Journey journey = granted(Known.teamsRow(APP_ID));

        journey.done(PERMISSION);
        assertThat(journey.openSteps()).containsExactly(LISTED);
        journey.done(LISTED);

        assertThat(journey.openSteps()).containsExactly(FINISH);
        assertThat(journey.evidence(LISTED).orElseThrow().level()).isEqualTo(Evidence.Level.ATTESTED);
    }

    @Test
    void m365_6_whenTheAppIdIsSharePoints_nothingIsVerifiedWithIt() throws Exception {
        sharePoint.granted(SHAREPOINTS_ID);
        Journey journey = granted(Known.sharePointRow(SHAREPOINTS_ID), Known.teamsRow(SHAREPOINTS_ID));

        assertThat(journey.openSteps()).containsExactly(PERMISSION);
        assertThat(journey.open(PERMISSION).template().variants()).contains("app-id-refused");
        assertThat(sharePoint.requests).isEmpty();
    }

    // ---- removal

    @Test
    void m365_10_whenNoActivationTellsWhoseTenantItIs_anAbsentRowProvesNothing() throws Exception {
        sharePoint.nothingGranted();

        Journey journey = removed();

        assertThat(journey.openSteps()).contains(REMOVAL);
        assertThat(journey.evidence(REMOVAL)).isEmpty();
    }

    @Test
    void m365_10_whenTheRowIsThere_itIsNotDoneUntilItIsGone() throws Exception {
        sharePoint.granted(APP_ID);
        Journey journey = removed();
        assertThat(journey.open(REMOVAL).template().values()).containsEntry("sharepoint.appId", APP_ID);

        journey.done(REMOVAL);
        assertThat(journey.holds(REMOVAL)).as("it is still there").isFalse();
        sharePoint.nothingGranted();
        for (int hour = 0; hour < 3; hour++) { // looked at as often as a run that goes on
            journey.after(Duration.ofHours(1));
        }
        // gone, but of whose tenant is not known: the person's word

        assertThat(journey.evidence(REMOVAL).orElseThrow().level()).isEqualTo(Evidence.Level.ATTESTED);
    }

    private Journey granted(String... rows) throws InterruptedException {
        return Journey.activating(
                        Known.request(CloudService.MICROSOFT_TEAMS)
                                .sharePointAdminSite(ADMIN_SITE)
                                .build(),
                        Connections.none(),
                        connections)
                .done("microsoft-teams.global-administrator")
                .readBefore()
                .done("microsoft-teams.grant")
                .saw(Journey.READ, Known.console(rows));
    }

    private Journey removed() throws InterruptedException {
        return Journey.removing(Known.CUSTOMER, CloudService.MICROSOFT_TEAMS, connections)
                .saw(Journey.READ, Known.console(Known.teamsRow(APP_ID)))
                .done("microsoft-teams.remove")
                .saw(Journey.READ, Known.console());
    }
}
