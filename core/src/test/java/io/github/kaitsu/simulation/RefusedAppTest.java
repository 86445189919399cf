package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.Mender;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider refuses the own app: its owner is asked once for all customers, a customer only for what that customer can mend. */
class RefusedAppTest {
    private static final String APP = "app.box";
    private static final String ALLOW = "allow.box";
    private static final String CONNECT = "connect.box";
    private static final String ADMIN = "box.admin";

    private final SimStore store = new SimStore();
    private final List<Run> runs = new ArrayList<>();

    // ---- who is asked

    static Stream<Arguments> everyRefusal() {
        return Stream.of(Mender.values())
                .flatMap(mender -> IntStream.rangeClosed(1, 3)
                        .boxed()
                        .flatMap(customers ->
                                Stream.of(true, false).map(same -> Arguments.of(mender, customers, same))));
    }

    @ParameterizedTest
    @MethodSource("everyRefusal")
    void refused_whoeverCanMendIt_isAskedAndNobodyElse(Mender mender, int customers, boolean sameWord)
            throws Exception {
        for (int i = 0; i < customers; i++) {
            begin(refused(mender, sameWord ? "word" : "word-" + i));
        }
        for (Run run : runs) {
            run.later(Duration.ofMinutes(5));
        }

        boolean isApps = mender == Mender.APP_OWNER || (mender == Mender.UNKNOWN && sameWord && customers > 1);
        assertThat(open(APP)).as("the app's owner").isEqualTo(isApps ? 1 : 0);
        assertThat(open(ALLOW)).as("these customers").isEqualTo(mender == Mender.CUSTOMER ? customers : 0);
        assertThat(open(CONNECT)).as("connect again").isEqualTo(mender == Mender.PERSON ? customers : 0);
        assertThat(open(ADMIN)).as("questions instead").isZero();

        for (Run run : runs) {
            run.refused(null);
            run.later(Duration.ofHours(2));
        }

        assertThat(Stream.of(APP, ALLOW, CONNECT).mapToLong(this::open).sum()).isZero();
        assertThat(runs).allMatch(run -> run.evidence(ADMIN) == Evidence.Level.VERIFIED);
        assertThat(answers()).as("nobody had to press anything").isZero();
    }

    /** The owner is no person of the customer's, so no customer is called for it. */
    @Test
    void refused_whenTheAppIsBroken_noCustomerIsCalledToWork() throws Exception {
        Run run = begin(refused(Mender.APP_OWNER, "invalid_client"));

        assertThat(run.open(APP)).isPresent();
        assertThat(run.view().calls().made()).isEqualTo(1); // for what else there is to do
        OperatorAction action = run.open(APP).orElseThrow();
        for (Locale language : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            assertThat(action.goal(language)).contains("client-1");
            assertThat(action.instructions(language)).anyMatch(line -> line.contains("invalid_client"));
        }
    }

    // ---- once

    @Test
    void broken_whenTheRunThatTellsEnds_anotherOneTells() throws Exception {
        Run first = begin(refused(Mender.APP_OWNER, "invalid_client"));
        Run second = begin(refused(Mender.APP_OWNER, "invalid_client"));
        assertThat(first.open(APP)).isPresent();

        first.client.cancel(first.sim.id, "sato");
        first.advance();
        second.later(Duration.ofHours(1));

        assertThat(first.view().ended()).isTrue();
        assertThat(second.open(APP)).isPresent();
    }

    @Test
    void broken_againAfterItWorked_isToldAgain() throws Exception {
        Run first = begin(refused(Mender.APP_OWNER, "invalid_client"));
        first.refused(null);
        first.later(Duration.ofHours(1));
        assertThat(open(APP)).isZero();

        begin(refused(Mender.APP_OWNER, "invalid_client"));

        assertThat(open(APP)).isEqualTo(1);
    }

    @Test
    void broken_anotherAppOfTheSameProvider_isToldOfItsOwn() throws Exception {
        begin(refused(Mender.APP_OWNER, "invalid_client"));
        begin(new ProbeResult.Refused(Mender.APP_OWNER, "client-2", said("invalid_client")));

        assertThat(open(APP)).isEqualTo(2);
    }

