package io.github.kaitsu.simulation;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.contract.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The console and the providers as they really are, whatever anybody believes of them. Its log is the judge. */
final class SimWorld {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Duration LONG_PENDING = Duration.ofHours(12);

    final HandClock clock;
    final String organisation;
    final Map<CloudService, Linked> services = new EnumMap<>(CloudService.class);
    final Map<CloudService, Integer> grants = new EnumMap<>(CloudService.class);
    final List<String> violations = new ArrayList<>();
    Duration synchronisation = Duration.ofMinutes(20);
    long users = 50;
    boolean foreignPending;
    Instant foreignPendingUntil = Instant.MAX;
    int failingLinks;
    CloudService stuck;
    private final Map<CloudService, Integer> failed = new EnumMap<>(CloudService.class);

    /** The other organisations of the same console: their lines stand in the same lists. */
    final List<SimWorld> neighbours = new ArrayList<>();

    /** What the lists still show of before: of links that were removed, of failures. */
    final List<Line> past = new ArrayList<>();

    /** How long after its time a line of success appears. */
    Duration lag = Duration.ZERO;

    /** How long after a grant the console shows anything of it. */
    Duration shownAfter = Duration.ZERO;

    /** How long after it the providers' APIs show what was done. */
    Duration apiLag = Duration.ZERO;

    /** Whether the console's clock is copied with its pages. */
    boolean isClockCopied;

    /** Whether what stays 保留 loses its time. */
    boolean losesTimes;

    private final List<Span> spans = new ArrayList<>();

    static final class Linked {
        Instant since;
        Instant success;
        boolean listed = true;
        boolean finished = true;
        boolean postSetupDone;
        Instant postSetupAt = Instant.EPOCH;

        /** Since when it is protected no more, though listed. */
        @Nullable
        Instant relapsed;
    }

    /** What a line of the bell says. */
    enum Said {
        /** A task, 保留. */
        UPDATING,
        /** A task, 成功しました. */
        UPDATED,
        /** A task, 失敗しました. */
        FAILED,
        /** A notification, 成功しました. */
        PROTECTED,
        /** A notification, 失敗しました. */
        NOT_PROTECTED
    }

    /** @param time null where the console lost it */
    record Line(Said said, CloudService service, @Nullable Instant time, String organisation) {}

    /** Protected from then until then. */
    private record Span(CloudService service, Instant from, Instant to) {}

    /** What the pages show at one moment. Accounts are this organisation's; the lists are the whole console's. */
    record Snapshot(Instant time, Set<CloudService> listed, List<Line> lines) {
        boolean isPending(CloudService service, String organisation) {
            return lines.stream()
                    .anyMatch(l ->
                            l.said == Said.UPDATING && l.service == service && l.organisation.equals(organisation));
        }

        boolean isPendingBesides(CloudService service, String organisation) {
            return lines.stream()
                    .anyMatch(l ->
                            l.said == Said.UPDATING && !(l.service == service && l.organisation.equals(organisation)));
        }
    }

    SimWorld(HandClock clock, String organisation) {
        this.clock = clock;
        this.organisation = organisation;
    }

    /** A person presses 権限の付与 and consents. @return false if the page shows an error */
    boolean grant(CloudService service, boolean needsFinish) {
        Linked before = services.get(service);
        boolean longPending = before != null
                && !isProtected(before)
                && Duration.between(before.since, clock.instant()).compareTo(LONG_PENDING) > 0;
        if (before != null && !longPending) {
            violations.add("second grant of " + service);
        }
        services.forEach((s, x) -> {
            if (s != service && !isProtected(x)) {
                violations.add(service + " granted while " + s + " is 保留");
            }
        });
        if (isForeignPending()) {
            violations.add(service + " granted while something foreign is 保留");
        }
        return press(service, needsFinish);
    }

    /** The same without judging whether it was wise. */
    boolean press(CloudService service, boolean needsFinish) {
        if (failed.merge(service, 1, Integer::sum) <= failingLinks) {
            past.add(new Line(Said.FAILED, service, clock.instant(), organisation));
            return false;
        }
        grants.merge(service, 1, Integer::sum);
        end(service);
        Linked linked = new Linked();
        linked.since = clock.instant();
        linked.success = service == stuck ? Instant.MAX : clock.instant().plus(synchronisation);
        linked.listed = service != stuck;
        if (needsFinish) {
            linked.finished = false;
            linked.success = Instant.MAX;
        }
        services.put(service, linked);
        return true;
    }

    void finish(CloudService service) {
        Linked linked = services.get(service);
        if (!linked.finished) {
            linked.finished = true;
            linked.success = service == stuck ? Instant.MAX : clock.instant().plus(synchronisation);
        }
    }

    boolean isProtected(Linked linked) {
        return linked.success != null
                && linked.relapsed == null
                && !clock.instant().isBefore(linked.success);
    }

    // ---- what others do, and what is true

    /** What was protected is so no more; its lines stay in the lists. */
    private void end(CloudService service) {
        Linked linked = services.remove(service);
        if (linked == null || linked.success == null || linked.success.isAfter(clock.instant())) {
            return;
        }
        spans.add(new Span(service, linked.success, linked.relapsed == null ? clock.instant() : linked.relapsed));
        past.addAll(linesOfSuccess(service, linked.success));
    }

