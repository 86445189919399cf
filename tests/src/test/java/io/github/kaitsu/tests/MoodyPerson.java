package io.github.kaitsu.tests;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A person with moods, drawn from a seed: takes things up in any order, comes back hours later, says not yet, does what is asked
 * and loses the answer, answers twice, pastes the list of another organisation; declines one step if told so.
 */
final class MoodyPerson implements Person {
    private static final String OTHER_ORGANISATION = "関西支社";

    private final Sandbox sandbox;
    private final ScriptedPerson hands;
    private final Random moods;
    private final double trouble;
    private final @Nullable StepId declined;
    private final List<OperatorAction> todo = new ArrayList<>();
    private final Map<String, Instant> putOff = new TreeMap<>();
    final Map<String, Integer> counts = new TreeMap<>();

    MoodyPerson(Sandbox sandbox, long seed, double trouble, @Nullable StepId declined) {
        this.sandbox = sandbox;
        this.hands = new ScriptedPerson(sandbox, "suzuki@example.co.jp");
        this.moods = new Random(seed);
        this.trouble = trouble;
        this.declined = declined;
    }

    @Override
    public void offer(OperatorAction action) {
        withdraw(action.activation(), action.id());
        todo.add(action);
    }

    @Override
    public void withdraw(ActivationId activation, ActionId action) {
        todo.removeIf(a -> a.activation().equals(activation) && a.id().equals(action));
    }

    @Override
    public boolean hasWork() {
        return !ready().isEmpty();
    }

    private List<OperatorAction> ready() {
        Instant now = sandbox.clock().instant();
        return todo.stream()
                .filter(a -> !putOff.getOrDefault(name(a), Instant.MIN).isAfter(now))
                .toList();
    }

    @Override
    public Optional<Instant> comesBackAt() {
        return todo.stream()
                .flatMap(a -> Optional.ofNullable(putOff.get(name(a))).stream())
                .min(Instant::compareTo);
    }

    private static String name(OperatorAction action) {
        return action.activation() + " " + action.id();
    }

    @Override
    public void performOne(ActivationClient client) {
        List<OperatorAction> ready = ready();
        OperatorAction action = ready.get(moods.nextInt(ready.size()));
        if (action.step().equals(declined)) {
            count("declined");
            answer(client, action, Answer.declined("suzuki@example.co.jp"));
            return;
        }
        if (moods.nextDouble() >= trouble) {
            answer(client, action, hands.perform(action));
            return;
        }
        boolean isReading = action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT;
        switch (moods.nextInt(isReading ? 8 : 5)) { // a reading goes wrong most often in what is pasted
            case 0 -> {
                count("slow");
                putOff(action, Duration.ofMinutes(1 + moods.nextInt(600)));
            }
            case 1 -> {
                count("not yet");
                client.answer(action.activation(), action.id(), Answer.notYet("suzuki@example.co.jp"));
                putOff(action, Duration.ofMinutes(1 + moods.nextInt(200)));
            }
            case 2 -> {
                count("answer lost");
                hands.perform(action);
                putOff(action, Duration.ofMinutes(moods.nextInt(100)));
            }
            case 3 -> {
                count("twice");
                Answer answer = hands.perform(action);
                answer(client, action, answer);
                answer(client, action, answer);
            }
            default -> {
                Answer answer = hands.perform(action);
                if (isReading && answer instanceof Answer.Saw saw) {
                    count("wrong organisation");
                    String text = saw.text().replace(action.customer().organisation(), OTHER_ORGANISATION);
                    answer = Answer.saw(saw.by(), text);
                }
                answer(client, action, answer);
            }
        }
    }

    private void answer(ActivationClient client, OperatorAction action, Answer answer) {
        try {
            client.answer(action.activation(), action.id(), answer);
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.ACTION_GONE) {
                throw e;
            }
        }
        withdraw(action.activation(), action.id());
    }

    private void putOff(OperatorAction action, Duration time) {
        putOff.put(name(action), sandbox.clock().instant().plus(time));
    }

    private void count(String mood) {
        counts.merge(mood, 1, Integer::sum);
    }
}
