package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console's link rules, one activation of Box answered by hand. */
class LinkRulesTest {
    private final Simulation simulation = new Simulation(1, 0);
    private final SimWorld world = simulation.world;
    private ActivationClient client;

    @BeforeEach
    void begin() throws InterruptedException {
        simulation.services = List.of(CloudService.BOX);
        client = ActivationClient.builder()
                .provisioners(simulation.provisioners.values())
                .store(simulation.store)
                .clock(simulation.clock)
                .build();
        client.begin(simulation.id, simulation.request());
        client.advance(simulation.id);
        answer("console.password", Answer.done("sato"));
        answer("console.sign-in", Answer.done("sato"));
        answer("console.edition", Answer.saw("sato", "2024-04"));
    }

    @Test
    void common5_whenTheFirstSignInStartedSeveralServices_nothingMoreIsLinkedUntilAllAreDone() throws Exception {
        world.grant(CloudService.DROPBOX, false);
        read();
        assertThat(open("box.grant")).isEmpty();

        pass(Duration.ofHours(1));
        read();
        assertThat(open("box.grant")).isPresent();
    }

    @Test
    void common6_whenTheServiceIsGreyedOut_itIsReadAgainAndNeverGrantedTwice() throws Exception {
        read();
        world.grant(CloudService.BOX, false); // somebody else was quicker
        answer("box.grant", Answer.blocked("sato", BlockReason.GREYED_OUT));
        read();
        pass(Duration.ofHours(1));
        read();

        assertThat(world.grants).containsEntry(CloudService.BOX, 1);
        assertThat(evidence("box.protected")).isPresent();
        assertThat(simulation.journal())
                .noneMatch(e ->
                        e.event() instanceof Event.Offered o && o.step().value().endsWith(".remove"));
    }

    @Test
    void common9_whenTheServiceIsNotListedYet_theClosingOfTheWindowIsNotTheEnd() throws Exception {
        read();
        answer("box.grant", Answer.done("sato")); // says so, but nothing happened
        read();
        assertThat(evidence("box.linked")).isEmpty();

        pass(Duration.ofMinutes(3));
        read();
        assertThat(simulation.journal())
                .anyMatch(
                        e -> e.event() instanceof Event.RoundStarted r && r.reason() == Event.RoundReason.LINK_FAILED);
    }

