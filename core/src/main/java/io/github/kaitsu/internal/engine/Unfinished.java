package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.GRANT;
import static io.github.kaitsu.internal.engine.CoreSteps.UNFINISHED;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Evidence.Source;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading.Listing;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.Wizard;
import io.github.kaitsu.internal.engine.ConsoleKnowledge.Read;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.text.PastedText;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether the window of a grant still shows アプリID with 完了 (COMMON-9, M365-4).
 *
 * <p>A reading tells: in the manuals' console the service's row, in today's the window itself. Where it does not, somebody is asked.
 * Where nobody can tell either, what may be asked for is asked for: nothing is left out for a reason that is not known to be true.
 */
final class Unfinished {
    private static final String ROW = "unfinished-row";
    private static final String WINDOW = "unfinished-window";
    private static final String YES = "answered-yes";

    private static final Pattern APP_ID =
            Pattern.compile("(?i)(?:アプリ|app|application)id|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** One line, with the id perhaps in the next. */
    private static final Pattern TYPED = Pattern.compile("[^\\n]{1,80}(?:\\n\\s*[0-9A-Fa-f-]{36})?");

    private final DecisionBuilder turn;
    private final CloudService service;
    private final ServiceState link;
    private final StepState grant;
    private final StepId id;

    Unfinished(DecisionBuilder turn, CloudService service) {
        this.turn = turn;
        this.service = service;
        this.link = turn.state.service(service);
        this.grant = turn.state.step(CoreSteps.id(service, GRANT));
        this.id = CoreSteps.id(service, UNFINISHED);
    }

    /** What the evidence of the step says. */
    static boolean isSo(Statement seen) {
        return Set.of(ROW, WINDOW, YES).contains(seen.code());
    }

    /** The newest reading of a service's window since its grant that shows アプリID with 完了, or is the app id alone, typed. */
    static Optional<Read> wizard(ConsoleKnowledge console, ServiceState link) {
        return link.lastGrant == 0
                ? Optional.empty()
                : console.newest(Part.WIZARD, link.lastGrant)
                        .filter(r -> r.reading().wizard().isPresent())
                        .filter(r -> asks(r) || isTypedAlone(r));
    }

    private static boolean asks(Read read) {
        return is(read, Wizard::asksForPermission);
    }

    private static boolean is(Read read, Predicate<Wizard> what) {
        return read.reading().wizard().filter(what).isPresent();
    }

    /** Beside other lines an app id may be that of another service's row. */
    private static boolean isTypedAlone(Read read) {
        return read.reading().isShort(Part.WIZARD)
                && TYPED.matcher(read.text().strip()).matches();
    }

    /** The parts of the console that must be read since the grant before anything can be said. */
    Set<Part> missing() {
        boolean isAfterwards = turn.plan.of(service).finish().isPresent();
        boolean byWindow = turn.plan.of(service).unfinished().isPresent() && isToday();
        boolean isRead =
                turn.state.console().newest(Part.ACCOUNTS, grant.answerNumber).isPresent();
        return isAfterwards && !byWindow && !isRead ? EnumSet.of(Part.ACCOUNTS) : EnumSet.noneOf(Part.class);
    }

    private boolean isToday() {
        return turn.state.edition() == Edition.CONSOLE_2024_07;
    }

    /** Moves on as far as it goes now. @return whether it is known, or known that nobody can tell */
    boolean isSettled() {
        if (turn.plan.of(service).unfinished().isEmpty()) {
            return true;
        }
        StepState state = turn.state.step(id);
        if (state.isClosed()) {
            return isAppIdSought();
        } else if (!isTold()) {
            ask(state);
        }
        return false;
    }

    // ---- by a reading

    private boolean isTold() {
        ConsoleKnowledge console = turn.state.console();
        Optional<Read> window = console.newest(Part.WIZARD, link.lastGrant);
        if (window.filter(Unfinished::asks).isPresent()) {
            conclude(window.get(), WINDOW);
            return true;
        }
        // the data are synchronised, so nothing is waited for
        if (isToday()
                && window.filter(r -> is(r, w -> w.succeeded() && w.appId().isEmpty()))
                        .isPresent()) {
            conclude(window.get(), "finished-window");
            return true;
        }
        Optional<Read> row = isToday()
                ? Optional.empty()
                : console.newest(Part.ACCOUNTS, grant.answerNumber)
                        .filter(r -> r.reading().listed(service) == Listing.LISTED)
                        .filter(r -> r.reading().isAppIdKnown(service));
        if (row.filter(r -> r.reading().appId(service).isPresent()).isPresent()) {
            conclude(row.get(), ROW);
            return true;
        }
        Optional<Read> finished = row.filter(r -> !hasStrayAppId(r));
        finished.ifPresent(r -> conclude(r, "finished-row"));
        return finished.isPresent();
    }

    /** Outside the rows, and perhaps called furniture: it may be the service's own. */
    private static boolean hasStrayAppId(Read read) {
        Set<String> rows =
                read.reading().rows().stream().map(r -> PastedText.key(r.raw())).collect(Collectors.toSet());
        return read.text()
                .lines()
                .map(PastedText::key)
                .anyMatch(line -> !rows.contains(line) && APP_ID.matcher(line).find());
    }

    private void conclude(Read read, String seen) {
        turn.conclude(
                id,
                read.byMachine() ? Level.VERIFIED : Level.ATTESTED,
                Source.console(read.by()),
                Statement.of(seen),
                Optional.of(read.number()));
    }

    // ---- by a person

    private void ask(StepState state) {
        Answer answer = state.open == null ? state.answer : null;
        if (answer == null || answer instanceof Answer.HandedBack) {
            turn.ask(id);
        } else if (answer instanceof Answer.Declined) {
            turn.emit(new Event.Skipped(id, SkipReason.DECLINED));
        } else if (answer instanceof Answer.Blocked blocked) {
            boolean isNot = blocked.reason() == BlockReason.NOT_ASKED_FOR;
            turn.emit(new Event.Skipped(id, isNot ? SkipReason.NOT_ASKED_FOR : SkipReason.BLOCKED));
        } else {
            turn.conclude(
                    id,
                    state.readByMachine ? Level.VERIFIED : Level.ATTESTED,
                    state.readByMachine ? Source.machine(answer.by()) : Source.person(answer.by()),
                    Statement.of(StepDecider.isYes(answer) ? YES : "answered-no"),
                    Optional.of(state.answerNumber));
        }
    }

    // ---- the app id, which is copied and compared with SharePoint Online's (M365-6)

    /** Today's window is read for it once; who cannot read it finds it where the action says. */
    private boolean isAppIdSought() {
        boolean isKnown =
                turn.state.facts().appId(service).filter(i -> !i.isBlank()).isPresent();
        boolean isWanted = isToday() && turn.state.facts().isUnfinished(service).orElse(false);
        if (isKnown || !isWanted || wizard(turn.state.console(), link).isPresent()) {
            return true;
        }
        StepState reading = turn.state.step(CoreSteps.READ);
        boolean isAnswered = reading.open == null
                && !(reading.answer instanceof Answer.HandedBack)
                && reading.ask != null
                && reading.ask.parts().contains(Part.WIZARD)
                && reading.askNumber > link.lastGrant;
        if (isAnswered || turn.console.refusal().isPresent()) {
            return true;
        }
        turn.console.need(service, Set.of(Part.WIZARD), false);
        return false;
    }
}
