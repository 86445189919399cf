package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** After two readings that did not do, the console is not asked for in the same words again, whatever happens (COMMON-19). */
class NeverAThirdTimeTest {
    private static final int READINGS = 12;
    private static final int STEPS = 2_000;

    @ParameterizedTest
    @EnumSource(Scenario.Kind.class)
    void common19_inEveryScenario_noThirdReadingIsAskedForInTheSameWords(Scenario.Kind kind)
            throws InterruptedException {
        Scenario scenario = kind == Scenario.Kind.LINK_FAILS ? Scenario.linkFails(2) : Scenario.of(kind);
        assertNoThirdTime(run(scenario, UnaryOperator.identity()));
    }

    static Stream<Pasting> pastings() {
        return Stream.of(
                new Pasting("only the accounts", t -> "運用管理 > サービスアカウント\n追加\t削除\tアカウント名\tサービスの種類\n"),
                new Pasting("another organisation", t -> t.replace("初期設定の組織", "関西支社")),
                new Pasting("no times", t -> t.replaceAll("\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2}", "")),
                new Pasting("one cell", t -> t.replace("\t", " ")),
                new Pasting("no severities", t -> t.replaceAll("重大度[^\n]*\n", "")),
                new Pasting("something else in between", t -> t.replace("\n", "\nお知らせ: ご利用ありがとうございます Box\n")));
    }

    record Pasting(String name, UnaryOperator<String> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("pastings")
    void common19_whateverIsPasted_noThirdReadingIsAskedForInTheSameWords(Pasting pasting) throws InterruptedException {
        assertNoThirdTime(run(Scenario.NONE, pasting.of));
    }

    private static void assertNoThirdTime(List<String> asked) {
        for (int i = 2; i < asked.size(); i++) {
            boolean isThird =
                    asked.get(i).equals(asked.get(i - 1)) && asked.get(i).equals(asked.get(i - 2));
            assertThat(isThird)
                    .as("asked for the third time, of %d:\n%s", asked.size(), asked.get(i))
                    .isFalse();
        }
    }

    /** What a person reads of each action that asks for the console. */
    private static List<String> run(Scenario scenario, UnaryOperator<String> pasting) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().scenario(scenario).start()) {
            Customer customer = Customer.of(sandbox);
            Paster person = new Paster(new ScriptedPerson(sandbox, "sato@example.co.jp"), pasting);
            try (ActivationClient client =
                    customer.client(new MemoryActivationStore(), person).build()) {
                client.begin(Run.ID, customer.request(List.of(CloudService.BOX, CloudService.DROPBOX)));
                int steps = 0;
                while (person.asked.size() < READINGS
                        && steps++ < STEPS
                        && !Run.step(client, Run.ID, person, customer)) {
                    // until it ends, or enough was asked
                }
                assertThat(steps).isLessThan(STEPS);
                return person.asked;
            }
        }
    }

    /** Does everything well but pasting. */
    private static final class Paster extends CarefulPerson {
        final List<String> asked = new ArrayList<>();
        private final UnaryOperator<String> pasting;

        Paster(ScriptedPerson hands, UnaryOperator<String> pasting) {
            super(hands);
            this.pasting = pasting;
        }

        @Override
        public void performOne(ActivationClient client) {
            OperatorAction action = hands.next().orElseThrow();
            if (action.form().kind() != AnswerForm.Kind.CONSOLE_TEXT) {
                hands.performOne(client);
                return;
            }
            asked.add(String.join(
                    "\n",
                    action.title(Locale.JAPANESE),
                    action.goal(Locale.JAPANESE),
                    String.join("\n", action.instructions(Locale.JAPANESE))));
            Answer answer = hands.perform(action);
            if (answer instanceof Answer.Saw saw) {
                answer = Answer.saw(saw.by(), pasting.apply(saw.text()));
            }
            client.answer(action.activation(), action.id(), answer);
            hands.withdraw(action.activation(), action.id());
        }
    }
}