    /** Whatever a run looks at meanwhile, and however often its process starts anew. */
    @Test
    void broken_forDays_isAskedOnce() throws Exception {
        begin(refused(Mender.APP_OWNER, "invalid_client"));
        begin(refused(Mender.APP_OWNER, "invalid_client"));
        for (int day = 0; day < 4; day++) {
            for (Run run : runs) {
                run.restart();
                run.later(Duration.ofDays(1));
            }
        }

        assertThat(open(APP)).isEqualTo(1);
        assertThat(offered(APP)).isEqualTo(1);
        assertThat(open(CONNECT) + open(ADMIN)).isZero();
    }

    @Test
    void broken_whenTheOwnerSaysDone_itIsLookedAtAtOnce_andAskedAgainIfItDoesNotHelp() throws Exception {
        Run run = begin(refused(Mender.APP_OWNER, "invalid_client"));
        run.answer(APP, Answer.done("owner"));
        assertThat(open(APP)).isEqualTo(1);
        assertThat(offered(APP)).isEqualTo(2);

        run.refused(null);
        run.answer(APP, Answer.done("owner"));

        assertThat(open(APP)).isZero();
        assertThat(run.evidence(ADMIN)).isEqualTo(Evidence.Level.VERIFIED);
    }

    @Test
    void broken_whenTheOwnerWillNotMendIt_theCustomersAreAskedInstead_inEachRun() throws Exception {
        Run first = begin(refused(Mender.APP_OWNER, "invalid_client"));
        begin(refused(Mender.APP_OWNER, "invalid_client"));

        first.answer(APP, Answer.declined("owner"));
        runs.get(1).later(Duration.ofHours(1));
        begin(refused(Mender.APP_OWNER, "invalid_client"));

        assertThat(open(ADMIN)).isEqualTo(3);
        assertThat(open(APP)).isZero();
        assertThat(offered(APP)).isEqualTo(1);
        assertThat(offered(CONNECT)).isZero();

        first.client.cancel(first.sim.id, "sato");
        first.advance();
        begin(refused(Mender.APP_OWNER, "invalid_client"));
        assertThat(offered(APP)).as("what was declined stays so").isEqualTo(1);

        runs.get(1).refused(null);
        runs.get(1).later(Duration.ofHours(6));
        begin(refused(Mender.APP_OWNER, "invalid_client"));
        assertThat(offered(APP)).as("until somebody gets through").isEqualTo(2);
    }

    // ---- unclear

    @Test
    void unclear_whenTheSecondCustomerMeetsIt_theFirstIsNoLongerAskedEither() throws Exception {
        Run first = begin(refused(Mender.UNKNOWN, "unauthorized_client"));
        assertThat(open(APP)).isZero();
        Run second = begin(refused(Mender.UNKNOWN, "unauthorized_client"));
        assertThat(second.open(APP)).isPresent();

        first.later(Duration.ofHours(1));

        assertThat(first.open(ADMIN)).isEmpty();
        assertThat(open(APP)).isEqualTo(1);
    }

    @Test
    void unclear_whenTheFirstCustomersHasPassed_theNextIsTheFirst() throws Exception {
        Run first = begin(refused(Mender.UNKNOWN, "unauthorized_client"));
        first.refused(null);
        first.later(Duration.ofHours(1));

        begin(refused(Mender.UNKNOWN, "unauthorized_client"));

        assertThat(open(APP)).isZero();
    }

    /** One customer alone: as any look that is unclear, so the person is asked when patience is over. */
    @Test
    void unclear_ofOneCustomerForLong_thePersonIsAskedInstead() throws Exception {
        Run run = begin(refused(Mender.UNKNOWN, "unauthorized_client"));
        run.later(Duration.ofHours(3));

        assertThat(run.open(ADMIN)).isPresent();
        assertThat(open(APP) + open(CONNECT)).isZero();
    }

