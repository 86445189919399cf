package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.StepId;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.Event.RoundReason;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The link rounds that came to nothing (COMMON-10, COMMON-14): nobody is asked to do the same again without being told why. */
final class Rounds {
    private static final Set<RoundReason> FAILED = Set.of(RoundReason.LINK_FAILED, RoundReason.STALLED);

    private static final String GRANT = "grant";

    private final Invocation call;
    private final Map<CloudService, Integer> told = new EnumMap<>(CloudService.class);

    Rounds(Invocation call) {
        this.call = call;
    }

    /** One round that came to nothing, and that the next one begins. */
    private record Failed(CloudService service, int next, String why) {}

    /**
     * What is to be told of those since the last call.
     *
     * @param journal the run's; asked only where a round has begun
     */
    List<String> news(ActivationView view, Supplier<List<JournalEntry>> journal) {
        boolean isNews = false;
        for (ServiceView service : view.services()) {
            Integer before = told.get(service.service());
            isNews |= before != null && before < service.linkRound();
        }
        List<String> news = new ArrayList<>();
        if (isNews) {
            failed(journal.get()).stream()
                    .filter(f -> f.next() > told.getOrDefault(f.service(), 0))
                    .forEach(f -> news.add(call.text(
                            "progress.round", f.service().label(call.locale()), f.next() - 1, f.why(), f.next())));
        }
        view.services().forEach(s -> told.put(s.service(), s.linkRound()));
        return news;
    }

    /** All of one service. */
    List<String> of(CloudService service, List<JournalEntry> journal) {
        return failed(journal).stream()
                .filter(f -> f.service() == service)
                .map(f -> call.text("summary.round", f.next() - 1, f.why()))
                .toList();
    }

    private List<Failed> failed(List<JournalEntry> journal) {
        List<Failed> rounds = new ArrayList<>();
        Map<StepId, String> said = new HashMap<>();
        for (JournalEntry entry : journal) {
            if (entry.event() instanceof Event.Answered answered
                    && answered.answer() instanceof Answer.Blocked blocked) {
                said.put(answered.step(), blocked.reason().label(call.locale()));
            } else if (entry.event() instanceof Event.RoundStarted round) {
                Optional<String> why = Optional.ofNullable(said.remove(StepId.of(round.service(), GRANT)));
                if (FAILED.contains(round.reason())) {
                    String otherwise = call.text("round." + round.reason());
                    rounds.add(new Failed(round.service(), round.round(), why.orElse(otherwise)));
                }
            }
        }
        return rounds;
    }
}
