package io.github.kaitsu.google.internal;

import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.google.GoogleAppSigns.Sign;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The latest event of each kind that speaks of the app. What a log does not hold is not known: it lags, loses now and then, and
 * ends after 180 days.
 */
final class AppHistory {
    /** How a pair of doing and undoing stands. */
    enum State {
        ON,
        OFF,
        UNKNOWN
    }

    /** Where events name an app; a parameter that an event does not have does no harm. */
    private static final List<String> NAMING =
            List.of("APPLICATION_NAME", "APP_ID", "API_CLIENT_NAME", "app_name", "client_id", "service_account");

    private final GoogleAppSigns signs;
    private final Map<Sign, LogEvent> latest = new EnumMap<>(Sign.class);
    private final Map<Sign, Set<String>> strangers = new EnumMap<>(Sign.class);

    private final Set<Sign> doubtful = EnumSet.noneOf(Sign.class);

    AppHistory(GoogleAppSigns signs) {
        this.signs = signs;
    }

    /** Takes an event if it is of this kind and of the app. Overlapping pages and spans do no harm: once or twice is the same. */
    void take(Sign sign, LogEvent event) {
        if (!signs.events(sign).contains(event.name())) {
            return;
        }
        if (isOurs(event)) {
            latest.merge(sign, event, (old, one) -> one.time().isAfter(old.time()) ? one : old);
        } else {
            strangers.computeIfAbsent(sign, s -> new HashSet<>()).add(nameOf(event));
        }
    }

    /** Notes that an event of this kind could not be read, which may be the latest. */
    void doubt(Sign sign) {
        doubtful.add(sign);
    }

    private boolean isOurs(LogEvent event) {
        return NAMING.stream().map(event::text).anyMatch(signs::isApp)
                || event.application().stream().anyMatch(signs::isApp);
    }

    private static String nameOf(LogEvent event) {
        return NAMING.stream()
                .map(event::text)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    Optional<LogEvent> latest(Sign sign) {
        return Optional.ofNullable(latest.get(sign));
    }

    /** Of how many names there are events of this kind that are other apps', or ours under a name that is not known. */
    int strangers(Sign sign) {
        return strangers.getOrDefault(sign, Set.of()).size();
    }

    State state(Sign done, Sign undone) {
        Optional<Instant> on = latest(done).map(LogEvent::time);
        Optional<Instant> off = latest(undone).map(LogEvent::time);
        if (off.isPresent() && (on.isEmpty() || off.get().isAfter(on.get()))) {
            return doubtful.contains(done) ? State.UNKNOWN : State.OFF;
        }
        return on.isPresent() && !doubtful.contains(undone) ? State.ON : State.UNKNOWN;
    }

    /** Whether it was undone after a moment. */
    boolean undoneSince(Sign done, Sign undone, Instant moment) {
        return state(done, undone) == State.OFF
                && latest(undone).filter(e -> !e.time().isBefore(moment)).isPresent();
    }
}
