package io.github.kaitsu.simulate;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleSite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A console with its organisations, as it really is, whatever anybody believes of it. What happens in it is what judges. */
final class Console {
    final World world;
    final String account;
    final Edition edition;
    final List<Organisation> organisations = new ArrayList<>();

    /** Who has ever said of this console what was not so; what such a one says is no proof against the engine. */
    final Set<String> liars = new TreeSet<>();

    /** What is 保留 of nobody here. */
    @Nullable
    Line foreign;

    Instant foreignUntil = Instant.MIN;

    /** How long after its time a line of success appears. */
    Duration lag = Duration.ZERO;

    boolean isDuplicating;
    boolean hasTwin;
    boolean hasNewSentence;

    Console(World world, String account, Edition edition) {
        this.world = world;
        this.account = account;
        this.edition = edition;
    }

    /** What a line of the bell says. */
    enum Said {
        UPDATING,
        UPDATED,
        FAILED,
        PROTECTED,
        NOT_PROTECTED,
        /** Of which nobody can read more than that it is there. */
        UNREADABLE
    }

    /** @param time null where it is lost, as is the organisation */
    record Line(
            Said said,
            CloudService service,
            @Nullable Instant time,
            @Nullable String organisation) {}

    /** One service account. */
    static final class Link {
        final Instant since;
        /** Whether somebody pressed because Kaitsu asked for it. */
        final boolean isAsked;

        Instant success;
        boolean isListed;
        boolean isFinished = true;

        /** From then on it is neither 保留 nor ever said to have succeeded. */
        Instant vanishes = Instant.MAX;

        @Nullable
        Instant relapsed;

        Link(Instant since, boolean isAsked) {
            this.since = since;
            this.isAsked = isAsked;
        }
    }

    private record Span(CloudService service, Instant from, Instant to) {}

    /** What the pages show at one moment: accounts of one organisation, lists of the whole console. */
    record Snapshot(
            Instant time,
            Set<CloudService> listed,
            Set<CloudService> unfinished,
            List<Line> lines,
            @Nullable CloudService wizard,
            boolean wizardSucceeded) {
        boolean isPending(CloudService service, String organisation) {
            return lines.stream()
                    .anyMatch(l ->
                            l.said == Said.UPDATING && l.service == service && organisation.equals(l.organisation));
        }

        boolean isPendingBesides(CloudService service, String organisation) {
            return lines.stream()
                    .anyMatch(l ->
                            l.said == Said.UPDATING && !(l.service == service && organisation.equals(l.organisation)));
        }
    }

    /** One customer's part of a console, with what its providers hold. */
    static final class Organisation {
        final Console console;
        final CustomerId customer;
        final Map<CloudService, Link> links = new EnumMap<>(CloudService.class);
        final Map<CloudService, Integer> grants = new EnumMap<>(CloudService.class);
        final List<Line> past = new ArrayList<>();
        private final List<Span> spans = new ArrayList<>();

        /** When a switch at the provider was set, and a folder made. */
        final Map<CloudService, Instant> switched = new EnumMap<>(CloudService.class);

        final Map<CloudService.Provider, String> tenants = new EnumMap<>(CloudService.Provider.class);
        Duration synchronisation = Duration.ofMinutes(9);
        Duration apiLag = Duration.ZERO;
        long users = 50;
        int failingLinks;
        private final Map<CloudService, Integer> pressed = new EnumMap<>(CloudService.class);

        @Nullable
        CloudService stuck;

        @Nullable
        CloudService vanishing;

        @Nullable
        CloudService odd;

        @Nullable
        Said oddly;

        boolean isFolderMissing;
        boolean isWrongRole;

        @Nullable
        CloudService wizard;

        Organisation(Console console, String name) {
            this.console = console;
            this.customer = new CustomerId(ConsoleSite.JP, console.account, name);
            console.organisations.add(this);
        }

        String name() {
            return customer.organisation();
        }

        boolean isProtected(CloudService service) {
            Link link = links.get(service);
            return link != null && isProtected(link);
        }

        private boolean isProtected(Link link) {
            return link.relapsed == null && !console.world.now().isBefore(link.success);
        }

        /** Under 保留 in the lists. */
        boolean isPending(CloudService service) {
            Link link = links.get(service);
            return link != null && link.isFinished && link.relapsed == null && !isProtected(link) && !hasVanished(link);
        }

        /** Between link and success, be it that its window still waits. */
        boolean isUnderWay(CloudService service) {
            Link link = links.get(service);
            return link != null && link.relapsed == null && !isProtected(link) && !hasVanished(link);
        }

        /** Whether a link has ended of which nothing ever showed, so that asking for it anew is no second grant. */
        boolean leftNoTrace(Link link) {
            return hasVanished(link) && !link.isListed;
        }

        private boolean hasVanished(Link link) {
            return !console.world.now().isBefore(link.vanishes);
        }

        boolean isListed(CloudService service) {
            Link link = links.get(service);
            return link != null && link.isListed;
        }

