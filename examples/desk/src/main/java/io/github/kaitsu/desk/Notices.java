package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.desk.Customers.Known;
import io.github.kaitsu.desk.Line.Whose;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells the team what it has to see to, and administrators that something waits behind their link: each person at most once a day
 * (Japan's), however much there is, and each thing once. What is overdue is told to whoever is named for that, once, besides. A notice
 * holds titles and addresses of the desk, and no secret; an administrator's holds no address at all. Thread-safe.
 */
@Component
public class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final Locale LANGUAGE = Locale.JAPANESE;
    private static final int LONGEST = 4_000;
    private static final int MOST = 50;

    private final Board board;
    private final Runs runs;
    private final Customers customers;
    private final Mails mails;
    private final Webhook webhook;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final DeskProperties properties;
    private final Say say;

    Notices(
            Board board,
            Runs runs,
            Customers customers,
            Mails mails,
            Webhook webhook,
            JdbcClient jdbc,
            Clock clock,
            DeskProperties properties,
            Say say) {
        this.board = board;
        this.runs = runs;
        this.customers = customers;
        this.mails = mails;
        this.webhook = webhook;
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
        this.say = say;
    }

    /** What a notice is about. */
    public enum Kind {
        /** Something is to be done by the team. */
        MY_TURN,
        /** A synchronisation takes much too long. */
        STALLED,
        /** The opening mail's address ends within two days. */
        MAIL_ENDS,
        /** All is done. */
        DONE,
        /** Something that was linked is no more. */
        DRIFT,
        /** An action has been open for longer than expected. */
        OVERDUE,
        /** An administrator is asked for something. */
        ASKED
    }

    /**
     * Something to be told to somebody.
     *
     * @param subject what distinguishes it from others of its kind in the same run, such as an action's id; else empty
     * @param link into the desk; empty for an administrator, who has a link already
     */
    public record Item(String person, Kind kind, ActivationId run, String subject, String title, String link) {}

    /** A notice that was sent. */
    public record Sent(String person, Instant at, String title, String body) {}

    /** Once a minute: what is new is told, to each person at most once a day. */
    @Scheduled(fixedDelayString = "${desk.notices.every:60000}", initialDelayString = "${desk.notices.every:60000}")
    synchronized void round() {
        Map<String, List<Item>> byPerson = new LinkedHashMap<>();
        for (Item item : items()) {
            if (!isTold(item)) {
                byPerson.computeIfAbsent(item.person(), p -> new ArrayList<>()).add(item);
            }
        }
        byPerson.forEach(this::tell);
    }

    /** What would be told to a person next. */
    public List<Item> waiting(String person) {
        return items().stream()
                .filter(i -> i.person().equals(person) && !isTold(i))
                .toList();
    }

    /** What was told, newest first. */
    public List<Sent> sent() {
        return jdbc.sql("SELECT person, sent, title, body FROM desk_digest ORDER BY sent DESC FETCH FIRST " + MOST
                        + " ROWS ONLY")
                .query((row, n) ->
                        new Sent(row.getString(1), row.getTimestamp(2).toInstant(), row.getString(3), row.getString(4)))
                .list();
    }

    // ---- what there is to tell

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        Map<String, Known> known = customers.all();
        for (Line line : board.lines(LANGUAGE)) {
            Known about = known.getOrDefault(line.id().value(), Known.NOTHING);
            if (!about.owner().isEmpty()) {
                ofTheTeam(line, about, items);
            }
            if (line.whose() == Whose.OURS || line.whose() == Whose.CUSTOMER) {
                ofActions(line, items);
            }
        }
        return items;
    }

    private void ofTheTeam(Line line, Known about, List<Item> items) {
        String owner = about.owner();
        Instant soon = clock.instant().plus(Board.SOON);
        if (line.isStalled()) {
            items.add(item(owner, Kind.STALLED, line, ""));
        }
        if (about.mailExpires().filter(soon::isAfter).isPresent() && line.done() == 0 && !line.isEnded()) {
            items.add(item(owner, Kind.MAIL_ENDS, line, ""));
        }
        if (line.isEnded() && line.done() == line.total()) {
            items.add(item(owner, Kind.DONE, line, ""));
        }
        if (line.isLost()) {
            items.add(item(owner, Kind.DRIFT, line, ""));
        }
    }

    private void ofActions(Line line, List<Item> items) {
        ActivationView view = runs.view(line.id().value());
        List<OperatorAction> ours = board.ours(view);
        String owner = customers.known(view.id()).owner();
        Map<Role, String> contacts = customers.contacts(view.id());
        Instant now = clock.instant();
        for (OperatorAction action : view.openActions()) {
            boolean isOurs = ours.contains(action);
            String person = isOurs ? owner : contacts.getOrDefault(Role.of(action.step()), "");
            if (!person.isEmpty()) {
                items.add(new Item(
                        person,
                        isOurs ? Kind.MY_TURN : Kind.ASKED,
                        view.id(),
                        action.id().value(),
                        line.company() + "：" + action.title(LANGUAGE),
                        isOurs ? address(view.id()) + "/actions/" + action.id().value() : ""));
            }
            @Nullable String escalateTo = properties.notices().escalateTo();
            if (escalateTo != null && action.overdueAt().filter(now::isAfter).isPresent()) {
                items.add(new Item(
                        escalateTo,
                        Kind.OVERDUE,
                        view.id(),
                        action.id().value(),
                        say.get(LANGUAGE, "notice.OVERDUE", line.company(), action.title(LANGUAGE)),
                        address(view.id())));
            }
        }
    }

    private Item item(String person, Kind kind, Line line, String subject) {
        return new Item(
                person,
                kind,
                line.id(),
                subject,
                say.get(LANGUAGE, "notice." + kind, line.company()),
                kind == Kind.DONE ? address(line.id()) + "/handover" : address(line.id()));
    }

    private String address(ActivationId id) {
        return properties.url() + "/customers/" + id.value();
    }

    // ---- telling it

    private void tell(String person, List<Item> items) {
        String today = LocalDate.ofInstant(clock.instant(), Say.JAPAN).toString();
        boolean isAdministrator = items.stream().allMatch(i -> i.kind() == Kind.ASKED);
        String title = isAdministrator
                ? say.get(LANGUAGE, "notice.title.asked")
                : say.get(LANGUAGE, "notice.title", items.size());
        String body = isAdministrator ? say.get(LANGUAGE, "notice.asked") : body(items);
        if (!isFirstToday(person, today, title, body)) {
            return; // tomorrow
        }
        boolean isHeard = webhook.send(person, items);
        mails.send(Optional.ofNullable(properties.notices().mail().get(person)).orElse(person), title, body);
        if (isHeard) {
            items.forEach(this::told);
        } else {
            jdbc.sql("DELETE FROM desk_digest WHERE person = ? AND sent_day = ?")
                    .params(person, today)
                    .update(); // once more in the next round
            LOG.warn("the webhook did not take a notice");
        }
    }

    private static String body(List<Item> items) {
        String body = items.stream()
                .limit(MOST)
                .map(i -> i.title() + (i.link().isEmpty() ? "" : "\n" + i.link()))
                .collect(Collectors.joining("\n\n"));
        return body.substring(0, Math.min(body.length(), LONGEST));
    }

    /** The primary key decides, also between nodes. */
    private boolean isFirstToday(String person, String today, String title, String body) {
        try {
            jdbc.sql("INSERT INTO desk_digest (person, sent_day, sent, title, body) VALUES (?, ?, ?, ?, ?)")
                    .params(person, today, Timestamp.from(clock.instant()), title, body)
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private boolean isTold(Item item) {
        return jdbc.sql("SELECT COUNT(*) FROM desk_notice WHERE person = ? AND kind = ? AND activation = ? AND"
                                + " subject = ?")
                        .params(item.person(), item.kind().name(), item.run().value(), item.subject())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void told(Item item) {
        try {
            jdbc.sql("INSERT INTO desk_notice (person, kind, activation, subject, told) VALUES (?, ?, ?, ?, ?)")
                    .params(
                            item.person(),
                            item.kind().name(),
                            item.run().value(),
                            item.subject(),
                            Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            LOG.debug("told already");
        }
    }
}