    /** Somebody removes it again. */
    void remove(CloudService service) {
        end(service);
    }

    /** It is listed still, and no longer protected: the console says so. */
    void relapse(CloudService service) {
        Linked linked = services.get(service);
        if (linked != null && linked.listed && isProtected(linked)) {
            linked.relapsed = clock.instant();
            Said said = service.provider() == CloudService.Provider.GOOGLE ? Said.FAILED : Said.NOT_PROTECTED;
            past.add(new Line(said, service, clock.instant(), organisation));
        }
    }

    boolean isPending(CloudService service) {
        Linked linked = services.get(service);
        return linked != null && linked.finished && linked.relapsed == null && !isProtected(linked);
    }

    /** In any organisation of the console. */
    boolean isAnythingPending() {
        return Stream.concat(Stream.of(this), neighbours.stream())
                .anyMatch(w -> w.services.keySet().stream().anyMatch(w::isPending) || w.isForeignPending());
    }

    boolean isListed(CloudService service) {
        Linked linked = services.get(service);
        return linked != null && linked.listed;
    }

    /** Whether it was protected at any moment between two. */
    boolean wasProtected(CloudService service, Instant from, Instant to) {
        Linked linked = services.get(service);
        boolean isNow = linked != null
                && linked.success != null
                && !linked.success.isAfter(to)
                && (linked.relapsed == null || !linked.relapsed.isBefore(from));
        return isNow
                || spans.stream().anyMatch(s -> s.service == service && !s.from.isAfter(to) && !s.to.isBefore(from));
    }

    /** Whether the console ever said that it is protected no more. */
    boolean hasRelapsed(CloudService service) {
        return past.stream()
                .anyMatch(l -> l.service == service && (l.said == Said.NOT_PROTECTED || l.said == Said.FAILED));
    }

    Snapshot snapshot() {
        Set<CloudService> listed = EnumSet.noneOf(CloudService.class);
        services.keySet().stream().filter(this::isListed).forEach(listed::add);
        List<Line> lines = new ArrayList<>(lines());
        neighbours.forEach(n -> lines.addAll(n.lines()));
        return new Snapshot(clock.instant(), listed, List.copyOf(lines));
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>(past);
        services.forEach((service, linked) -> {
            Instant success = linked.success;
            if (isPending(service)) {
                boolean stays = service == stuck && losesTimes;
                lines.add(new Line(Said.UPDATING, service, stays ? null : linked.since, organisation));
            } else if (success != null && !success.isAfter(clock.instant().minus(lag))) {
                lines.addAll(linesOfSuccess(service, success));
            }
        });
        return lines;
    }

    /** At Google the task itself reads 成功しました. */
    private List<Line> linesOfSuccess(CloudService service, Instant time) {
        Line updated = new Line(Said.UPDATED, service, time, organisation);
        return service.provider() == CloudService.Provider.GOOGLE
                ? List.of(updated)
                : List.of(updated, new Line(Said.PROTECTED, service, time.plusSeconds(1), organisation));
    }

    boolean isForeignPending() {
        return foreignPending && clock.instant().isBefore(foreignPendingUntil);
    }

    void clearPending() {
        services.values().removeIf(x -> x.relapsed == null && !isProtected(x));
        foreignPending = false;
    }

    /** What an administrator would copy from サービスアカウント, タスクリスト and 通知. */
    String consoleText() {
        StringBuilder accounts = new StringBuilder("運用管理 > サービスアカウント\n追加\t削除\tアカウント名 / 登録トークン\tサービスの種類\n");
        StringBuilder pending = new StringBuilder();
        StringBuilder protectedLines = new StringBuilder();
        services.forEach((service, linked) -> {
            if (clock.instant().isBefore(linked.since.plus(shownAfter))) {
                return;
            }
            String label = service.label(Locale.JAPANESE);
            if (linked.listed) {
                boolean hasId = service == CloudService.MICROSOFT_TEAMS;
                accounts.append(hasId ? "アプリID: 3f2504e0-4f89-11d3-9a0c-0305e82c3301" : "admin@example.co.jp")
                        .append('\t')
                        .append(label)
                        .append('\n');
            }
            if (isProtected(linked)) {
                protectedLines.append(line(label + "は保護されています。", linked.success, organisation));
            } else {
                pending.append(line(label + "のユーザおよびグループを更新しています。", linked.since, organisation));
            }
        });
        if (isForeignPending()) {
            pending.append(line("Boxのユーザおよびグループを更新しています。", clock.instant(), "別の組織"));
        }
        String header = isClockCopied ? TIME.format(clock.instant()) + "(UTC+00:00)\n" : "";
        return header + accounts + "\nタスクリスト\n重大度: 成功しました\n重大度: 保留\n" + pending + "\n通知\n重大度: 成功しました\n"
                + protectedLines;
    }

    private static String line(String message, Instant time, String organisation) {
        return message + " " + TIME.format(time) + " - " + organisation + "\n";
    }
}
