package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Journal;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerAdmission;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Takes in what comes from outside while a run goes on: answers, pages of the console, corrections, the wish to stop. Thread-safe. */
public final class Intake {
    private final Journals journals;
    private final Provisioners provisioners;
    private final AnswerAdmission admission;
    private final Consumer<ActivationId> changed;
    private final Answers answers;

    /** @param changed told of every run whose journal grew */
    public Intake(
            Journals journals, Provisioners provisioners, AnswerAdmission admission, Consumer<ActivationId> changed) {
        this.journals = journals;
        this.provisioners = provisioners;
        this.admission = admission;
        this.changed = changed;
        this.answers = new Answers(journals);
    }

    /**
     * Answers an action.
     *
     * @param readByMachine whether a machine of this client has read it, so that nobody has to admit it and it verifies
     * @throws KaitsuException ACTION_GONE, ACTION_NOT_FOUND, ANSWER_FORM, ANSWER_NOT_ADMITTED
     */
    public void answer(ActivationId id, ActionId action, Answer answer, boolean readByMachine) {
        Answers.checkLength(answer);
        while (true) {
            Journal journal = journals.load(id);
            RunState state = journals.fold(journal);
            Optional<OperatorAction> open = open(state, a -> a.id().equals(action));
            if (open.isPresent()) {
                if (!readByMachine && !admission.admits(open.get(), answer.by())) {
                    throw KaitsuException.of(ErrorCode.ANSWER_NOT_ADMITTED, "", answer.by(), action);
                }
                Answer fitting = answers.fitting(open.get(), answer);
                if (appended(state, new Event.Answered(action, open.get().step(), fitting, readByMachine))) {
                    return;
                }
            } else if (answeredAlready(journal, action, answer)) {
                return;
            } else {
                checkOffered(journal, action);
                Event late = late(action, answer, readByMachine);
                if (appended(state, late)) {
                    if (late instanceof Event.LateAnswer) {
                        takeBackElsewhere(id, answer.by());
                        if (!Answers.isRefusal(answer)) {
                            throw KaitsuException.of(ErrorCode.ACTION_GONE, "", action);
                        }
                    }
                    return;
                }
            }
        }
    }

    private Optional<OperatorAction> open(RunState state, Predicate<OperatorAction> which) {
        return Actions.open(state, StepPlan.of(state, provisioners)).stream()
                .filter(which)
                .findFirst();
    }

    /** Pages of the console tell something whenever they come, also where other parts are asked for by now. */
    private Event late(ActionId action, Answer answer, boolean readByMachine) {
        if (answer instanceof Answer.Saw saw && isReading(action)) {
            answers.checkConsole(saw);
            return new Event.HandedIn(saw, readByMachine, Optional.of(action));
        }
        return new Event.LateAnswer(action, answer);
    }

    private static boolean isReading(ActionId action) {
        return action.step().equals(CoreSteps.READ);
    }

    private static boolean answeredAlready(Journal journal, ActionId action, Answer answer) {
        return journal.entries().stream()
                .anyMatch(e -> e.event() instanceof Event.Answered a
                        && a.action().equals(action)
                        && isSame(a.answer(), answer));
    }

    private static boolean isSame(Answer one, Answer other) {
        if (one instanceof Answer.Saw a && other instanceof Answer.Saw b) {
            return a.by().equals(b.by())
                    && a.text().strip().equalsIgnoreCase(b.text().strip());
        }
        return one.equals(other);
    }

    private static void checkOffered(Journal journal, ActionId action) {
        boolean offered = journal.entries().stream()
                .anyMatch(
                        e -> e.event() instanceof Event.Offered o && o.action().equals(action));
        if (!offered) {
            throw KaitsuException.of(ErrorCode.ACTION_NOT_FOUND, "", action);
        }
    }

