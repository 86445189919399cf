package io.github.kaitsu.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a run is what its journal says, whoever had it in between and whatever came of that. */
class RunStatesTest {
    private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");
    private static final ActivationId ID = ActivationId.of("run-1");
    private final RunStates states = new RunStates();

    private static Journal journal(Event... later) {
        List<JournalEntry> entries = new ArrayList<>();
        entries.add(new JournalEntry(
                1,
                AT,
                new Event.Begun(ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                        .services(CloudService.BOX)
                        .build())));
        for (Event event : later) {
            entries.add(new JournalEntry(entries.size() + 1, AT, event));
        }
        return new Journal(ID, entries);
    }

    private boolean isCancelled(Journal journal) {
        return states.lent(journal, RunState::isCancelled);
    }

    @Test
    void whatCameSince_isFolded() {
        assertThat(isCancelled(journal())).isFalse();

        assertThat(isCancelled(journal(new Event.CancelRequested("sato")))).isTrue();
    }

    @Test
    void whatOthersHaveWrittenInstead_isFoldedAnew() {
        assertThat(isCancelled(journal(new Event.CancelRequested("sato")))).isTrue();

        assertThat(isCancelled(journal(new Event.Waited()))).isFalse();
        assertThat(isCancelled(journal(new Event.Waited(), new Event.CancelRequested("sato"))))
                .isTrue();
        assertThat(isCancelled(journal())).isFalse();
    }

    @Test
    void whatCouldNotBeWritten_countsNoMore() {
        Journal longer = journal(new Event.CancelRequested("sato"), new Event.Waited());
        assertThatThrownBy(() -> states.lent(longer, state -> {
                    throw new IllegalStateException("a conflict");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(isCancelled(journal(new Event.TenantPinned(CloudService.Provider.BOX, "T1"), new Event.Waited())))
                .isFalse();
    }

    @Test
    void whoeverHasItInHand_hasItAlone() {
        boolean isOther = states.lent(journal(), one -> states.lent(journal(), other -> one != other));

        assertThat(isOther).isTrue();
    }
}
