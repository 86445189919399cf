package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.StepId;
import io.github.kaitsu.microsoft365.GraphConnection;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.provision.Connections;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Microsoft 365 services of one customer with a connection to Microsoft Graph (M365-1, MIP-1). */
class Microsoft365ActivationTest {
    private static final List<CloudService> FIVE = List.of(
            CloudService.EXCHANGE_ONLINE,
            CloudService.SHAREPOINT_ONLINE,
            CloudService.ONEDRIVE,
            CloudService.MICROSOFT_TEAMS,
            CloudService.MIP);

    @ParameterizedTest
    @EnumSource(value = Edition.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void m365_1_allFiveServices_areProved_watchedAndRemoved(Edition edition) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().edition(edition).start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client = client(customer, person, c -> Optional.of(graph(sandbox)))) {
                client.begin(Run.ID, customer.request(FIVE));
                ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);
                Run.assertProtected(view);
                for (CloudService service : FIVE) {
                    Evidence app = evidence(view, service, "enterprise-app");
                    assertThat(app.level()).isEqualTo(Evidence.Level.VERIFIED);
                    assertThat(app.seen().code()).isEqualTo("app-granted");
                }
                assertThat(FIVE.stream()
                                .map(s -> evidence(view, s, "enterprise-app")
                                        .seen()
                                        .arguments()
                                        .get(1))
                                .distinct())
                        .hasSize(5);
                assertThat(evidence(view, FIVE.get(0), "global-administrator").level())
                        .isEqualTo(Evidence.Level.VERIFIED);
                assertThat(evidence(view, FIVE.get(3), "global-administrator").level())
                        .isEqualTo(Evidence.Level.VERIFIED);
                assertThat(evidence(view, CloudService.MIP, "licence").level()).isEqualTo(Evidence.Level.VERIFIED);
                assertThat(sandbox.summary().violations()).isEmpty();

                sandbox.clock().advance(Duration.ofDays(1));
                assertThat(client.verify(customer.id()).hasDrift()).isFalse();
                deleteAnApp(sandbox);
                DriftReport drift = client.verify(customer.id());
                assertThat(drift.findings().stream().filter(f -> f.verdict() == Verdict.LOST))
                        .singleElement()
                        .satisfies(f -> assertThat(f.now().seen().code()).isEqualTo("app-missing"));

