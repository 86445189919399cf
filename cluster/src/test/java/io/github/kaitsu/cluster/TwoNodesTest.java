package io.github.kaitsu.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Quiet;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Two started nodes and a desk at which people answer, on one database: what is said at one is heard at the others. */
class TwoNodesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void nodes_onOneDatabase_advanceEachRunOneAtATime_andHearWhatIsAnsweredElsewhere() throws Exception {
        DataSource source = Databases.postgreSql();
        try (Sandbox first = Sandbox.builder().account("CAS0001").seed(1).start();
                Sandbox second = Sandbox.builder().account("CAS0002").seed(2).start()) {
            Map<ActivationId, Hands> people = Map.of(
                    ActivationId.of("one"), new Hands(first, "sato@one.example"),
                    ActivationId.of("two"), new Hands(second, "suzuki@two.example"));
            try (ActivationClient desk = client(source, first, List.of());
                    ActivationClient here = client(source, first, people.values());
                    ActivationClient there = client(source, first, people.values())) {
                here.start();
                there.start();
                people.forEach((id, hands) -> desk.begin(id, hands.request()));

                toTheirEnd(desk, List.of(here, there), people, List.of(first, second), () -> false);

                for (ActivationId id : people.keySet()) {
                    List<JournalEntry> journal = desk.events(id);
                    assertThat(journal)
                            .extracting(JournalEntry::number)
                            .containsExactlyElementsOf(LongStream.rangeClosed(1, journal.size())
                                    .boxed()
                                    .toList());
                    assertThat(events(journal, Event.Offered.class))
                            .extracting(Event.Offered::toString)
                            .as("decided once")
                            .doesNotHaveDuplicates();
                    assertThat(events(journal, Event.ServiceEnded.class))
                            .extracting(Event.ServiceEnded::status)
                            .containsExactly(ActivationStatus.PROTECTED);
                    assertThat(events(journal, Event.Ended.class)).hasSize(1);
                }
            }
            for (Sandbox sandbox : List.of(first, second)) {
                assertThat(sandbox.summary().grants()).isEqualTo(Map.of(CloudService.DROPBOX, 1));
                assertThat(sandbox.summary().violations()).isEmpty();
            }
        }
        assertThat(JdbcActivationStore.on(source).headless()).isEmpty();
    }

    /** COMMON-13 across nodes: two customers of one console, each begun at a node of its own, never link at the same time. */
    @Test
    void nodes_withOneAlarmClock_linkOneServiceOfAConsoleAtATime() throws Exception {
        DataSource source = Databases.postgreSql();
        try (Sandbox sandbox = Sandbox.builder()
                .account("CAS0001")
                .organisations("初期設定の組織", "別の組織")
                .seed(3)
                .start()) {
            Map<ActivationId, Hands> people = Map.of(
                    ActivationId.of("one"), new Hands(sandbox, 0, "sato@one.example"),
                    ActivationId.of("two"), new Hands(sandbox, 1, "suzuki@two.example"));
            try (ActivationClient desk = client(source, sandbox, List.of());
                    ActivationClient here = shared(source, sandbox, people.values());
                    ActivationClient there = shared(source, sandbox, people.values())) {
                here.start();
                there.start();
                people.forEach((id, hands) -> desk.begin(id, hands.request()));

                Set<String> told = new TreeSet<>();
                toTheirEnd(desk, List.of(here, there), people, List.of(sandbox), () -> {
                    people.keySet()
                            .forEach(id -> events(desk.events(id), Event.SlotAwaited.class)
                                    .forEach(e -> told.add(id + " waits for " + e.owner())));
                    return !told.isEmpty();
                });

                assertThat(told).containsAnyOf("one waits for two/DROPBOX", "two waits for one/DROPBOX");
                assertThat(people.keySet().stream()
                                .flatMap(id -> events(desk.events(id), Event.SlotTaken.class).stream()))
                        .as("one has it")
                        .hasSize(1);
            }
            assertThat(sandbox.summary().violations()).isEmpty();
        }
    }

    private static ActivationClient shared(DataSource source, Sandbox sandbox, Iterable<Hands> people) {
        JdbcActivationStore store = JdbcActivationStore.on(source);
        ActivationClient.Builder builder = ActivationClient.builder()
                .provisioner(DropboxProvisioner.create())
                .store(store)
                .alarmClock(DbSchedulerAlarmClock.of(store))
                .clock(sandbox.clock());
        people.forEach(builder::operator);
        return builder.build();
    }

    private static ActivationClient client(DataSource source, Sandbox sandbox, Iterable<Hands> people) {
        ActivationClient.Builder builder = ActivationClient.builder()
                .provisioner(DropboxProvisioner.create())
                .store(JdbcActivationStore.on(source))
                .clock(sandbox.clock());
        people.forEach(builder::operator);
        return builder.build();
    }

    private static void toTheirEnd(
            ActivationClient desk,
            List<ActivationClient> nodes,
            Map<ActivationId, Hands> people,
            List<Sandbox> sandboxes,
            BooleanSupplier until)
            throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            if (until.getAsBoolean()) {
                return;
            }
            List<Instant> wakings = new ArrayList<>();
            for (ActivationId id : people.keySet()) {
                Quiet quiet = nodes.get(i % nodes.size()).awaitQuiet(id, LONG).orElseThrow();
                quiet.until().ifPresent(wakings::add);
            }
            boolean worked = people.values().stream()
                            .filter(hands -> hands.person.performOne(desk))
                            .count()
                    > 0;
            if (!worked && wakings.isEmpty()) {
                return;
            }
            if (!worked) {
                Instant next = wakings.stream().min(Instant::compareTo).orElseThrow();
                sandboxes.forEach(sandbox -> sandbox.clock().advanceTo(next));
            }
        }
        throw new AssertionError("never ends");
    }

    private static <E> List<E> events(List<JournalEntry> journal, Class<E> kind) {
        return journal.stream()
                .map(JournalEntry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** One customer's administrator, who does nothing for another's. */
    private static final class Hands implements Operator {
        private final CustomerId customer;
        private final ScriptedPerson person;

        Hands(Sandbox sandbox, String name) {
            this(sandbox, 0, name);
        }

        Hands(Sandbox sandbox, int organisation, String name) {
            this.customer = new CustomerId(
                    sandbox.site(), sandbox.account(), sandbox.organisations().get(organisation));
            this.person = new ScriptedPerson(sandbox, name);
        }

        ActivationRequest request() {
            return ActivationRequest.builder(customer)
                    .services(List.of(CloudService.DROPBOX))
                    .build();
        }

        @Override
        public boolean accepts(OperatorAction action) {
            return action.customer().equals(customer);
        }

        @Override
        public void offer(OperatorAction action) {
            person.offer(action);
        }

        @Override
        public void withdraw(ActivationId activation, ActionId action) {
            person.withdraw(activation, action);
        }
    }
}
