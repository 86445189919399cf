package io.github.kaitsu.tests;

import static io.github.kaitsu.CloudService.GMAIL;
import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.StepId;
import io.github.kaitsu.google.GoogleConnection;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.google.GoogleScopes;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gmail and Google Drive from beginning to end through a connection to the sandbox's Google. */
class GoogleWorkspaceTest {
    private static final List<CloudService> BOTH = List.of(GMAIL, GOOGLE_DRIVE);

    private final Map<Sandbox, Person> persons = new HashMap<>();

    // ---- activation

    @ParameterizedTest
    @CsvSource({
        "CONSOLE_2024_04, GMAIL, GOOGLE_DRIVE",
        "CONSOLE_2024_07, GMAIL, GOOGLE_DRIVE",
        "CONSOLE_2024_04, GOOGLE_DRIVE, GMAIL"
    })
    void google1_google2_google3_bothServices_areProtected_andWhatGoogleTellsIsVerified(
            Edition edition, CloudService first, CloudService second) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().edition(edition).start();
                ActivationClient client = client(sandbox)) {
            ActivationView view = activate(sandbox, client, List.of(first, second));

            Run.assertProtected(view);
            for (String step : List.of(
                    first.id() + ".admin",
                    first.id() + ".marketplace",
                    second.id() + ".marketplace",
                    "gmail.access",
                    "google-drive.access",
                    "google-drive.folders")) {
                assertThat(Run.level(view, step)).as(step).isEqualTo(Level.VERIFIED);
            }
            assertThat(asked(client, first.id() + ".marketplace")).isEqualTo(1);
            assertThat(asked(client, second.id() + ".marketplace")).isZero();
            for (String unasked : List.of(first.id() + ".admin", "gmail.access", "google-drive.folders")) {
                assertThat(asked(client, unasked)).as(unasked).isZero();
            }
            assertThat(sandbox.summary().violations()).isEmpty();
            assertThat(sandbox.summary().grants()).hasSize(2);
            assertThat(sandbox.summary().grants().values()).containsOnly(1);
        }
    }

    @Test
    void google4_theEditionsAreRead_soTheReportDoesNotWarnOfWhatIsNotThere() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = client(sandbox)) {
            ActivationView view = activate(sandbox, client, List.of(GOOGLE_DRIVE));
            assertThat(view.openItems()).noneMatch(i -> i.rule().equals("GOOGLE-4"));
            assertThat(view.openItems()).anyMatch(i -> i.rule().equals("GOOGLE-5"));
        }
    }

    @Test
    void google1_whenTheMarketplaceIsBlocked_itIsOpenedBeforeAnythingIsLinked() throws InterruptedException {
        try (Sandbox sandbox = sandbox(Scenario.Kind.MARKETPLACE_BLOCKED);
                ActivationClient client = client(sandbox)) {
            ActivationView view = activate(sandbox, client, BOTH);
            Run.assertProtected(view);
            assertThat(Run.level(view, "gmail.marketplace-allowed")).isEqualTo(Level.VERIFIED);
            List<Event> events = Run.events(client, Run.ID);
            assertThat(events.indexOf(offer(events, "gmail.marketplace-allowed")))
                    .isLessThan(events.indexOf(offer(events, "gmail.marketplace")));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whenGooglesServersAreTroubled_bothServicesAreProtectedAllTheSame(long seed) throws InterruptedException {
        try (Sandbox sandbox =
                        Sandbox.builder().faults(Faults.seeded(seed, 0.2)).start();
                ActivationClient client = client(sandbox)) {
            ActivationView view = activate(sandbox, client, BOTH);
            Run.assertProtected(view);
            assertThat(Run.level(view, "gmail.admin")).isEqualTo(Level.VERIFIED);
            assertThat(sandbox.summary().violations()).isEmpty();
            assertThat(sandbox.summary().grants().values()).containsOnly(1);
        }
    }

    /** A warning, an action and nothing begun: what the reads tell belongs into the plan. */
    @Test
    void google1_google4_thePlanWithReads_showsWhatMustBeAllowedFirst() throws InterruptedException {
        try (Sandbox sandbox = sandbox(Scenario.Kind.MARKETPLACE_BLOCKED);
                ActivationClient client = client(sandbox)) {
            ActivationPlan plan =
                    client.plan(Customer.of(sandbox).request(List.of(GOOGLE_DRIVE)), PlanDepth.WITH_READS);
            assertThat(plan.services().get(0).steps())
                    .extracting(s -> s.step().value())
                    .contains("google-drive.marketplace-allowed", "google-drive.access");
            assertThat(plan.services().get(0).warnings())
                    .extracting(ActivationPlan.Warning::rule)
                    .containsExactly("GOOGLE-5");
            assertThat(sandbox.summary().grants()).isEmpty();
        }
    }

    /** The log lags behind the person, not behind the first look, which may be days older. */
    @Test
    void google1_whenThePersonTakesDays_theLogIsWaitedForAllTheSame_andNobodyIsAskedAgain()
            throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Person person = new Slow(sandbox);
            try (ActivationClient client = client(sandbox, person)) {
                ActivationView view = activate(sandbox, client, List.of(GMAIL));
                Run.assertProtected(view);
                assertThat(Run.level(view, "gmail.marketplace")).isEqualTo(Level.VERIFIED);
                assertThat(asked(client, "gmail.marketplace")).isEqualTo(1);
            }
        }
    }

    // ---- preflight failures

    @ParameterizedTest
    @CsvSource({"DELEGATED_ADMIN, delegated-admin, 一部の権限だけ", "SUSPENDED_ADMIN, admin-suspended, 停止またはアーカイブ"})
    void google1_whenTheAdminCannotGrant_bothServicesEndBeforeTheLink_withTheirText(
            Scenario.Kind kind, String reason, String text) throws InterruptedException {
        try (Sandbox sandbox = sandbox(kind);
                ActivationClient client = client(sandbox)) {
            ActivationView view = activate(sandbox, client, BOTH);
            assertEndedBeforeTheLink(sandbox, client, view, reason, text);
        }
    }

    @Test
    void google1_whenTheScopeIsMissing_theServiceEndsBeforeTheLink_withItsText() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = client(sandbox, person(sandbox), GoogleScopes.OPENID)) {
            ActivationView view = activate(sandbox, client, List.of(GMAIL));
            assertEndedBeforeTheLink(sandbox, client, view, "scope-missing", "スコープ");
        }
    }

    @Test
    void google1_whenTheScopeOfTheLogIsMissing_theServiceEndsBeforeTheLink_withItsText() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = client(
                        sandbox, person(sandbox), GoogleScopes.OPENID, GoogleScopes.USERS, GoogleScopes.POLICIES)) {
            ActivationView view = activate(sandbox, client, List.of(GMAIL));
            assertEndedBeforeTheLink(sandbox, client, view, "log-scope-missing", "監査ログ");
        }
    }

    @Test
    void google1_whenTheBlockedMarketplaceMayNotBeOpened_theServiceEndsBeforeTheLink() throws InterruptedException {
        try (Sandbox sandbox = sandbox(Scenario.Kind.MARKETPLACE_BLOCKED)) {
            Person person = new Refusing(sandbox);
            try (ActivationClient client = client(sandbox, person)) {
                client.begin(Run.ID, Customer.of(sandbox).request(BOTH));
                ActivationView view = Run.toItsEnd(client, Run.ID, person, Customer.of(sandbox));
                assertThat(view.service(GMAIL).orElseThrow().failure()).contains(FailureReason.PREFLIGHT);
                assertThat(Run.against(view.service(GMAIL).orElseThrow())).contains("blocked-blocked-by-policy");
                assertThat(sandbox.summary().grants()).isEmpty();
                assertThat(asked(client, "gmail.grant")).isZero();
            }
        }
    }

    private static void assertEndedBeforeTheLink(
            Sandbox sandbox, ActivationClient client, ActivationView view, String reason, String text) {
        ActivationView.ServiceView gmail = view.service(GMAIL).orElseThrow();
        assertThat(gmail.failure()).contains(FailureReason.PREFLIGHT);
        assertThat(Run.against(gmail)).contains(reason);
        assertThat(gmail.explanation().orElseThrow().message().ja()).contains(text);
        assertThat(gmail.explanation().orElseThrow().nextStep().en()).isNotBlank();
        assertThat(view.services()).allMatch(s -> s.status() == ActivationStatus.FAILED);
        assertThat(sandbox.summary().grants()).isEmpty();
        assertThat(asked(client, "gmail.marketplace")).isZero();
        assertThat(asked(client, "gmail.grant")).isZero();
    }

    // ---- drift

    @Test
    void drift_whenAppPermissionOrFoldersGo_verifySaysWhichIsGone() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = client(sandbox)) {
            Run.assertProtected(activate(sandbox, client, BOTH));
            assertThat(client.verify(Customer.of(sandbox).id()).hasDrift()).isFalse();

            press(sandbox, "/drive/my-drive", "削除");
            assertThat(lost(client, sandbox)).containsExactly("google-drive.folders");
            press(sandbox, "/connections", "接続を削除");
            assertThat(lost(client, sandbox))
                    .containsExactlyInAnyOrder("google-drive.folders", "gmail.access", "google-drive.access");
            press(sandbox, "/ac/apps/marketplace", "アプリを削除");
            sandbox.clock().advance(Duration.ofMinutes(30)); // the log lags
            assertThat(lost(client, sandbox))
                    .containsExactlyInAnyOrder(
                            "google-drive.folders", "gmail.access", "google-drive.access", "gmail.marketplace");
        }
    }

    private static List<String> lost(ActivationClient client, Sandbox sandbox) throws InterruptedException {
        return client.verify(Customer.of(sandbox).id()).findings().stream()
                .filter(f -> f.verdict() == Verdict.LOST)
                .map(DriftReport.Finding::step)
                .map(StepId::value)
                .toList();
    }

    private static void press(Sandbox sandbox, String page, String button) {
        Visitor somebody = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE);
        View view = somebody.open(sandbox.google() + page);
        String password = sandbox.password(CloudService.Provider.GOOGLE);
        view = somebody.press(view, "次へ", Map.of("メールアドレス", sandbox.administrator()));
        somebody.press(somebody.press(view, "次へ", Map.of("パスワード", password)), button);
    }

    // ---- removal

    @Test
    void removal_ofBoth_isVerifiedAtGoogle_andTheAppGoesWithTheLast() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Person person = person(sandbox);
            Customer customer = Customer.of(sandbox);
            try (ActivationClient client = client(sandbox, person)) {
                client.begin(Run.ID, customer.request(BOTH));
                Run.assertProtected(Run.toItsEnd(client, Run.ID, person, customer));
                ActivationId removal = ActivationId.of("removal");
                client.beginRemoval(removal, customer.id(), EnumSet.copyOf(BOTH));
                ActivationView removed = Run.toItsEnd(client, removal, person, customer);

                assertThat(removed.services()).allMatch(s -> s.status() == ActivationStatus.REMOVED);
                String last = removed.services().get(1).service().id();
                String first = removed.services().get(0).service().id();
                for (String step :
                        List.of(last + ".remove-app", last + ".remove-access", "google-drive.remove-folders")) {
                    assertThat(Run.level(removed, step)).as(step).isEqualTo(Level.VERIFIED);
                }
                assertThat(Run.level(removed, first + ".remove-app")).isEqualTo(Level.UNKNOWN);
            }
        }
    }

    // ---- helpers

    /** Comes to the installation three days later. */
    private static final class Slow extends CarefulPerson {
        private final Sandbox sandbox;

        Slow(Sandbox sandbox) {
            super(hands(sandbox));
            this.sandbox = sandbox;
        }

        @Override
        public void performOne(ActivationClient client) {
            if (client.find(Run.ID).orElseThrow().view().openActions().stream()
                    .anyMatch(a -> a.step().value().equals("gmail.marketplace"))) {
                sandbox.clock().advance(Duration.ofDays(3));
            }
            super.performOne(client);
        }
    }

    /** Says of every blocked Marketplace that it stays so. */
    private static final class Refusing extends CarefulPerson {
        Refusing(Sandbox sandbox) {
            super(hands(sandbox));
        }

        @Override
        public void offer(OperatorAction action) {
            if (!action.step().value().endsWith(".marketplace-allowed")) {
                super.offer(action);
            }
        }

        @Override
        public boolean hasWork() {
            return true;
        }

        @Override
        public void performOne(ActivationClient client) {
            Optional<OperatorAction> blocked = client.find(Run.ID).orElseThrow().view().openActions().stream()
                    .filter(a -> a.step().value().endsWith(".marketplace-allowed"))
                    .findFirst();
            if (blocked.isPresent()) {
                client.answer(
                        Run.ID,
                        blocked.get().id(),
                        new Answer.Blocked("sato", BlockReason.BLOCKED_BY_POLICY, "our rules"));
            } else if (super.hasWork()) {
                super.performOne(client);
            }
        }
    }

    private static Sandbox sandbox(Scenario.Kind kind) {
        return Sandbox.builder().scenario(Scenario.of(kind)).start();
    }

    private static Person person(Sandbox sandbox) {
        return Person.careful(hands(sandbox));
    }

    private static ScriptedPerson hands(Sandbox sandbox) {
        return new ScriptedPerson(sandbox, "sato@example.co.jp");
    }

    private ActivationClient client(Sandbox sandbox) {
        Person person = person(sandbox);
        persons.put(sandbox, person);
        return client(sandbox, person);
    }

    private ActivationClient client(Sandbox sandbox, Person person, String... scopes) {
        persons.put(sandbox, person);
        SandboxConnections to = SandboxConnections.of(sandbox);
        GoogleConnection connection = to.google(to.tokens(CloudService.Provider.GOOGLE, scopes));
        return ActivationClient.builder()
                .provisioners(GoogleProvisioners.create(customer -> Optional.of(connection)))
                .store(new MemoryActivationStore())
                .operator(person)
                .clock(sandbox.clock())
                .build();
    }

    private ActivationView activate(Sandbox sandbox, ActivationClient client, List<CloudService> services)
            throws InterruptedException {
        Customer customer = Customer.of(sandbox);
        client.begin(Run.ID, customer.request(services));
        return Run.toItsEnd(client, Run.ID, persons.get(sandbox), customer);
    }

    private static long asked(ActivationClient client, String step) {
        return Run.events(client, Run.ID).stream()
                .filter(e -> e instanceof Event.Offered o && o.step().value().equals(step))
                .count();
    }

    private static Event offer(List<Event> events, String step) {
        return events.stream()
                .filter(e -> e instanceof Event.Offered o && o.step().value().equals(step))
                .findFirst()
                .orElseThrow();
    }
}
