package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.RecordKeeper;
import io.github.kaitsu.operator.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What the desk knows of a customer beside the run: whose it is, when the opening mail ends, and whom to ask. No secret. */
@Repository
public class Customers implements RecordKeeper {
    private static final int LONGEST = 4_000;
    private static final List<String> TABLES = List.of("desk_customer", "desk_contact", "desk_drift", "desk_notice");

    private final JdbcClient jdbc;

    Customers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A customer.
     *
     * @param owner who of the team began it
     * @param mailExpires when the opening mail's address ends
     */
    public record Known(String owner, Optional<Instant> mailExpires) {
        static final Known NOTHING = new Known("", Optional.empty());
    }

    /**
     * What the last look at what was proved has found.
     *
     * @param lostSince since when something is known to be lost
     * @param askAgain how many of persons' words are so old that they are to be asked again
     * @param ja what is lost, a line each
     * @param en the same in English
     */
    public record Drift(Instant checked, Optional<Instant> lostSince, int askAgain, String ja, String en) {
        /** A line for each cause. */
        public List<String> lines(Locale locale) {
            return (locale.getLanguage().equals("ja") ? ja : en)
                    .lines()
                    .distinct()
                    .toList();
        }
    }

    /** Keeps a customer and its contacts, by role. */
    @Transactional
    public void add(ActivationId id, Known known, Map<Role, String> contacts) {
        jdbc.sql("DELETE FROM desk_customer WHERE activation = ?")
                .param(id.value())
                .update();
        jdbc.sql("INSERT INTO desk_customer (activation, owner, mail_expires) VALUES (?, ?, ?)")
                .param(id.value())
                .param(known.owner())
                .param(time(known.mailExpires()))
                .update();
        contacts.forEach((role, name) -> contact(id, role, name));
    }

    /** Whom to ask in a role; an empty name takes the contact away. */
    @Transactional
    public void contact(ActivationId id, Role role, String name) {
        jdbc.sql("DELETE FROM desk_contact WHERE activation = ? AND role = ?")
                .params(id.value(), role.id())
                .update();
        if (!name.isBlank()) {
            jdbc.sql("INSERT INTO desk_contact (activation, role, name) VALUES (?, ?, ?)")
                    .params(id.value(), role.id(), name.strip())
                    .update();
        }
    }

    /** Whom to ask, by role. */
    public Map<Role, String> contacts(ActivationId id) {
        Map<Role, String> contacts = new EnumMap<>(Role.class);
        jdbc.sql("SELECT role, name FROM desk_contact WHERE activation = ?")
                .param(id.value())
                .query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .forEach(c -> Role.parse(c.getKey()).ifPresent(role -> contacts.put(role, c.getValue())));
        return contacts;
    }

    /** One customer; of one that was begun elsewhere nothing is known. */
    public Known known(ActivationId id) {
        return jdbc.sql("SELECT owner, mail_expires FROM desk_customer WHERE activation = ?")
                .param(id.value())
                .query((row, n) -> new Known(row.getString(1), time(row, 2)))
                .optional()
                .orElse(Known.NOTHING);
    }

    /** All of them. */
    Map<String, Known> all() {
        Map<String, Known> all = new HashMap<>();
        jdbc.sql("SELECT activation, owner, mail_expires FROM desk_customer")
                .query((row, n) -> Map.entry(row.getString(1), new Known(row.getString(2), time(row, 3))))
                .list()
                .forEach(e -> all.put(e.getKey(), e.getValue()));
        return all;
    }

    /** What the last look has found, by run. */
    Map<String, Drift> drifts() {
        return jdbc
                .sql("SELECT activation, checked, lost_since, ask_again, lost_ja, lost_en FROM desk_drift")
                .query((row, n) -> Map.entry(
                        row.getString(1),
                        new Drift(
                                row.getTimestamp(2).toInstant(),
                                time(row, 3),
                                row.getInt(4),
                                row.getString(5),
                                row.getString(6))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Keeps what a look has found; what was lost before stays lost since then. */
    @Transactional
    public void checked(ActivationId id, DriftReport report) {
        List<DriftReport.Finding> lost = report.findings().stream()
                .filter(f -> f.verdict() == DriftReport.Verdict.LOST)
                .toList();
        long askAgain = report.findings().stream()
                .filter(f -> f.verdict() == DriftReport.Verdict.ASK_AGAIN)
                .count();
        Optional<Instant> since = lost.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(drifts().get(id.value()))
                        .flatMap(Drift::lostSince)
                        .or(() -> Optional.of(report.time()));
        jdbc.sql("DELETE FROM desk_drift WHERE activation = ?")
                .param(id.value())
                .update();
        jdbc.sql("INSERT INTO desk_drift (activation, checked, lost_since, ask_again, lost_ja, lost_en) VALUES"
                        + " (?,?,?,?,?,?)")
                .param(id.value())
                .param(Timestamp.from(report.time()))
                .param(time(since))
                .param(askAgain)
                .param(lines(lost, Locale.JAPANESE))
                .param(lines(lost, Locale.ENGLISH))
                .update();
    }

    private static String lines(List<DriftReport.Finding> lost, Locale locale) {
        String text = lost.stream()
                .map(f -> f.service().label(locale)
                        + (locale.equals(Locale.JAPANESE) ? "：" : ": ")
                        + f.title().in(locale)
                        + (locale.equals(Locale.JAPANESE) ? "（" : " (")
                        + f.seen().in(locale)
                        + (locale.equals(Locale.JAPANESE) ? "）" : ")"))
                .collect(Collectors.joining("\n"));
        return text.substring(0, Math.min(text.length(), LONGEST));
    }

    @Override
    @Transactional
    public void forget(ActivationId activation, CustomerId customer) {
        for (String table : TABLES) {
            jdbc.sql("DELETE FROM " + table + " WHERE activation = ?")
                    .param(activation.value())
                    .update();
        }
    }

    private static @Nullable Timestamp time(Optional<Instant> instant) {
        return instant.map(Timestamp::from).orElse(null);
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
