package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.StepId;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.microsoft365.SharePointConnection;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.Fault;
import io.github.kaitsu.sandbox.Faults;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.PageOptions;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.sandbox.internal.View;
import io.github.kaitsu.sandbox.internal.Visitor;
import io.github.kaitsu.store.MemoryActivationStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole activations of Teams with a connection to the tenant's SharePoint admin site (M365-4 to M365-10). */
@Timeout(120)
class TeamsActivationTest {
    private static final List<CloudService> TWO = List.of(CloudService.SHAREPOINT_ONLINE, CloudService.MICROSOFT_TEAMS);
    private static final String LIST = "/_layouts/15/TA_AllAppPrincipals.aspx";

    @Test
    void m365_10_thePermissionIsVerified_itsLossIsDrift_andItsRemovalIsVerifiedToo() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client = client(customer, person, sandbox.sharePointScope())) {
                client.begin(Run.ID, customer.request(TWO));
                ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);

                Run.assertProtected(view);
                assertThat(Run.level(view, "microsoft-teams.sharepoint-permission"))
                        .isEqualTo(Evidence.Level.VERIFIED);
                assertThat(Run.level(view, "microsoft-teams.permission-listed")).isEqualTo(Evidence.Level.VERIFIED);
                assertThat(sandbox.summary().appPermissionAtTeamsFinish()).contains(true);
                assertThat(sandbox.summary().violations()).isEmpty();

                assertThat(client.verify(customer.id()).hasDrift()).isFalse();
                distrust(sandbox);
                DriftReport after = client.verify(customer.id());
                assertThat(after.findings())
                        .filteredOn(f -> f.step().equals(StepId.of(CloudService.MICROSOFT_TEAMS, "permission-listed")))
                        .extracting(DriftReport.Finding::verdict)
                        .containsExactly(Verdict.LOST);

                ActivationId removal = ActivationId.of("removal");
                client.beginRemoval(removal, customer.id(), EnumSet.copyOf(TWO));
                ActivationView removed = Run.toItsEnd(client, removal, person, customer);
                assertThat(Run.statuses(removed)).containsOnlyKeys(TWO).containsValue(ActivationStatus.REMOVED);
                assertThat(Run.level(removed, "microsoft-teams.remove-sharepoint-permission"))
                        .isEqualTo(Evidence.Level.VERIFIED);
            }
        }
    }

    @Test
    void m365_10_whenTheWireIsBad_itIsVerifiedAllTheSame() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().faults(Faults.seeded(11, 0.3)).start()) {
            ActivationView view = activated(sandbox, sandbox.sharePointScope());

            Run.assertProtected(view);
            assertThat(Run.level(view, "microsoft-teams.permission-listed")).isEqualTo(Evidence.Level.VERIFIED);
        }
    }

    @Test
    void m365_10_whenTheTokenIsGraphs_thePersonLooksAsWithoutAConnection() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ActivationView view = activated(sandbox, "Sites.Read.All");

            Run.assertProtected(view);
            assertThat(Run.level(view, "microsoft-teams.permission-listed")).isEqualTo(Evidence.Level.ATTESTED);
        }
    }

    /** Azure ACS has ended: the page is gone, the person says so, and the link is finished without the permission. */
    @Test
    void m365_4_whenAppInvIsNoMore_teamsIsProtectedAndTheReportSaysWhatIsOpen() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            sandbox.faults()
                    .next(
                            100,
                            "/_layouts/15/AppInv.aspx",
                            new Fault.Answer(404, Map.of(), "<p>404 FILE NOT FOUND</p>"));
            ActivationView view = activated(sandbox, sandbox.sharePointScope());

            assertThat(Run.statuses(view)).containsEntry(CloudService.MICROSOFT_TEAMS, ActivationStatus.PROTECTED);
            assertThat(Run.level(view, "microsoft-teams.sharepoint-permission")).isEqualTo(Evidence.Level.UNKNOWN);
            assertThat(sandbox.summary().appPermissionAtTeamsFinish()).contains(false);
            assertThat(view.openItems())
                    .anySatisfy(i -> assertThat(i.text().ja()).startsWith("SharePointでのMicrosoft Teamsの権限の登録（"));
        }
    }

    @Test
    void m365_4_whenTheConsoleIsTodays_sharePointIsNotLookedAt() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().edition(Edition.CONSOLE_2024_07).start()) {
            ActivationView view = activated(sandbox, sandbox.sharePointScope());

            Run.assertProtected(view);
            assertThat(view.services())
                    .flatExtracting(s -> s.steps())
                    .noneMatch(s -> s.step().value().equals("microsoft-teams.permission-listed"));
        }
    }

    @Test
    void m365_4_whenTodaysWindowShowsAppIdAndDone_thePermissionIsVerifiedAndDonePressed() throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                .edition(Edition.CONSOLE_2024_07)
                .pages(PageOptions.plain().with(PageOptions.Trait.TEAMS_APP_ID))
                .start()) {
            ActivationView view = activated(sandbox, sandbox.sharePointScope());

            Run.assertProtected(view);
            assertThat(Run.level(view, "microsoft-teams.unfinished")).isEqualTo(Evidence.Level.ATTESTED);
            assertThat(Run.level(view, "microsoft-teams.permission-listed")).isEqualTo(Evidence.Level.VERIFIED);
            assertThat(sandbox.summary().appPermissionAtTeamsFinish()).contains(true);
            assertThat(sandbox.summary().violations()).isEmpty();
        }
    }

    /** The end of an activation of both services. */
    private static ActivationView activated(Sandbox sandbox, String scope) throws InterruptedException {
        Customer customer = Customer.of(sandbox);
        Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
        try (ActivationClient client = client(customer, person, scope)) {
            client.begin(Run.ID, customer.request(TWO));
            return Run.toItsEnd(client, Run.ID, person, customer);
        }
    }

    private static ActivationClient client(Customer customer, Person person, String scope) {
        Sandbox sandbox = customer.sandbox();
        SandboxConnections to = SandboxConnections.of(sandbox);
        SharePointConnection connection = to.sharePoint(to.tokens(CloudService.Provider.MICROSOFT365, scope));
        return ActivationClient.builder()
                .provisioners(Microsoft365Provisioners.create(Connections.none(), c -> Optional.of(connection)))
                .store(new MemoryActivationStore())
                .operator(person)
                .clock(sandbox.clock())
                .build();
    }

    private static void distrust(Sandbox sandbox) {
        Visitor somebody = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE);
        View next = somebody.press(
                somebody.open(sandbox.sharePointAdmin() + LIST), "次へ", Map.of("メールアドレス", sandbox.administrator()));
        String password = sandbox.password(CloudService.Provider.MICROSOFT365);
        somebody.press(somebody.press(next, "サインイン", Map.of("パスワード", password)), "×");
    }
}
