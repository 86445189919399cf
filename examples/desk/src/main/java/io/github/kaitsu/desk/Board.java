package io.github.kaitsu.desk;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.desk.Customers.Drift;
import io.github.kaitsu.desk.Customers.Known;
import io.github.kaitsu.desk.Line.Whose;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.Turn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All customers as the team sees them: whose turn it is first. Thread-safe. */
@Component
public class Board {
    /** A mail that ends so soon is shown before others. */
    static final Duration SOON = Duration.ofDays(2);

    private static final Set<ActivationStatus> DONE = EnumSet.of(ActivationStatus.PROTECTED, ActivationStatus.REMOVED);

    private final ActivationClient client;
    private final Invited invited;
    private final Customers customers;
    private final Clock clock;
    private final Say say;
    /** What is read of a journal is read once for each length that it has. */
    private final Map<ActivationId, Read> read = new ConcurrentHashMap<>();

    Board(ActivationClient client, Invited invited, Customers customers, Clock clock, Say say) {
        this.client = client;
        this.invited = invited;
        this.customers = customers;
        this.clock = clock;
        this.say = say;
    }

    private record Read(long size, ActivationView view) {}

    /** Everybody, in the order in which a clerk goes through them: ours, stalled, deadlines, the others, the ended. */
    public List<Line> lines(Locale locale) {
        Map<String, Known> known = customers.all();
        Map<String, Drift> drifts = customers.drifts();
        List<Line> lines = new ArrayList<>();
        Fleet.of(client)
                .forEach(
                        RunQuery.all(),
                        head -> lines.add(line(
                                head,
                                known.getOrDefault(head.id().value(), Known.NOTHING),
                                Optional.ofNullable(drifts.get(head.id().value())),
                                locale)));
        lines.sort(order());
        return lines;
    }

    private Comparator<Line> order() {
        Instant soon = clock.instant().plus(SOON);
        return Comparator.comparingInt((Line l) -> rank(l, soon))
                .thenComparing(Line::since)
                .thenComparing(Line::account);
    }

    private static int rank(Line line, Instant soon) {
        if (line.isEnded()) {
            return line.isLost() ? 2 : 6;
        } else if (line.whose() == Whose.OURS) {
            return 0;
        } else if (line.isStalled()) {
            return 1;
        } else if (line.mailExpires().filter(soon::isAfter).isPresent() && line.done() == 0) {
            return 3;
        }
        return line.whose() == Whose.CUSTOMER ? 4 : 5;
    }

    /** What is known of a run; empty if there is none. */
    public Optional<ActivationView> view(ActivationId id) {
        return client.find(id).map(Activation::view);
    }

    private ActivationView view(RunHead head) {
        return read.compute(
                        head.id(),
                        (id, before) -> before != null && before.size() == head.size()
                                ? before
                                : new Read(
                                        head.size(),
                                        client.find(id).orElseThrow().view()))
                .view();
    }

    private Line line(RunHead head, Known known, Optional<Drift> drift, Locale locale) {
        ActivationView view = view(head);
        Whose whose = whose(head, view);
        return new Line(
                head.id(),
                head.reference().orElse(head.id().value()),
                head.company().orElse(head.customer().account()),
                head.customer().account(),
                head.customer().site().name(),
                (int) head.services().values().stream().filter(DONE::contains).count(),
                head.services().size(),
                state(head, view, locale),
                whose,
                turn(whose, view, locale),
                head.waitingSince(),
                head.isEnded() ? Optional.empty() : view.wakeAt().filter(clock.instant()::isBefore),
                known.mailExpires(),
                drift.map(Drift::checked),
                drift.flatMap(Drift::lostSince).isPresent(),
                head.services().containsValue(ActivationStatus.STALLED),
                head.isRemoval(),
                head.isEnded());
    }

    private Whose whose(RunHead head, ActivationView view) {
        return switch (head.turn()) {
            case PERSON -> ours(view).isEmpty() ? Whose.CUSTOMER : Whose.OURS;
            case VENDOR -> Whose.VENDOR;
            case KAITSU -> Whose.KAITSU;
            case NOBODY -> Whose.NOBODY;
        };
    }

    /** What the team has to see to: actions of roles for which nobody has a link, and what concerns its own app. */
    public List<OperatorAction> ours(ActivationView view) {
        Set<Role> roles = invited.roles(view.id());
        return view.openActions().stream()
                .filter(a -> !roles.contains(Role.of(a.step())))
                .toList();
    }

    private String turn(Whose whose, ActivationView view, Locale locale) {
        if (whose != Whose.CUSTOMER) {
            return say.get(locale, "turn." + whose);
        }
        String roles = view.openActions().stream()
                .map(a -> Role.of(a.step()))
                .distinct()
                .map(r -> say.get(locale, "role." + r))
                .collect(Collectors.joining(say.get(locale, "comma")));
        return say.get(locale, "turn.CUSTOMER", roles);
    }

    /** How it ended; before the end what is going on, with the services that it is going on for. */
    private String state(RunHead head, ActivationView view, Locale locale) {
        if (head.turn() == Turn.NOBODY && head.services().containsValue(ActivationStatus.CANCELLED)) {
            return say.get(locale, "status.CANCELLED");
        } else if (head.turn() == Turn.NOBODY) {
            return ActivationReport.of(view).handover(locale).outcomeText();
        }
        ActivationStatus furthest = head.services().values().stream()
                .filter(s -> !s.isFinal())
                .max(Comparator.comparing((ActivationStatus s) -> s == ActivationStatus.STALLED)
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(ActivationStatus.PLANNED);
        List<String> names = head.services().entrySet().stream()
                .filter(s -> s.getValue() == furthest)
                .map(s -> s.getKey().label(locale))
                .toList();
        return names.size() > 2
                ? say.get(locale, "state.many", say.get(locale, "status." + furthest), names.size())
                : say.get(
                        locale,
                        "state.of",
                        say.get(locale, "status." + furthest),
                        String.join(say.get(locale, "comma"), names));
    }
}
