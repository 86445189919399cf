package io.github.kaitsu.invite;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.invite.internal.Fields;
import io.github.kaitsu.invite.internal.Reading;
import io.github.kaitsu.invite.internal.Visit;
import io.github.kaitsu.invite.internal.Words;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the forms of an open action say, and what becomes of it. */
final class Answering {
    private static final int LONGEST_WORDS = 1_000;
    /** The address in the opening mail by which a password is set. */
    private static final Pattern SECRET = Pattern.compile("(?i)forgetpwd\\.|[?&](?:T|v)=[A-Za-z0-9%+/_-]{8}");

    private Answering() {}

    /** What became of it. */
    sealed interface Outcome {}

    /** The client has it. */
    record Taken(Answer answer) implements Outcome {}

    /** The action was closed meanwhile. */
    record Gone() implements Outcome {}

    /** Why it was not taken, and what it said, so that nobody writes it again. */
    record Refused(String problem, Fields filled, Map<Part, PartState> states) implements Outcome {}

    /** Gives the client what a form says; the name is the visit's, whatever was sent. */
    static Outcome answer(ActivationClient client, Visit visit, OperatorAction action, Fields fields) {
        Words words = visit.words();
        boolean isReading = action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT;
        String text = isReading
                ? Reading.filledIn(action.form(), fields)
                : fields.one("text").strip();
        if (SECRET.matcher(text + fields.one("words")).find()) {
            return new Refused(words.get("secret"), Fields.parse(""), Map.of());
        }
        Optional<Answer> answer = said(visit.invited(), fields, text);
        if (answer.isEmpty()) {
            return new Refused(words.get(isReading ? "read.nothing" : "empty"), fields, Map.of());
        }
        if (answer.get() instanceof Answer.Saw && isReading) {
            Map<Part, PartState> states = Reading.states(action.form(), text);
            boolean isWhole = states.values().stream().allMatch(s -> s == PartState.COMPLETE);
            if (!isWhole && !fields.has("anyway")) {
                return new Refused(words.get("read.lacks"), fields, states);
            }
        }
        try {
            client.answer(visit.run().id(), action.id(), answer.get());
        } catch (KaitsuException e) {
            return switch (e.code()) {
                case ACTION_GONE, ACTION_NOT_FOUND -> new Gone();
                case ANSWER_FORM, ANSWER_NOT_ADMITTED, INVALID_CONSOLE_TEXT ->
                    new Refused(e.message(words.locale()) + " " + e.nextStep(words.locale()), fields, Map.of());
                default -> throw e;
            };
        }
        return new Taken(answer.get());
    }

    /** Empty if the form says nothing. */
    static Optional<Answer> said(String by, Fields fields, String text) {
        return switch (fields.one("answer")) {
            case "done" -> Optional.of(Answer.done(by));
            case "not-yet" -> Optional.of(Answer.notYet(by));
            case "declined" -> Optional.of(Answer.declined(by));
            case "blocked" ->
                BlockReason.parse(fields.one("reason"))
                        .map(reason -> new Answer.Blocked(by, reason, shortened(fields.one("words"))));
            case "saw" -> text.isEmpty() ? Optional.empty() : Optional.of(Answer.saw(by, text));
            default -> Optional.empty();
        };
    }

    private static String shortened(String text) {
        return text.strip()
                .codePoints()
                .limit(LONGEST_WORDS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** What of a reading can be read so far, for the script: {@code {"PENDING":"MISSING"}}. Changes nothing. */
    static String check(OperatorAction action, Fields fields) {
        return action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT
                ? Reading.json(Reading.states(action.form(), Reading.filledIn(action.form(), fields)))
                : "{}";
    }
}
