package io.github.kaitsu.cluster;

import com.github.kagkarlsson.scheduler.Clock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

/**
 * The database's time, whatever the node's clock says: read now and then, and counted on by what no one can set. A node whose clock is
 * minutes ahead would else take what others have in hand for dead. Thread-safe.
 */
final class DatabaseClock implements Clock {
    /** An answer that took longer says too little about when it was given. */
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Database database;
    private volatile Reading last;

    private record Reading(Instant at, long nanos) {
        Instant plus(long now) {
            return at.plusNanos(now - nanos);
        }
    }

    /** @throws io.github.kaitsu.KaitsuException IO_ERROR if it cannot be asked */
    DatabaseClock(Database database) {
        this.database = database;
        this.last = ask();
    }

    @Override
    public Instant now() {
        return last.plus(System.nanoTime());
    }

    /**
     * Asks anew.
     *
     * @return how far the time has leapt
     * @throws io.github.kaitsu.KaitsuException IO_ERROR if it cannot be asked
     */
    Duration read() {
        long start = System.nanoTime();
        Reading reading = ask();
        if (System.nanoTime() - start > SLOW_NANOS) {
            return Duration.ZERO;
        }
        Duration leap = Duration.between(last.plus(reading.nanos()), reading.at());
        last = reading;
        return leap;
    }

    private Reading ask() {
        return database.each((connection, dialect) -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp()")) {
                long before = System.nanoTime();
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    Instant at = row.getObject(1, OffsetDateTime.class).toInstant();
                    return new Reading(at, before + (System.nanoTime() - before) / 2);
                }
            }
        });
    }
}
