package io.github.kaitsu.box;

import static io.github.kaitsu.box.BoxServer.NOW;
import static io.github.kaitsu.box.BoxServer.QUARANTINE;
import static io.github.kaitsu.box.BoxServer.TEMP;
import static io.github.kaitsu.box.BoxServer.collaborations;
import static io.github.kaitsu.box.BoxServer.configuration;
import static io.github.kaitsu.box.BoxServer.groups;
import static io.github.kaitsu.box.BoxServer.items;
import static io.github.kaitsu.box.BoxServer.json;
import static io.github.kaitsu.box.BoxServer.me;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.StatementTextsContract;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.contract.VendorContract;
import io.github.kaitsu.internal.engine.Provisioners;
import io.github.kaitsu.internal.engine.StepPlan;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.VendorCallException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxProvisionerTest {
    private static final CustomerId CUSTOMER = CustomerId.of(ConsoleSite.JP, "CAS0001");
    private static final String ME = "/2.0/users/me";
    private static final String ROOT = "/2.0/folders/0/items";
    private static final String GROUPS = "/2.0/groups";
    private static final String CONFIGURATION = "/2.0/enterprise_configurations/900";
    private static final Map<String, String> TENANT = Map.of("tenant.BOX", "900");
    private static final Map<String, String> KNOWN = Map.of("tenant.BOX", "900", "box.temp-folder-id", "71");

    private BoxServer box;
    private BoxProvisioner provisioner;

    @BeforeEach
    void start() throws Exception {
        box = new BoxServer();
        BoxConnection connection = box.connection();
        provisioner = BoxProvisioner.create(
                customer -> customer.equals(CUSTOMER) ? Optional.of(connection) : Optional.empty());
    }

    @AfterEach
    void stop() throws Exception {
        box.close();
    }

    // ---- BOX-1: preflight

    @Test
    void box1_whenTheAdministratorIsThePrimaryOne_theLookHoldsAndPinsTheTenant() throws Exception {
        box.on(ME, me("admin"));
        assertThat(look("box.admin", Map.of()))
                .isEqualTo(ProbeResult.holds("primary-admin", "admin@example.com", "900")
                        .with(Map.of("tenant.BOX", "900", "box.admin-login", "admin@example.com")));
        assertThat(box.lines()).containsExactly("GET /2.0/users/me?fields=id,login,name,role,enterprise,status");
    }

    @Test
    void box1_whenTheAdministratorIsACoAdmin_theLookFailsAndSaysWhy() throws Exception {
        box.on(ME, me("coadmin"));
        assertThat(look("box.admin", Map.of())).isEqualTo(ProbeResult.fails("co-admin", "admin@example.com"));
    }

    @Test
    void box1_whenItIsAnOrdinaryUser_theLookFails() throws Exception {
        box.on(ME, me("user"));
        assertThat(look("box.admin", Map.of())).isEqualTo(ProbeResult.fails("not-admin", "admin@example.com", "user"));
    }

    @Test
    void box1_whenTheAdministratorBelongsToNoEnterprise_theLookFails() throws Exception {
        box.on(ME, "{\"type\":\"user\",\"id\":\"1\",\"login\":\"a@b\",\"role\":\"admin\",\"enterprise\":null}");
        assertThat(look("box.admin", Map.of())).isEqualTo(ProbeResult.fails("no-enterprise", "a@b"));
    }

    @Test
    void box1_whenTheAdministratorIsInactive_theLookFails() throws Exception {
        box.on(ME, me("admin").replace("\"active\"", "\"inactive\""));
        assertThat(look("box.admin", Map.of()))
                .isEqualTo(ProbeResult.fails("admin-not-active", "admin@example.com", "inactive"));
    }

    @Test
    void box1_whenBoxDoesNotTellWhetherTheAdministratorIsActive_theLookSaysSo() throws Exception {
        box.on(ME, me("admin").replace("\"status\":\"active\",", ""));
        assertThat(look("box.admin", Map.of()).seen())
                .isEqualTo(Statement.of("primary-admin-status-unknown", "admin@example.com", "900"));
    }

    @Test
    void box1_whenBoxTellsNoRole_theLookIsUnclear() throws Exception {
        box.on(ME, "{\"type\":\"user\",\"id\":\"1\",\"login\":\"a@b\"}");
        assertThat(look("box.admin", Map.of())).isEqualTo(ProbeResult.unclear("role-unknown", "a@b"));
    }

    @Test
    void box1_whenUsersAreCounted_theFactIsKept() throws Exception {
        box.on("/2.0/users", "{\"total_count\":12345,\"entries\":[{\"type\":\"user\",\"id\":\"1\"}]}");
        assertThat(look("box.users", Map.of()))
                .isEqualTo(ProbeResult.holds("users-counted", 12345).with(Map.of("users.BOX", "12345")));
        assertThat(box.lines()).containsExactly("GET /2.0/users?fields=id&limit=1&user_type=managed");
    }

    @Test
    void box1_whenBoxCountsNoUsers_theLookIsUnclear() throws Exception {
        box.on("/2.0/users", "{\"entries\":[]}");
        assertThat(look("box.users", Map.of())).isEqualTo(ProbeResult.unclear("users-unknown"));
    }

    @Test
    void box1_whenRootCreationIsRestricted_theLookFails() throws Exception {
        box.on(CONFIGURATION, configuration("{\"is_used\":true,\"value\":true}"));
        assertThat(look("box.root-creation", TENANT)).isEqualTo(ProbeResult.fails("root-creation-restricted", "900"));
        RecordedRequest request = box.requests.get(0);
        assertThat(box.lines())
                .containsExactly("GET /2.0/enterprise_configurations/900?categories=content_and_sharing");
        assertThat(request.getHeader("box-version")).isEqualTo("2025.0");
    }

    @Test
    void box1_whenRootCreationIsAllowed_theLookHolds_askingForTheEnterpriseIfUnknown() throws Exception {
        box.on(ME, me("admin")).on(CONFIGURATION, configuration("{\"is_used\":true,\"value\":false}"));
        assertThat(look("box.root-creation", Map.of())).isEqualTo(ProbeResult.holds("root-creation-allowed", "900"));
        assertThat(box.lines()).hasSize(2).first().asString().startsWith("GET /2.0/users/me");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"is_used\":false,\"value\":null}"})
    void box1_whenBoxDoesNotTellAboutRootCreation_theLookIsUnclear(String item) throws Exception {
        box.on(CONFIGURATION, configuration(item));
        assertThat(look("box.root-creation", TENANT)).isEqualTo(ProbeResult.unclear("root-creation-unknown", "900"));
    }

    @Test
    void box1_whenOurAppMayNotReadTheSettings_thereIsNoAccess() throws Exception {
        box.on(CONFIGURATION, json(403, "{\"code\":\"insufficient_scope\",\"request_id\":\"r1\"}"));
        assertThat(look("box.root-creation", TENANT))
                .isEqualTo(new ProbeResult.NoAccess(
                        Statement.of("vendor-refused", "GET /2.0/enterprise_configurations/{id}", 403)
                                .quoting("insufficient_scope")));
    }

    @Test
    void box1_preflightStepsComeFirst_withQuestionsForAPersonWhereNothingCanBeRead() {
        for (String id : List.of("box.admin", "box.root-creation")) {
            ActivationStep step = step(id);
            assertThat(step.phase()).isEqualTo(Phase.PREFLIGHT);
            assertThat(step.rule()).isEqualTo("BOX-1");
            assertThat(step.required()).isTrue();
            assertThat(step.patience()).isEqualTo(ProbeTiming.none());
            assertThat(step.check().question())
                    .hasValueSatisfying(q -> assertThat(q.kind()).isEqualTo(ActionTemplate.Kind.READ));
        }
        assertThat(step("box.users").required()).isFalse();
        assertThat(step("box.users").performer()).isEqualTo(Performer.SDK);
    }

    // ---- BOX-2: folders and group

    @Test
    void box2_whenBothFoldersStandInTheRoot_theLookHoldsAndKeepsTheirIds() throws Exception {
        box.on(ME, me("admin")).on(ROOT, items(null, "70", "Docs", "71", TEMP, "72", QUARANTINE));
        assertThat(look("box.folders", TENANT))
                .isEqualTo(ProbeResult.holds("folders-found", "admin@example.com", "71", "72")
                        .with(Map.of(
                                "box.temp-folder-id", "71", "box.quarantine-folder-id", "72", "tenant.BOX", "900")));
        assertThat(box.lines())
                .element(1)
                .isEqualTo("GET /2.0/folders/0/items?fields=id,type,name&limit=1000&usemarker=true");
    }

    @Test
    void box2_whenAFolderIsOnALaterPage_itIsFound() throws Exception {
        box.on(ME, me("admin")).on(ROOT, items("m1", "71", TEMP), items("", "72", QUARANTINE));
        assertThat(look("box.folders", TENANT)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(box.lines()).element(2).asString().contains("marker=m1");
    }

    @Test
    void box2_whenTheQuarantineFolderIsMissing_theLookFailsAndSaysWhich() throws Exception {
        box.on(ME, me("admin")).on(ROOT, items(null, "71", TEMP, "73", QUARANTINE + " (1)"));
        assertThat(look("box.folders", TENANT))
                .isEqualTo(ProbeResult.fails("folders-missing", "admin@example.com", QUARANTINE));
        box.on(ROOT, items(null));
        assertThat(look("box.folders", TENANT))
                .isEqualTo(ProbeResult.fails("folders-missing", "admin@example.com", TEMP + ", " + QUARANTINE));
    }

    @Test
    void box2_whenAFileHasTheName_itIsNoFolder() throws Exception {
        box.on(ME, me("admin"))
                .on(
                        ROOT,
                        items(null, "71", TEMP, "72", QUARANTINE)
                                .replace("\"type\":\"folder\",\"id\":\"71\"", "\"type\":\"file\",\"id\":\"71\""));
        assertThat(look("box.folders", TENANT)).isInstanceOf(ProbeResult.Fails.class);
    }

    @Test
    void box2_whenTheListingNeverEnds_theLookIsUnclear() throws Exception {
        box.on(ME, me("admin")).on(ROOT, items("again"));
        assertThat(look("box.folders", TENANT))
                .isEqualTo(new ProbeResult.Unclear(Statement.of("vendor-refused", "GET /2.0/folders/0/items", 200)
                        .quoting("listing_does_not_end")));
    }

    @Test
    void box2_whenTheConnectionIsAnotherUsers_itsRootProvesNothing() throws Exception {
        box.on(ME, me("coadmin")).on(ROOT, items(null)).on(GROUPS, groups(0));
        assertThat(look("box.folders", TENANT))
                .isEqualTo(ProbeResult.noAccess("not-the-administrator", "admin@example.com", "coadmin"));
        assertThat(look("box.group", TENANT)).isInstanceOf(ProbeResult.NoAccess.class);
        assertThat(look("box.remove-temp-folder", TENANT)).isInstanceOf(ProbeResult.NoAccess.class);
        assertThat(look("box.remove-group", TENANT)).isInstanceOf(ProbeResult.NoAccess.class);
        box.on(ME, me("admin").replace("\"role\":\"admin\"", "\"role\":null"));
        assertThat(look("box.folders", TENANT)).isEqualTo(ProbeResult.noAccess("role-unknown", "admin@example.com"));
    }

    @Test
    void box2_whenTheConnectionIsInAnotherEnterprise_theLookFailsAndSaysSo() throws Exception {
        box.on(ME, me("admin")).on(ROOT, items(null, "71", TEMP, "72", QUARANTINE));
        Map<String, String> other = Map.of("tenant.BOX", "901");
        assertThat(look("box.folders", other)).isEqualTo(ProbeResult.fails(ProbeResult.WRONG_TENANT, "900", "901"));
        assertThat(look("box.group", other)).isInstanceOf(ProbeResult.Fails.class);
        assertThat(look("box.remove-temp-folder", other)).isInstanceOf(ProbeResult.Fails.class);
        box.on(ME, "{\"type\":\"user\",\"id\":\"1\",\"login\":\"a@b\",\"role\":\"admin\",\"enterprise\":null}");
        assertThat(look("box.folders", other)).isEqualTo(ProbeResult.fails(ProbeResult.WRONG_TENANT, "-", "901"));
    }

    @Test
    void box2_whenTheGroupEditsTheTempFolder_theLookHolds() throws Exception {
        box.on(ME, me("admin"))
                .on(GROUPS, groups(2, "80", TEMP + "_old", "81", TEMP))
                .on("/2.0/folders/71/collaborations", collaborations("81", "editor", "accepted"));
        assertThat(look("box.group", KNOWN))
                .isEqualTo(ProbeResult.holds("group-edits", "81").with(TENANT));
        assertThat(box.lines())
                .element(1)
                .isEqualTo("GET /2.0/groups?fields=id,name&filter_term=" + TEMP + "&limit=1000&offset=0");
        assertThat(box.lines())
                .element(2)
                .isEqualTo("GET /2.0/folders/71/collaborations?fields=accessible_by,role,status&limit=1000");
    }

    @Test
    void box2_whenTheGroupIsNoEditor_orItsRoleIsNotTold_theLookHoldsAndSaysSo() throws Exception {
        group("81", "co-owner", "accepted");
        assertThat(look("box.group", KNOWN))
                .isEqualTo(ProbeResult.holds("group-has-other-role", "81", "co-owner")
                        .with(TENANT));
        box.on("/2.0/folders/71/collaborations", collaborations("81", "", "accepted"));
        assertThat(look("box.group", KNOWN))
                .isEqualTo(ProbeResult.holds("group-role-unknown", "81").with(TENANT));
    }

    @Test
    void box2_whenTheGroupIsMissingOrNamedAlike_theLookFails() throws Exception {
        box.on(ME, me("admin")).on(GROUPS, groups(1, "80", TEMP + "2"));
        assertThat(look("box.group", KNOWN)).isEqualTo(ProbeResult.fails("group-missing", TEMP));
    }

    @Test
    void box2_whenTheGroupIsOnALaterPage_itIsFound() throws Exception {
        box.on(ME, me("admin"))
                .on(GROUPS, groups(2, "80", TEMP + "2"), groups(2, "81", TEMP))
                .on("/2.0/folders/71/collaborations", collaborations("81", "editor", "accepted"));
        assertThat(look("box.group", KNOWN)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(box.lines()).element(2).asString().endsWith("&offset=1");
    }

    @Test
    void box2_whenTheGroupIsNotInTheFolder_theLookFails() throws Exception {
        group("99", "editor", "accepted");
        assertThat(look("box.group", KNOWN)).isEqualTo(ProbeResult.fails("group-not-in-folder", "81"));
    }

    @Test
    void box2_whenTheGroupIsOnlyInvited_theLookFails() throws Exception {
        group("81", "editor", "pending");
        assertThat(look("box.group", KNOWN)).isEqualTo(ProbeResult.fails("group-not-accepted", "81", "pending"));
    }

    @Test
    void box2_whenBoxDoesNotTellWhetherTheGroupIsAccepted_theLookIsUnclear() throws Exception {
        group("81", "editor", "");
        assertThat(look("box.group", KNOWN)).isEqualTo(ProbeResult.unclear("group-status-unknown", "81"));
    }

    @Test
    void box2_whenTheKnownFolderWasMadeAnew_theGroupIsSoughtInTheNewOne() throws Exception {
        box.on(ME, me("admin"))
                .on(GROUPS, groups(1, "81", TEMP))
                .on(ROOT, items(null, "171", TEMP))
                .on("/2.0/folders/171/collaborations", collaborations("81", "editor", "accepted"));
        assertThat(look("box.group", KNOWN)).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void box2_foldersAndGroupAreRequired_patient_andAskedWhereNothingCanBeRead() {
        for (String id : List.of("box.folders", "box.group")) {
            ActivationStep step = step(id);
            assertThat(step.phase()).isEqualTo(Phase.POST_SETUP);
            assertThat(step.rule()).isEqualTo("BOX-2");
            assertThat(step.required()).isTrue();
            assertThat(step.patience()).isEqualTo(ProbeTiming.of(Duration.ofMinutes(10), Duration.ofHours(1)));
            assertThat(step.check().question())
                    .hasValueSatisfying(q -> assertThat(q.arguments()).contains(TEMP));
        }
        assertThat(step("box.group").after())
                .containsExactly(step("box.folders").id());
    }

    // ---- BOX-3 to BOX-6: a person's

    @Test
    void box3_theAppIsSoughtByItsNameOnTheSettingsPage() {
        ActionTemplate action = step("box.added-by-default").action().orElseThrow();
        assertThat(action.link()).contains(URI.create("https://app.box.com/master/settings"));
        assertThat(action.values()).containsExactly(Map.entry("box.searchField", "Trend Micro - Cloud App Security"));
    }

    @Test
    void box4_nothingButAPersonTellsThatTheAppIsAddedByDefault() {
        ActivationStep step = step("box.added-by-default");
        assertThat(step.rule()).isEqualTo("BOX-4");
        assertThat(step.required()).isTrue();
        assertThat(step.check().probe()).isEmpty();
        assertThat(step.performer()).isEqualTo(Performer.PERSON);
        assertThat(step.action().orElseThrow().kind()).isEqualTo(ActionTemplate.Kind.DO);
    }

    @Test
    void box6_whenTheFolderIsKnown_theActionLeadsStraightToIt() {
        ActivationStep step = step("box.mute-folder", Map.of("box.temp-folder-id", "71"));
        ActionTemplate action = step.action().orElseThrow();
        assertThat(action.variants()).isEmpty();
        assertThat(action.link()).contains(URI.create("https://app.box.com/folder/71"));
        assertThat(step.rule()).isEqualTo("BOX-6");
        assertThat(step.after()).containsExactly(step("box.folders").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "71/../../evil", "abc", "7 1"})
    void box6_whenTheFolderIsUnknown_theActionTellsTheManualsPath(String fact) {
        Map<String, String> facts = fact.isEmpty() ? Map.of() : Map.of("box.temp-folder-id", fact);
        ActionTemplate action = step("box.mute-folder", facts).action().orElseThrow();
        assertThat(action.variants()).containsExactly("by-path");
        assertThat(action.link()).contains(URI.create("https://account.box.com/"));
        assertThat(action.arguments()).containsExactly(TEMP);
    }

    // ---- the grant

    @Test
    void box1_theGrantIsADo_inTheWordsOfTheEdition_withThePoliciesOfTheRequest() {
        assertThat(provisioner.grantRule()).isEqualTo("BOX-1");
        assertThat(provisioner.service()).isEqualTo(CloudService.BOX);
        ActionTemplate plain = provisioner.grant(context(Map.of(), Edition.CONSOLE_2024_04, List.of()));
        assertThat(plain.kind()).isEqualTo(ActionTemplate.Kind.DO);
        assertThat(plain.policies()).isEmpty();
        ActionTemplate chosen = provisioner.grant(context(Map.of(), Edition.CONSOLE_2024_07, List.of("P1", "P2")));
        assertThat(chosen.policies()).containsExactly("P1", "P2");
        assertThat(BoxTextsTest.lines(plain, Edition.CONSOLE_2024_04, Locale.ENGLISH))
                .isEqualTo(BoxTextsTest.lines(plain, Edition.AUTO, Locale.ENGLISH))
                .contains("Choose no policy", "Service Account")
                .doesNotContain("Service Status");
        assertThat(BoxTextsTest.lines(chosen, Edition.CONSOLE_2024_07, Locale.ENGLISH))
                .contains("choose: P1 / P2.", "Service Status")
                .doesNotContain("Choose no policy");
        assertThat(BoxTextsTest.lines(plain, Edition.CONSOLE_2024_07, Locale.ENGLISH))
                .contains("Choose no policy", "Service Status");
        assertThat(BoxTextsTest.lines(chosen, Edition.CONSOLE_2024_04, Locale.ENGLISH))
                .contains("choose: P1 / P2.", "Service Account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://admin.tmcas.trendmicro.co.jp", "https://admin.tmcas.trendmicro.com"})
    void box1_theGrantBeginsAtTheConsole(String origin) {
        ActivationRequest request = ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                .services(CloudService.BOX)
                .consoleOrigin(origin)
                .build();
        Provisioners box = new Provisioners(List.of(provisioner));
        assertThat(StepPlan.of(Event.Run.ACTIVATION, request, Edition.AUTO, Facts.none(), box)
                        .find(new StepId("box.grant")))
                .flatMap(ActivationStep::action)
                .flatMap(ActionTemplate::link)
                .contains(URI.create(origin));
    }

    // ---- removal

    @Test
    void removal_stepsFollowOneAnotherInTheVendorsOrder() {
        List<ActivationStep> steps = provisioner.removalSteps(context(Map.of(), Edition.AUTO, List.of()));
        assertThat(steps)
                .extracting(s -> s.id().value())
                .containsExactly(
                        "box.release-app",
                        "box.remove-app",
                        "box.remove-temp-folder",
                        "box.remove-quarantine-folder",
                        "box.remove-group");
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).phase()).isEqualTo(Phase.REMOVAL);
            assertThat(steps.get(i).action().orElseThrow().kind()).isEqualTo(ActionTemplate.Kind.DO);
            assertThat(steps.get(i).after()).hasSize(i == 0 ? 0 : 1);
            assertThat(steps.get(i).check().probe().isPresent()).isEqualTo(i >= 2);
        }
        assertThat(steps.get(1).action().orElseThrow().link())
                .contains(URI.create("https://app.box.com/services/browse/my"));
    }

    @Test
    void removal_whenAFolderIsStillThere_theLookFails_andHoldsOnceItIsGone() throws Exception {
        box.on(ME, me("admin")).on(ROOT, items(null, "72", QUARANTINE));
        assertThat(look("box.remove-quarantine-folder", TENANT))
                .isEqualTo(ProbeResult.fails("folder-still-there", "admin@example.com", QUARANTINE, "72"));
        assertThat(look("box.remove-temp-folder", TENANT))
                .isEqualTo(ProbeResult.holds("folder-gone", "admin@example.com", TEMP)
                        .with(TENANT));
    }

    @Test
    void removal_whenTheGroupIsStillThere_theLookFails_andHoldsOnceItIsGone() throws Exception {
        box.on(ME, me("admin")).on(GROUPS, groups(1, "81", TEMP), groups(0));
        assertThat(look("box.remove-group", TENANT)).isEqualTo(ProbeResult.fails("group-still-there", TEMP, "81"));
        assertThat(look("box.remove-group", TENANT))
                .isEqualTo(ProbeResult.holds("group-gone", TEMP).with(TENANT));
    }

    @Test
    void removal_whenNothingTellsWhichEnterpriseWasActivated_absenceProvesNothing() throws Exception {
        box.on(ME, me("admin")).on(ROOT, items(null)).on(GROUPS, groups(0));
        for (String id : List.of("box.remove-temp-folder", "box.remove-quarantine-folder", "box.remove-group")) {
            assertThat(look(id, Map.of()))
                    .as(id)
                    .isInstanceOfSatisfying(
                            ProbeResult.Unclear.class,
                            u -> assertThat(u.seen().code()).endsWith("-gone-unpinned"));
            assertThat(look(id, TENANT)).as(id).isInstanceOf(ProbeResult.Holds.class);
        }
    }

    @Test
    void removal_whenTheListingIsBroken_nothingCountsAsGone() throws Exception {
        box.on(ME, me("admin")).on(ROOT, "{\"limit\":1000}").on(GROUPS, "{\"total_count\":0}");
        assertThat(look("box.remove-temp-folder", TENANT)).isInstanceOf(ProbeResult.Unclear.class);
        assertThat(look("box.remove-group", TENANT)).isInstanceOf(ProbeResult.Unclear.class);
    }

    // ---- BOX-7 and every probe

    @Test
    void box7_whenFoldersAreLostLater_theSameLookFindsTheDrift() throws Exception {
        box.on(ME, me("admin"))
                .on(ROOT, items(null, "71", TEMP, "72", QUARANTINE), items(null))
                .on(GROUPS, groups(0));
        assertThat(look("box.folders", TENANT)).isInstanceOf(ProbeResult.Holds.class);
        assertThat(look("box.folders", KNOWN)).isInstanceOf(ProbeResult.Fails.class);
        assertThat(look("box.group", KNOWN)).isInstanceOf(ProbeResult.Fails.class);
    }

    @Test
    void box7_whenOurOwnAuthorisationIsLost_itIsAccessLostAndNoDrift() throws Exception {
        box.on(ME, json(401, ""));
        AccessTokens gone = AccessTokens.singleFlight(
                spent -> {
                    throw VendorCallException.of("POST /oauth2/token", 400)
                            .code("invalid_grant")
                            .build();
                },
                BoxServer.CLOCK);
        assertThat(look("box.folders", TENANT)).isInstanceOf(ProbeResult.NoAccess.class); // a new token was given
        provisioner = BoxProvisioner.create(customer -> Optional.of(box.connection(gone)));
        assertThat(look("box.folders", TENANT))
                .isEqualTo(new ProbeResult.AccessLost(Statement.of("vendor-refused", "POST /oauth2/token", 400)
                        .quoting("invalid_grant")));
    }

    @Test
    void box7_theReportSaysWhatMustStayAndWhatIsOnlyAttested() {
        assertThat(provisioner.notices(context(Map.of(), Edition.AUTO, List.of())))
                .extracting(Notice::rule)
                .containsExactly("BOX-4", "BOX-6", "BOX-7");
        assertThat(provisioner.prerequisite().rule()).isEqualTo("COMMON-1");
    }

    @Test
    void everyProbe_withoutAConnection_hasNoAccess() throws Exception {
        provisioner = BoxProvisioner.create();
        for (ActivationStep step : all(Map.of()).toList()) {
            if (step.check().probe().isPresent()) {
                assertThat(look(step, Map.of())).as(step.id().value()).isInstanceOf(ProbeResult.NoAccess.class);
            }
        }
    }

    @Test
    void everyProbe_whenBoxIsDown_isUnclear_andWhenItAsksForTime_isNotBefore() throws Exception {
        for (String path : List.of(ME, "/2.0/users", ROOT, GROUPS, CONFIGURATION)) {
            box.on(path, json(500, ""));
        }
        for (ActivationStep step :
                all(Map.of()).filter(s -> s.check().probe().isPresent()).toList()) {
            assertThat(look(step, TENANT)).as(step.id().value()).isInstanceOf(ProbeResult.Unclear.class);
        }
        for (String path : List.of(ME, "/2.0/users", ROOT, GROUPS, CONFIGURATION)) {
            box.on(path, json(429, "{}").setHeader("Retry-After", "900"));
        }
        for (ActivationStep step :
                all(Map.of()).filter(s -> s.check().probe().isPresent()).toList()) {
            assertThat(look(step, TENANT))
                    .as(step.id().value())
                    .isInstanceOfSatisfying(
                            ProbeResult.NotBefore.class,
                            n -> assertThat(n.time()).isEqualTo(NOW.plusSeconds(900)));
        }
    }

    @Test
    void everyRequest_isAGetWithTheTokenInItsHeaderOnly() throws Exception {
        box.on(ME, me("admin"))
                .on("/2.0/users", "{\"total_count\":1,\"entries\":[]}")
                .on(CONFIGURATION, configuration("{\"value\":false}"))
                .on(ROOT, items(null, "71", TEMP, "72", QUARANTINE))
                .on(GROUPS, groups(1, "81", TEMP))
                .on("/2.0/folders/71/collaborations", collaborations("81", "editor", "accepted"));
        for (ActivationStep step :
                all(Map.of()).filter(s -> s.check().probe().isPresent()).toList()) {
            look(step, KNOWN);
        }
        assertThat(box.requests).isNotEmpty().allSatisfy(r -> {
            assertThat(r.getMethod()).isEqualTo("GET");
            assertThat(r.getPath()).doesNotContain("tok_secret");
            assertThat(r.getHeaders().values("Authorization")).containsExactly("Bearer tok_secret_1");
        });
    }

    /** The answers these tests give are ones Box could give. */
    @Test
    void fixtures_keepTheContract() {
        Map<String, String> answers = Map.of(
                ME,
                me("coadmin"),
                "/2.0/users",
                "{\"total_count\":12345,\"entries\":[{\"type\":\"user\",\"id\":\"1\"}]}",
                CONFIGURATION,
                configuration("{\"is_used\":true,\"value\":true}"),
                ROOT,
                items("m", "71", TEMP),
                GROUPS,
                groups(1, "81", TEMP));
        answers.forEach((path, body) -> assertThat(
                        VendorContract.box().checkAnswer("GET", URI.create("https://api.box.com" + path), 200, body))
                .as(path)
                .isEmpty());
    }

    @Test
    void everyProbe_declaresTheCallsItMakes() throws Exception {
        everyRequest_isAGetWithTheTokenInItsHeaderOnly();
        String declared = all(Map.of())
                .flatMap(s -> s.check().probe().stream())
                .map(p -> p.calls())
                .reduce("", (a, b) -> a + ", " + b);
        for (String line : box.lines()) {
            String call = line.replaceAll("\\?.*", "").replaceAll("/(900|71)(/|$)", "/{id}$2");
            assertThat(declared).contains(call);
        }
    }

    @Test
    void withWebAddress_whenTheSandboxShowsThePages_allLinksLeadThere() {
        BoxProvisioner sandbox = provisioner.withWebAddress(URI.create("http://127.0.0.1:8080/"));
        StepContext context = context(Map.of("box.temp-folder-id", "71"), Edition.AUTO, List.of());
        assertThat(Steps.all(sandbox, context).stream()
                        .flatMap(s -> s.action().stream())
                        .flatMap(a -> a.link().stream()))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link).hasHost("127.0.0.1").hasPort(8080));
        assertThatThrownBy(() -> provisioner.withWebAddress(URI.create("http://app.box.com")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Stream<ActivationStep> all(Map<String, String> facts) {
        return Steps.all(provisioner, context(facts, Edition.AUTO, List.of())).stream();
    }

    private ActivationStep step(String id) {
        return step(id, Map.of());
    }

    private ActivationStep step(String id, Map<String, String> facts) {
        return Steps.step(all(facts).toList(), id);
    }

    private ProbeResult look(String id, Map<String, String> facts) throws InterruptedException {
        return look(step(id, facts), facts);
    }

    /** The group 81 is there, and in the folder 71 is a group with this role. */
    private void group(String id, String role, String status) {
        box.on(ME, me("admin"))
                .on(GROUPS, groups(1, "81", TEMP))
                .on("/2.0/folders/71/collaborations", collaborations(id, role, status));
    }

    private static ProbeResult look(ActivationStep step, Map<String, String> facts) throws InterruptedException {
        ProbeResult look = Steps.look(step, context(facts, Edition.AUTO, List.of()), BoxServer.CLOCK);
        StatementTextsContract.assertSaid(BoxProvisioner.class, look.seen());
        return look;
    }

    static StepContext context(Map<String, String> facts, Edition edition, List<String> policies) {
        ActivationRequest request = ActivationRequest.builder(CUSTOMER)
                .services(CloudService.BOX)
                .policies(policies)
                .build();
        return new StepContext(request, edition, Facts.of(facts));
    }
}