        /** Whether it was protected at any moment between two. */
        boolean wasProtected(CloudService service, Instant from, Instant to) {
            Link link = links.get(service);
            boolean isNow = link != null
                    && !link.success.isAfter(to)
                    && (link.relapsed == null || !link.relapsed.isBefore(from));
            return isNow
                    || spans.stream()
                            .anyMatch(s -> s.service == service && !s.from.isAfter(to) && !s.to.isBefore(from));
        }

        // ---- what is done

        /**
         * 権限の付与 to its end.
         *
         * @return whether it went through; else the page shows an error
         */
        boolean press(CloudService service, boolean isAsked) {
            if (isAsked && pressed.merge(service, 1, Integer::sum) <= failingLinks) {
                past.add(new Line(Said.FAILED, service, console.world.now(), name()));
                return false;
            }
            end(service);
            grants.merge(service, 1, Integer::sum);
            Link link = new Link(console.world.now(), isAsked);
            link.isListed = service != stuck;
            link.isFinished = !isAsked || service != CloudService.MICROSOFT_TEAMS;
            link.success = link.isFinished ? success(service) : Instant.MAX;
            link.vanishes = link.isFinished ? vanishes(service) : Instant.MAX;
            links.put(service, link);
            wizard = service;
            return true;
        }

        private Instant success(CloudService service) {
            return service == stuck || service == vanishing
                    ? Instant.MAX
                    : console.world.now().plus(synchronisation);
        }

        private Instant vanishes(CloudService service) {
            return service == vanishing ? console.world.now().plus(synchronisation) : Instant.MAX;
        }

        void finish(CloudService service) {
            Link link = links.get(service);
            if (link != null && !link.isFinished) {
                link.isFinished = true;
                link.success = success(service);
                link.vanishes = vanishes(service);
            }
        }

        /** 削除, or an end of what was 保留. */
        void end(CloudService service) {
            Link link = links.remove(service);
            if (link != null && !link.success.isAfter(console.world.now())) {
                Instant until = link.relapsed == null ? console.world.now() : link.relapsed;
                spans.add(new Span(service, link.success, until));
                past.addAll(ofSuccess(service, link.success));
            }
        }

        void relapse(CloudService service) {
            Link link = links.get(service);
            if (link != null && isProtected(link)) {
                link.relapsed = console.world.now();
                boolean isGoogle = service.provider() == CloudService.Provider.GOOGLE;
                past.add(new Line(isGoogle ? Said.FAILED : Said.NOT_PROTECTED, service, console.world.now(), name()));
            }
        }

        // ---- what it shows

        private List<Line> lines() {
            List<Line> lines = new ArrayList<>(past);
            links.forEach((service, link) -> {
                if (isPending(service)) {
                    boolean isOdd = service == odd && oddly == Said.UPDATING;
                    lines.add(new Line(Said.UPDATING, service, isOdd ? null : link.since, name()));
                } else if (!link.success.isAfter(console.world.now().minus(console.lag))) {
                    lines.addAll(ofSuccess(service, link.success));
                }
            });
            return lines;
        }

        /** At Google the task itself reads 成功しました. */
        private List<Line> ofSuccess(CloudService service, Instant time) {
            Line updated = new Line(Said.UPDATED, service, time, name());
            if (service.provider() == CloudService.Provider.GOOGLE) {
                return List.of(service == odd ? spoilt(updated) : updated);
            }
            Line line = new Line(Said.PROTECTED, service, time.plusSeconds(1), name());
            return List.of(updated, service == odd ? spoilt(line) : line);
        }

        private Line spoilt(Line line) {
            if (oddly == null) {
                return line;
            }
            return switch (oddly) {
                case UPDATED -> new Line(line.said, line.service, null, line.organisation);
                case FAILED -> new Line(line.said, line.service, line.time, null);
                case PROTECTED -> new Line(line.said, line.service, Instant.parse("2099-01-01T00:00:00Z"), name());
                case UNREADABLE -> new Line(Said.UNREADABLE, line.service, line.time, line.organisation);
                default -> line;
            };
        }

        Snapshot snapshot() {
            Set<CloudService> listed = EnumSet.noneOf(CloudService.class);
            Set<CloudService> unfinished = EnumSet.noneOf(CloudService.class);
            links.forEach((service, link) -> {
                if (link.isListed) {
                    listed.add(service);
                }
                if (!link.isFinished) {
                    unfinished.add(service);
                }
            });
            List<Line> lines = new ArrayList<>();
            console.organisations.forEach(o -> lines.addAll(o.lines()));
            Line foreign = console.foreign;
            if (foreign != null && console.isForeignPending()) {
                lines.add(foreign);
            }
            boolean hasSucceeded = wizard != null && isProtected(wizard);
            return new Snapshot(console.world.now(), listed, unfinished, List.copyOf(lines), wizard, hasSucceeded);
        }
    }

    boolean isForeignPending() {
        return foreign != null && world.now().isBefore(foreignUntil);
    }

    /** Has what is 保留 cleared, whoever's it is. */
    void clearPending() {
        foreign = null;
        organisations.forEach(o ->
                List.copyOf(o.links.keySet()).stream().filter(o::isUnderWay).forEach(o::end));
    }
}