    /**
     * Takes in pages of the console; if they are asked for, as the answer.
     *
     * @throws KaitsuException ANSWER_FORM, ANSWER_NOT_ADMITTED
     */
    public void handIn(ActivationId id, Answer.Saw pages) {
        answers.checkConsole(pages);
        while (true) {
            RunState state = journals.state(id);
            Optional<OperatorAction> asked = open(state, a -> a.form().kind() == AnswerForm.Kind.CONSOLE_TEXT);
            if (asked.isPresent()) {
                answer(id, asked.get().id(), pages, false);
                return;
            }
            if (appended(state, new Event.HandedIn(pages, false, Optional.empty()))) {
                return;
            }
        }
    }

    /** Takes back what was answered to an action, in time or late. @throws KaitsuException ACTION_NOT_FOUND if nobody has */
    public void correct(ActivationId id, ActionId action, String by) {
        takeBack(id, by, action.value(), e -> isAnswer(e, action));
    }

    private static boolean isAnswer(Event event, ActionId action) {
        if (event instanceof Event.HandedIn pages) {
            return pages.action().equals(Optional.of(action));
        }
        return (event instanceof Event.Answered answered && answered.action().equals(action))
                || (event instanceof Event.LateAnswer late
                        && late.action().equals(action)
                        && Answers.isRefusal(late.answer()));
    }

    /** Takes back the newest reading of the console. @throws KaitsuException ACTION_NOT_FOUND if there is none */
    public void correctReading(ActivationId id, String by) {
        takeBack(
                id,
                by,
                "console",
                e -> e instanceof Event.HandedIn
                        || (e instanceof Event.Answered a
                                && a.answer() instanceof Answer.Saw
                                && isReading(a.action())));
    }

    /** Of several words on the same the newest of his own, else the newest. */
    private void takeBack(ActivationId id, String by, String what, Predicate<Event> answer) {
        String who = Answer.done(by).by();
        while (true) {
            Journal journal = journals.load(id);
            List<JournalEntry> words = journal.entries().stream()
                    .filter(e -> answer.test(e.event()))
                    .toList();
            long entry = words.stream()
                    .filter(e -> by(e.event()).equals(who))
                    .reduce((older, newer) -> newer)
                    .or(() -> words.stream().reduce((older, newer) -> newer))
                    .map(JournalEntry::number)
                    .orElseThrow(() -> KaitsuException.of(ErrorCode.ACTION_NOT_FOUND, "", what));
            boolean isTakenBack = journal.entries().stream()
                    .anyMatch(e -> e.event() instanceof Event.Corrected c && c.entry() == entry);
            if (isTakenBack || appended(journals.fold(journal), new Event.Corrected(entry, who))) {
                takeBackElsewhere(id, who);
                return;
            }
        }
    }

    private static String by(Event answer) {
        return answer instanceof Event.Answered answered
                ? answered.answer().by()
                : answer instanceof Event.LateAnswer late
                        ? late.answer().by()
                        : ((Event.HandedIn) answer).reading().by();
    }

    /** What a run was told of the console's pages and does not believe any more, the runs that inherited it must not either. */
    private void takeBackElsewhere(ActivationId id, String by) {
        Journal journal = journals.load(id);
        boolean wasTold = journal.entries().stream()
                .anyMatch(e -> e.event() instanceof Event.FurnitureKnown known
                        && known.inherited().isEmpty());
        if (!wasTold) {
            return;
        }
        RunState from = journals.fold(journal);
        for (RunState heir : journals.of(from.request().customer().console())) {
            RunState now = heir;
            List<Long> vain = now.inheritedInVain(from);
            while (!vain.isEmpty()) {
                appended(now, new Event.Corrected(vain.get(0), by));
                now = journals.state(now.id());
                vain = now.inheritedInVain(from);
            }
        }
    }

    /** Asks for the end of a run that has not ended. */
    public void cancel(ActivationId id, String by) {
        while (true) {
            RunState state = journals.state(id);
            if (state.isEnded() || state.isCancelled() || appended(state, new Event.CancelRequested(by))) {
                return;
            }
        }
    }

    private boolean appended(RunState state, Event event) {
        boolean isWritten = journals.append(state, Optional.empty(), List.of(event));
        if (isWritten) {
            changed.accept(state.id());
        }
        return isWritten;
    }
}
