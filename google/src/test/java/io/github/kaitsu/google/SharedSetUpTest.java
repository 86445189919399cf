package io.github.kaitsu.google;

import static io.github.kaitsu.CloudService.GMAIL;
import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.store.MemoryActivationStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps of one service that come after another's. */
class SharedSetUpTest {
    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
    private static final String BY = "sato@example.co.jp";

    private final ActivationId id = ActivationId.of("run-1");
    private ActivationClient client = client();

    @Test
    void google1_whenBothAreRequested_adminAndAppAreAskedForOnce_andTheOtherWaits() throws InterruptedException {
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
            assertThat(open()).containsExactly("console.read");
            assertThat(events(Event.SlotTaken.class))
                    .extracting(Event.SlotTaken::service)
                    .containsExactly(order.get(0));
            assertThat(events(Event.Offered.class))
                    .extracting(e -> e.step().value())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void google1_whenTheAdminOrTheAppIsRefused_bothServicesFail_andNobodyWaitsForEver() throws InterruptedException {
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
    void google1_theOthersPart_isAsSureAsTheFirsts() throws InterruptedException {
        begin(List.of(GMAIL, GOOGLE_DRIVE));
        answerConsole();
        answer("gmail.admin", Answer.saw(BY, "yes"));
        answer("gmail.marketplace", Answer.done(BY));
        assertThat(events(Event.Concluded.class))
                .filteredOn(e -> e.step().value().equals("google-drive.marketplace"))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.evidence().level()).isEqualTo(Evidence.Level.ATTESTED);
                    assertThat(e.evidence().source())
                            .isEqualTo(Evidence.Source.steps("gmail.admin, gmail.marketplace"));
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

    private static ActivationClient client() {
        return ActivationClient.builder()
                .provisioners(GoogleProvisioners.create())
                .store(new MemoryActivationStore())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    private void begin(List<CloudService> services) throws InterruptedException {
        client.close();
        client = client();
        client.begin(id, Given.request(Edition.CONSOLE_2024_04, List.of(), services.toArray(CloudService[]::new)));
        client.advance(id);
    }

    private void answerConsole() throws InterruptedException {
        answer("console.password", Answer.done(BY));
        answer("console.sign-in", Answer.done(BY));
    }

    private void answer(String step, Answer answer) throws InterruptedException {
        Event.Offered offered = events(Event.Offered.class).stream()
                .filter(e -> e.step().value().equals(step))
                .reduce((one, later) -> later)
                .orElseThrow();
        client.answer(id, offered.action(), answer);
        client.advance(id);
    }

    private <T extends Event> List<T> events(Class<T> type) {
        return client.events(id).stream()
                .map(JournalEntry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private List<String> open() {
        return client.find(id).orElseThrow().view().openActions().stream()
                .map(action -> action.step().value())
                .toList();
    }
}
