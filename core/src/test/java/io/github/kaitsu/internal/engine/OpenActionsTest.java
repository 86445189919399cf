package io.github.kaitsu.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Statement;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.ReadingAsk;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenActionsTest {
    private static final CustomerId CUSTOMER = new CustomerId(ConsoleSite.JP, "CAS0001", "営業部");

    private final List<JournalEntry> journal = new ArrayList<>();

    private void happened(Event event) {
        journal.add(new JournalEntry(journal.size() + 1, Instant.EPOCH, event));
    }

    /** What a second reading says of its services asks for steps that the journal does not know yet. */
    @Test
    void common19_askedAgain_theActionIsMadeWhateverStepsItSpeaksOf() {
        happened(new Event.Begun(ActivationRequest.builder(CUSTOMER)
                .services(CloudService.BOX)
                .edition(Edition.CONSOLE_2024_04)
                .build()));
        happened(new Event.Linked(CloudService.BOX, Statement.of("granted")));
        offered(1, 0);
        happened(new Event.Answered(
                ActionId.of(CoreSteps.READ, 1), CoreSteps.READ, Answer.saw("sato", "タスクリスト\n重大度: 保留"), false));
        offered(2, 1);
        happened(new Event.Offered(
                ActionId.of(CoreSteps.USERS, 1), CoreSteps.USERS, true, Optional.empty(), Optional.empty()));
        RunState state = new RunStates().of(new Journal(ActivationId.of("a1"), journal));
        assertThat(Actions.open(state, new StepPlan(List.of(), Map.of(), List.of())).stream()
                        .map(OperatorAction::step))
                .containsExactly(CoreSteps.READ, CoreSteps.USERS);
    }

    private void offered(int number, int attempt) {
        happened(new Event.Offered(
                ActionId.of(CoreSteps.READ, number),
                CoreSteps.READ,
                true,
                Optional.empty(),
                Optional.of(
                        new ReadingAsk(List.of(Part.ACCOUNTS), List.of(CloudService.BOX), attempt, false, List.of()))));
    }
}
