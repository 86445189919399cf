package io.github.kaitsu.cli;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows each action to the person at the terminal and reads the answer. What is put off is not asked again by this command. */
final class TerminalPerson implements Hands {
    private static final String END_OF_TEXT = ".";

    private final Invocation call;
    private final Progress progress;
    private final Function<URI, Optional<URI>> places;
    private final Consumer<Answer> answered;
    private final BufferedReader in;
    private final Set<ActionId> putOff = new HashSet<>();
    private @Nullable String by;
    private boolean left;

    /**
     * @param places where a real address is to be found, if it is not where it says
     * @param answered told of each answer that was accepted
     * @param by the person's name; null: ask once
     */
    TerminalPerson(
            Invocation call,
            Progress progress,
            Function<URI, Optional<URI>> places,
            Consumer<Answer> answered,
            @Nullable String by) {
        this.call = call;
        this.places = places;
        this.answered = answered;
        this.progress = progress;
        this.by = by;
        this.in = new BufferedReader(new InputStreamReader(call.io().in(), StandardCharsets.UTF_8));
    }

    @Override
    public boolean leavesActions() {
        return true;
    }

    @Override
    public boolean work(ActivationClient client, ActivationView view) {
        for (OperatorAction action : view.openActions()) {
            if (left) {
                return false;
            }
            if (!putOff.contains(action.id()) && ask(client, action)) {
                return true;
            }
        }
        return false;
    }

    private boolean ask(ActivationClient client, OperatorAction action) {
        progress.pause();
        call.say(ActionText.of(call, action, action.link().flatMap(places)));
        while (true) {
            call.say(ActionText.choices(call, action.form()));
            Optional<String> line = readLine();
            if (line.isEmpty()) {
                left = true;
                return false;
            }
            if (isLater(line.get())) {
                putOff.add(action.id());
                return false;
            }
            try {
                Optional<Answer> answer = answer(line.get(), action.form());
                if (answer.isPresent()) {
                    client.answer(action.activation(), action.id(), answer.get());
                    answered.accept(answer.get());
                    show(client, action, answer.get());
                    if (answer.get() instanceof Answer.NotYet) {
                        putOff.add(action.id());
                    }
                    return true;
                }
                call.say(call.text("ask.again"));
            } catch (KaitsuException e) {
                call.say(call.text("error.form", e.message(call.locale()), e.nextStep(call.locale())));
                if (e.code() == ErrorCode.ACTION_GONE) {
                    return true;
                }
            }
        }
    }

    /** Which parts of the console were found: what is missing is asked for again by name. */
    private void show(ActivationClient client, OperatorAction action, Answer answer) {
        if (action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT && answer instanceof Answer.Saw saw) {
            ConsoleReading reading = Reading.parse(client, action.activation(), saw.text());
            call.say(new Reading(reading, List.of()).lines(call));
        }
    }

    private static boolean isLater(String line) {
        return switch (line.toLowerCase(Locale.ROOT)) {
            case "later", "l", "あとで", "後で" -> true;
            default -> false;
        };
    }

    /** Empty if the line says nothing known. */
    private Optional<Answer> answer(String line, AnswerForm form) {
        String[] words = line.split("\\s+", 2);
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "done", "d", "完了" -> Optional.of(Answer.done(name()));
            case "see", "s", "貼付" -> Optional.of(Answer.saw(name(), pasted()));
            case "declined", "辞退" -> Optional.of(Answer.declined(name()));
            case "not-yet", "まだ" -> Optional.of(Answer.notYet(name()));
            case "blocked", "不可" -> blocked(words.length > 1 ? words[1] : "");
            default ->
                form.choices().contains(line.toLowerCase(Locale.ROOT))
                        ? Optional.of(Answer.saw(name(), line))
                        : Optional.empty();
        };
    }

    private Optional<Answer> blocked(String code) {
        Optional<BlockReason> reason = BlockReason.parse(code);
        if (reason.isEmpty()) {
            call.say(call.text("ask.reasons", reasons()));
        }
        return reason.map(r -> Answer.blocked(name(), r));
    }

    static String reasons() {
        return Arrays.stream(BlockReason.values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** Asked once. */
    private String name() {
        if (by == null) {
            call.say(call.text("ask.by"));
            by = readLine().orElse("");
        }
        return by;
    }

    private String pasted() {
        call.say(call.text("ask.paste"));
        StringBuilder text = new StringBuilder();
        for (Optional<String> line = rawLine();
                line.isPresent() && !line.get().strip().equals(END_OF_TEXT);
                line = rawLine()) {
            text.append(line.get()).append('\n');
        }
        return text.toString();
    }

    private Optional<String> readLine() {
        return rawLine().map(String::strip);
    }

    private Optional<String> rawLine() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
