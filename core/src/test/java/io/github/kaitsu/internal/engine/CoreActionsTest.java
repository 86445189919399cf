package io.github.kaitsu.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.text.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console's own steps have all the texts that an operator needs. */
class CoreActionsTest {
    private static final CustomerId CUSTOMER = new CustomerId(ConsoleSite.JP, "CAS0001", "営業部");
    private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);

    private static List<ActivationStep> steps() {
        ActivationRequest request = ActivationRequest.builder(CUSTOMER).build();
        CloudService service = CloudService.GOOGLE_DRIVE;
        List<ActivationStep> steps = new ArrayList<>(CoreSteps.console(Event.Run.ACTIVATION, request));
        steps.addAll(CoreSteps.console(
                Event.Run.REMOVAL,
                RemovalRequest.builder(CUSTOMER).services(service).build()));
        steps.add(CoreSteps.consoleRead(service));
        steps.add(CoreSteps.finish(request, service, Set.of()));
        steps.add(CoreSteps.linked(service, CoreSteps.id(service, CoreSteps.GRANT)));
        steps.add(CoreSteps.protectedLine(service));
        steps.add(CoreSteps.clearPending(request, service));
        steps.add(CoreSteps.remove(request, service));
        return steps;
    }

    private static List<OperatorAction> actions(Edition edition) {
        return steps().stream()
                .flatMap(s -> Stream.of(s.action(), s.check().question())
                        .flatMap(Optional::stream)
                        .map(t -> action(s, t, edition)))
                .toList();
    }

    private static OperatorAction action(ActivationStep step, ActionTemplate template, Edition edition) {
        return new OperatorAction(
                ActivationId.of("a1"),
                ActionId.of(step.id(), 1),
                CUSTOMER,
                Optional.empty(),
                Optional.empty(),
                Optional.of(CloudService.GOOGLE_DRIVE),
                step.id(),
                step.rule(),
                edition,
                template,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void steps_ofTheConsole_haveATitleInBothLanguages() {
        for (Locale locale : LANGUAGES) {
            Texts texts = Texts.load(Texts.class, "actions", locale);
            assertThat(texts.keys()).contains("step.grant"); // the grant itself is the provider's
            assertThat(steps()).allSatisfy(s -> assertThat(texts.keys()).contains("step." + s.titleKey()));
        }
    }

    @ParameterizedTest
    @EnumSource(Edition.class)
    void actions_ofTheConsole_areCompleteInBothLanguages(Edition edition) {
        assertThat(actions(edition)).hasSizeGreaterThanOrEqualTo(7);
        for (OperatorAction action : actions(edition)) {
            for (Locale locale : LANGUAGES) {
                List<String> shown = new ArrayList<>(List.of(
                        action.title(locale),
                        action.goal(locale),
                        action.who(locale),
                        action.why(locale),
                        action.verification(locale)));
                assertThat(action.instructions(locale)).as(action.id().value()).isNotEmpty();
                shown.addAll(action.instructions(locale));
                assertThat(shown)
                        .as(action.id().value())
                        .allSatisfy(t -> assertThat(t).isNotBlank().doesNotContain("{", "}"));
            }
        }
    }

    @Test
    void actions_inEachLanguage_nameTheServiceAsTheConsoleDoesThere() {
        for (OperatorAction action : actions(Edition.CONSOLE_2024_04)) {
            if (action.template().arguments().contains("Google Drive")) {
                assertThat(action.goal(Locale.JAPANESE) + action.why(Locale.JAPANESE))
                        .contains("Googleドライブ")
                        .doesNotContain("Google Drive");
                assertThat(action.goal(Locale.ENGLISH) + action.why(Locale.ENGLISH))
                        .contains("Google Drive")
                        .doesNotContain("Googleドライブ");
            }
        }
    }

    @Test
    void common12_readingOfTheConsole_endsWithWhatIsPending() {
        RunState state = new RunStates()
                .of(new Journal(
                        ActivationId.of("a1"),
                        List.of(new JournalEntry(
                                1,
                                Instant.EPOCH,
                                new Event.Begun(ActivationRequest.builder(CUSTOMER)
                                        .edition(Edition.CONSOLE_2024_04)
                                        .build())))));
        OperatorAction reading = Actions.wouldAsk(state, new StepPlan(List.of(), Map.of(), List.of()), CoreSteps.READ)
                .orElseThrow();
        // the reader takes a severity to hold until the next one, so success must not stand below 保留
        List<String> lines = reading.instructions(Locale.JAPANESE);
        int success = lastWith(lines, "「成功しました」を選び");
        int pending = lastWith(lines, "「保留」を選び");
        assertThat(success).isNotNegative().isLessThan(pending);
        assertThat(reading.verification(Locale.JAPANESE)).contains("営業部");
    }

    private static int lastWith(List<String> lines, String part) {
        int last = -1;
        for (int i = 0; i < lines.size(); i++) {
            last = lines.get(i).contains(part) ? i : last;
        }
        return last;
    }
}
