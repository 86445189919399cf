package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.internal.engine.ConsoleKnowledge.Read;
import io.github.kaitsu.internal.engine.Proof.Verdict;
import io.github.kaitsu.operator.Operator.Attention;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** When and for what the console is read for the link of one service; who reads it, and how it is asked, is {@link ConsoleAsks}'. */
final class LinkReadings {
    /** What a proof needs. */
    static final Set<Part> PROVING = Collections.unmodifiableSet(EnumSet.of(Part.ACCOUNTS, Part.SUCCESS, Part.PENDING));

    private static final Duration DAY = Duration.ofDays(1);

    private final DecisionBuilder turn;
    private final CloudService service;
    private final ServiceState link;
    private final ConsoleKnowledge console;

    LinkReadings(DecisionBuilder turn, CloudService service) {
        this.turn = turn;
        this.service = service;
        this.link = turn.state.service(service);
        this.console = turn.state.console();
    }

    /** The parts of these that no reading since a journal entry has. */
    Set<Part> missing(Set<Part> wanted, long since) {
        Set<Part> missing = EnumSet.copyOf(wanted);
        missing.removeIf(p -> (p == Part.SUCCESS && since == 0)
                ? console.baseline(Long.MAX_VALUE).isPresent()
                : console.newest(p, since).isPresent());
        return missing;
    }

    /** The parts of these that were not read when something of this length was over that began with the link. */
    Set<Part> missingAfter(Set<Part> wanted, Duration length) {
        Set<Part> missing = EnumSet.copyOf(wanted);
        missing.removeIf(p -> console.newest(p, link.linkedNumber)
                .filter(r -> console.isReadAfter(r, link.linkedNumber, length))
                .isPresent());
        return missing;
    }

    /** The newest reading of a part since an entry, if by then the console had had the time to show what was granted. */
    Optional<Read> settled(Part part, long since, StepState grant) {
        return console.newest(part, since).filter(r -> console.isSettled(r, grant.answerNumber, turn.policy.settle()));
    }

    /** What the proof lacks though it was asked for and an answer came: the rest is asked for at its time. */
    Set<Part> stillMissing(Verdict.NotYet notYet) {
        StepState reading = turn.state.step(CoreSteps.READ);
        Set<Part> missing = EnumSet.noneOf(Part.class);
        if (reading.ask != null && reading.askNumber > link.linkedNumber) {
            notYet.missing().stream().filter(reading.ask.parts()::contains).forEach(missing::add);
        }
        return missing;
    }

    void read(Collection<Part> parts) {
        read(parts, false);
    }

    void read(Collection<Part> parts, boolean isStuck) {
        Optional<FailureReason> refusal = turn.console.refusal();
        if (refusal.isPresent()) {
            LinkSlot.releaseIfNothingIsLeft(turn, service, Statement.of("nothing-pending"));
            turn.fail(service, refusal.get(), CoreSteps.READ, Statement.of("not-read"));
        } else {
            turn.console.need(service, parts, isStuck);
        }
    }

    void readAt(Instant time, boolean isStuck) {
        boolean isAsked = turn.state.step(CoreSteps.READ).open != null;
        if (isAsked || !turn.now().isBefore(time)) {
            read(PROVING, isStuck);
        } else {
            turn.waitUntil(time);
        }
    }

    /** When the console is read again for what is linked, and no later than it counts as stalled; after a gap at once. */
    Instant next(Optional<Read> last) {
        Instant linked = console.time().of(link.linkedNumber);
        Instant stall = console.time().end(link.linkedNumber, turn.policy.stallAfter());
        Instant read = last.map(Read::at).orElse(linked);
        return Stream.of(linked, stall.minus(turn.policy.stallAfter()))
                .map(since -> next(since, expected(), read))
                .reduce(stall, (one, other) -> other.isBefore(one) ? other : one);
    }

    /**
     * A machine reads often; a person is asked at the expected time, at 1.5 times, at twice, and then whenever the time waited has
     * doubled, at least once a day.
     */
    Instant next(Instant since, Duration expected, Instant last) {
        if (turn.in.attention(CoreSteps.READ) == Attention.MACHINE) {
            return last.plus(Watch.spacing(turn.policy, Duration.between(since, last)));
        }
        Instant asking = since.plus(expected);
        while (!asking.isAfter(last)) {
            Duration waited = Duration.between(since, asking);
            boolean isEarly = waited.compareTo(expected.multipliedBy(2)) < 0;
            Duration distance = isEarly ? expected.dividedBy(2) : waited;
            asking = asking.plus(distance.compareTo(DAY) > 0 ? DAY : distance);
        }
        return asking;
    }

    Duration expected() {
        return Expected.of(turn.state, service, turn.policy).time();
    }

    String lines() {
        return console.lines(service, turn.state.request().customer().organisation());
    }
}