    @Test
    void common11_whenTheSizeIsUnknown_stalledNeverComesBeforeAMultipleOfFourHours() {
        ActivationRetryPolicy policy = ActivationRetryPolicy.ofDefaults();

        assertThat(policy.stallAfter()).isGreaterThanOrEqualTo(Duration.ofHours(8));
        assertThat(policy.expected(20_000)).isEqualTo(Duration.ofHours(4));
        assertThat(policy.expected(10)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void common12_whenTheSuccessLineWasThereBeforeTheLink_itProvesNothing() throws Exception {
        world.grant(CloudService.BOX, false);
        pass(Duration.ofHours(1));
        String before = world.consoleText().replace("admin@example.co.jp\tBox\n", ""); // removed, the line stayed
        answerRead(before);
        answer("box.grant", Answer.done("sato"));
        answerRead(before + "重大度: 保留\nBoxのユーザおよびグループを更新しています。 2026/11/24 01:00:00 - 初期設定の組織\n");

        assertThat(evidence("box.protected")).isEmpty();
    }

    @Test
    void common12_whenTheSuccessLineIsAnotherOrganisations_itProvesNothing() throws Exception {
        read();
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        pass(Duration.ofHours(1));
        answerRead(world.consoleText().replace("初期設定の組織", "別の組織"));

        assertThat(evidence("box.protected")).isEmpty();
    }

    @Test
    void common12_whenTheTimeOfTheSuccessLineIsMissing_itProvesNothing() throws Exception {
        read();
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        pass(Duration.ofHours(1));
        answerRead(world.consoleText().replaceAll("保護されています。 [0-9/]+ [0-9:]+", "保護されています。"));

        assertThat(evidence("box.protected")).isEmpty();
    }

    @Test
    void common13_whenAnotherCustomerOfTheConsoleIsLinking_theSlotIsAwaited() throws Exception {
        read();
        assertThat(open("box.grant")).isPresent();

        Simulation other = new Simulation(2, 0, "other", "第二組織", simulation.store);
        other.services = List.of(CloudService.BOX);
        ActivationClient second = other.client();
        second.begin(other.id, other.request());
        second.advance(other.id);
        while (other.person.hasWork()) {
            other.person.doOne(second);
            second.advance(other.id);
        }
        assertThat(other.journal()).noneMatch(e -> e.event() instanceof Event.SlotTaken);

        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        read();
        pass(Duration.ofHours(1));
        read();
        other.clock.advanceTo(simulation.clock.instant());
        second.advance(other.id);
        assertThat(other.journal()).anyMatch(e -> e.event() instanceof Event.SlotTaken);
    }

    @Test
    void common13_whenTheRunIsCancelledDuringTheGrant_theSlotStaysUntilAReadingShowsNothingPending() throws Exception {
        read();
        world.grant(CloudService.BOX, false); // pressed, not yet told
        client.cancel(simulation.id, "sato");
        client.advance(simulation.id);
        assertThat(simulation.ended()).isTrue();

        Simulation again = new Simulation(3, 0, "again", simulation.customer.organisation(), simulation.store);
        again.services = List.of(CloudService.BOX);
        ActivationClient next = client;
        next.begin(again.id, again.request());
        next.advance(again.id);
        for (String step : List.of("console.password", "console.sign-in")) {
            next.answer(again.id, new ActionId(step + ".1"), Answer.done("sato"));
            next.advance(again.id);
        }
        next.answer(again.id, new ActionId("console.edition.1"), Answer.saw("sato", "2024-04"));
        next.advance(again.id);
        next.answer(again.id, new ActionId("console.read.1"), Answer.saw("sato", world.consoleText()));
        next.advance(again.id);
        assertThat(again.journal()).noneMatch(e -> e.event() instanceof Event.SlotTaken);
        assertThat(again.journal())
                .anyMatch(e ->
                        e.event() instanceof Event.Offered o && o.step().value().equals("box.clear-pending"));
    }

    @Test
    void common14_whenPendingStays_itIsStalledReadAgainAndLinkedOnceMore() throws Exception {
        world.stuck = CloudService.BOX;
        read();
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        read();
        for (int hour = 0; hour < 30 && stalls() == 0; hour++) {
            pass(Duration.ofHours(1));
            if (open("console.read").isPresent()) {
                read();
            }
        }
        assertThat(stalls()).isEqualTo(1);
        assertThat(open("box.grant")).isEmpty(); // wait first
        pass(Duration.ofHours(5));
        read();
        assertThat(open("box.grant")).isPresent();
    }

    @Test
    void answer_whenGivenTwice_isSuccess_andWhenDifferentItIsGoneAndKept() throws Exception {
        ActionId read = open("console.read").orElseThrow();
        Answer answer = Answer.saw("sato", world.consoleText());
        client.answer(simulation.id, read, answer);
        client.answer(simulation.id, read, answer);

        assertThatThrownBy(() -> client.answer(simulation.id, read, Answer.done("sato")))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACTION_GONE));
        assertThat(simulation.journal()).anyMatch(e -> e.event() instanceof Event.LateAnswer);
        assertThatThrownBy(() -> client.answer(simulation.id, new ActionId("box.grant.9"), Answer.done("sato")))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACTION_NOT_FOUND));
    }

    @Test
    void answer_whenTheFormIsWrong_isRefusedAndTheActionStaysOpen() {
        ActionId read = open("console.read").orElseThrow();
        for (Answer wrong : List.of(Answer.done("sato"), Answer.saw("sato", "まだです"), Answer.saw("sato", ""))) {
            assertThatThrownBy(() -> client.answer(simulation.id, read, wrong))
                    .isInstanceOfSatisfying(
                            KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_FORM));
        }
        assertThat(open("console.read")).contains(read);
    }

    @Test
    void begin_whenTheCustomerHasARunningActivation_isRefused_andTheSameIdIsTheSameRun() {
        client.begin(simulation.id, simulation.request());

        assertThatThrownBy(() -> client.begin(io.github.kaitsu.ActivationId.of("second"), simulation.request()))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CUSTOMER_BUSY));
        simulation.services = List.of(CloudService.DROPBOX);
        assertThatThrownBy(() -> client.begin(simulation.id, simulation.request()))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void overdue_whenNobodyAnswers_raisesAnEventAndNothingElse_andOnlyGivingUpEndsTheRun() throws Exception {
        pass(Duration.ofDays(2));
        assertThat(simulation.journal()).anyMatch(e -> e.event() instanceof Event.Overdue);
        assertThat(open("console.read")).isPresent();

        pass(Duration.ofDays(40)); // nobody looked after it, or the clock is wrong
        assertThat(simulation.statuses()).isEmpty();
        assertThat(open("console.read")).isPresent();

        for (int day = 0; day < 31; day++) {
            pass(Duration.ofDays(1));
        }
        assertThat(simulation.statuses()).containsEntry(CloudService.BOX, ActivationStatus.FAILED);
        assertThat(simulation.journal())
                .anyMatch(e -> e.event() instanceof Event.ServiceEnded s
                        && s.reason().equals(Optional.of(FailureReason.GAVE_UP)));
    }

    @Test
    void tenant_whenALaterLookAnswersForAnother_theServiceFails() throws Exception {
        Simulation other = new Simulation(9, 0);
        other.services = List.of(CloudService.EXCHANGE_ONLINE, CloudService.ONEDRIVE);
        other.provisioners.get(CloudService.ONEDRIVE).tenant = "T2";
        other.run();

        assertThat(other.statuses())
                .containsEntry(CloudService.EXCHANGE_ONLINE, ActivationStatus.PROTECTED)
                .containsEntry(CloudService.ONEDRIVE, ActivationStatus.FAILED);
        assertThat(other.journal())
                .anyMatch(e -> e.event() instanceof Event.ServiceEnded s
                        && s.reason().equals(Optional.of(FailureReason.WRONG_TENANT)));
    }

    @Test
    void common16_whenTheSessionEndedBeforeAReading_somebodySignsInAgainAndItIsReadThen() throws Exception {
        answer("console.read", Answer.blocked("browser", BlockReason.EXPIRED));
        assertThat(open("console.read")).isEmpty();

        answer("console.sign-in-again", Answer.done("sato"));
        read();

        assertThat(open("box.grant")).isPresent();
        assertThat(open("console.sign-in-again")).isEmpty();
    }

    @Test
    void common16_whenTheSessionEndsAgainAndAgain_eachEndIsAskedForOnItsOwn() throws Exception {
        world.users = 20_000; // hours
        read();
        world.grant(CloudService.BOX, false);
        answer("box.grant", Answer.done("sato"));
        read();
        for (int i = 0; i < 4; i++) {
            for (int h = 0; h < 48 && open("console.read").isEmpty(); h++) {
                pass(Duration.ofHours(1));
            }
            answer("console.read", Answer.blocked("browser", BlockReason.EXPIRED));
            answer("console.sign-in-again", Answer.done("sato"));
            answerRead(world.consoleText().replace("Boxは保護されています。", "")); // not yet
        }

        assertThat(simulation.failures()).isEmpty();
    }

    @Test
    void common16_whenSigningInDoesNotHelp_theServiceEndsInsteadOfAskingForEver() throws Exception {
        for (int i = 0; i < 10 && !simulation.ended(); i++) {
            answer("console.read", Answer.blocked("browser", BlockReason.EXPIRED));
            if (open("console.sign-in-again").isPresent()) {
                answer("console.sign-in-again", Answer.done("sato"));
            }
        }

        assertThat(simulation.failures())
                .singleElement()
                .satisfies(e -> assertThat(((Event.ServiceEnded) e).reason()).contains(FailureReason.BLOCKED));
    }

    @Test
    void common16_whenNobodyWantsToSignInAgain_theServiceEndsAndNothingIsLinked() throws Exception {
        answer("console.read", Answer.blocked("browser", BlockReason.EXPIRED));
        answer("console.sign-in-again", Answer.declined("sato"));

        assertThat(simulation.failures())
                .singleElement()
                .satisfies(e -> assertThat(((Event.ServiceEnded) e).reason()).contains(FailureReason.DECLINED));
        assertThat(world.grants).isEmpty();
    }

    @Test
    void common16_whenTheRunIsCancelled_nobodyIsAskedToSignInAgainAnyMore() throws Exception {
        answer("console.read", Answer.blocked("browser", BlockReason.EXPIRED));
        client.cancel(simulation.id, "sato");
        client.advance(simulation.id);

        assertThat(open("console.sign-in-again")).isEmpty();
        assertThat(simulation.ended()).isTrue();
    }

    private void read() throws InterruptedException {
        answerRead(world.consoleText());
    }

    /** Asked for or not. */
    private void answerRead(String text) throws InterruptedException {
        client.handIn(simulation.id, new Answer.Saw("sato", text));
        client.advance(simulation.id);
    }

    private void answer(String step, Answer answer) throws InterruptedException {
        ActionId action = open(step).orElseThrow(() -> new AssertionError(step + " is not open"));
        client.answer(simulation.id, action, answer);
        client.advance(simulation.id);
    }

    private void pass(Duration time) throws InterruptedException {
        simulation.clock.advanceTo(simulation.clock.instant().plus(time));
        client.advance(simulation.id);
    }

    private Optional<ActionId> open(String step) {
        ActionId open = null;
        for (var entry : simulation.journal()) {
            if (entry.event() instanceof Event.Offered o && o.step().equals(new StepId(step))) {
                open = o.action();
            } else if (entry.event() instanceof Event.Answered a
                    && a.action().equals(open)
                    && !(a.answer() instanceof Answer.NotYet)) {
                open = null;
            } else if (entry.event() instanceof Event.Withdrawn w && w.action().equals(open)) {
                open = null;
            }
        }
        return Optional.ofNullable(open);
    }

    private Optional<Evidence> evidence(String step) {
        return simulation.journal().stream()
                .filter(e -> e.event() instanceof Event.Concluded c && c.step().equals(new StepId(step)))
                .map(e -> ((Event.Concluded) e.event()).evidence())
                .reduce((a, b) -> b);
    }

    private long stalls() {
        return simulation.journal().stream()
                .filter(e -> e.event() instanceof Event.Stalled)
                .count();
    }

    /**
     * Teams of another organisation waits for its 完了: that is no 保留 yet, and no page of this organisation shows it (M365-4). Though
     * this organisation's own Teams is protected.
     */
    @Test
    void common13_whenAnotherOrganisationsGrantWasLeftUnfinished_itIsSeenToBeforeAnythingIsGranted() throws Exception {
        SimStore store = new SimStore();
        ByHand first = new ByHand(new Simulation(1, 0, "first", "東京支社", store))
                .begin(Edition.CONSOLE_2024_04, CloudService.MICROSOFT_TEAMS)
                .read();
        first.world.grant(CloudService.MICROSOFT_TEAMS, true);
        first.answer("microsoft-teams.grant", Answer.done(ByHand.SATO));
        first.client.cancel(first.sim.id, ByHand.SATO);
        first.client.advance(first.sim.id);
        assertThat(first.view().ended()).isTrue();

        Simulation sim = new Simulation(2, 0, "second", CustomerId.DEFAULT_ORGANISATION, store);
        sim.clock.advanceTo(first.sim.clock.instant());
        sim.world.press(CloudService.MICROSOFT_TEAMS, false);
        sim.clock.advanceTo(sim.clock.instant().plus(Duration.ofHours(1)));
        ByHand second = new ByHand(sim).begin(Edition.CONSOLE_2024_04, CloudService.BOX);
        second.read();
        assertThat(second.open("box.grant")).isEmpty();
        assertThat(second.open("box.clear-pending")).isPresent();

        second.answer("box.clear-pending", Answer.done(ByHand.SATO)).read().read();
        assertThat(second.open("box.grant")).isPresent();
    }
}
