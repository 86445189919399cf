package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.text.Texts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Where a hasty engine would go wrong: stale looks, stale readings, answers in capitals, slots of the dead. */
class EvidenceRulesTest {
    Simulation sim = new Simulation(1, 0);
    SimWorld world = sim.world;
    ActivationClient client;

    void begin(CloudService... services) throws Exception {
        sim.services = List.of(services);
        client = fresh();
        beginAndSignIn();
    }

    /** Up to the first thing that is asked about a service. */
    void beginAndSignIn() throws Exception {
        client.begin(sim.id, sim.request());
        client.advance(sim.id);
        answer("console.password", Answer.done("sato"));
        answer("console.sign-in", Answer.done("sato"));
        answer("console.edition", Answer.saw("sato", "2024-04"));
    }

    ActivationClient fresh() {
        return ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(sim.store)
                .clock(sim.clock)
                .build();
    }

    ActivationStatus status(CloudService s) {
        return client.find(sim.id).orElseThrow().view().services().stream()
                .filter(v -> v.service() == s)
                .findFirst()
                .orElseThrow()
                .status();
    }

    /** somebody started the link just before us (COMMON-5), 20 minutes of synchronisation */
    @Test
    void common5_whenTheLinkWasBegunBeforeTheRun_itsSuccessIsTaken() throws Exception {
        world.grant(CloudService.BOX, false);
        begin(CloudService.BOX);
        answer("console.read", saw());
        pass(Duration.ofMinutes(30));
        pass(Duration.ofHours(1));
        if (open("console.read").isPresent()) answer("console.read", saw());
        assertThat(status(CloudService.BOX)).isNotEqualTo(ActivationStatus.SYNCHRONIZING);
    }

    @Test
    void common14_whenSuccessComesDuringTheWaitAfterAStall_itIsTaken() throws Exception {
        world.stuck = CloudService.BOX; // 保留, not listed
        world.users = 20_000;
        begin(CloudService.BOX);
        answer("console.read", saw());
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        answer("console.read", saw());
        for (int h = 0; h < 20 && sim.journal().stream().noneMatch(e -> e.event() instanceof Event.Stalled); h++) {
            pass(Duration.ofHours(1));
            if (open("console.read").isPresent()) answer("console.read", saw());
        }
        world.services.get(CloudService.BOX).listed = true; // ends well, an hour later
        world.services.get(CloudService.BOX).success = sim.clock.instant().plus(Duration.ofHours(1));
        for (int h = 0; h < 80 && !sim.ended(); h++) {
            pass(Duration.ofHours(1));
            if (open("console.read").isPresent()) answer("console.read", saw());
            if (open("box.switch").isPresent()) break;
        }
        assertThat(open("box.switch")).isPresent();
    }

    @Test
    void common12_whenAnOldSuccessLineStandsBesidePending_nothingIsAdopted() throws Exception {
        world.grant(CloudService.BOX, false);
        begin(CloudService.BOX);
        pass(Duration.ofHours(1)); // success line of then
        String text = world.consoleText()
                .replace("重大度: 保留\n", "重大度: 保留\nBoxのユーザおよびグループを更新しています。 2026/11/24 01:00:00 - 初期設定の組織\n");
        answer("console.read", Answer.saw("sato", text));
        assertThat(sim.journal())
                .noneMatch(e -> e.event() instanceof Event.Adopted || e.event() instanceof Event.SlotReleased);
    }

    /** cron mode: each process makes its own first look */
    @Test
    void look_whenPatienceIsOverButTheLastLookIsOld_oneMoreLookDecides() throws Exception {
        begin(CloudService.BOX);
        answer("console.read", saw());
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        answer("console.read", saw());
        sim.provisioners.get(CloudService.BOX).foldersMissing = true; // the provider lags a minute
        pass(Duration.ofHours(1));
        answer("console.read", saw());
        sim.provisioners.get(CloudService.BOX).foldersMissing = false;
        client = fresh();
        pass(Duration.ofHours(2)); // the next cron run
        assertThat(status(CloudService.BOX)).isNotEqualTo(ActivationStatus.FAILED);
    }