                ActivationId removal = ActivationId.of("removal");
                client.beginRemoval(removal, customer.id(), EnumSet.copyOf(FIVE));
                ActivationView removed = Run.toItsEnd(client, removal, person, customer);
                for (CloudService service : FIVE) {
                    assertThat(service(removed, service).status()).isEqualTo(ActivationStatus.REMOVED);
                    assertThat(evidence(removed, service, "remove-enterprise-app")
                                    .level())
                            .as("%s", service)
                            .isEqualTo(Evidence.Level.VERIFIED);
                }
            }
        }
    }

    @Test
    void common12_whatWasLinkedBefore_isAdoptedAndProved() throws InterruptedException {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("already-linked")).start()) {
            ActivationView view = run(sandbox, c -> Optional.of(graph(sandbox)), FIVE.subList(0, 4));
            Run.assertProtected(view);
            FIVE.subList(0, 4)
                    .forEach(s -> assertThat(evidence(view, s, "enterprise-app").level())
                            .isEqualTo(Evidence.Level.VERIFIED));
            assertThat(sandbox.summary().grants().values()).containsOnly(1);
        }
    }

    @Test
    void m365_1_whenTheRoleIsNotActive_nothingIsLinked_andTheEndNamesPim() throws InterruptedException {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("inactive-role")).start()) {
            ActivationView view = run(sandbox, c -> Optional.of(graph(sandbox)), FIVE.subList(0, 2));
            ServiceView exchange = service(view, CloudService.EXCHANGE_ONLINE);
            assertThat(exchange.failure()).contains(FailureReason.PREFLIGHT);
            assertThat(exchange.explanation().orElseThrow().message().en()).contains("PIM");
            assertThat(exchange.explanation().orElseThrow().nextStep().en())
                    .contains("(PIM), or, if another person will grant access, connect again as that");
            assertThat(exchange.explanation().orElseThrow().nextStep().ja()).contains("付与を行うグローバル管理者");
            assertThat(service(view, CloudService.SHAREPOINT_ONLINE).status()).isEqualTo(ActivationStatus.FAILED);
            assertThat(sandbox.summary().grants()).isEmpty();
        }
    }

    @Test
    void m365_1_whenTheConsentIsPartial_theMissingPermissionIsNamed() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder()
                .edition(Edition.CONSOLE_2024_04)
                .scenario(Scenario.parse("partial-consent"))
                .start()) {
            CloudService service = CloudService.SHAREPOINT_ONLINE; // the console shows its app ID
            ActivationView view = run(sandbox, c -> Optional.of(graph(sandbox)), List.of(service));
            ServiceView sharePoint = service(view, service);
            assertThat(sharePoint.failure()).contains(FailureReason.CONTRADICTED);
            Evidence app = evidence(view, service, "enterprise-app");
            assertThat(app.seen().code()).isEqualTo("app-permission-missing");
            assertThat(app.seen().arguments().get(2)).contains("Sites.Read.All");
            assertThat(sharePoint.explanation().orElseThrow().nextStep().ja()).contains("すべてのアクセス許可");
        }
    }

    /** Which app is Exchange's the console does not show, and the known permissions may be out of date: a person compares. */
    @ParameterizedTest
    @EnumSource(value = Edition.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void m365_1_whenTheConsentIsPartial_andTheConsoleShowsNoAppId_thePersonComparesThePermissions(Edition edition)
            throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder()
                .edition(edition)
                .scenario(Scenario.parse("partial-consent"))
                .start()) {
            ActivationView view = run(sandbox, c -> Optional.of(graph(sandbox)), List.of(CloudService.EXCHANGE_ONLINE));
            Evidence compared = evidence(view, CloudService.EXCHANGE_ONLINE, "enterprise-app");
            assertThat(compared.level()).isEqualTo(Evidence.Level.ATTESTED);
            assertThat(compared.source().name()).isEqualTo("sato@example.co.jp");
        }
    }

    @Test
    void m365_1_whenTheConnectionChangesToAnotherTenant_nothingOfItCounts() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                Sandbox other = Sandbox.builder()
                        .seed(4711)
                        .scenario(Scenario.parse("already-linked"))
                        .start()) {
            ActivationView view = run(
                    sandbox,
                    c -> Optional.of(graph(sandbox.summary().grants().isEmpty() ? sandbox : other)),
                    List.of(CloudService.EXCHANGE_ONLINE));
            ServiceView exchange = service(view, CloudService.EXCHANGE_ONLINE);
            assertThat(exchange.failure()).contains(FailureReason.WRONG_TENANT);
            assertThat(exchange.explanation().orElseThrow().message().ja()).contains("別のMicrosoft 365のテナント");
        }
    }

    @Test
    void m365_1_whenTheTokenMayReadLittle_personsAreAskedAndTheRunGoesOn() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ActivationView view = run(
                    sandbox,
                    c -> Optional.of(graph(sandbox, "Sites.Read.All")),
                    List.of(CloudService.EXCHANGE_ONLINE, CloudService.MIP));
            Run.assertProtected(view);
            assertThat(evidence(view, CloudService.EXCHANGE_ONLINE, "global-administrator")
                            .level())
                    .isEqualTo(Evidence.Level.ATTESTED);
        }
    }

    @Test
    void m365_1_whenTheTokenMayNotReadApps_thePersonComparesThePermissions() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ActivationView view = run(
                    sandbox,
                    c -> Optional.of(graph(sandbox, "User.Read")),
                    List.of(CloudService.EXCHANGE_ONLINE, CloudService.SHAREPOINT_ONLINE));
            Run.assertProtected(view);
            for (CloudService service : FIVE.subList(0, 2)) {
                assertThat(evidence(view, service, "enterprise-app").level()).isEqualTo(Evidence.Level.ATTESTED);
            }
        }
    }

    @Test
    void m365_1_thePlanShowsPermissions_calls_andWhatTheLooksFound() throws InterruptedException {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.parse("inactive-role")).start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client = client(customer, person, c -> Optional.of(graph(sandbox)))) {
                ActivationPlan plan = client.plan(customer.request(FIVE), PlanDepth.WITH_READS);
                for (ActivationPlan.PlannedService service : plan.services()) {
                    assertThat(service.warnings().stream().map(w -> w.message().ja()))
                            .as("%s", service.service())
                            .anyMatch(w -> w.contains("User.Read"));
                }
                assertThat(plan.services().get(0).warnings().stream()
                                .map(w -> w.message().en()))
                        .anyMatch(w -> w.contains("no active role of Global Administrator"));
                Map<String, String> calls = plan.services().get(0).steps().stream()
                        .collect(Collectors.toMap(s -> s.step().value(), ActivationPlan.PlannedStep::calls));
                assertThat(calls.get("exchange-online.enterprise-app")).contains("appRoleAssignments");
            }
        }
    }

    // ---- helpers

    private static ActivationView run(
            Sandbox sandbox, Connections<GraphConnection> connections, List<CloudService> services)
            throws InterruptedException {
        Customer customer = Customer.of(sandbox);
        Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
        try (ActivationClient client = client(customer, person, connections)) {
            client.begin(Run.ID, customer.request(services));
            return Run.toItsEnd(client, Run.ID, person, customer);
        }
    }

    private static ActivationClient client(Customer customer, Person person, Connections<GraphConnection> connections) {
        return ActivationClient.builder()
                .provisioners(Microsoft365Provisioners.create(connections))
                .store(new MemoryActivationStore())
                .operator(person)
                .clock(customer.sandbox().clock())
                .build();
    }

    private static GraphConnection graph(Sandbox sandbox, String... scopes) {
        String[] wanted = scopes.length == 0 ? GraphConnection.SCOPES.toArray(String[]::new) : scopes;
        SandboxConnections to = SandboxConnections.of(sandbox);
        return to.graph(to.tokens(CloudService.Provider.MICROSOFT365, wanted));
    }

    private static void deleteAnApp(Sandbox sandbox) {
        Visitor somebody = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE);
        View first = somebody.open(sandbox.microsoft() + "/enterprise-apps");
        View password = somebody.press(first, "次へ", Map.of("メールアドレス", sandbox.administrator()));
        View apps = somebody.press(
                password, "サインイン", Map.of("パスワード", sandbox.password(CloudService.Provider.MICROSOFT365)));
        somebody.press(
                apps.section(apps.headings().get(apps.headings().size() - 1)).orElseThrow(), "削除");
    }

    private static ServiceView service(ActivationView view, CloudService service) {
        return view.service(service).orElseThrow();
    }

    private static Evidence evidence(ActivationView view, CloudService service, String step) {
        return service(view, service).steps().stream()
                .filter(s -> s.step().equals(StepId.of(service, step)))
                .findFirst()
                .orElseThrow()
                .evidence();
    }
}
