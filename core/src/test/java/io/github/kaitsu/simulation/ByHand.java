package io.github.kaitsu.simulation;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.NotProved;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.console.NotProof.Reason;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One activation that a test answers by hand, through the public client. The clock begins on 2026-11-24 at midnight UTC. */
final class ByHand {
    static final String SATO = "sato";

    final Simulation sim;
    final SimWorld world;
    final ActivationClient client;

    ByHand(Simulation sim, Operator... machines) {
        this.sim = sim;
        this.world = sim.world;
        ActivationClient.Builder builder = ActivationClient.builder()
                .provisioners(sim.provisioners.values())
                .store(sim.store)
                .clock(sim.clock);
        List.of(machines).forEach(builder::operator);
        this.client = builder.build();
    }

    /** Up to the first reading, in the console of 2024-04. */
    static ByHand begun(CloudService... services) throws InterruptedException {
        return new ByHand(new Simulation(1, 0)).begin(Edition.CONSOLE_2024_04, services);
    }

    /** The same in today's console. */
    static ByHand begunToday(CloudService... services) throws InterruptedException {
        return new ByHand(new Simulation(1, 0)).begin(Edition.CONSOLE_2024_07, services);
    }

    /** Up to the answer to the grant of the one service, after a reading of an empty console. */
    static ByHand granted(CloudService service) throws InterruptedException {
        return begun(service).grant(service);
    }

    static ByHand grantedToday(CloudService service) throws InterruptedException {
        return begunToday(service).grant(service);
    }

    ByHand begin(Edition edition, CloudService... services) throws InterruptedException {
        client.begin(
                sim.id,
                ActivationRequest.builder(sim.customer)
                        .services(services)
                        .edition(edition)
                        .build());
        client.advance(sim.id);
        answer("console.password", Answer.done(SATO));
        answer("console.sign-in", Answer.done(SATO));
        return this;
    }

    private ByHand grant(CloudService service) throws InterruptedException {
        read();
        world.grant(service, false);
        answer(step(service, "grant"), Answer.done(SATO));
        return this;
    }

    static String step(CloudService service, String name) {
        return io.github.kaitsu.StepId.of(service, name).value();
    }

    // ---- what a person does

    /** Pastes what the console shows. */
    ByHand read() throws InterruptedException {
        return paste(world.consoleText());
    }

    ByHand paste(String text) throws InterruptedException {
        return paste(SATO, text);
    }

    /** Asked for or not. */
    ByHand paste(String by, String text) throws InterruptedException {
        client.handIn(sim.id, new Answer.Saw(by, text));
        client.advance(sim.id);
        return this;
    }

    ByHand answer(String step, Answer answer) throws InterruptedException {
        client.answer(sim.id, action(step).id(), answer);
        client.advance(sim.id);
        return this;
    }

    ByHand pass(Duration time) throws InterruptedException {
        sim.clock.advanceTo(sim.clock.instant().plus(time));
        client.advance(sim.id);
        return this;
    }

    /** Until the console is to be read, at most a week. */
    ByHand untilAsked() throws InterruptedException {
        for (int hour = 0; hour < 7 * 24 && open("console.read").isEmpty() && !view().ended(); hour++) {
            pass(Duration.ofHours(1));
        }
        return this;
    }

    // ---- what is there to be seen

    ActivationView view() {
        return client.find(sim.id).orElseThrow().view();
    }

    Optional<OperatorAction> open(String step) {
        return view().openActions().stream()
                .filter(a -> a.step().value().equals(step))
                .findFirst();
    }

    OperatorAction action(String step) {
        return open(step)
                .orElseThrow(() -> new AssertionError(step + " is not open, but "
                        + view().openActions().stream()
                                .map(a -> a.step().value())
                                .toList()));
    }

    /** The newest action of a step, open or not. */
    ActionId offered(String step) {
        return events(Event.Offered.class).stream()
                .filter(o -> o.step().value().equals(step))
                .map(Event.Offered::action)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    <E extends Event> List<E> events(Class<E> kind) {
        return sim.journal().stream()
                .map(e -> e.event())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    StepView seen(CloudService service, String name) {
        return view().service(service).orElseThrow().steps().stream()
                .filter(s -> s.step().value().equals(step(service, name)))
                .findFirst()
                .orElseThrow();
    }

    Evidence.Level level(CloudService service, String name) {
        return seen(service, name).evidence().level();
    }

    boolean isProtected(CloudService service) {
        return seen(service, "protected").evidence().holds();
    }

    ActivationStatus status(CloudService service) {
        return view().service(service).orElseThrow().status();
    }

    List<NotProved> notProved(CloudService service) {
        return view().service(service).orElseThrow().notProved();
    }

    List<Reason> reasons(CloudService service) {
        return notProved(service).stream().map(n -> n.why().reason()).toList();
    }
}
