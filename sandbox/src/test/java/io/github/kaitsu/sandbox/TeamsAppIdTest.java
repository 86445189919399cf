package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Wizard;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.internal.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M365-4, 2024-07: Teams' window that ends with アプリID and 完了 although today's console usually shows neither. */
class TeamsAppIdTest {
    private static final PageOptions SHOWN = PageOptions.plain().with(PageOptions.Trait.TEAMS_APP_ID);

    @Test
    void m365_4_withTheTrait_todaysWindowShowsAppIdAndDone_andTheRowDoesNot() {
        try (Sandbox sandbox = today(SHOWN)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View window = walk.grant(CloudService.MICROSOFT_TEAMS);

            Wizard read = ConsoleReading.parse(window.text()).wizard().orElseThrow();
            assertThat(read.asksForPermission()).isTrue();
            assertThat(read.appId()).isPresent();
            assertThat(read.succeeded()).isFalse();
            assertThat(ConsoleReading.parse(walk.accounts()).appId(CloudService.MICROSOFT_TEAMS))
                    .isEmpty();
            sandbox.clock().advance(Duration.ofHours(1));
            assertThat(walk.lists()).doesNotContain("Microsoft Teams");
            walk.visitor.press(window, "完了");
            sandbox.clock().advance(Duration.ofMinutes(5));
            assertThat(walk.lists()).contains("Microsoft Teamsは保護されています。");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void m365_4_theScriptedPerson_leavesTheTabOpen_andSaysWhatItShows(boolean shown) {
        try (Sandbox sandbox = today(shown ? SHOWN : PageOptions.plain())) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato");
            assertThat(person.perform(action(sandbox, "microsoft-teams.grant", "grant")))
                    .isInstanceOf(Answer.Done.class);

            Answer said = person.perform(action(sandbox, "microsoft-teams.unfinished", "ask-unfinished"));
            assertThat(said).isEqualTo(shown ? Answer.done("sato") : Answer.saw("sato", "no"));
            if (shown) {
                Answer read = person.perform(reading(sandbox));
                assertThat(ConsoleReading.parse(((Answer.Saw) read).text())
                                .wizard()
                                .flatMap(Wizard::appId))
                        .isPresent();
                assertThat(person.perform(action(sandbox, "microsoft-teams.finish", "finish")))
                        .isInstanceOf(Answer.Done.class);
                assertThat(sandbox.summary().appPermissionAtTeamsFinish()).contains(false);
            }
        }
    }

    private static Sandbox today(PageOptions pages) {
        return Sandbox.builder().edition(Edition.CONSOLE_2024_07).pages(pages).start();
    }

    private static OperatorAction reading(Sandbox sandbox) {
        ActionTemplate read = ActionTemplate.builder(ActionTemplate.Kind.READ, TeamsAppIdTest.class, "read")
                .form(AnswerForm.consoleText(List.of(ConsoleReading.Part.WIZARD)))
                .build();
        return action(sandbox, "console.read", read);
    }

    private static OperatorAction action(Sandbox sandbox, String step, String key) {
        return action(sandbox, step, ActionTemplate.change(TeamsAppIdTest.class, key));
    }

    private static OperatorAction action(Sandbox sandbox, String step, ActionTemplate template) {
        StepId id = new StepId(step);
        return new OperatorAction(
                ActivationId.of("a"),
                ActionId.of(id, 1),
                CustomerId.of(ConsoleSite.JP, sandbox.account()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CloudService.MICROSOFT_TEAMS),
                id,
                "M365-4",
                Edition.CONSOLE_2024_07,
                template,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }
}
