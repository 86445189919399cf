package io.github.kaitsu.dropbox;

import static io.github.kaitsu.dropbox.DropboxServer.ADMIN;
import static io.github.kaitsu.dropbox.DropboxServer.ADMIN_ID;
import static io.github.kaitsu.dropbox.DropboxServer.APP;
import static io.github.kaitsu.dropbox.DropboxServer.EVENTS;
import static io.github.kaitsu.dropbox.DropboxServer.EVENTS_MORE;
import static io.github.kaitsu.dropbox.DropboxServer.INFO;
import static io.github.kaitsu.dropbox.DropboxServer.METADATA;
import static io.github.kaitsu.dropbox.DropboxServer.NAMESPACES;
import static io.github.kaitsu.dropbox.DropboxServer.NAMESPACES_MORE;
import static io.github.kaitsu.dropbox.DropboxServer.QUARANTINE;
import static io.github.kaitsu.dropbox.DropboxServer.TEMP;
import static io.github.kaitsu.dropbox.DropboxServer.admin;
import static io.github.kaitsu.dropbox.DropboxServer.appLacks;
import static io.github.kaitsu.dropbox.DropboxServer.error;
import static io.github.kaitsu.dropbox.DropboxServer.event;
import static io.github.kaitsu.dropbox.DropboxServer.events;
import static io.github.kaitsu.dropbox.DropboxServer.eventsThen;
import static io.github.kaitsu.dropbox.DropboxServer.folder;
import static io.github.kaitsu.dropbox.DropboxServer.json;
import static io.github.kaitsu.dropbox.DropboxServer.line;
import static io.github.kaitsu.dropbox.DropboxServer.namespaces;
import static io.github.kaitsu.dropbox.DropboxServer.namespacesThen;
import static io.github.kaitsu.dropbox.DropboxServer.notFound;
import static io.github.kaitsu.dropbox.DropboxServer.tagged;
import static io.github.kaitsu.dropbox.DropboxServer.text;
import static io.github.kaitsu.dropbox.DropboxServer.tokenLacks;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.Statement;
import io.github.kaitsu.contract.StatementTextsContract;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each look makes of what Dropbox says. */
class DropboxLooksTest {
    private static final String LINK = "app_link_team";
    private static final String UNLINK = "app_unlink_team";
    private static final String BLOCK = "app_blocked_by_permissions";
    private static final String ID = "dbaid:AAtrend";
    private static final String OTHER = "dbaid:AAother";
    /** As statements name it. */
    private static final String THE_APP = APP + " (" + ID + ")";

    private static final String OLD = "2025-06-01T10:00:00Z";
    private static final String EARLY = "2026-11-20T10:00:00Z";
    private static final String LATE = "2026-11-20T11:00:00Z";
    private static final Map<String, String> TENANT = Map.of("tenant.DROPBOX", "dbtid:AAteam");
    /** The preflight saw a log without a line about the app. */
    private static final Map<String, String> BEGUN =
            Map.of("tenant.DROPBOX", "dbtid:AAteam", "dropbox.app-log-before", "");

    private DropboxServer dropbox;
    private DropboxProvisioner provisioner;

    @BeforeEach
    void start() throws Exception {
        dropbox = new DropboxServer();
        DropboxConnection connection = dropbox.connection();
        provisioner = DropboxProvisioner.create(customer -> Optional.of(connection));
    }

    @AfterEach
    void stop() throws Exception {
        dropbox.close();
    }

    // ---- DROPBOX-1: before the link

