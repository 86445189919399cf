package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.Wizard;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** COMMON-12, 2024-07: the window of a grant stays open until it shows its sentence, and belongs to its service alone. */
class ScriptedReadingTest {
    private static final String SENTENCE = "Successfully created a service account and synced data.";

    private final Sandbox sandbox =
            Sandbox.builder().edition(Edition.CONSOLE_2024_07).start();
    private final ScriptedPerson person = new ScriptedPerson(sandbox, "sato");

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void common12_theSentenceIsReadInTheOpenWindow_once() {
        grant(CloudService.DROPBOX);
        assertThat(read(Part.WIZARD)).contains("サービスアカウントを作成し、データを同期しています。").doesNotContain(SENTENCE);
        sandbox.clock().advance(Duration.ofMinutes(5));
        assertThat(ConsoleReading.parse(read(Part.WIZARD)).wizard())
                .map(Wizard::succeeded)
                .contains(true);
        assertThat(read(Part.WIZARD)).doesNotContain(SENTENCE);
    }

    @Test
    void common12_theWindowIsNotReadUnasked() {
        grant(CloudService.DROPBOX);
        sandbox.clock().advance(Duration.ofMinutes(5));
        assertThat(read(Part.ACCOUNTS, Part.SUCCESS, Part.PENDING)).doesNotContain(SENTENCE);
    }

    @Test
    void common12_onceAnotherGrantBegins_theWindowOfTheOneBeforeIsNotRead() {
        grant(CloudService.DROPBOX);
        sandbox.clock().advance(Duration.ofMinutes(5));
        grant(CloudService.BOX);
        assertThat(read(Part.WIZARD)).contains("Box").doesNotContain(SENTENCE);
    }

    @Test
    void common16_whereTheSessionHasEnded_theWindowIsGone_andTheRestIsRead() {
        grant(CloudService.DROPBOX);
        sandbox.clock().advance(Duration.ofMinutes(61));
        assertThat(read(Part.WIZARD, Part.SUCCESS)).doesNotContain(SENTENCE).contains("Dropboxは保護されています。");
    }

    private void grant(CloudService service) {
        ActionTemplate template = ActionTemplate.change(ScriptedReadingTest.class, "grant");
        assertThat(person.perform(action(service.id() + ".grant", Optional.of(service), template)))
                .isInstanceOf(Answer.Done.class);
    }

    private String read(Part... parts) {
        ActionTemplate template = ActionTemplate.question(ScriptedReadingTest.class, "read")
                .answered(AnswerForm.consoleText(List.of(parts)));
        return ((Answer.Saw) person.perform(action("console.read", Optional.empty(), template))).text();
    }

    private OperatorAction action(String step, Optional<CloudService> service, ActionTemplate template) {
        StepId id = new StepId(step);
        return new OperatorAction(
                ActivationId.of("a"),
                ActionId.of(id, 1),
                CustomerId.of(ConsoleSite.JP, sandbox.account()),
                Optional.empty(),
                Optional.empty(),
                service,
                id,
                "COMMON-12",
                Edition.CONSOLE_2024_07,
                template,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }
}
