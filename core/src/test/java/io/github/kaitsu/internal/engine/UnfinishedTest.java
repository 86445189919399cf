package io.github.kaitsu.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of a grant's app id (M365-4, M365-6), as the journal is folded. */
class UnfinishedTest {
    private static final CloudService TEAMS = CloudService.MICROSOFT_TEAMS;
    private static final String ID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    private static final String OTHER = "11111111-2222-3333-4444-555555555555";
    private static final String WINDOW = "Microsoft Teamsへのアクセス権付与\nアプリID: " + ID + "\n完了\n閉じる\n";

    private final List<Event> events =
            new ArrayList<>(List.of(new Event.Begun(ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                    .services(CloudService.BOX, TEAMS)
                    .build())));

    @Test
    void m365_6_whenAccessIsGrantedAnew_anEarlierGrantsAppIdIsForgotten() {
        for (String earlier : List.of("", OTHER)) {
            events.add(new Event.Inherited(Facts.of(Map.of(Facts.appIdOf(TEAMS), earlier))));
            assertThat(state().facts().appId(TEAMS)).contains(earlier);

            grant(TEAMS);

            assertThat(state().facts().appId(TEAMS)).isEmpty();
        }
    }

    @Test
    void m365_6_whenTheWindowIsRead_itsAppIdIsThatOfTheServiceGrantedLast() {
        grant(CloudService.BOX);
        grant(TEAMS);
        read(WINDOW);

        assertThat(state().facts().appId(TEAMS)).contains(ID);
        assertThat(state().facts().appId(CloudService.BOX)).isEmpty();
    }

    @Test
    void m365_6_whenTheWindowWasReadBeforeTheGrant_itsAppIdIsNotTaken() {
        read(WINDOW);
        grant(TEAMS);
        read("保留: 0");

        assertThat(state().facts().appId(TEAMS)).isEmpty();
    }

    @Test
    void m365_6_whenOnlyTheAppIdIsTyped_itIsTaken_butNotFromAmongOtherLines() {
        grant(TEAMS);
        for (String rows : List.of(
                "アプリID: " + OTHER + "\nSharePoint Online\n",
                "SharePoint Online\nアプリID: " + OTHER + "\n",
                "アプリID: " + OTHER + "\n保留: 0\n")) {
            read(rows);
            assertThat(state().facts().appId(TEAMS)).as(rows).isEmpty();
        }
        for (String typed : List.of("アプリID: " + ID, "App ID:\n" + ID + "\n")) {
            read(typed);
            assertThat(state().facts().appId(TEAMS)).as(typed).contains(ID);
        }
    }

    private void grant(CloudService service) {
        StepId step = CoreSteps.id(service, CoreSteps.GRANT);
        events.add(new Event.Offered(ActionId.of(step, 1), step, false, Optional.empty(), Optional.empty()));
    }

    private void read(String text) {
        events.add(new Event.HandedIn(new Answer.Saw("sato", text), false, Optional.empty()));
    }

    private RunState state() {
        List<JournalEntry> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(new JournalEntry(entries.size() + 1L, Instant.EPOCH, event));
        }
        return RunState.of(new Journal(ActivationId.of("a1"), entries), ConsoleReading::parse);
    }
}
