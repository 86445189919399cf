package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.StepId;
import io.github.kaitsu.dropbox.DropboxConnection;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.sandbox.Fault;
import io.github.kaitsu.sandbox.Faults;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.sandbox.internal.View;
import io.github.kaitsu.sandbox.internal.Visitor;
import io.github.kaitsu.store.MemoryActivationStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dropbox with a connection: what is read is verified, and nobody is asked to look. */
class DropboxActivationTest {
    private static final List<String> READ = List.of("admin", "users", "app-linked", "folders");

    @Test
    void theWholeActivation_isVerified_andThePersonOnlyGrants() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().users(2_500).start();
                ActivationClient client = client(sandbox)) {
            ActivationView view = activate(sandbox, client);
            Run.assertProtected(view);
            for (String step : READ) {
                assertThat(Run.level(view, "dropbox." + step)).as(step).isEqualTo(Level.VERIFIED);
            }
            assertThat(Run.events(client, Run.ID).toString()).doesNotContain("ask-");
            assertThat(sandbox.summary().grants()).containsOnly(Map.entry(CloudService.DROPBOX, 1));
            assertThat(sandbox.summary().violations()).isEmpty();
        }
    }

    @Test
    void theWholeActivation_whenEveryFifthCallGoesWrong_isVerifiedAllTheSame() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().faults(Faults.seeded(11, 0.2)).start();
                ActivationClient client = client(sandbox)) {
            ActivationView view = activate(sandbox, client);
            Run.assertProtected(view);
            assertThat(Run.level(view, "dropbox.app-linked")).isEqualTo(Level.VERIFIED);
            assertThat(Run.level(view, "dropbox.folders")).isEqualTo(Level.VERIFIED);
        }
    }

    @Test
    void whatWasLinkedBefore_isAdoptedAndVerified() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder()
                        .scenario(Scenario.parse("already-linked"))
                        .start();
                ActivationClient client = client(sandbox)) {
            ActivationView view = activate(sandbox, client);
            Run.assertProtected(view);
            assertThat(Run.level(view, "dropbox.app-linked")).isEqualTo(Level.VERIFIED);
            assertThat(sandbox.summary().grants()).containsEntry(CloudService.DROPBOX, 1);
        }
    }

    static Stream<Preflight> preflights() {
        String admin = "/2/team/token/get_authenticated_admin";
        return Stream.of(
                new Preflight(
                        "admin-no-longer-active", admin, refusal(409, "admin_not_active"), "no longer a team admin"),
                new Preflight("admin-unknown", admin, refusal(409, "mapping_not_found"), "cannot tell which admin"),
                new Preflight(
                        "not-team-admin",
                        admin,
                        text("The OAuth 2 access token you provided is for a specific Dropbox user account"),
                        "single user"),
                new Preflight(
                        "scope-missing-in-app",
                        "/2/team_log/get_events",
                        text("Your app is not permitted to access this endpoint because it does not have the required"
                                + " scope 'events.read'."),
                        "app itself may not use a scope"));
    }

    record Preflight(String reason, String path, Fault fault, String message) {
        @Override
        public String toString() {
            return reason;
        }
    }

    @ParameterizedTest
    @MethodSource("preflights")
    void dropbox1_whenThePreflightFails_itEndsBeforeTheLinkAndSaysWhatToDo(Preflight what) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = client(sandbox)) {
            sandbox.faults().next(1_000, what.path(), what.fault());
            assertEndsBeforeTheLink(sandbox, activate(sandbox, client), what.reason(), what.message());
        }
    }

    @Test
    void dropbox1_whenTheTokenLacksAScope_itEndsBeforeTheLinkAndSaysWhatToDo() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client =
                        client(sandbox, "team_info.read", "team_data.member", "files.metadata.read")) {
            ActivationView view = activate(sandbox, client);
            assertEndsBeforeTheLink(sandbox, view, "scope-missing-in-token", "consent to your own app lacks a scope");
            assertThat(view.services().get(0).steps())
                    .filteredOn(s -> s.evidence().seen().code().equals("scope-missing-in-token"))
                    .first()
                    .satisfies(s -> assertThat(s.evidence().seen().arguments()).contains("events.read"));
        }
    }

    private static void assertEndsBeforeTheLink(Sandbox sandbox, ActivationView view, String reason, String message) {
        ActivationView.ServiceView service = view.services().get(0);
        assertThat(service.status()).isEqualTo(ActivationStatus.FAILED);
        assertThat(service.failure()).contains(FailureReason.PREFLIGHT);
        assertThat(Run.against(service)).contains(reason);
        assertThat(service.explanation())
                .hasValueSatisfying(e -> assertThat(e.message().en()).contains(message));
        assertThat(service.linkAttempts()).isZero();
        assertThat(sandbox.summary().grants()).isEmpty();
    }

    @Test
    void drift_whenTheAppIsUnlinkedOrAFolderDeleted_verifySaysWhichProtectionIsGone() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = client(sandbox)) {
            Run.assertProtected(activate(sandbox, client));
            assertThat(client.verify(Customer.of(sandbox).id()).hasDrift()).isFalse();

            press(sandbox, "/home", "削除");
            DriftReport folders = client.verify(Customer.of(sandbox).id());
            assertThat(verdict(folders, "folders")).isEqualTo(Verdict.LOST);
            assertThat(verdict(folders, "app-linked")).isEqualTo(Verdict.HOLDS);

            press(sandbox, "/team/admin/settings/team_apps", "接続解除");
            sandbox.clock().advance(Duration.ofMinutes(10));
            DriftReport app = client.verify(Customer.of(sandbox).id());
            assertThat(verdict(app, "app-linked")).isEqualTo(Verdict.LOST);
            assertThat(verdict(app, "admin")).isEqualTo(Verdict.HOLDS);
        }
    }

    @Test
    void removal_isVerified_andAnActivationAfterItAsWell() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = client(sandbox)) {
            Run.assertProtected(activate(sandbox, client));
            ActivationId removal = ActivationId.of("removal");
            client.beginRemoval(removal, Customer.of(sandbox).id(), EnumSet.of(CloudService.DROPBOX));
            ActivationView removed = toItsEnd(sandbox, client, removal);
            assertThat(removed.services().get(0).status())
                    .as("%s", removed.services().get(0).detail())
                    .isEqualTo(ActivationStatus.REMOVED);
            assertThat(Run.level(removed, "dropbox.remove-app")).isEqualTo(Level.VERIFIED);
            assertThat(Run.level(removed, "dropbox.remove-folders")).isEqualTo(Level.VERIFIED);

            ActivationId again = ActivationId.of("again");
            client.begin(again, request(sandbox));
            ActivationView view = toItsEnd(sandbox, client, again);
            Run.assertProtected(view);
            assertThat(Run.level(view, "dropbox.app-linked")).isEqualTo(Level.VERIFIED);
        }
    }

    // ---- a host with a connection to Dropbox

    private ScriptedPerson person;

    private ActivationClient client(Sandbox sandbox, String... scopes) {
        SandboxConnections to = SandboxConnections.of(sandbox);
        DropboxConnection connection = to.dropbox(to.tokens(CloudService.Provider.DROPBOX, scopes));
        person = new ScriptedPerson(sandbox, "sato@example.co.jp");
        return ActivationClient.builder()
                .provisioner(DropboxProvisioner.create(customer -> Optional.of(connection)))
                .store(new MemoryActivationStore())
                .operator(person)
                .clock(sandbox.clock())
                .build();
    }

    private ActivationView activate(Sandbox sandbox, ActivationClient client) throws InterruptedException {
        client.begin(Run.ID, request(sandbox));
        return toItsEnd(sandbox, client, Run.ID);
    }

    private ActivationView toItsEnd(Sandbox sandbox, ActivationClient client, ActivationId id)
            throws InterruptedException {
        return Run.toItsEnd(client, id, Person.careful(person), Customer.of(sandbox));
    }

    private static ActivationRequest request(Sandbox sandbox) {
        return Customer.of(sandbox).request(List.of(CloudService.DROPBOX));
    }

    private static void press(Sandbox sandbox, String path, String button) {
        Visitor somebody = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE);
        View signIn = somebody.open(sandbox.dropbox() + path);
        View second = somebody.press(signIn, "続行", Map.of("メールアドレス", sandbox.administrator()));
        View page = somebody.press(second, "ログイン", Map.of("パスワード", sandbox.password(CloudService.Provider.DROPBOX)));
        somebody.press(page, button);
    }

    private static Fault refusal(int status, String tag) {
        String body = "{\"error_summary\":\"" + tag + "/..\",\"error\":{\".tag\":\"" + tag + "\"}}";
        return new Fault.Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    private static Fault text(String why) {
        return new Fault.Answer(
                400, Map.of("Content-Type", "text/plain; charset=utf-8"), "Error in call to API function: " + why);
    }

    private static Verdict verdict(DriftReport report, String step) {
        return report.findings().stream()
                .filter(f -> f.step().equals(StepId.of(CloudService.DROPBOX, step)))
                .map(DriftReport.Finding::verdict)
                .findFirst()
                .orElseThrow();
    }
}