    /** done, verified true; only a look after the settle window may say otherwise */
    @Test
    void look_afterADo_onlyALookAfterTheSettleWindowAsksAgain() throws Exception {
        begin(CloudService.BOX, CloudService.DROPBOX);
        answer("console.read", saw());
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        answer("console.read", saw());
        pass(Duration.ofHours(1));
        answer("console.read", saw());
        assertThat(open("box.switch")).isPresent();
        for (int i = 0; i < 240; i++) pass(Duration.ofHours(1)); // ten days
        answer("box.switch", Answer.done("sato"));
        world.services.get(CloudService.BOX).postSetupDone = true; // visible a moment later
        client.advance(sim.id);
        pass(Duration.ofMinutes(6)); // anything else wakes the run
        assertThat(sim.journal().stream()
                        .filter(e -> e.event() instanceof Event.Offered o
                                && o.step().value().equals("box.switch"))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void answer_noInCapitals_isNo() throws Exception {
        var provisioner = provisioner(List.of(ActivationStep.look(
                StepId.of(CloudService.BOX, "ask"),
                "X",
                Phase.PREFLIGHT,
                Texts.class,
                "sign-in",
                Check.asking(ActionTemplate.question(Texts.class, "sign-in")),
                ProbeTiming.none())));
        client = ActivationClient.builder()
                .provisioner(provisioner)
                .store(sim.store)
                .clock(sim.clock)
                .build();
        sim.services = List.of(CloudService.BOX);
        client.begin(sim.id, sim.request());
        client.advance(sim.id);
        answer("box.ask", Answer.saw("sato", "No"));
        assertThat(sim.journal())
                .noneMatch(e ->
                        e.event() instanceof Event.Concluded c && c.evidence().level() == Evidence.Level.ATTESTED);
    }

    @Test
    void common13_whenALaterGrantIsDeclined_theSlotStaysWithWhatIsPending() throws Exception {
        world.stuck = CloudService.BOX;
        begin(CloudService.BOX);
        answer("console.read", saw());
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        answer("console.read", saw());
        for (int h = 0; h < 60 && open("box.grant").isEmpty(); h++) {
            pass(Duration.ofHours(1));
            if (open("console.read").isPresent()) answer("console.read", saw());
        }
        answer("box.grant", Answer.declined("sato"));
        assertThat(world.consoleText()).contains("Boxのユーザおよびグループを更新しています");
        assertThat(sim.journal()).noneMatch(e -> e.event() instanceof Event.SlotReleased);
    }

    @Test
    void verify_whenTheConnectionLeadsToAnotherTenant_isDrift() throws Exception {
        sim.services = List.of(CloudService.BOX);
        sim.run();
        sim.provisioners.get(CloudService.BOX).tenant = "T2";
        DriftReport report = sim.client().verify(sim.customer);
        assertThat(report.hasDrift()).isTrue();
    }

    @Test
    void verify_whenALaterRunConcernsAnotherService_stillLooksAtTheFirst() throws Exception {
        sim.services = List.of(CloudService.BOX);
        sim.run();
        Simulation second = new Simulation(2, 0, "second", sim.customer.organisation(), sim.store);
        second.clock.advanceTo(sim.clock.instant().plus(Duration.ofDays(1)));
        second.services = List.of(CloudService.DROPBOX);
        second.run();
        sim.provisioners.get(CloudService.BOX).foldersMissing = true;
        DriftReport report = sim.client().verify(sim.customer);
        assertThat(report.findings()).anyMatch(f -> f.service() == CloudService.BOX);
    }

    @Test
    void mip1_whenTheServiceItNeedsHasEnded_theRunDoesNotHang() throws Exception {
        var own = provisioner(List.of());
        var drop = new Custom(
                CloudService.DROPBOX,
                List.of(ActivationStep.look(
                                StepId.of(CloudService.DROPBOX, "ask"),
                                "X",
                                Phase.PREFLIGHT,
                                Texts.class,
                                "sign-in",
                                Check.asking(ActionTemplate.question(Texts.class, "sign-in")),
                                ProbeTiming.none())
                        .after(StepId.of(CloudService.BOX, "protected"))));
        client = ActivationClient.builder()
                .provisioner(own)
                .provisioner(drop)
                .store(sim.store)
                .clock(sim.clock)
                .build();
        sim.services = List.of(CloudService.BOX, CloudService.DROPBOX);
        beginAndSignIn();
        answer("console.read", saw());
        answer("console.users", Answer.saw("sato", "unknown")); // no look told
        answer("box.grant", Answer.declined("sato"));
        var view = client.find(sim.id).orElseThrow().view();
        assertThat(view.ended() || !view.openActions().isEmpty()).isTrue();
    }

    @Test
    void optionalStep_whenItFails_holdsNothingBack() throws Exception {
        Probe no = new Probe() {
            @Override
            public ProbeResult look(ProbeContext c) {
                return ProbeResult.fails("not-listed", "x");
            }

            @Override
            public String calls() {
                return "x";
            }

            @Override
            public String scope() {
                return "";
            }
        };
        var own = provisioner(List.of(ActivationStep.look(
                        StepId.of(CloudService.BOX, "nice"),
                        "X",
                        Phase.LINK,
                        Texts.class,
                        "sign-in",
                        Check.by(no),
                        ProbeTiming.none())
                .optional()));
        client = ActivationClient.builder()
                .provisioner(own)
                .store(sim.store)
                .clock(sim.clock)
                .build();
        sim.services = List.of(CloudService.BOX);
        beginAndSignIn();
        var view = client.find(sim.id).orElseThrow().view();
        assertThat(view.openActions()).isNotEmpty();
    }

    /** A log lags behind what was done, and that may be days after the first look. */
    @Test
    void unclear_whenAPersonTakesDays_patienceCountsFromWhatWasDone() throws Exception {
        boolean[] logged = {false};
        Probe log = new Probe() {
            @Override
            public ProbeResult look(ProbeContext c) {
                return logged[0]
                        ? ProbeResult.holds("done-and-read", "logged")
                        : ProbeResult.unclear("look-failed", "not yet");
            }

            @Override
            public String calls() {
                return "x";
            }

            @Override
            public String scope() {
                return "";
            }
        };
        StepId install = StepId.of(CloudService.BOX, "install");
        client = ActivationClient.builder()
                .provisioner(provisioner(List.of(ActivationStep.act(
                                install,
                                "X",
                                Phase.LINK,
                                Texts.class,
                                "sign-in",
                                Check.by(log),
                                ActionTemplate.change(Texts.class, "switch"))
                        .patient(ProbeTiming.of(Duration.ofMinutes(5), Duration.ofMinutes(30))))))
                .store(sim.store)
                .clock(sim.clock)
                .build();
        sim.services = List.of(CloudService.BOX);
        beginAndSignIn();
        pass(Duration.ofDays(3));
        answer("box.install", Answer.done("sato"));
        assertThat(sim.journal())
                .noneMatch(
                        e -> e.event() instanceof Event.Concluded c && c.step().equals(install));
        logged[0] = true;
        pass(Duration.ofMinutes(20));
        assertThat(sim.journal())
                .filteredOn(
                        e -> e.event() instanceof Event.Concluded c && c.step().equals(install))
                .singleElement()
                .satisfies(
                        e -> assertThat(((Event.Concluded) e.event()).evidence().level())
                                .isEqualTo(Evidence.Level.VERIFIED));
    }

    @Test
    void m365_4_whenCancelledBeforeTheWizardIsFinished_theSlotStays() throws Exception {
        begin(CloudService.MICROSOFT_TEAMS);
        answer("console.read", saw());
        world.grant(CloudService.MICROSOFT_TEAMS, true);
        answer("microsoft-teams.grant", Answer.done("sato"));
        // listed, no task yet: the wizard waits for 完了
        answer("console.read", Answer.saw("sato", world.consoleText().replaceAll("Microsoft Teamsのユーザ[^\n]*\n", "")));
        client.cancel(sim.id, "sato");
        client.advance(sim.id);
        assertThat(sim.journal()).noneMatch(e -> e.event() instanceof Event.SlotReleased);
    }

    @Test
    void common13_whenACancelComesBetweenClaimAndJournal_theSlotIsGivenBack() throws Exception {
        sim.services = List.of(CloudService.BOX);
        client = fresh();
        client.begin(sim.id, sim.request());
        client.advance(sim.id);
        answer("console.password", Answer.done("sato"));
        answer("console.sign-in", Answer.done("sato"));
        client.answer(sim.id, open("console.edition").orElseThrow(), Answer.saw("sato", "2024-04"));
        ActivationClient other = fresh();
        ActivationStore racing = (ActivationStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ActivationStore.class}, (p, m, args) -> {
                    Object r;
                    try {
                        r = m.invoke(sim.store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (m.getName().equals("claim")) other.cancel(sim.id, "sato");
                    return r;
                });
        ActivationClient racer = ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(racing)
                .clock(sim.clock)
                .build();
        racer.advance(sim.id);
        assertThat(sim.ended()).isTrue();
        assertThat(sim.store.claimant(new ActivationStore.ClaimKey(
                        "console", sim.customer.console().toString())))
                .isEmpty();
    }

    @Test
    void listener_thatFails_doesNotMakeAnAnswerFail() throws Exception {
        begin(CloudService.BOX);
        ActivationClient c = ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(sim.store)
                .clock(sim.clock)
                .listener((i, e) -> {
                    throw new IllegalStateException("portal");
                })
                .build();
        c.answer(sim.id, open("console.read").orElseThrow(), saw());
    }

    @Test
    void common11_whenAPersonReads_theyAreNotAskedAtAMachinesPace() throws Exception {
        Operator browser = machine(a -> a.step().value().endsWith(".switch"));
        sim.services = List.of(CloudService.BOX);
        world.users = 10_000;
        client = ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(sim.store)
                .clock(sim.clock)
                .operator(browser)
                .operator(sim.person)
                .build();
        beginAndSignIn();
        answer("console.read", saw());
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        answer("console.read", saw());
        pass(Duration.ofMinutes(1));
        assertThat(open("console.read")).isEmpty(); // expected time: 4 h
    }

    @Test
    void common12_whenTheSentenceStandsBesidePending_itIsNoSuccess() throws Exception {
        sim.services = List.of(CloudService.BOX);
        client = fresh();
        client.begin(
                sim.id,
                ActivationRequest.builder(sim.customer)
                        .services(CloudService.BOX)
                        .edition(Edition.CONSOLE_2024_07)
                        .build());
        client.advance(sim.id);
        answer("console.password", Answer.done("sato"));
        answer("console.sign-in", Answer.done("sato"));
        answer("console.read", saw());
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        answer(
                "console.read",
                Answer.saw(
                        "sato", world.consoleText() + "\nSuccessfully created a service account and synced data.\n"));
        assertThat(sim.journal())
                .noneMatch(e -> e.event() instanceof Event.Concluded c
                        && c.step().value().equals("box.protected"));
    }

    @Test
    void reading_whenDeclined_endsTheServiceInsteadOfAskingForEver() throws Exception {
        begin(CloudService.BOX);
        answer("console.read", Answer.declined("sato"));
        client.advance(sim.id);
        assertThat(sim.ended()).isTrue();
    }

    record Custom(CloudService service, List<ActivationStep> own) implements ServiceAccountProvisioner {
        @Override
        public List<ActivationStep> steps(StepContext c) {
            return own;
        }

        @Override
        public ActionTemplate grant(StepContext c) {
            return ActionTemplate.change(Texts.class, "grant");
        }

        @Override
        public String grantRule() {
            return "X";
        }

        @Override
        public List<ActivationStep> removalSteps(StepContext c) {
            return List.of();
        }

        @Override
        public List<Notice> notices(StepContext c) {
            return List.of();
        }

        @Override
        public Notice prerequisite() {
            return Notice.of("COMMON-1", Texts.class, "role.console");
        }
    }

    Custom provisioner(List<ActivationStep> own) {
        return new Custom(CloudService.BOX, own);
    }

    Answer saw() {
        return Answer.saw("sato", world.consoleText());
    }

    void answer(String step, Answer a) throws Exception {
        if (a instanceof Answer.Saw saw && step.equals("console.read")) { // asked for or not
            client.handIn(sim.id, saw);
            client.advance(sim.id);
            return;
        }
        client.answer(sim.id, open(step).orElseThrow(() -> new AssertionError(step + " not open " + tail())), a);
        client.advance(sim.id);
    }

    void pass(Duration d) throws Exception {
        sim.clock.advanceTo(sim.clock.instant().plus(d));
        client.advance(sim.id);
    }

    String tail() {
        var j = sim.journal();
        StringBuilder b = new StringBuilder();
        j.subList(Math.max(0, j.size() - 7), j.size())
                .forEach(e -> b.append("\n   ")
                        .append(
                                e.event().toString().replace('\n', ' '),
                                0,
                                Math.min(220, e.event().toString().length())));
        return b.toString();
    }

    Optional<ActionId> open(String step) {
        return client.find(sim.id).orElseThrow().openActions().stream()
                .filter(a -> a.step().value().equals(step))
                .map(OperatorAction::id)
                .findFirst();
    }

    @Test
    void whenAProgramHasReadThatTheGoalHolds_itIsVerified_elseAttested() throws Exception {
        begin(CloudService.BOX);
        assertThat(level("console.sign-in")).isEqualTo(Evidence.Level.ATTESTED);

        sim = new Simulation(1, 0);
        sim.services = List.of(CloudService.BOX);
        Operator machine = machine(a -> false);
        client = ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(sim.store)
                .clock(sim.clock)
                .operator(machine)
                .build();
        client.begin(sim.id, sim.request());
        client.advance(sim.id);
        client.answerAsRead(machine, sim.id, open("console.password").orElseThrow(), Answer.done("browser"));
        client.advance(sim.id);
        assertThat(level("console.password")).isEqualTo(Evidence.Level.VERIFIED);
    }

    /** A machine is what the client was built with, not what an answer says of itself. */
    @Test
    void common20_whoIsNoMachineOfTheClient_verifiesNothing() throws Exception {
        begin(CloudService.BOX);
        ActionId reading = open("console.read").orElseThrow();
        assertThatThrownBy(() -> client.answerAsRead(machine(a -> false), sim.id, reading, saw()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new ObjectMapper()
                        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                        .readValue("{\"type\":\"done\",\"by\":\"mallory\",\"readByMachine\":true}", Answer.class))
                .isEqualTo(Answer.done("mallory"));
    }

    private static Operator machine(Predicate<OperatorAction> accepts) {
        return new Operator() {
            @Override
            public Attention attention() {
                return Attention.MACHINE;
            }

            @Override
            public boolean accepts(OperatorAction a) {
                return accepts.test(a);
            }

            @Override
            public void offer(OperatorAction a) {}
        };
    }

    private Evidence.Level level(String step) {
        return client.find(sim.id).orElseThrow().view().steps().stream()
                .filter(v -> v.step().value().equals(step))
                .findFirst()
                .orElseThrow()
                .evidence()
                .level();
    }
}
