package io.github.kaitsu.cluster;

import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.StoreCodec;
import io.github.kaitsu.store.Turn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A head as the columns that lists are asked by. */
final class HeadColumns {
    static final List<String> NAMES = List.of(
            "head",
            "headless",
            "site",
            "account",
            "organisation",
            "reference",
            "labels",
            "statuses",
            "turn",
            "last_event_at");

    private HeadColumns() {}

    /** Sets them as the parameters from this one on, absent ones without a head, and returns the next one. */
    static int set(PreparedStatement statement, int from, Optional<RunHead> head, boolean isHeadless)
            throws SQLException {
        int at = from;
        statement.setString(at++, head.map(StoreCodec::write).orElse(null));
        statement.setBoolean(at++, isHeadless);
        statement.setString(at++, head.map(h -> h.customer().site().name()).orElse(null));
        statement.setString(at++, head.map(h -> text(h.customer().account())).orElse(null));
        statement.setString(
                at++, head.map(h -> text(h.customer().organisation())).orElse(null));
        statement.setString(
                at++, head.flatMap(RunHead::reference).map(HeadColumns::text).orElse(null));
        array(statement, at++, head.map(RunHead::labels));
        array(
                statement,
                at++,
                head.map(h -> h.services().values().stream().map(Enum::name).toList()));
        statement.setString(at++, head.map(h -> h.turn().name()).orElse(null));
        if (head.isPresent()) {
            statement.setLong(at++, nanos(head.get().lastEventAt()));
        } else {
            statement.setNull(at++, Types.BIGINT);
        }
        return at;
    }

    /** The same array for the same words, whatever their order: an index need not be touched then. */
    private static void array(PreparedStatement statement, int at, Optional<? extends Collection<String>> words)
            throws SQLException {
        if (words.isEmpty()) {
            statement.setNull(at, Types.ARRAY);
            return;
        }
        Connection connection = statement.getConnection();
        statement.setArray(
                at,
                connection.createArrayOf(
                        "varchar",
                        words.get().stream()
                                .map(HeadColumns::text)
                                .distinct()
                                .sorted()
                                .toArray()));
    }

    /** What a database takes: neither NUL nor half a character. The head has it as it was. */
    private static String text(String any) {
        StringBuilder taken = new StringBuilder();
        any.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xfffd : c)
                .forEach(taken::appendCodePoint);
        return taken.toString();
    }

    /** Nanoseconds since 1970, as near as they can be. */
    private static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** The conditions of a query. */
    static final class Wanted {
        private final List<String> conditions = new ArrayList<>(List.of("head IS NOT NULL"));
        private final List<Object> values = new ArrayList<>();

        Wanted(RunQuery query, Dialect dialect) {
            query.console().ifPresent(c -> {
                and("site = ?", c.site().name());
                and("account = ?", text(c.account()));
            });
            query.customer().ifPresent(c -> {
                and("site = ?", c.site().name());
                and("account = ?", text(c.account()));
                and("organisation = ?", text(c.organisation()));
            });
            query.reference().ifPresent(r -> and("reference = ?", text(r)));
            query.label().ifPresent(l -> and(dialect.contains("labels"), text(l)));
            query.status().ifPresent(s -> and(dialect.contains("statuses"), s.name()));
            query.turn().ifPresent(t -> and("turn = ?", t.name()));
            query.isEnded().ifPresent(e -> conditions.add("turn " + (e ? "=" : "<>") + " '" + Turn.NOBODY + "'"));
            query.silentSince().ifPresent(s -> and("last_event_at < ?", nanos(s)));
        }

        void and(String condition, Object value) {
            conditions.add(condition);
            values.add(value);
        }

        String where() {
            return " WHERE " + String.join(" AND ", conditions);
        }

        /** Sets their parameters and returns the next one. */
        int set(PreparedStatement statement) throws SQLException {
            int at = 1;
            for (Object value : values) {
                statement.setObject(at++, value);
            }
            return at;
        }
    }
}