    /** Two apps of one team at one provider, or a tenant that forbids what the app, mended, asks for: each is its own matter. */
    @Test
    void broken_thenForbiddenHere_theRestIsToldOfTheAppAgain() throws Exception {
        Run first = begin(refused(Mender.APP_OWNER, "invalid_client"));
        first.refused(refused(Mender.CUSTOMER, "unauthorized_client"));
        first.later(Duration.ofHours(1));
        assertThat(first.open(APP)).isEmpty();
        assertThat(first.open(ALLOW)).isPresent();

        Run second = begin(refused(Mender.APP_OWNER, "invalid_client"));

        assertThat(second.open(APP)).isPresent();
        assertThat(first.open(ALLOW)).isPresent();
    }

    // ---- this customer's

    @Test
    void tenant_whenAllowed_theRunGoesOn_andWhenDeclined_thePersonIsAskedInstead() throws Exception {
        Run first = begin(refused(Mender.CUSTOMER, "unauthorized_client"));
        Run second = begin(refused(Mender.CUSTOMER, "unauthorized_client"));
        first.refused(null);
        first.answer(ALLOW, Answer.done("sato"));
        second.answer(ALLOW, Answer.declined("suzuki"));

        assertThat(first.evidence(ADMIN)).isEqualTo(Evidence.Level.VERIFIED);
        assertThat(second.open(ADMIN)).isPresent();
        assertThat(open(CONNECT) + open(APP)).isZero();
    }

    // ---- runs of several customers

    private static ProbeResult.Refused refused(Mender mender, String word) {
        return new ProbeResult.Refused(mender, "client-1", said(word));
    }

    private static Statement said(String word) {
        return Statement.of("vendor-refused", "POST /oauth2/token", 400).quoting(word);
    }

    private Run begin(ProbeResult.Refused how) throws Exception {
        Run run = new Run(runs.size());
        runs.add(run);
        run.refused(how);
        run.client.begin(
                run.sim.id,
                ActivationRequest.builder(run.sim.customer)
                        .services(CloudService.BOX)
                        .build());
        run.advance();
        return run;
    }

    private long open(String step) {
        return runs.stream().filter(run -> run.open(step).isPresent()).count();
    }

    private long offered(String step) {
        return events().filter(e ->
                        e instanceof Event.Offered offered && offered.step().equals(new StepId(step)))
                .count();
    }

    private long answers() {
        return events().filter(Event.Answered.class::isInstance).count();
    }

    private Stream<Event> events() {
        return runs.stream().flatMap(run -> run.sim.journal().stream()).map(entry -> entry.event());
    }

    private final class Run {
        final Simulation sim;
        ActivationClient client;

        Run(int number) {
            this.sim =
                    new Simulation(number, 0, "run-" + number, CustomerId.of(ConsoleSite.JP, "CAS000" + number), store);
            restart();
        }

        void restart() {
            client = ActivationClient.builder()
                    .provisioners(sim.provisioners.values())
                    .store(store)
                    .clock(sim.clock)
                    .build();
        }

        void refused(ProbeResult.@Nullable Refused how) {
            sim.provisioners.get(CloudService.BOX).refused = how;
        }

        void advance() throws InterruptedException {
            client.advance(sim.id);
        }

        /** Advances whenever there is something to do. */
        void later(Duration time) throws InterruptedException {
            Instant until = sim.clock.instant().plus(time);
            Optional<Instant> next = client.advance(sim.id).until();
            while (next.filter(until::isAfter).isPresent()) {
                sim.clock.advanceTo(next.get());
                next = client.advance(sim.id).until();
            }
            sim.clock.advanceTo(until);
            client.advance(sim.id);
        }

        void answer(String step, Answer answer) throws InterruptedException {
            client.answer(sim.id, open(step).orElseThrow().id(), answer);
            client.advance(sim.id);
        }

        ActivationView view() {
            return client.find(sim.id).orElseThrow().view();
        }

        Optional<OperatorAction> open(String step) {
            return view().openActions().stream()
                    .filter(a -> a.step().equals(new StepId(step)))
                    .findFirst();
        }

        Evidence.Level evidence(String step) {
            return view().services().stream()
                    .flatMap(s -> s.steps().stream())
                    .filter(s -> s.step().equals(new StepId(step)))
                    .findFirst()
                    .orElseThrow()
                    .evidence()
                    .level();
        }
    }
}
