package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxSummary;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each scenario of the sandbox, from the request to the end of the run. */
class ScenarioActivationTest {
    private static final CloudService BOX = CloudService.BOX;
    private static final CloudService DROPBOX = CloudService.DROPBOX;

    /** How a run ended, and what the sandbox says of it. */
    private record Ending(ActivationView view, SandboxSummary sandbox, List<Event> events) {
        ActivationView.ServiceView service(CloudService service) {
            return view.service(service).orElseThrow();
        }

        Evidence evidence(CloudService service, String step) {
            return service(service).steps().stream()
                    .filter(s -> s.step().equals(StepId.of(service, step)))
                    .findFirst()
                    .orElseThrow()
                    .evidence();
        }

        /** How often somebody read the console. */
        long readings() {
            return events.stream()
                    .filter(e -> e instanceof Event.Answered a && a.step().equals(StepId.console("read")))
                    .count();
        }

        boolean offered(CloudService service, String step) {
            return events.stream()
                    .anyMatch(e -> e instanceof Event.Offered o && o.step().equals(StepId.of(service, step)));
        }
    }

    private static Ending run(Scenario scenario, CloudService... services) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().scenario(scenario).start()) {
            Customer customer = Customer.of(sandbox);
            return run(customer, customer.request(List.of(services)));
        }
    }

    private static Ending run(Customer customer, ActivationRequest request) throws InterruptedException {
        Person person = Person.careful(new ScriptedPerson(customer.sandbox(), "sato@example.co.jp"));
        try (ActivationClient client =
                customer.client(new MemoryActivationStore(), person).build()) {
            client.begin(Run.ID, request);
            ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);
            return new Ending(view, customer.sandbox().summary(), Run.events(client, Run.ID));
        }
    }

    @Test
    void common10_whenTwoLinksFail_theThirdRoundProtectsWithOneGrant() throws InterruptedException {
        Ending end = run(Scenario.linkFails(2), BOX, DROPBOX);
        Run.assertProtected(end.view);
        assertThat(end.service(BOX).linkAttempts()).isEqualTo(3);
        assertThat(end.sandbox.grants()).isEqualTo(Map.of(BOX, 1, DROPBOX, 1));
        assertThat(end.sandbox.violations()).isEmpty();
    }

    @Test
    void common10_whenTheBudgetOfLinkRoundsIsSpent_theServiceFailsUnlinked() throws InterruptedException {
        Ending end = run(Scenario.linkFails(3), BOX, DROPBOX);
        for (CloudService service : List.of(BOX, DROPBOX)) {
            assertThat(end.service(service).status()).isEqualTo(ActivationStatus.FAILED);
            assertThat(end.service(service).failure()).contains(FailureReason.LINK_BUDGET_SPENT);
            assertThat(end.service(service).linkAttempts()).isEqualTo(3);
        }
        assertThat(end.sandbox.grants()).isEmpty();
        assertThat(end.sandbox.violations()).isEmpty();
    }

    @Test
    void common14_whenPendingNeverEnds_theSecondBudgetEndsIt_andTheOthersWaitUntilItIsCleared()
            throws InterruptedException {
        Ending end = run(Scenario.of(Scenario.Kind.STUCK_PENDING), BOX, DROPBOX);
        assertThat(end.service(BOX).status()).isEqualTo(ActivationStatus.FAILED);
        assertThat(end.service(BOX).failure()).contains(FailureReason.STALL_BUDGET_SPENT);
        assertThat(end.service(DROPBOX).status()).isEqualTo(ActivationStatus.PROTECTED);
        assertThat(end.events).anyMatch(e -> e instanceof Event.SlotCleared);
        assertThat(end.sandbox.grants(DROPBOX)).isEqualTo(1);
        assertThat(end.sandbox.violations()).isEmpty();
    }

    @Test
    void box1_whenTheAdministratorIsACoAdmin_theServiceFailsBeforeAnyLink() throws InterruptedException {
        Ending end = run(Scenario.of(Scenario.Kind.CO_ADMIN), BOX);
        assertThat(end.service(BOX).failure()).contains(FailureReason.PREFLIGHT);
        assertThat(Run.against(end.service(BOX))).contains("co-admin");
        assertThat(end.offered(BOX, "grant")).isFalse();
        assertThat(end.sandbox.grants()).isEmpty();
    }

    @Test
    void box1_whenACoAdminIsAskedWithoutConnection_theAnswerEndsItAsWell() throws InterruptedException {
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.of(Scenario.Kind.CO_ADMIN)).start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client = customer.client(new MemoryActivationStore(), person, Connections.none())
                    .build()) {
                client.begin(Run.ID, customer.request(List.of(BOX)));
                ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);
                assertThat(view.service(BOX).orElseThrow().failure()).contains(FailureReason.PREFLIGHT);
                assertThat(sandbox.summary().grants()).isEmpty();
            }
        }
    }

    @Test
    void box2_whenTheConsoleReportsSuccessAndBoxHasNothing_itIsNeverProtected() throws InterruptedException {
        Ending end = run(Scenario.of(Scenario.Kind.NO_FOLDERS), BOX, DROPBOX);
        assertThat(end.service(BOX).status()).isEqualTo(ActivationStatus.FAILED);
        assertThat(end.service(BOX).failure()).contains(FailureReason.CONTRADICTED);
        assertThat(end.service(BOX).consoleText()).contains("Boxは保護されています。");
        assertThat(end.evidence(BOX, "folders").level()).isEqualTo(Evidence.Level.CONTRADICTED);
        assertThat(end.service(DROPBOX).status()).isEqualTo(ActivationStatus.PROTECTED);
    }

    @Test
    void common12_whenAllWasLinkedBefore_itIsAdoptedWithoutASecondGrant() throws InterruptedException {
        Ending end = run(
                Scenario.of(Scenario.Kind.ALREADY_LINKED),
                CloudService.standard().toArray(CloudService[]::new));
        Run.assertProtected(end.view);
        assertThat(end.events.stream().filter(e -> e instanceof Event.Adopted)).hasSize(8);
        assertThat(CloudService.standard()).noneMatch(s -> end.offered(s, "grant"));
        assertThat(end.offered(BOX, "added-by-default")).isTrue();
        assertThat(end.offered(BOX, "mute-folder")).isTrue();
        assertThat(end.sandbox.grants()).hasSize(8);
        assertThat(end.sandbox.grants().values()).containsOnly(1);
        assertThat(end.sandbox.violations()).isEmpty();
    }

    /** COMMON-5: what somebody began is waited for, adopted once it is proved, and never begun again. */
    @ParameterizedTest
    @EnumSource(
            value = Scenario.Kind.class,
            names = {"FIRST_SIGN_IN", "GRANTED_BEFORE"})
    void common12_whatSomebodyGrantedBefore_isAdoptedOnceItIsProved_withoutASecondGrant(Scenario.Kind kind)
            throws InterruptedException {
        for (int users : new int[] {50, 20_000}) {
            try (Sandbox sandbox =
                    Sandbox.builder().scenario(Scenario.of(kind)).users(users).start()) {
                Customer customer = Customer.of(sandbox);
                Ending end = run(customer, customer.request(List.of(BOX, DROPBOX, CloudService.EXCHANGE_ONLINE)));
                Run.assertProtected(end.view);
                List<CloudService> before = kind == Scenario.Kind.FIRST_SIGN_IN
                        ? List.of(BOX, DROPBOX, CloudService.EXCHANGE_ONLINE)
                        : List.of(BOX, DROPBOX);
                assertThat(end.events.stream()
                                .filter(e -> e instanceof Event.Adopted)
                                .map(e -> ((Event.Adopted) e).service()))
                        .containsExactlyInAnyOrderElementsOf(before);
                assertThat(before).noneMatch(s -> end.offered(s, "grant"));
                assertThat(end.sandbox.grants().values()).hasSize(3).containsOnly(1);
                assertThat(end.sandbox.violations()).isEmpty();
                assertThat(end.readings()).isLessThanOrEqualTo(6);
                assertThat(end.view.calls().made()).isEqualTo(end.view.calls().planned());
            }
        }
    }

    @Test
    void box2_whenFoldersAreLeftOver_theServiceIsLinkedOnce() throws InterruptedException {
        Ending end = run(Scenario.of(Scenario.Kind.LEFTOVER_FOLDERS), BOX);
        Run.assertProtected(end.view);
        assertThat(end.events).noneMatch(e -> e instanceof Event.Adopted);
        assertThat(end.sandbox.grants(BOX)).isEqualTo(1);
        assertThat(end.sandbox.violations()).isEmpty();
    }

    @Test
    void common13_whenSomethingForeignIsPending_nothingIsLinkedUntilItIsGone() throws InterruptedException {
        Ending end = run(Scenario.of(Scenario.Kind.FOREIGN_PENDING), BOX, DROPBOX);
        Run.assertProtected(end.view);
        assertThat(end.sandbox.violations()).isEmpty();
        assertThat(Duration.between(end.view.begunAt(), end.view.changedAt())).isGreaterThan(Duration.ofMinutes(90));
    }

    @Test
    void common11_whenUsersAreMany_itWaitsForHoursAndNothingElseIsLinkedMeanwhile(@TempDir Path folder)
            throws Exception {
        try (Sandbox sandbox = Sandbox.builder().users(20_000).state(folder).start()) {
            Customer customer = Customer.of(sandbox);
            Ending end = run(customer, customer.request(CloudService.standard()));
            Run.assertProtected(end.view);
            assertThat(end.events).noneMatch(e -> e instanceof Event.Stalled);
            assertThat(Duration.between(end.view.begunAt(), end.view.changedAt()))
                    .isGreaterThanOrEqualTo(Duration.ofHours(8 * 4));
            assertThat(end.sandbox.violations()).isEmpty();
        }
        SandboxLog log = SandboxLog.read(folder);
        assertThat(log.links()).hasSize(8);
        log.assertOneAtATime();
    }

    @Test
    void mip1_afterAnotherMicrosoftService_isLinkedAsWell() throws InterruptedException {
        Ending end = run(Scenario.NONE, CloudService.EXCHANGE_ONLINE, CloudService.MIP);
        Run.assertProtected(end.view);
        assertThat(end.sandbox.grants(CloudService.MIP)).isEqualTo(1);
        assertThat(end.sandbox.violations()).isEmpty();
    }

    @Test
    void common7_thePoliciesOfTheRequestAreTickedWithTheGrant(@TempDir Path folder) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
            Customer customer = Customer.of(sandbox);
            Ending end = run(
                    customer,
                    ActivationRequest.builder(customer.id())
                            .services(BOX, DROPBOX, CloudService.GMAIL, CloudService.MICROSOFT_TEAMS)
                            .policies(List.of("高度な脅威対策", "情報漏えい対策"))
                            .build());
            Run.assertProtected(end.view);
        }
        assertThat(SandboxLog.read(folder).policies()).hasSize(4).allMatch(p -> p.equals(List.of("threat", "dlp")));
    }

    /** Without any connection everything is asked, and what the person saw on the pages is the evidence. */
    @Test
    void box2_withoutAConnection_thePersonIsAskedAndItIsAttested() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client = customer.client(new MemoryActivationStore(), person, Connections.none())
                    .build()) {
                client.begin(Run.ID, customer.request(List.of(BOX)));
                ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);
                Run.assertProtected(view);
                assertThat(view.service(BOX).orElseThrow().steps().stream()
                                .filter(s -> s.required())
                                .map(s -> s.evidence().level()))
                        .containsOnly(Evidence.Level.ATTESTED);
            }
        }
    }

    @Test
    void m365_4_thePermissionIsThereBeforeTeamsIsFinished() throws InterruptedException {
        Ending end = run(Scenario.NONE, CloudService.SHAREPOINT_ONLINE, CloudService.MICROSOFT_TEAMS);
        Run.assertProtected(end.view);
        assertThat(end.sandbox.appPermissionAtTeamsFinish()).contains(true);
    }
}
