package io.github.kaitsu.simulation;

import io.github.kaitsu.CloudService;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The console and the providers as they really are, whatever anybody believes of them. Its log is the judge. */
final class SimWorld {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Duration LONG_PENDING = Duration.ofHours(12);

    final SimClock clock;
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

    static final class Linked {
        Instant since;
        Instant success;
        boolean listed = true;
        boolean finished = true;
        boolean postSetupDone;
    }

    SimWorld(SimClock clock, String organisation) {
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
        if (failed.merge(service, 1, Integer::sum) <= failingLinks) {
            return false;
        }
        grants.merge(service, 1, Integer::sum);
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
            linked.success = clock.instant().plus(synchronisation);
        }
    }

    boolean isProtected(Linked linked) {
        return linked.success != null && !clock.instant().isBefore(linked.success);
    }

    boolean isForeignPending() {
        return foreignPending && clock.instant().isBefore(foreignPendingUntil);
    }

    void clearPending() {
        services.values().removeIf(x -> !isProtected(x));
        foreignPending = false;
    }

    /** What an administrator would copy from サービスアカウント, タスクリスト and 通知. */
    String consoleText() {
        StringBuilder accounts = new StringBuilder("運用管理 > サービスアカウント\n追加\t削除\tアカウント名 / 登録トークン\tサービスの種類\n");
        StringBuilder pending = new StringBuilder();
        StringBuilder protectedLines = new StringBuilder();
        services.forEach((service, linked) -> {
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
        return accounts + "\nタスクリスト (1)\n重大度: 成功しました\n重大度: 保留\n" + pending + "\n通知 (1)\n重大度: 成功しました\n" + protectedLines;
    }

    private static String line(String message, Instant time, String organisation) {
        return message + " " + TIME.format(time) + " - " + organisation + "\n";
    }
}
