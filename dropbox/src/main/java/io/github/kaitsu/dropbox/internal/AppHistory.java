package io.github.kaitsu.dropbox.internal;

import io.github.kaitsu.dropbox.internal.AppEvent.Kind;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What became of the vendor's app by the team's log, whatever the order of its lines; keeps the newest of each kind per app id
 * and nothing else (DROPBOX-2). Not thread-safe.
 */
final class AppHistory implements Consumer<AppEvent> {
    /** The app's name, and its name since the vendor renamed the service; compared whole. */
    private static final Set<String> NAMES = Set.of(
            canonical("Trend Micro Cloud App Security"),
            canonical("Trend Micro Cloud Email and Collaboration Protection"));

    private static final int MOST_APPS = 100;

    private final @Nullable String pinned;
    private final Map<String, App> apps = new LinkedHashMap<>();
    private @Nullable Instant allowed;
    private boolean unlinkUnread;

    /**
     * @param pinned the app id that was seen first, if any: another app may bear the same name
     */
    AppHistory(Optional<String> pinned) {
        this.pinned = pinned.orElse(null);
    }

    /** One app id, and when it was linked, unlinked and blocked last. */
    static final class App {
        final String id;
        String name;
        private String linkedBy = "";
        private @Nullable Instant linked;
        private @Nullable Instant unlinked;
        private @Nullable Instant blocked;

        private App(String id, String name) {
            this.id = id;
            this.name = name;
        }

        boolean isLinked() {
            return linked != null && (unlinked == null || linked.isAfter(unlinked));
        }

        /** The log's times are whole seconds: two in one second tell no order. */
        boolean isUndecided() {
            return linked != null && linked.equals(unlinked);
        }

        boolean isUnlinked() {
            return unlinked != null && (linked == null || unlinked.isAfter(linked));
        }

        Instant linkedAt() {
            return linked == null ? Instant.EPOCH : linked;
        }

        Instant unlinkedAt() {
            return unlinked == null ? Instant.EPOCH : unlinked;
        }

        /** The team member id of who linked it; empty if the log does not tell. */
        String linkedBy() {
            return linkedBy;
        }

        /** Name and id, or what is known of them: the log may keep back either. */
        @Override
        public String toString() {
            if (name.isEmpty() || id.isEmpty()) {
                return name + id;
            }
            return name + " (" + id + ")";
        }
    }

    @Override
    public void accept(AppEvent event) {
        if (event.kind() == Kind.ALLOWED) {
            if (event.appName().isEmpty() || bearsTheName(event)) {
                allowed = later(allowed, event.at());
            }
            return;
        }
        boolean known = !event.appId().isEmpty() && event.appId().equals(pinned);
        if ((!known && !bearsTheName(event)) || (apps.size() >= MOST_APPS && !apps.containsKey(event.appId()))) {
            return;
        }
        App app = apps.computeIfAbsent(event.appId(), id -> new App(id, event.appName()));
        switch (event.kind()) {
            case LINKED -> {
                if (app.linked == null || event.at().isAfter(app.linked)) {
                    app.linkedBy = event.member();
                    app.name = event.appName();
                }
                app.linked = later(app.linked, event.at());
            }
            case UNLINKED -> app.unlinked = later(app.unlinked, event.at());
            default -> app.blocked = later(app.blocked, event.at());
        }
    }

    /**
     * The app that counts: the pinned one, if it was seen. Without a pin the only one with a new link, or if there is none the only
     * one ever seen; of several it cannot be told which is meant.
     *
     * @param isNew whether a line is younger than the preflight
     */
    Optional<App> app(Predicate<Instant> isNew) {
        if (pinned != null) {
            return Optional.ofNullable(apps.get(pinned)).or(() -> Optional.ofNullable(apps.get("")));
        }
        List<App> some = candidates(isNew);
        return some.size() == 1 ? Optional.of(some.get(0)) : Optional.empty();
    }

    /** Whether several apps of the name were seen, and none counts. */
    boolean isAmbiguous(Predicate<Instant> isNew) {
        return pinned == null && candidates(isNew).size() > 1;
    }

    private List<App> candidates(Predicate<Instant> isNew) {
        List<App> linkedNow = apps.values().stream()
                .filter(a -> a.linked != null && isNew.test(a.linked))
                .toList();
        return linkedNow.isEmpty() ? List.copyOf(apps.values()) : linkedNow;
    }

    /** Notes that a line about unlinking could not be read, which may be the newest. */
    void unlinkUnread() {
        unlinkUnread = true;
    }

    boolean isUnlinkUnread() {
        return unlinkUnread;
    }

    /** The newest line about linking of any app of the name; the vendor's clock, so it may be compared with later ones. */
    Optional<Instant> newest() {
        return apps.values().stream()
                .map(a -> a.linkedAt().isAfter(a.unlinkedAt()) ? a.linkedAt() : a.unlinkedAt())
                .filter(at -> at.isAfter(Instant.EPOCH))
                .max(Comparator.naturalOrder());
    }

    /** When the team's rules refused the app last, unless it was linked or allowed since. */
    Optional<Instant> blocked() {
        return apps.values().stream()
                .filter(a -> a.blocked != null && !a.blocked.isBefore(a.linkedAt()))
                .map(a -> a.blocked)
                .filter(at -> allowed == null || at.isAfter(allowed))
                .max(Comparator.naturalOrder());
    }

    private static boolean bearsTheName(AppEvent event) {
        return NAMES.contains(canonical(event.appName()));
    }

    private static String canonical(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }
}
