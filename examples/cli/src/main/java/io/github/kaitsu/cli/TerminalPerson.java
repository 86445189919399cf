package io.github.kaitsu.cli;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.cli.AnswerWords.Said;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows each action to the person at the terminal and reads the answer. What is put off is not asked again by this command. */
final class TerminalPerson implements Hands {
    private static final Pattern END_OF_TEXT = Pattern.compile("[\\s\\p{Z}]*[.．。｡][\\s\\p{Z}]*");
    private static final int LONGEST_NAME = 128;
    /** Longer lines, and those with tabs, were copied from somewhere. */
    private static final int LONGEST_WORD = 20;

    /** Letters that nobody sees. */
    private static final Pattern FILLER = Pattern.compile("[\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}]");

    private static final Pattern ADDRESS =
            Pattern.compile("[\\s\\p{Z}]*https?://\\S+[\\s\\p{Z}]*|\\S*\\.sharepoint\\.\\S+");

    private final Invocation call;
    private final Progress progress;
    private final Pages pages;
    private final Consumer<Answer> answered;
    private final BufferedReader in;
    private final Set<ActionId> putOff = new HashSet<>();
    private @Nullable String by;
    private boolean left;

    /**
     * @param answered told of each answer that was accepted
     * @param by the person's name; null: ask once
     */
    TerminalPerson(Invocation call, Progress progress, Pages pages, Consumer<Answer> answered, @Nullable String by) {
        this.call = call;
        this.pages = pages;
        this.answered = answered;
        this.progress = progress;
        this.by = by == null || !isName(by) ? null : by; // what is no name is as good as none
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
        call.say(ActionText.of(call, action, pages));
        while (true) {
            call.say(ActionText.choices(call, action.form()));
            Optional<Answer> answer = heard(action);
            if (left || putOff.contains(action.id())) {
                return false;
            }
            if (answer.isPresent() && given(client, action, answer.get())) {
                return true;
            }
        }
    }

    /**
     * Hands an answer in.
     *
     * @return whether the action needs nothing more here
     */
    private boolean given(ActivationClient client, OperatorAction action, Answer answer) {
        if (answer instanceof Answer.NotYet) {
            putOff.add(action.id());
        }
        try {
            client.answer(action.activation(), action.id(), answer);
            answered.accept(answer);
            show(client, action, answer);
            return true;
        } catch (KaitsuException e) {
            call.say(Failures.form(call, e));
            return e.code() == ErrorCode.ACTION_GONE;
        }
    }

    /** Which parts of the console were found: what is missing is asked for again by name. */
    private void show(ActivationClient client, OperatorAction action, Answer answer) {
        if (action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT && answer instanceof Answer.Saw saw) {
            ConsoleReading reading = Reading.parse(client, action.activation(), saw.text());
            call.say(new Reading(reading, List.of()).lines(call));
        }
    }

    /** What the next line says; empty if it has to be asked again, or if the person left or put the action off. */
    private Optional<Answer> heard(OperatorAction action) {
        AnswerForm form = action.form();
        Optional<String> line = readLine();
        if (line.isEmpty() || line.get().isEmpty()) {
            return Optional.empty();
        }
        Optional<Said> said = AnswerWords.read(line.get(), form);
        if (said.isPresent()) {
            return answer(said.get(), action);
        }
        if (isAddress(line.get(), form)) {
            return name().map(by -> Answer.saw(by, line.get()));
        }
        if (form.kind() == AnswerForm.Kind.CONSOLE_TEXT && isCopied(line.get())) {
            return pasted(line.get() + "\n", action);
        }
        call.say(call.text("ask.again"));
        return Optional.empty();
    }

    private Optional<Answer> answer(Said said, OperatorAction action) {
        if (said.word().isEmpty()) {
            return name().map(by -> Answer.saw(by, said.choice()));
        }
        return switch (said.word().get()) {
            case DONE -> name().map(Answer::done);
            case SEE -> pasted("", action);
            case DECLINED -> name().map(Answer::declined);
            case NOT_YET -> name().map(Answer::notYet);
            case NOT_DONE -> blocked(said.rest());
            case LATER -> {
                putOff.add(action.id());
                yield Optional.empty();
            }
            case LEAVE -> {
                left = true;
                yield Optional.empty();
            }
            case YES, NO, BACK -> throw new IllegalStateException("never offered: " + said);
        };
    }

