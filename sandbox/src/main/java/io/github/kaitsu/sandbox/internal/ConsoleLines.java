package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.ConsoleLine;
import io.github.kaitsu.sandbox.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The lines of 通知 and タスクリスト, derived from the links and the clock (COMMON-12). */
final class ConsoleLines {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Which choice of 重大度 shows a line. Nothing here ever fails so that a line says it. */
    enum Severity {
        SUCCESS,
        PENDING,
        FAILED
    }

    /** {@code <message> yyyy/MM/dd HH:mm:ss - <organisation>}, the time in UTC. */
    record Line(Severity severity, String message, Instant time, String organisation) {
        String when() {
            return TIME.format(time) + " - " + organisation;
        }

        private ConsoleLine in(ConsoleLine.List list) {
            return new ConsoleLine(list, ConsoleLine.Severity.valueOf(severity.name()), message, time, organisation);
        }
    }

    private final World world;
    private final Labels labels;
    private final List<Line> tasks = new ArrayList<>();
    private final List<Line> notifications = new ArrayList<>();

    private ConsoleLines(World world, Labels labels) {
        this.world = world;
        this.labels = labels;
    }

    static ConsoleLines of(World world, Labels labels) {
        ConsoleLines lines = new ConsoleLines(world, labels);
        lines.foreign();
        world.links().forEach(lines::add);
        lines.tasks.sort(Comparator.comparing(Line::time).reversed());
        lines.notifications.sort(Comparator.comparing(Line::time).reversed());
        return lines;
    }

    List<Line> tasks() {
        return tasks;
    }

    List<Line> notifications() {
        return notifications;
    }

    /** Both lists under every 重大度. */
    List<ConsoleLine> all() {
        return Stream.concat(
                        notifications.stream().map(l -> l.in(ConsoleLine.List.NOTIFICATIONS)),
                        tasks.stream().map(l -> l.in(ConsoleLine.List.TASKS)))
                .toList();
    }

    /** {@code 2024/04/09 07:51:56(UTC+00:00)}, as the console's header shows it. */
    static String clock(Instant now) {
        return TIME.format(now) + "(UTC+00:00)";
    }

    private void add(Link link) {
        Instant ready = link.ready();
        if (ready != null) {
            done(link, ready);
        }
        Instant from = link.syncFrom();
        if (from != null && link.pending(world.now())) {
            tasks.add(line(Severity.PENDING, "line.updating", link, from));
        }
    }

    /** The distances between the lines are those of the manual of Dropbox: all within eight seconds. */
    private void done(Link link, Instant ready) {
        String name = "line.protected" + (link.service() == CloudService.MIP ? ".MIP" : "");
        switch (link.service()) {
            case BOX -> {
                task("line.foldersCreated", link, ready, 8);
                task("line.updated", link, ready, 6);
            }
            case DROPBOX -> {
                task("line.updated", link, ready, 4);
                task("line.foldersChecked", link, ready, 0);
            }
            default -> task("line.updated", link, ready, 2);
        }
        if (!world.now().isBefore(ready) && happened(link, ready)) {
            notifications.add(line(Severity.SUCCESS, name, link, ready));
        }
    }

    private void task(String key, Link link, Instant ready, int secondsBefore) {
        Instant time = ready.minus(Duration.ofSeconds(secondsBefore));
        if (!world.now().isBefore(time) && happened(link, ready)) {
            tasks.add(line(Severity.SUCCESS, key, link, time));
        }
    }

    /** A link that was taken away before it was ready never became ready. */
    private static boolean happened(Link link, Instant ready) {
        return link.goneAt() == null || !link.goneAt().isBefore(ready);
    }

    /** COMMON-13: a task that nobody of ours started, of a service we do not know, in another organisation. */
    private void foreign() {
        if (world.scenario().kind() != Scenario.Kind.FOREIGN_PENDING) {
            return;
        }
        boolean pending = world.foreignTaskPending();
        Instant time = pending ? world.setup().start().minus(Duration.ofMinutes(3)) : world.foreignTaskEnd();
        tasks.add(new Line(
                pending ? Severity.PENDING : Severity.SUCCESS,
                labels.get(pending ? "line.updating" : "line.updated", "Salesforce"),
                time,
                labels.get("line.foreign.organisation")));
    }

    private Line line(Severity severity, String key, Link link, Instant time) {
        String message = labels.get(key, link.service().label(labels.locale()));
        return new Line(severity, message, time, link.organisation());
    }
}