    @Test
    void dropbox1_whenTheTokenIsAnActiveTeamAdmins_theLookHoldsAndPinsTheTeam() throws Exception {
        assertThat(look("admin", Map.of()))
                .isEqualTo(ProbeResult.holds("active-team-admin", "admin@example.com", "Example", "dbtid:AAteam")
                        .with(Map.of(
                                "tenant.DROPBOX", "dbtid:AAteam",
                                "dropbox.admin-email", "admin@example.com",
                                "dropbox.app-log-before", "")));
        assertThat(dropbox.lines()).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invited", "suspended"})
    void dropbox1_whenTheAdministratorIsNotActive_theLookFails(String status) throws Exception {
        dropbox.on(ADMIN, admin(status));
        assertThat(look("admin", Map.of()))
                .isEqualTo(ProbeResult.fails("admin-not-active", "admin@example.com", status));
    }

    @ParameterizedTest
    @CsvSource({
        "409, admin_not_active, admin-no-longer-active",
        "409, mapping_not_found, admin-unknown",
        "401, user_suspended, admin-no-longer-active",
    })
    void dropbox1_whenDropboxKnowsNoActiveAdmin_theLookFailsAndSaysWhy(int status, String tag, String reason)
            throws Exception {
        dropbox.on(ADMIN, tagged(status, tag));
        assertThat(look("admin", Map.of()))
                .isEqualTo(new ProbeResult.Fails(
                        Statement.of(reason, "POST " + ADMIN).quoting(tag)));
    }

    @Test
    void dropbox1_whenTheTokenIsOneUsers_heIsNoTeamAdmin() throws Exception {
        dropbox.on(
                ADMIN,
                text(
                        400,
                        "Error in call to API function \"team/token/get_authenticated_admin\": This is a team management"
                                + " function. The OAuth 2 access token you provided is for a specific Dropbox user account"
                                + " and does not work with this function."));
        assertThat(look("admin", Map.of())).isEqualTo(ProbeResult.fails("not-team-admin", "POST " + ADMIN));
    }

    @ParameterizedTest
    @CsvSource({
        ADMIN + ",team_info.read",
        INFO + ",team_info.read",
        NAMESPACES + ",team_data.member",
        METADATA + ",files.metadata.read",
        EVENTS + ",events.read",
    })
    void dropbox1_whenAScopeIsMissing_inTheTokenOrInTheApp_theTwoAreToldApart(String path, String scope)
            throws Exception {
        dropbox.on(path, tokenLacks(scope));
        assertThat(look("admin", Map.of()))
                .isEqualTo(ProbeResult.fails("scope-missing-in-token", scope, "POST " + path));
        dropbox.on(path, appLacks(path.substring(3), scope));
        assertThat(look("admin", Map.of())).isEqualTo(ProbeResult.fails("scope-missing-in-app", scope, "POST " + path));
    }

    @Test
    void dropbox1_whenThePlanHasNoLog_theLinkIsNotHeldUp() throws Exception {
        dropbox.on(EVENTS, tagged(403, "team_access_denied"));
        assertThat(look("admin", Map.of()))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class,
                        h -> assertThat(h.facts()).doesNotContainKey("dropbox.app-log-before"));
    }

