package io.github.kaitsu.google;

import static io.github.kaitsu.CloudService.GMAIL;
import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.Answer;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Event;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.JournalEntry;
import io.github.kaitsu.StepId;
import io.github.kaitsu.internal.engine.Decider;
import io.github.kaitsu.internal.engine.Inputs;
import io.github.kaitsu.internal.engine.Provisioners;
import io.github.kaitsu.internal.engine.RunState;
import io.github.kaitsu.internal.engine.RunStates;
import io.github.kaitsu.internal.engine.StepPlan;
import io.github.kaitsu.spi.Journal;
import io.github.kaitsu.spi.Operator.Attention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Steps of one service that come after another's. */
class SharedSetUpTest {
    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
    private static final String BY = "sato@example.co.jp";

    private final ActivationId id = ActivationId.of("run-1");
    private final Provisioners provisioners = new Provisioners(GoogleProvisioners.create());
    private final List<JournalEntry> journal = new ArrayList<>();

    @Test
    void google1_whenBothAreRequested_adminAndAppAreAskedForOnce_andTheOtherWaits() {
        for (List<CloudService> order : List.of(List.of(GMAIL, GOOGLE_DRIVE), List.of(GOOGLE_DRIVE, GMAIL))) {
            String first = order.get(0).id();
            begin(order);
            assertThat(open())
                    .contains(first + ".admin")
                    .doesNotContain(order.get(1).id() + ".admin");
            answerConsole();
            answer(first + ".admin", Answer.saw(BY, "yes"));
            assertThat(open()).containsExactly(first + ".marketplace");
            assertThat(events(Event.SlotTaken.class)).isEmpty();

            answer(first + ".marketplace", Answer.done(BY));
            assertThat(open()).containsExactly(first + ".console");
            assertThat(events(Event.SlotTaken.class))
                    .extracting(Event.SlotTaken::service)
                    .containsExactly(order.get(0));
            assertThat(events(Event.Offered.class))
                    .extracting(e -> e.step().value())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void google1_whenTheAdminOrTheAppIsRefused_bothServicesFail_andNobodyWaitsForEver() {
        begin(List.of(GMAIL, GOOGLE_DRIVE));
        answerConsole();
        answer("gmail.admin", Answer.saw(BY, "no"));
        assertEnded(FailureReason.PREFLIGHT, FailureReason.BLOCKED);

        begin(List.of(GMAIL, GOOGLE_DRIVE));
        answerConsole();
        answer("gmail.admin", Answer.saw(BY, "yes"));
        answer("gmail.marketplace", Answer.declined(BY));
        assertEnded(FailureReason.DECLINED, FailureReason.DECLINED);
    }

    @Test
    void google1_theOthersPart_isAsSureAsTheFirsts() {
        begin(List.of(GMAIL, GOOGLE_DRIVE));
        answerConsole();
        answer("gmail.admin", Answer.saw(BY, "yes"));
        answer("gmail.marketplace", Answer.done(BY));
        assertThat(events(Event.Concluded.class))
                .filteredOn(e -> e.step().value().equals("google-drive.marketplace"))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.evidence().level()).isEqualTo(Evidence.Level.ATTESTED);
                    assertThat(e.evidence().source()).isEqualTo("gmail.admin, gmail.marketplace");
                });
    }

    private void assertEnded(FailureReason gmail, FailureReason drive) {
        assertThat(events(Event.ServiceEnded.class))
                .extracting(Event.ServiceEnded::service, e -> e.reason().orElseThrow())
                .containsExactly(tuple(GMAIL, gmail), tuple(GOOGLE_DRIVE, drive));
        assertThat(events(Event.Ended.class)).hasSize(1);
        assertThat(open()).isEmpty();
    }

    // ---- a run in memory

    private void begin(List<CloudService> services) {
        journal.clear();
        ActivationRequest request =
                Given.request(Edition.CONSOLE_2024_04, List.of(), services.toArray(CloudService[]::new));
        append(new Event.Begun(Event.Run.ACTIVATION, request));
        settle();
    }

    private void answerConsole() {
        answer("console.password", Answer.done(BY));
        answer("console.sign-in", Answer.done(BY));
    }

    private void answer(String step, Answer answer) {
        Event.Offered offered = events(Event.Offered.class).stream()
                .filter(e -> e.step().value().equals(step))
                .reduce((one, later) -> later)
                .orElseThrow();
        append(new Event.Answered(offered.action(), new StepId(step), answer));
        settle();
    }

    private void settle() {
        Decider decider = new Decider(ActivationRetryPolicy.ofDefaults());
        for (int turn = 0; turn < 50; turn++) {
            RunState state = new RunStates().of(new Journal(id, journal));
            StepPlan plan =
                    StepPlan.of(state.run(), state.request(), state.request().edition(), Map.of(), provisioners);
            List<Event> events = decider.decide(
                            state, plan, new Inputs(NOW, Map.of(), Optional.empty(), false, Attention.PERSON))
                    .events();
            if (events.isEmpty()) {
                return;
            }
            events.forEach(this::append);
        }
        throw new AssertionError("no end: " + journal);
    }

    private void append(Event event) {
        journal.add(new JournalEntry(journal.size() + 1, NOW, event));
    }

    private <T extends Event> List<T> events(Class<T> type) {
        return journal.stream()
                .map(JournalEntry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private List<String> open() {
        Map<String, Boolean> open = new LinkedHashMap<>();
        for (JournalEntry entry : journal) {
            if (entry.event() instanceof Event.Offered offered) {
                open.put(offered.action().value(), true);
            } else if (entry.event() instanceof Event.Answered answered) {
                open.remove(answered.action().value());
            } else if (entry.event() instanceof Event.Withdrawn withdrawn) {
                open.remove(withdrawn.action().value());
            }
        }
        return events(Event.Offered.class).stream()
                .filter(e -> open.containsKey(e.action().value()))
                .map(e -> e.step().value())
                .toList();
    }
}
