package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Evidence.Source;
import io.github.kaitsu.Statement;
import io.github.kaitsu.internal.engine.ConsoleKnowledge.Read;
import io.github.kaitsu.internal.engine.Proof.Verdict;
import io.github.kaitsu.journal.Event;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is concluded of a link from readings of the console, and in whose name. */
final class LinkEvidence {
    private final DecisionBuilder turn;
    private final CloudService service;

    LinkEvidence(DecisionBuilder turn, CloudService service) {
        this.turn = turn;
        this.service = service;
    }

    /** What proves here proves nothing in another console (COMMON-12). */
    void claimText(Verdict.Proved proved) {
        boolean isAnothers =
                proved.all().stream().anyMatch(r -> turn.in.foreign().test(r.reading()));
        if (!proved.fingerprint().isEmpty() && !isAnothers) {
            turn.emit(new Event.TextClaimed(proved.fingerprint()));
        }
    }

    void attest(String step, Statement seen, Read read) {
        attest(step, seen, List.of(read));
    }

    /**
     * Seen only where a machine read all of it and nobody had to vouch for anything; else in the name of everybody on whose word
     * it rests (COMMON-20).
     *
     * @param reads the one that says so first
     */
    void attest(String step, Statement seen, List<Read> reads) {
        Set<String> vouching = turn.state.console().vouching(reads);
        reads.forEach(r -> vouching(r).ifPresent(vouching::add));
        boolean isSeen = vouching.isEmpty() && reads.stream().allMatch(Read::byMachine);
        Set<String> names = new LinkedHashSet<>(vouching);
        reads.stream().filter(r -> isSeen || !r.byMachine()).map(Read::by).forEach(names::add);
        String name = String.join(", ", names);
        turn.conclude(
                CoreSteps.id(service, step),
                isSeen ? Level.VERIFIED : Level.ATTESTED,
                vouching.isEmpty() ? Source.console(name) : Source.person(name),
                seen,
                Optional.of(reads.get(0).number()));
    }

    private Optional<String> vouching(Read read) {
        if (turn.in.foreign().test(read.reading())) {
            return turn.state.ownTextConfirmedBy(service, read);
        }
        boolean isKnown = read.reading()
                .wizard()
                .filter(w -> !w.succeeded() && w.sentence().isPresent())
                .isEmpty();
        return isKnown ? Optional.empty() : turn.state.sentenceConfirmedBy(service);
    }
}