    @Test
    void dropbox1_whenTheTeamsRulesRefusedTheAppLately_allowingItIsAnActionBeforeTheLink_notAFailure()
            throws Exception {
        dropbox.log(BLOCK, line(BLOCK, EARLY, ID, APP));
        assertThat(look("admin", Map.of()))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class,
                        h -> assertThat(h.facts()).containsEntry("dropbox.app-blocked", EARLY));
        ActivationStep allow = step("app-allowed");
        assertThat(allow.phase()).isEqualTo(Phase.PREFLIGHT);
        assertThat(allow.required()).isTrue();
        assertThat(allow.action()).isPresent();
        StepContext plain = DropboxProvisionerTest.context(Edition.AUTO, List.of());
        assertThat(provisioner.steps(plain)).extracting(s -> s.id().value()).doesNotContain("dropbox.app-allowed");
    }

    @Test
    void dropbox1_whileNothingTellsThatTheAppIsAllowed_theLookIsUnclear_soThatThePersonsWordCounts() throws Exception {
        dropbox.log(BLOCK, line(BLOCK, EARLY, ID, APP));
        assertThat(look("app-allowed", TENANT)).isEqualTo(ProbeResult.unclear("refusal-stands", EARLY));
        dropbox.log("app_permissions_changed", permissions("\"app_name\":\"Games\",", "allow"));
        assertThat(look("app-allowed", TENANT)).isInstanceOf(ProbeResult.Unclear.class);
        dropbox.log("app_permissions_changed", permissions("", "block"));
        assertThat(look("app-allowed", TENANT)).isInstanceOf(ProbeResult.Unclear.class);
        dropbox.log("app_permissions_changed", permissions("\"app_name\":\"" + APP + "\",", "allow"));
        assertThat(look("app-allowed", TENANT)).isInstanceOf(ProbeResult.Holds.class);
        dropbox.log("app_permissions_changed", permissions("", "allow"));
        assertThat(look("app-allowed", TENANT))
                .isEqualTo(ProbeResult.holds("no-refusal-stands").with(Map.of("tenant.DROPBOX", "dbtid:AAteam")));
    }

    @Test
    void dropbox1_whenTheRefusalIsOldOrTheAppWasLinkedSince_itDoesNotCount() throws Exception {
        dropbox.log(BLOCK, line(BLOCK, "2026-11-13T00:00:00Z", ID, APP));
        assertThat(look("admin", Map.of()))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class, h -> assertThat(h.facts()).doesNotContainKey("dropbox.app-blocked"));
        dropbox.log(BLOCK, line(BLOCK, EARLY, ID, APP)).log(LINK, line(LINK, LATE, ID, APP));
        assertThat(look("admin", Map.of()))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class, h -> assertThat(h.facts()).doesNotContainKey("dropbox.app-blocked"));
    }

    @Test
    void dropbox1_membersAreCounted_forTheExpectedTime() throws Exception {
        assertThat(look("users", Map.of()))
                .isEqualTo(ProbeResult.holds("members-counted", 250)
                        .with(Map.of("users.DROPBOX", "250", "tenant.DROPBOX", "dbtid:AAteam")));
        assertThat(step("users").required()).isFalse();
        assertThat(step("users").performer()).isEqualTo(Performer.SDK);
    }

    // ---- DROPBOX-2: the link

    @ParameterizedTest
    @ValueSource(
            strings = {APP, "Trend Micro Cloud Email and Collaboration Protection", " trend  micro CLOUD app security"})
    void dropbox2_whenTheLogHasTheLink_theLookHolds_pinsTheAppAndSaysWhoGranted(String name) throws Exception {
        dropbox.log(LINK, line(LINK, EARLY, ID, name));
        assertThat(look("app-linked", BEGUN))
                .isEqualTo(ProbeResult.holds("app-linked", name + " (" + ID + ")", EARLY)
                        .with(Map.of(
                                "tenant.DROPBOX", "dbtid:AAteam",
                                "dropbox.app-id", ID,
                                "dropbox.folder-owner", ADMIN_ID)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Trend Micro Cloud App Security Report",
                "Cloud App Security",
                "My Trend Micro Cloud App Security",
                "Trend Micro"
            })
    void dropbox2_whenAnotherAppIsNamedAlike_itIsNotOurs(String name) throws Exception {
        dropbox.log(LINK, line(LINK, EARLY, OTHER, name));
        assertThat(look("app-linked", BEGUN)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void dropbox2_whenTheLogSaysNothing_theLookIsUnclearAndNeverFails() throws Exception {
        assertThat(look("app-linked", BEGUN)).isEqualTo(ProbeResult.unclear("no-link-yet"));
    }

    @Test
    void dropbox2_whateverTheOrderOfTheLines_theNewestDecides() throws Exception {
        dropbox.log(LINK, line(LINK, "2026-11-20T12:00:00Z", ID, APP), line(LINK, "2026-01-01T00:00:00Z", ID, APP)).log(
                UNLINK, line(UNLINK, LATE, ID, APP), line(UNLINK, "2026-05-01T00:00:00Z", ID, APP));
        assertThat(look("app-linked", BEGUN)).isInstanceOf(ProbeResult.Holds.class);
        dropbox.log(LINK, line(LINK, EARLY, ID, APP), line(LINK, "2026-01-01T00:00:00Z", ID, APP));
        assertThat(look("app-linked", BEGUN)).isEqualTo(ProbeResult.fails("app-unlinked", THE_APP, LATE));
    }

    @Test
    void dropbox2_whenLinkedAndUnlinkedInOneSecond_theLookIsUnclear() throws Exception {
        dropbox.log(LINK, line(LINK, EARLY, ID, APP)).log(UNLINK, line(UNLINK, EARLY, ID, APP));
        assertThat(look("app-linked", BEGUN)).isEqualTo(ProbeResult.unclear("linked-and-unlinked", THE_APP, EARLY));
    }

    @Test
    void dropbox2_whenTheUnlinkingIsOlderThanThePreflight_theNewLinkMayOnlyLag() throws Exception {
        dropbox.log(UNLINK, line(UNLINK, EARLY, ID, APP));
        assertThat(look("admin", Map.of()))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class,
                        h -> assertThat(h.facts()).containsEntry("dropbox.app-log-before", EARLY));
        Map<String, String> facts = Map.of("tenant.DROPBOX", "dbtid:AAteam", "dropbox.app-log-before", EARLY);
        assertThat(look("app-linked", facts)).isEqualTo(ProbeResult.unclear("no-link-since-unlinked", THE_APP, EARLY));
        dropbox.log(UNLINK, line(UNLINK, LATE, ID, APP));
        assertThat(reasonOf(look("app-linked", facts))).isEqualTo("app-unlinked");
    }

    @Test
    void dropbox2_withoutAPreflight_theBeginningOfTheRunDecidesWhatIsNew() throws Exception {
        dropbox.log(UNLINK, line(UNLINK, EARLY, ID, APP));
        assertThat(look("app-linked", TENANT)).isInstanceOf(ProbeResult.Unclear.class); // the run began at NOW, later
        dropbox.log(UNLINK, line(UNLINK, "2026-11-21T01:00:00Z", ID, APP));
        assertThat(reasonOf(look("app-linked", TENANT))).isEqualTo("app-unlinked");
    }

    @Test
    void dropbox2_oncePinned_anotherAppOfTheSameNameProvesNothing_andARenamedOneDoes() throws Exception {
        Map<String, String> pinned = with(BEGUN, "dropbox.app-id", ID);
        dropbox.log(LINK, line(LINK, LATE, OTHER, APP));
        assertThat(look("app-linked", pinned)).isInstanceOf(ProbeResult.Unclear.class);
        dropbox.log(LINK, line(LINK, LATE, OTHER, APP), line(LINK, EARLY, ID, "Trend Vision One"));
        assertThat(look("app-linked", pinned))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class, h -> assertThat(h.facts()).containsEntry("dropbox.app-id", ID));
        dropbox.log(UNLINK, line(UNLINK, LATE, ID, "Trend Vision One"));
        assertThat(reasonOf(look("app-linked", pinned))).isEqualTo("app-unlinked");
    }

    @Test
    void dropbox2_beforeThePin_anAppThatIsLinkedCountsBeforeOneThatWasUnlinkedLater() throws Exception {
        dropbox.log(LINK, line(LINK, EARLY, ID, APP)).log(UNLINK, line(UNLINK, LATE, OTHER, APP));
        assertThat(look("app-linked", BEGUN))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class, h -> assertThat(h.facts()).containsEntry("dropbox.app-id", ID));
    }

    @Test
    void dropbox2_whenTheLogTellsNoAppId_theNameAloneCounts() throws Exception {
        dropbox.log(LINK, line(LINK, EARLY, "\"display_name\":\"" + APP + "\""));
        assertThat(look("app-linked", BEGUN))
                .isEqualTo(ProbeResult.holds("app-linked", APP, EARLY)
                        .with(Map.of("tenant.DROPBOX", "dbtid:AAteam", "dropbox.folder-owner", ADMIN_ID)));
    }

    @Test
    void dropbox2_whenTheTeamsRulesRefuseTheApp_theLookFailsWithThatReason() throws Exception {
        dropbox.log(BLOCK, line(BLOCK, LATE, ID, APP));
        assertThat(look("app-linked", BEGUN)).isEqualTo(ProbeResult.fails("app-blocked", LATE));
        dropbox.log(BLOCK, line(BLOCK, LATE, OTHER, "Games"));
        assertThat(look("app-linked", BEGUN)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void dropbox2_whenTheRefusalWasDealtWithBeforeTheLink_itDoesNotFailTheLinkLater() throws Exception {
        dropbox.log(BLOCK, line(BLOCK, EARLY, ID, APP));
        Map<String, String> allowed = with(BEGUN, "dropbox.app-blocked", EARLY);
        assertThat(look("app-linked", allowed)).isInstanceOf(ProbeResult.Unclear.class);
        dropbox.log(BLOCK, line(BLOCK, EARLY, ID, APP), line(BLOCK, LATE, ID, APP));
        assertThat(reasonOf(look("app-linked", allowed))).isEqualTo("app-blocked");
    }

    @Test
    void dropbox2_aLinkFromBeforeThePreflight_isAdoptedIfItIsTheOnlyOne_butNeverPinned() throws Exception {
        Map<String, String> facts = with(TENANT, "dropbox.app-log-before", OLD);
        dropbox.log(LINK, line(LINK, OLD, OTHER, APP));
        assertThat(look("app-linked", facts))
                .isEqualTo(ProbeResult.holds("app-linked-before", APP + " (" + OTHER + ")", OLD)
                        .with(TENANT));
        dropbox.log(LINK, line(LINK, OLD, OTHER, APP), line(LINK, "2025-01-01T00:00:00Z", ID, APP));
        assertThat(look("app-linked", facts)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void dropbox2_whenAnotherAppOfTheNameWasLinkedBefore_theNewLinkCounts_andItsEndIsSeen() throws Exception {
        Map<String, String> facts = with(TENANT, "dropbox.app-log-before", OLD);
        dropbox.log(LINK, line(LINK, OLD, OTHER, APP), line(LINK, EARLY, ID, APP));
        assertThat(look("app-linked", facts))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class, h -> assertThat(h.facts()).containsEntry("dropbox.app-id", ID));
        dropbox.log(UNLINK, line(UNLINK, LATE, ID, APP));
        assertThat(reasonOf(look("app-linked", facts))).isEqualTo("app-unlinked");
        assertThat(look("remove-app", facts)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void dropbox2_whenTwoAppsOfTheNameWereLinkedSince_neitherIsPinned() throws Exception {
        dropbox.log(LINK, line(LINK, EARLY, ID, APP), line(LINK, LATE, OTHER, APP));
        assertThat(look("app-linked", BEGUN)).isEqualTo(ProbeResult.unclear("several-apps"));
    }

    // ---- DROPBOX-2: pages

    @Test
    void dropbox2_whenPagesAreEmptyAndThereIsMore_theListingGoesOn() throws Exception {
        dropbox.on(EVENTS + " " + LINK, eventsThen("c1"))
                .on(EVENTS_MORE + " c1", eventsThen("c2"))
                .on(EVENTS_MORE + " c2", events(line(LINK, EARLY, ID, APP)));
        assertThat(look("app-linked", BEGUN)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void dropbox2_whenTheCursorIsReset_theListingBeginsADayBeforeTheNamedPlace_andKeepsWhatItSaw() throws Exception {
        MockResponse reset = error(409, "reset/..", "{\".tag\":\"reset\",\"reset\":\"2026-11-10T00:00:00Z\"}");
        dropbox.on(EVENTS + " " + LINK, json(200, eventsThen("c1", line(LINK, EARLY, ID, APP))), json(200, events()))
                .on(EVENTS_MORE + " c1", reset);
        assertThat(look("app-linked", BEGUN)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(dropbox.lines())
                .contains(
                        "/2/team_log/get_events {\"limit\":1000,\"time\":{\"start_time\":\"2026-11-09T00:00:00Z\"},\"event_type\":\""
                                + LINK + "\"}");
    }

    @Test
    void dropbox2_whenItIsResetForEver_orEmptyForEver_theLookIsUnclear() throws Exception {
        dropbox.on(EVENTS, eventsThen("c"))
                .on(EVENTS_MORE, error(409, "reset/", "{\".tag\":\"reset\",\"reset\":\"2026-11-10T00:00:00Z\"}"));
        assertThat(look("app-linked", BEGUN))
                .isEqualTo(new ProbeResult.Unclear(Statement.of("vendor-refused", "POST " + EVENTS_MORE, 200)
                        .quoting("listing_does_not_end")));
        dropbox.forgetRequests();
        dropbox.on(EVENTS_MORE, eventsThen("c"));
        assertThat(look("app-linked", BEGUN)).isInstanceOf(ProbeResult.Unclear.class);
        assertThat(dropbox.requests).hasSizeLessThan(100);
    }

    @Test
    void dropbox2_whenTheCursorIsBad_theLookIsUnclear() throws Exception {
        dropbox.on(EVENTS, eventsThen("c")).on(EVENTS_MORE, tagged(409, "bad_cursor"));
        assertThat(look("app-linked", BEGUN))
                .isEqualTo(new ProbeResult.Unclear(Statement.of("vendor-refused", "POST " + EVENTS_MORE, 409)
                        .quoting("bad_cursor")));
    }

    // ---- DROPBOX-2: the folders

    @Test
    void dropbox2_whenBothFoldersStand_theLookHoldsAndKeepsWhose() throws Exception {
        dropbox.withFolders();
        assertThat(look("folders", BEGUN))
                .isEqualTo(ProbeResult.holds("folders-found", "admin@example.com", "84", "id:q")
                        .with(Map.of("tenant.DROPBOX", "dbtid:AAteam", "dropbox.folder-owner", ADMIN_ID)));
    }

    @Test
    void dropbox2_theTempFolderIsFoundOnALaterPage_byItsWholeNameAndTypeAlone() throws Exception {
        dropbox.withFolders()
                .on(
                        NAMESPACES,
                        namespacesThen("n1", "80", TEMP + " (1)", "shared_folder", "81", TEMP, "team_member_folder"))
                .on(NAMESPACES_MORE + " n1", namespacesThen("n2"))
                .on(NAMESPACES_MORE + " n2", namespaces("81", TEMP, "app_folder", "84", TEMP, "shared_folder"));
        assertThat(look("folders", BEGUN))
                .isInstanceOfSatisfying(
                        ProbeResult.Holds.class,
                        h -> assertThat(h.seen().arguments()).contains("84"));
    }

    @Test
    void dropbox2_theTempFolder_mayBeTheTeamsFolder() throws Exception {
        dropbox.withFolders().on(NAMESPACES, namespaces("84", TEMP, "team_folder"));
        assertThat(look("folders", BEGUN)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void dropbox2_whenTheGrantersAreKnown_hisDropboxIsLookedIn() throws Exception {
        dropbox.withFolders();
        look("folders", with(BEGUN, "dropbox.folder-owner", "dbmid:AAother"));
        assertThat(dropbox.requests)
                .filteredOn(a -> a.getPath().equals(METADATA))
                .extracting(a -> a.getHeader("Dropbox-API-Select-User"))
                .containsExactly("dbmid:AAother");
    }

    @Test
    void dropbox2_whenTheQuarantineFolderIsMissing_whoseDropboxItIsDecides() throws Exception {
        dropbox.withFolders().on(METADATA + " /" + QUARANTINE, notFound());
        assertThat(look("folders", BEGUN)) // another admin may have granted
                .isEqualTo(ProbeResult.unclear("quarantine-folder-not-seen", "admin@example.com", "84"));
        assertThat(look("folders", with(BEGUN, "dropbox.folder-owner", ADMIN_ID)))
                .isEqualTo(ProbeResult.fails("folders-missing", "admin@example.com", QUARANTINE));
    }

    @Test
    void dropbox2_whenTheTempFolderIsMissing_theLookFails() throws Exception {
        dropbox.withFolders().on(NAMESPACES, namespaces("80", TEMP + " (1)", "shared_folder"));
        assertThat(look("folders", BEGUN)).isEqualTo(ProbeResult.fails("folders-missing", "admin@example.com", TEMP));
        dropbox.on(METADATA + " /" + QUARANTINE, notFound());
        assertThat(look("folders", BEGUN))
                .isEqualTo(ProbeResult.fails("folders-missing", "admin@example.com", TEMP + ", " + QUARANTINE));
    }

    @Test
    void dropbox2_whenAFileHasTheName_itIsNoFolder() throws Exception {
        dropbox.withFolders()
                .on(
                        METADATA + " /" + QUARANTINE,
                        "{\".tag\":\"file\",\"id\":\"id:f1234567\",\"name\":\"" + QUARANTINE
                                + "\",\"client_modified\":\"" + EARLY + "\",\"server_modified\":\"" + EARLY
                                + "\",\"rev\":\"a1c10ce0dd78\",\"size\":1}");
        assertThat(look("folders", with(BEGUN, "dropbox.folder-owner", ADMIN_ID)))
                .isInstanceOf(ProbeResult.Fails.class);
    }

    @Test
    void dropbox2_whenTheTeamHasASharedSpace_itsRootIsLookedInToo() throws Exception {
        dropbox.withFolders().on(METADATA + " /" + QUARANTINE, notFound(), json(200, folder("id:q", QUARANTINE)));
        assertThat(look("folders", BEGUN)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(dropbox.requests)
                .filteredOn(a -> a.getPath().equals(METADATA))
                .extracting(a -> a.getHeader("Dropbox-API-Path-Root"))
                .containsExactly(null, "{\".tag\":\"root\",\"root\":\"30\"}");
    }

    @Test
    void dropbox2_whenTheMembersRootIsAnother_thatIsNoTrouble() throws Exception {
        dropbox.withFolders()
                .on(
                        METADATA + " /" + QUARANTINE,
                        notFound(),
                        error(
                                422,
                                "invalid_root/..",
                                "{\".tag\":\"invalid_root\",\"invalid_root\":{\".tag\":\"user\",\"root_namespace_id\":\"31\","
                                        + "\"home_namespace_id\":\"31\"}}"));
        assertThat(look("folders", with(BEGUN, "dropbox.folder-owner", "dbmid:AAother")))
                .isInstanceOf(ProbeResult.Fails.class);
    }

    @Test
    void dropbox2_whenTheGranterLeftTheTeam_theLookFailsAndSaysSo() throws Exception {
        dropbox.withFolders().on(METADATA + " /" + QUARANTINE, tagged(401, "invalid_select_user"));
        assertThat(look("folders", with(BEGUN, "dropbox.folder-owner", "dbmid:AAother")))
                .isEqualTo(ProbeResult.fails("folder-owner-gone", "dbmid:AAother"));
    }

    @Test
    void dropbox2_linkAndFoldersAreRequired_patient_andAskedWhereNothingCanBeRead() {
        for (String id : List.of("app-linked", "folders")) {
            assertThat(step(id).required()).isTrue();
            assertThat(step(id).check().question()).isPresent();
            assertThat(step(id).patience().total()).isGreaterThanOrEqualTo(Duration.ofHours(1));
        }
    }

    // ---- removal

    @Test
    void removal_whenTheAppIsStillLinked_theLookFails_andHoldsOnceItIsUnlinked() throws Exception {
        dropbox.log(LINK, line(LINK, EARLY, ID, APP));
        assertThat(look("remove-app", Map.of())).isEqualTo(ProbeResult.fails("app-still-linked", THE_APP, EARLY));
        dropbox.log(UNLINK, line(UNLINK, LATE, ID, APP));
        assertThat(look("remove-app", TENANT))
                .isEqualTo(ProbeResult.holds("app-unlinked", THE_APP, LATE)
                        .with(Map.of("tenant.DROPBOX", "dbtid:AAteam", "dropbox.folder-owner", ADMIN_ID)));
    }

    @Test
    void removal_whenTheLogSaysNothing_nothingCountsAsUnlinked() throws Exception {
        assertThat(look("remove-app", TENANT)).isEqualTo(ProbeResult.unclear("link-unknown"));
        dropbox.log(BLOCK, line(BLOCK, EARLY, ID, APP));
        assertThat(look("remove-app", TENANT)).isInstanceOf(ProbeResult.Unclear.class);
        dropbox.log(LINK, line(LINK, EARLY, ID, APP)).log(UNLINK, line(UNLINK, EARLY, ID, APP));
        assertThat(look("remove-app", TENANT)).isInstanceOf(ProbeResult.Unclear.class);
    }

    @Test
    void removal_whenOneFolderIsLeft_theLookFails_evenIfItIsNoLongerShared() throws Exception {
        Map<String, String> owner = with(TENANT, "dropbox.folder-owner", ADMIN_ID);
        dropbox.withFolders();
        assertThat(look("remove-folders", owner))
                .isEqualTo(ProbeResult.fails(
                        "folder-still-there", "admin@example.com", TEMP + " (84), " + QUARANTINE + " (id:q)"));
        dropbox.on(NAMESPACES, namespaces()).on(METADATA + " /" + QUARANTINE, notFound());
        assertThat(reasonOf(look("remove-folders", owner))).isEqualTo("folder-still-there");
        dropbox.on(METADATA + " /" + TEMP, notFound());
        assertThat(look("remove-folders", owner))
                .isEqualTo(
                        ProbeResult.holds("folders-gone", "admin@example.com").with(TENANT));
        assertThat(look("remove-folders", TENANT)) // it may be another admin's
                .isEqualTo(ProbeResult.unclear("folders-not-seen", "admin@example.com"));
    }

    @Test
    void removal_whenNothingTellsWhichTeamWasActivated_absenceProvesNothing() throws Exception {
        dropbox.log(UNLINK, line(UNLINK, LATE, ID, APP))
                .on(NAMESPACES, namespaces())
                .on(METADATA, notFound());
        assertThat(look("remove-app", Map.of()))
                .isEqualTo(ProbeResult.unclear("app-unlinked-unpinned", THE_APP, LATE, "dbtid:AAteam"));
        Map<String, String> owner = Map.of("dropbox.folder-owner", ADMIN_ID);
        assertThat(look("remove-folders", owner))
                .isEqualTo(ProbeResult.unclear("folders-gone-unpinned", "admin@example.com", "dbtid:AAteam"));
        assertThat(look("remove-app", TENANT)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(look("remove-folders", with(TENANT, "dropbox.folder-owner", ADMIN_ID)))
                .isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void removal_whenSeveralAppsBearTheName_nothingTellsWhichIsMeant() throws Exception {
        Map<String, String> facts = with(TENANT, "dropbox.app-log-before", LATE);
        dropbox.log(LINK, line(LINK, OLD, OTHER, APP), line(LINK, OLD, ID, APP)).log(
                UNLINK, line(UNLINK, EARLY, ID, APP));
        assertThat(look("remove-app", facts)).isEqualTo(ProbeResult.unclear("several-apps"));
        assertThat(look("remove-app", with(facts, "dropbox.app-id", ID))).isInstanceOf(ProbeResult.Holds.class);
        assertThat(reasonOf(look("remove-app", with(facts, "dropbox.app-id", OTHER))))
                .isEqualTo("app-still-linked");
    }

    @Test
    void removal_whenTheGranterLeftTheTeam_itIsUnclear_andNobodyIsAskedToConnectAgain() throws Exception {
        Map<String, String> owner = with(TENANT, "dropbox.folder-owner", "dbmid:AAother");
        dropbox.withFolders()
                .on(METADATA + " /" + QUARANTINE, tagged(401, "invalid_select_user"))
                .on(METADATA + " /" + TEMP, tagged(401, "invalid_select_user"));
        assertThat(look("remove-folders", owner))
                .isEqualTo(ProbeResult.fails("temp-folder-still-there", "84", "dbmid:AAother"));
        dropbox.on(NAMESPACES, namespaces());
        assertThat(look("remove-folders", owner))
                .isEqualTo(ProbeResult.unclear("folders-unknown-owner-gone", "dbmid:AAother"));
    }

    @Test
    void removal_whenTheListingIsBroken_nothingCountsAsGone() throws Exception {
        dropbox.on(NAMESPACES, "{\"cursor\":\"c\",\"has_more\":false}").on(EVENTS, "{\"events\":null}");
        assertThat(look("remove-folders", with(TENANT, "dropbox.folder-owner", ADMIN_ID)))
                .isInstanceOf(ProbeResult.Unclear.class);
        assertThat(look("remove-app", TENANT)).isInstanceOf(ProbeResult.Unclear.class);
    }

    // ---- every probe

    @Test
    void everyLook_whenTheConnectionIsToAnotherTeam_failsAndSaysSo() throws Exception {
        Map<String, String> other = Map.of("tenant.DROPBOX", "dbtid:AAelse");
        dropbox.withFolders().log(LINK, line(LINK, EARLY, ID, APP));
        for (String id : List.of("app-allowed", "app-linked", "folders", "remove-app", "remove-folders")) {
            assertThat(look(id, other))
                    .as(id)
                    .isEqualTo(ProbeResult.fails(ProbeResult.WRONG_TENANT, "dbtid:AAteam", "dbtid:AAelse"));
        }
    }

    @Test
    void everyProbe_withoutAConnection_hasNoAccess() throws Exception {
        provisioner = DropboxProvisioner.create();
        for (ActivationStep step : all().toList()) {
            assertThat(look(step, Map.of())).as(step.id().value()).isInstanceOf(ProbeResult.NoAccess.class);
        }
    }

    @Test
    void everyProbe_whenDropboxIsDown_isUnclear_andWhenItAsksForTime_isNotBefore() throws Exception {
        List<String> paths = List.of(INFO, ADMIN, EVENTS, NAMESPACES, METADATA);
        paths.forEach(p -> dropbox.on(p, text(500, "")));
        for (ActivationStep step : all().toList()) {
            assertThat(look(step, TENANT)).as(step.id().value()).isInstanceOf(ProbeResult.Unclear.class);
        }
        paths.forEach(p -> dropbox.on(p, text(429, "too_many_requests").setHeader("Retry-After", "900")));
        for (ActivationStep step : all().toList()) {
            assertThat(look(step, TENANT))
                    .as(step.id().value())
                    .isInstanceOfSatisfying(
                            ProbeResult.NotBefore.class,
                            n -> assertThat(n.time()).isEqualTo(DropboxServer.NOW.plusSeconds(900)));
        }
    }

    @Test
    void everyProbe_afterThePreflight_asksForThePersonsEyesWhenAScopeIsMissing() throws Exception {
        for (String id : List.of("users", "app-linked", "folders", "remove-app", "remove-folders")) {
            dropbox.on(INFO, tokenLacks("team_info.read"));
            assertThat(look(id, TENANT)).as(id).isInstanceOf(ProbeResult.NoAccess.class);
            dropbox.on(INFO, appLacks("team/get_info", "team_info.read"));
            assertThat(look(id, TENANT)).as(id).isInstanceOf(ProbeResult.NoAccess.class);
        }
    }

    @Test
    void everyProbe_whenOurOwnAuthorisationIsLost_saysSoAndFindsNoDrift() throws Exception {
        AccessTokens gone = AccessTokens.singleFlight(
                spent -> {
                    throw VendorCallException.of("POST /oauth2/token", 400)
                            .code("invalid_grant")
                            .build();
                },
                DropboxServer.CLOCK);
        provisioner = DropboxProvisioner.create(customer -> Optional.of(dropbox.connection(gone)));
        for (ActivationStep step : all().toList()) {
            assertThat(look(step, TENANT))
                    .isEqualTo(new ProbeResult.AccessLost(Statement.of("vendor-refused", "POST /oauth2/token", 400)
                            .quoting("invalid_grant")));
        }
    }

    @Test
    void everyProbe_namesForThePlan_theCallsThatItMakesAndTheirScopes() throws Exception {
        dropbox.withFolders();
        for (ActivationStep step : all().toList()) {
            dropbox.forgetRequests();
            look(step, TENANT);
            var probe = step.check().probe().orElseThrow();
            List<String> called = dropbox.requests.stream()
                    .map(a -> "POST " + a.getPath())
                    .distinct()
                    .toList();
            assertThat(List.of(probe.calls().split(", ")))
                    .as(step.id().value())
                    .containsExactlyInAnyOrderElementsOf(called);
            assertThat(DropboxConnection.SCOPES)
                    .containsAll(List.of(probe.scope().split(" ")));
        }
    }

    private static String permissions(String name, String policy) {
        return event(
                "app_permissions_changed",
                LATE,
                name + "\"previous_value\":{\".tag\":\"default\"},\"new_value\":{\".tag\":\"" + policy + "\"}");
    }

    private static String reasonOf(ProbeResult look) {
        assertThat(look).isInstanceOf(ProbeResult.Fails.class);
        return look.seen().code();
    }

    private static Map<String, String> with(Map<String, String> facts, String name, String value) {
        Map<String, String> all = new HashMap<>(facts);
        all.put(name, value);
        return all;
    }

    private Stream<ActivationStep> all() {
        StepContext plain = DropboxProvisionerTest.context(Edition.CONSOLE_2024_04, List.of());
        StepContext context = new StepContext(
                plain.request(), plain.edition(), Facts.of(Map.of("dropbox.app-blocked", EARLY))); // every step
        return Steps.all(provisioner, context).stream();
    }

    private ActivationStep step(String name) {
        return Steps.step(all().toList(), "dropbox." + name);
    }

    private ProbeResult look(String name, Map<String, String> facts) throws InterruptedException {
        return look(step(name), facts);
    }

    private static ProbeResult look(ActivationStep step, Map<String, String> facts) throws InterruptedException {
        ProbeResult look = Steps.look(step, DropboxProvisionerTest.context(facts), DropboxServer.CLOCK);
        StatementTextsContract.assertSaid(DropboxProvisioner.class, look.seen());
        return look;
    }
}
