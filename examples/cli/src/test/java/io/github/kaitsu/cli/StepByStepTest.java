package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.cli.Kaitsu.Result;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An activation whose actions are answered from other processes, one call of the command after the other. */
class StepByStepTest {
    @TempDir
    Path state;

    @BeforeEach
    void begin() {
        Result begun =
                Kaitsu.json("activate", "--sandbox", "--services", "dropbox", "--operator", "none", "--state", state);
        assertThat(begun.exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(begun.openActions()).containsExactly("console.password.1");
    }

    private Result answer(String action, Object... answer) {
        return call(Kaitsu.in("en_US.UTF-8"), action, answer);
    }

    private Result saw(String action, String text) {
        return call(Kaitsu.reading(text), action, "saw", "-");
    }

    private Result call(Kaitsu kaitsu, String action, Object... answer) {
        Object[] all = new Object[answer.length + 7];
        all[0] = "answer";
        all[1] = action;
        System.arraycopy(answer, 0, all, 2, answer.length);
        int n = answer.length + 2;
        all[n] = "--by";
        all[n + 1] = "sato@example.co.jp";
        all[n + 2] = "--state";
        all[n + 3] = state;
        all[n + 4] = "--json";
        return kaitsu.call(all);
    }

    private Result by(String who, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("answer"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--by", who, "--state", state));
        return Kaitsu.json(all.toArray());
    }

    private Result resume() {
        return Kaitsu.json("resume", "--state", state);
    }

    /** Somebody does it on the sandbox's pages, then answers by the command; both processes are gone afterwards. */
    private Result performed(String action) {
        Answer answer;
        try (Sandbox sandbox = Sandbox.builder().state(state.resolve("sandbox")).start();
                ActivationClient client = Desk.client(Workspace.at(state.toString()), sandbox.clock())) {
            OperatorAction open = client.find(client.activations().get(0)).orElseThrow().view().openActions().stream()
                    .filter(a -> a.id().value().equals(action))
                    .findFirst()
                    .orElseThrow();
            answer = new ScriptedPerson(sandbox, "sato@example.co.jp").perform(open);
        }
        return answer instanceof Answer.Saw saw ? saw(action, saw.text()) : answer(action, "done");
    }

    @Test
    void everyAnswerFromAnotherProcess_endsProtected() {
        assertThat(performed("console.password.1").openActions()).containsExactly("console.sign-in.1");
        assertThat(performed("console.sign-in.1").openActions()).containsExactly("console.edition.1");
        assertThat(performed("console.edition.1").openActions()).containsExactly("console.read.1");
        assertThat(performed("console.read.1").openActions()).containsExactly("dropbox.grant.1");
        Result last = performed("dropbox.grant.1");
        assertThat(last.exit()).as("nothing is read straight after a grant").isEqualTo(Exits.AWAITS_TIME);
        while (last.exit() != Exits.SUCCESS) {
            last.openActions().forEach(this::performed);
            last = resume();
        }
        assertThat(last.exit()).isZero();
        assertThat(last.statuses()).containsExactly("PROTECTED");
        assertThat(last.service("DROPBOX").path("steps").findValuesAsText("source"))
                .contains("the console’s lists, read by sato@example.co.jp");
        assertThat(resume().exit()).isZero();
    }

    @Test
    void sameAnswerTwice_isSuccess_andAnotherWhoAgreesIsTold() {
        answer("console.password.1", "done");
        assertThat(answer("console.password.1", "done").json().has("error")).isFalse();
        Result other = by("suzuki@example.co.jp", "console.password.1", "done");
        assertThat(other.exit()).isEqualTo(Exits.REFUSED);
        assertThat(other.errorCode()).isEqualTo("ACTION_GONE");
        assertThat(other.json().at("/error/nextStep").asText()).contains("kaitsu status");
        assertThat(resume().json().at("/sandbox/handsOn/kinds/answers").asInt()).isEqualTo(1);
    }

    @Test
    void answerOfTheWrongForm_isRefused_andTheActionStaysOpen() {
        assertThat(saw("console.password.1", "a secret?").errorCode()).isEqualTo("ANSWER_FORM");
        assertThat(answer("no.such.1", "done").errorCode()).isEqualTo("ACTION_NOT_FOUND");
        Result status = Kaitsu.json("status", "--state", state);
        assertThat(status.exit()).isZero();
        assertThat(status.openActions()).containsExactly("console.password.1");

        performed("console.password.1");
        performed("console.sign-in.1");
        assertThat(saw("console.edition.1", "maybe").errorCode()).isEqualTo("ANSWER_FORM");
        assertThat(Kaitsu.json("status", "--state", state).openActions()).containsExactly("console.edition.1");
    }

    @Test
    void notYet_leavesTheActionOpen() {
        assertThat(answer("console.password.1", "not-yet").exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(resume().openActions()).contains("console.password.1");
    }

    @Test
    void status_showsPersonsWhatToDo_inBothLanguages() {
        Result english = Kaitsu.run("status", "--state", state);
        assertThat(english.out())
                .contains(
                        "Set the password of the console",
                        "kaitsu answer console.password.1 done",
                        "1. In the opening");
        Result japanese = Kaitsu.run("status", "--state", state, "--lang", "ja");
        assertThat(japanese.out())
                .contains("コンソールのパスワードを設定する", "回答方法（名前は記録に残ります）:", "kaitsu answer console.password.1 done");
    }

    @Test
    void cancel_endsTheRun_twiceToo() {
        Result cancelled = Kaitsu.json("cancel", "--by", "sato", "--state", state);
        assertThat(cancelled.exit()).isZero();
        assertThat(cancelled.statuses()).containsExactly("CANCELLED");
        assertThat(cancelled.openActions()).isEmpty();
        assertThat(Kaitsu.json("cancel", "--by", "sato", "--state", state).exit())
                .isZero();
        assertThat(resume().exit()).isEqualTo(Exits.FAILED);
    }

    @Test
    void secondActivationOfTheCustomer_isToldToResume() {
        Result busy = Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state);
        assertThat(busy.exit()).isEqualTo(Exits.REFUSED);
        assertThat(busy.errorCode()).isEqualTo("CUSTOMER_BUSY");
        assertThat(busy.json().at("/error/nextStep").asText()).contains("kaitsu resume");
    }

    @Test
    void controlCharactersOfAPerson_areNeutralised() {
        Kaitsu.run("answer", "console.password.1", "done", "--by", "sa\u001b[31mto\u202e", "--state", state);
        resume();
        Result status = Kaitsu.run("status", "--state", state, "--verbose");
        assertThat(status.out())
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .contains("␛[31mto");
        assertThat(Kaitsu.json("status", "--state", state).out()).doesNotContain("\u202e");
        Result report = Kaitsu.run("report", "--state", state, "--format", "html");
        assertThat(report.out()).doesNotContain("\u001b").doesNotContain("\u202e");
    }
}
