package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What happened in a run, in words: of the journal what a person would tell. Thread-safe. */
@Component
class Timeline {
    private static final String READING = "console.read";

    private final Say say;

    Timeline(Say say) {
        this.say = say;
    }

    /** Something that happened. */
    record Moment(Instant at, String text) {}

    /** Newest first. */
    List<Moment> of(ActivationView view, List<JournalEntry> journal, Locale locale) {
        Map<StepId, String> titles = new HashMap<>();
        Stream.concat(view.steps().stream(), view.services().stream().flatMap(s -> s.steps().stream()))
                .forEach((StepView s) -> titles.put(s.step(), s.title().in(locale)));
        view.openActions().forEach(a -> titles.putIfAbsent(a.step(), a.title(locale)));
        List<Moment> moments = new ArrayList<>();
        for (JournalEntry entry : journal) {
            text(entry.event(), titles, locale).ifPresent(text -> moments.add(0, new Moment(entry.time(), text)));
        }
        return moments;
    }

    private Optional<String> text(Event event, Map<StepId, String> titles, Locale locale) {
        if (event instanceof Event.Begun begun) {
            return Optional.of(say.get(
                    locale,
                    begun.request() instanceof io.github.kaitsu.RemovalRequest ? "event.removal" : "event.begun"));
        } else if (event instanceof Event.Answered answered && answered.answer() instanceof Answer.Saw saw) {
            return Optional.of(say.get(locale, "event.saw", saw.by(), title(titles, answered.step(), locale)));
        } else if (event instanceof Event.Answered answered) {
            return Optional.of(say.get(
                    locale,
                    "event.answered",
                    answered.answer().by(),
                    title(titles, answered.step(), locale),
                    answer(answered.answer(), locale)));
        } else if (event instanceof Event.Overdue overdue) {
            return Optional.of(say.get(locale, "event.overdue", title(titles, overdue.step(), locale)));
        } else if (event instanceof Event.Linked linked) {
            return Optional.of(say.get(locale, "event.linked", linked.service().label(locale)));
        } else if (event instanceof Event.Adopted adopted) {
            return Optional.of(
                    say.get(locale, "event.adopted", adopted.service().label(locale)));
        } else if (event instanceof Event.Stalled stalled) {
            return Optional.of(
                    say.get(locale, "event.stalled", stalled.service().label(locale)));
        } else if (event instanceof Event.ServiceEnded ended) {
            return Optional.of(say.get(
                    locale,
                    "event.service",
                    ended.service().label(locale),
                    say.get(locale, "status." + ended.status())));
        } else if (event instanceof Event.CancelRequested cancelled) {
            return Optional.of(say.get(locale, "event.cancelled", cancelled.by()));
        }
        return event instanceof Event.Ended ? Optional.of(say.get(locale, "event.ended")) : Optional.empty();
    }

    /** A reading of the console belongs to no step of a service. */
    private String title(Map<StepId, String> titles, StepId step, Locale locale) {
        return Optional.ofNullable(titles.get(step))
                .orElseGet(() -> step.value().startsWith(READING) ? say.get(locale, "event.reading") : step.value());
    }

    private String answer(Answer answer, Locale locale) {
        if (answer instanceof Answer.Blocked blocked) {
            return AnswerForm.label("blocked", locale)
                    + say.get(locale, "colon")
                    + blocked.reason().label(locale);
        } else if (answer instanceof Answer.NotYet) {
            return AnswerForm.label("not-yet", locale);
        } else if (answer instanceof Answer.Declined) {
            return AnswerForm.label("declined", locale);
        } else if (answer instanceof Answer.HandedBack) {
            return say.get(locale, "event.handed-back");
        }
        return AnswerForm.label("done", locale);
    }
}
