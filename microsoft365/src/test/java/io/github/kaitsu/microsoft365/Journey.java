package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.store.MemoryActivationStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A run of the real client with a person who answers at once. */
final class Journey {
    static final String PERSON = "sato@example.co.jp";
    static final String READ = "console.read";
    private static final String USERS = "console.users";

    private final Map<ActionId, OperatorAction> open = new LinkedHashMap<>();
    private final ActivationId id = ActivationId.of("journey");
    private final ActivationClient client;
    private Instant now = Instant.parse("2026-11-21T00:00:00Z");

    private Journey(Connections<GraphConnection> connections, Connections<SharePointConnection> sharePoint) {
        client = ActivationClient.builder()
                .provisioners(Microsoft365Provisioners.create(connections, sharePoint))
                .store(new MemoryActivationStore())
                .clock(clock())
                .operator(new Person())
                .build();
    }

    static Journey activating(ActivationRequest request) throws InterruptedException {
        return activating(request, Connections.none());
    }

    static Journey activating(ActivationRequest request, Connections<GraphConnection> connections)
            throws InterruptedException {
        return activating(request, connections, Connections.none());
    }

    static Journey activating(
            ActivationRequest request,
            Connections<GraphConnection> connections,
            Connections<SharePointConnection> sharePoint)
            throws InterruptedException {
        Journey journey = new Journey(connections, sharePoint);
        journey.client.begin(journey.id, request);
        journey.client.advance(journey.id);
        if (!journey.openSteps().isEmpty()) { // else a look has ended it all
            journey.done("console.password");
            journey.done("console.sign-in");
        }
        return journey;
    }

    static Journey removing(CustomerId customer, CloudService service) throws InterruptedException {
        return removing(customer, service, Connections.none());
    }

    static Journey removing(CustomerId customer, CloudService service, Connections<SharePointConnection> sharePoint)
            throws InterruptedException {
        Journey journey = new Journey(Connections.none(), sharePoint);
        journey.client.beginRemoval(journey.id, customer, Set.of(service));
        journey.client.advance(journey.id);
        journey.done("console.sign-in");
        return journey;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /** Time passes, and the run goes on. */
    Journey after(Duration time) throws InterruptedException {
        now = now.plus(time);
        client.advance(id);
        return this;
    }

    Journey done(String step) throws InterruptedException {
        return answer(step, Answer.done(PERSON));
    }

    Journey saw(String step, String text) throws InterruptedException {
        return answer(step, Answer.saw(PERSON, text));
    }

    Journey answer(String step, Answer answer) throws InterruptedException {
        client.answer(id, open(step).id(), answer);
        client.advance(id);
        return this;
    }

    /** What somebody copies of the console without being asked. */
    Journey handedIn(String text) throws InterruptedException {
        client.handIn(id, new Answer.Saw(PERSON, text));
        client.advance(id);
        return this;
    }

    /** The newest answer to this action is taken back. */
    Journey corrected(ActionId action) throws InterruptedException {
        client.correct(id, action, PERSON);
        client.advance(id);
        return this;
    }

    /** The baseline, and what else is asked before a grant. */
    Journey readBefore(String... rows) throws InterruptedException {
        saw(READ, Known.console(rows));
        return openSteps().contains(USERS) ? saw(USERS, "unknown") : this;
    }

    OperatorAction open(String step) {
        assertThat(openSteps()).contains(step);
        return open.values().stream()
                .filter(a -> a.step().value().equals(step))
                .findFirst()
                .orElseThrow();
    }

    List<String> openSteps() {
        return open.values().stream().map(a -> a.step().value()).toList();
    }

    /** What a person is told about the end of a service. */
    Optional<ActivationView.Explanation> explanation(CloudService service) {
        return client.find(id)
                .orElseThrow()
                .view()
                .service(service)
                .orElseThrow()
                .explanation();
    }

    /** The reason why a step was left out. */
    Optional<SkipReason> skipped(String step) {
        return events(Event.Skipped.class)
                .filter(e -> e.step().equals(new StepId(step)))
                .map(Event.Skipped::reason)
                .findFirst();
    }

    /** What a step was last shown by. */
    Optional<Evidence> evidence(String step) {
        return events(Event.Concluded.class)
                .filter(e -> e.step().equals(new StepId(step)))
                .map(Event.Concluded::evidence)
                .reduce((one, later) -> later);
    }

    ActivationView view() {
        return client.find(id).orElseThrow().view();
    }

    boolean holds(String step) {
        return events(Event.Concluded.class)
                .anyMatch(e -> e.step().equals(new StepId(step)) && e.evidence().holds());
    }

    Optional<Event.ServiceEnded> ended(CloudService service) {
        return events(Event.ServiceEnded.class)
                .filter(e -> e.service() == service)
                .findFirst();
    }

    private <T extends Event> Stream<T> events(Class<T> type) {
        return client.events(id).stream()
                .map(JournalEntry::event)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private final class Person implements Operator {
        @Override
        public void offer(OperatorAction action) {
            open.put(action.id(), action);
        }

        @Override
        public void withdraw(ActivationId activation, ActionId action) {
            open.remove(action);
        }
    }
}