    /** Whoever answers with the address itself need not say first that it comes. */
    private static boolean isAddress(String line, AnswerForm form) {
        return form.kind() == AnswerForm.Kind.ADDRESS && ADDRESS.matcher(line).matches();
    }

    /** Whoever pastes without saying so first is understood; a slip of the keys is not taken for a page. */
    private static boolean isCopied(String line) {
        return line.indexOf('\t') >= 0
                || line.length() > LONGEST_WORD
                || ConsoleReading.parse(line, Set.of()).isRecognised();
    }

    /** The reason is asked for unless it was said at once; what else was said is kept with it. */
    private Optional<Answer> blocked(String rest) {
        Optional<BlockReason> reason = AnswerWords.reason(rest);
        String said = rest;
        while (reason.isEmpty()) {
            call.say(call.text("ask.reasons", AnswerWords.reasons(call.locale())));
            call.say(call.text("ask.reason", AnswerWord.BACK.offer(call.messages()), leaveWord()));
            Optional<String> line = readLine();
            Optional<AnswerWord> word = line.flatMap(AnswerWords::word);
            left = left || word.equals(Optional.of(AnswerWord.LEAVE));
            if (left || word.equals(Optional.of(AnswerWord.BACK))) {
                return Optional.empty();
            }
            reason = line.flatMap(AnswerWords::reason);
        }
        BlockReason why = reason.get();
        boolean isCode = AnswerWords.isNothingBut(said, why);
        return name().map(by -> new Answer.Blocked(by, why, isCode ? "" : said));
    }

    /** Asked until there is one, then never again; empty if the person left instead. */
    private Optional<String> name() {
        String prompt = "ask.by";
        while (by == null && !left) {
            call.say(call.text(prompt, leaveWord()));
            Optional<String> line = readLine();
            if (line.isEmpty() || line.flatMap(AnswerWords::word).equals(Optional.of(AnswerWord.LEAVE))) {
                left = true;
            } else if (isName(line.get())) {
                by = AnswerWords.clean(line.get());
            } else {
                prompt = line.get().length() > LONGEST_NAME ? "ask.by-long" : "ask.by-empty";
            }
        }
        return left ? Optional.empty() : Optional.ofNullable(by);
    }

    private static boolean isName(String text) {
        String name = AnswerWords.clean(text);
        return name.length() <= LONGEST_NAME
                && FILLER.matcher(name).replaceAll("").codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private String leaveWord() {
        return AnswerWord.LEAVE.words(call.messages()).get(0);
    }

    /** @param begun what was pasted before this was asked */
    private Optional<Answer> pasted(String begun, OperatorAction action) {
        call.say(call.text(begun.isEmpty() ? "ask.paste" : "ask.paste-on"));
        StringBuilder text = new StringBuilder(begun);
        for (Optional<String> line = rawLine();
                line.isPresent() && !END_OF_TEXT.matcher(line.get()).matches();
                line = rawLine()) {
            text.append(line.get()).append('\n');
        }
        left = left && text.toString().isBlank();
        AnswerForm.Kind kind = action.form().kind();
        if (left || kind == AnswerForm.Kind.CONSOLE_TEXT || kind == AnswerForm.Kind.ADDRESS) {
            return name().map(by -> Answer.saw(by, text.toString()));
        }
        Optional<Said> said = AnswerWords.read(text.toString(), action.form())
                .filter(s -> !s.word().equals(Optional.of(AnswerWord.SEE)));
        if (said.isEmpty()) {
            call.say(call.text("ask.again"));
        }
        return said.flatMap(s -> answer(s, action));
    }

    private Optional<String> readLine() {
        return rawLine().map(String::strip);
    }

    /** Empty at the end of the input, which is how a person leaves too. */
    private Optional<String> rawLine() {
        try {
            Optional<String> line = Optional.ofNullable(in.readLine());
            left = left || line.isEmpty();
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
